import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidInputError } from '../../lib/errors';
import {
  directiveOf,
  findRegistryPolValue,
  type RegistryPolSetting,
  replaceRegistryPolEntry,
  readRegistryPol as streamRegistryPol,
  writeRegistryPol,
} from '../../lib/registry-files/registry-pol';
import { encodeString } from '../../lib/registry-files/registry-value';
import { anySetting, orderSetting, realFiles } from '../support/registry-pol';

const utf16 = (text: string) => new Uint8Array(Buffer.from(text, 'utf16le'));
const readRegistryPol = (bytes: Uint8Array, source: string) => [...streamRegistryPol(bytes, source)];
const header = [...Buffer.from('PReg'), 1, 0, 0, 0];
const small = writeRegistryPol([{ key: 'K', valueName: 'V', type: 4, data: new Uint8Array([1, 0, 0, 0]) }]);
const { key, valueName } = orderSetting('');

/** The file with some of its bytes replaced. */
function patched(offset: number, ...bytes: readonly number[]): Uint8Array {
  const copy = Uint8Array.from(small);
  copy.set(bytes, offset);
  return copy;
}

describe('Registry.pol', () => {
  it.each(realFiles)('%s comes back byte for byte', (_, bytes) => {
    const entries = readRegistryPol(bytes, 'x');
    expect(Buffer.compare(writeRegistryPol(entries), bytes)).toBe(0);
    expect(entries.reduce((sum, { length }) => sum + length, 8)).toBe(bytes.length);
  });

  it.each(realFiles)('%s: an edit changes the bytes of our record and no other', (_, bytes) => {
    const entries = readRegistryPol(bytes, 'x');
    const middle = entries.length >> 1;
    const file = writeRegistryPol([...entries.slice(0, middle), orderSetting('A,B'), ...entries.slice(middle)]);
    const found = findRegistryPolValue(readRegistryPol(file, 'x'), key, valueName);
    if (found === undefined) throw new Error('the record is lost');
    const { offset, length } = found.entry;
    const edited = replaceRegistryPolEntry(file, found.entry, orderSetting('A'));
    // One name and one comma shorter, two bytes each.
    expect(edited.length).toBe(file.length - 4);
    expect(Buffer.compare(edited.subarray(0, offset), file.subarray(0, offset))).toBe(0);
    expect(Buffer.compare(edited.subarray(offset + length - 4), file.subarray(offset + length))).toBe(0);
    const rest = readRegistryPol(edited, 'x').toSpliced(middle, 1);
    expect(Buffer.compare(writeRegistryPol(rest), bytes)).toBe(0);
  });

  it('any records come back as they are', () => {
    fc.assert(
      fc.property(fc.array(anySetting, { maxLength: 8 }), (settings) => {
        const bytes = writeRegistryPol(settings);
        const entries = readRegistryPol(bytes, 'x');
        expect(Buffer.compare(writeRegistryPol(entries), bytes)).toBe(0);
        expect(
          entries.map(({ offset: _, length: __, data, ...rest }) => ({ ...rest, data: Uint8Array.from(data) })),
        ).toEqual(settings);
      }),
    );
  });

  const cases: [string, Uint8Array, string, number][] = [
    ['nothing', new Uint8Array(), 'pol-signature', 0],
    ['another signature', utf16('[Unicode]'), 'pol-signature', 0],
    ['the signature alone', small.subarray(0, 6), 'pol-version', 4],
    ['version 2', patched(4, 2), 'pol-version', 4],
    ['an odd byte at the end', Uint8Array.from([...small, 0x5b]), 'pol-record', small.length],
    ['no opening bracket', patched(8, 0x3b), 'pol-record', 8],
    ['a key without an end', small.subarray(0, 12), 'pol-key', 10],
    ['a key that ends the file', small.subarray(0, 14), 'pol-separator', 14],
    ['a key that ends the file, of two', Uint8Array.from([...header, ...utf16('[KK\0')]), 'pol-separator', 16],
    ['an empty key', Uint8Array.from([...header, ...utf16('[\0;V\0;')]), 'pol-key', 10],
    ['no separator', patched(14, 0x2c), 'pol-separator', 14],
    ['a value name of 260', Uint8Array.from([...header, ...utf16(`[K\0;${'v'.repeat(260)}\0;`)]), 'pol-value-name', 16],
    ['a type cut off', small.subarray(0, 24), 'pol-type', 22],
    ['a size cut off', small.subarray(0, 30), 'pol-size', 28],
    ['a size above the limit', patched(28, 0, 0, 1, 0), 'pol-size', 28],
    ['a size past the end', patched(28, 0xff, 0xff), 'pol-data', 34],
    ['a size too small', patched(28, 2), 'pol-record-end', 36],
    ['no closing bracket', small.subarray(0, -2), 'pol-record-end', 38],
  ];
  it.each(cases)('%s: one error with the offset', (_, bytes, expected, offset) => {
    expect(() => readRegistryPol(bytes, 'x.pol')).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT', source: 'x.pol', expected, place: { offset } }),
    );
  });

  it('reads names of any length behind the longest', () => {
    for (let length = 200; length < 300; length += 1) {
      const settings = [32_767, length, 1].flatMap((units) => [
        orderSetting('A', { key: 'k'.repeat(units), valueName: '' }),
        orderSetting('B', { key: 'k', valueName: 'v'.repeat(259) }),
      ]);
      const entries = readRegistryPol(writeRegistryPol(settings), 'x');
      expect(entries.map((entry) => [entry.key, entry.valueName])).toEqual(
        settings.map((setting) => [setting.key, setting.valueName]),
      );
    }
  });

  it('reads two files in turns', () => {
    const [first, second] = ['a', 'b'].map((word) =>
      Array.from({ length: 150 }, (_, index) => orderSetting(word, { key: word.repeat(index + 1), valueName: word })),
    ) as [RegistryPolSetting[], RegistryPolSetting[]];
    const other = streamRegistryPol(writeRegistryPol(second), 'y');
    let index = 0;
    for (const entry of streamRegistryPol(writeRegistryPol(first), 'x')) {
      expect([entry.key, other.next().value?.key]).toEqual([first[index]?.key, second[index]?.key]);
      index += 1;
    }
    expect([index, other.next().done]).toEqual([150, true]);
  });

  it.each([0, 1, 63, 64, 65, 200])('gives %i records ahead of one at fault', (count) => {
    const good = writeRegistryPol(Array.from({ length: count }, () => orderSetting('A')));
    const records = streamRegistryPol(Uint8Array.from([...good, 0x5b]), 'x');
    for (let index = 0; index < count; index += 1) expect(records.next().done).toBe(false);
    for (const _ of 'ab') {
      expect(() => records.next()).toThrow(expect.objectContaining({ place: { offset: good.length } }));
    }
  });

  it('writes no record that breaks a limit', () => {
    const good = orderSetting('A');
    for (const bad of [
      { ...good, key: '' },
      { ...good, key: 'a\0b' },
      { ...good, valueName: 'v'.repeat(260) },
      { ...good, data: new Uint8Array(65_536) },
      { ...good, type: -1 },
    ]) {
      expect(() => writeRegistryPol([bad])).toThrow(TypeError);
    }
    expect(readRegistryPol(writeRegistryPol([{ ...good, data: new Uint8Array(65_535) }]), 'x')).toHaveLength(1);
  });

  it.each([
    ['**del.Functions', '', { kind: 'delete-values', names: ['Functions'] }],
    ['**DEL.x', '', { kind: 'delete-values', names: ['x'] }],
    ['**delvals.', '', { kind: 'delete-all-values' }],
    ['**DelVals', '', { kind: 'delete-all-values' }],
    ['**DeleteValues', 'a;b', { kind: 'delete-values', names: ['a', 'b'] }],
    ['**DeleteKeys', 'SSL', { kind: 'delete-keys', names: ['SSL'] }],
    ['**SecureKey=1', '', { kind: 'secure-key' }],
    ['**soft.Functions', '', { kind: 'set-if-absent', name: 'Functions' }],
    ['**Comment:GPO Name: x', '', undefined],
    ['Functions', '', undefined],
  ])('knows the directive %s', (name, data, directive) => {
    expect(directiveOf(orderSetting(data, { valueName: name }))).toEqual(directive);
  });

  const other = { key: 'SOFTWARE\\X', ...encodeString('') };
  const table: [string, RegistryPolSetting[], number | undefined, boolean?][] = [
    ['another value of the key', [orderSetting('', { valueName: 'EccCurves' })], undefined],
    ['the value of another key', [{ ...other, valueName }], undefined],
    ['our value', [orderSetting('A')], 0, true],
    ['our value in other letters', [orderSetting('A', { key: key.toLowerCase(), valueName: 'FUNCTIONS' })], 0, true],
    ['twice: the later one', [orderSetting('A'), orderSetting('B')], 1, true],
    ['deleted', [orderSetting(' ', { valueName: '**del.Functions' })], 0, false],
    ['deleted, then set', [orderSetting(' ', { valueName: '**delvals.' }), orderSetting('A')], 1, true],
    [
      'set, then deleted by name',
      [orderSetting('A'), orderSetting('x;functions', { valueName: '**DeleteValues' })],
      1,
      false,
    ],
    ['other names deleted', [orderSetting('A'), orderSetting('EccCurves', { valueName: '**DeleteValues' })], 0, true],
    [
      'the key above deleted',
      [orderSetting('A'), orderSetting('SSL', { key: key.slice(0, key.indexOf('\\SSL')), valueName: '**DeleteKeys' })],
      1,
      false,
    ],
    ['soft, alone', [orderSetting('A', { valueName: '**soft.Functions' })], 0, true],
    ['soft, after ours', [orderSetting('A'), orderSetting('B', { valueName: '**soft.Functions' })], 0, true],
  ];
  it.each(table)('%s decides', (_, settings, index, isSet) => {
    const entries = readRegistryPol(writeRegistryPol(settings), 'x');
    const found = findRegistryPolValue(entries, key, valueName);
    expect(found).toEqual(index === undefined ? undefined : { entry: entries[index], isSet });
  });

  it('ends in records or one typed error, whatever the bytes', () => {
    const files = realFiles.map(([, bytes]) => bytes);
    const ours = writeRegistryPol([orderSetting('A;B]C'), orderSetting(' ', { valueName: '**del.Functions' })]);
    const mutation = fc.record({
      at: fc.nat(70_000),
      kind: fc.constantFrom('set', 'insert', 'remove', 'cut'),
      byte: fc.oneof(fc.constantFrom(0, 1, 0x5b, 0x5d, 0x3b, 0xff), fc.nat(255)),
    });
    const check = (bytes: Uint8Array) => {
      try {
        const entries = readRegistryPol(bytes, 'x');
        if (Buffer.compare(writeRegistryPol(entries), bytes) !== 0) throw new Error('not the same bytes');
      } catch (error) {
        if (!(error instanceof InvalidInputError)) throw error;
        if (error.place === undefined || !('offset' in error.place)) throw new Error('no offset');
      }
    };
    fc.assert(
      fc.property(
        fc.oneof(
          { weight: 9, arbitrary: fc.constantFrom(ours, small) },
          { weight: 1, arbitrary: fc.constantFrom(...files) },
        ),
        fc.array(mutation, { minLength: 1, maxLength: 4 }),
        (file, steps) => {
          let bytes = Buffer.from(file);
          for (const { at, kind, byte } of steps) {
            const place = bytes.length === 0 ? 0 : at % bytes.length;
            if (kind === 'set' && bytes.length > 0) bytes[place] = byte;
            if (kind === 'cut') bytes = bytes.subarray(0, place);
            if (kind === 'insert')
              bytes = Buffer.concat([bytes.subarray(0, place), Buffer.of(byte), bytes.subarray(place)]);
            if (kind === 'remove') bytes = Buffer.concat([bytes.subarray(0, place), bytes.subarray(place + 1)]);
          }
          check(bytes);
        },
      ),
      { numRuns: process.env['CI'] === undefined ? 5_000 : 1_000_000 },
    );
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (tail) => check(Uint8Array.from([...header, ...tail]))));
  });
});
