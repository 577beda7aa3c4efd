/** Files from elsewhere: whatever the bytes, a configuration or one typed error that names a place. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRegExport } from '../../lib/configuration/offline-configuration';
import { parseConfiguration } from '../../lib/configuration/parse';
import { readConfiguration } from '../../lib/configuration/read-configuration';
import { InvalidInputError } from '../../lib/errors';
import { writeRegFile } from '../../lib/registry-files/reg-file';
import { encodeMultiString, encodeString } from '../../lib/registry-files/registry-value';
import { SimulatedMachine } from '../../lib/simulation/simulated-machine';

const localKey =
  'HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\Cryptography\\Configuration\\Local\\SSL\\00010002';
const utf16 = writeRegFile([
  { kind: 'key', key: localKey },
  { kind: 'value', name: 'Functions', value: encodeMultiString(['TLS_DHE_RSA_WITH_AES_128_CBC_SHA', 'B']) },
  { kind: 'value', name: 'a "quoted\\" one', value: encodeString('text') },
]);
const utf8 = Buffer.from(
  Buffer.from(utf16)
    .toString('utf16le')
    .replace(/^\ufeff/, ''),
);
const snapshot = JSON.stringify(readConfiguration(new SimulatedMachine({ windows: 'ws2022' }).connect()));

/** Some bytes replaced, inserted or taken out, and perhaps the end cut off. */
function mutated(bytes: Uint8Array): fc.Arbitrary<Uint8Array> {
  const edit = fc.record({
    at: fc.nat(bytes.length),
    remove: fc.nat(6),
    insert: fc.oneof(
      fc.uint8Array({ maxLength: 4 }),
      fc.constantFrom(
        ...['"', '\\', ';', ',', '[', '=', '\n', 'hex(7):'].map((text) => new Uint8Array(Buffer.from(text))),
      ),
    ),
  });
  return fc
    .tuple(fc.array(edit, { minLength: 1, maxLength: 4 }), fc.nat(bytes.length), fc.boolean())
    .map(([edits, end, cut]) => {
      let result = Buffer.from(bytes);
      for (const { at, remove, insert } of edits)
        result = Buffer.concat([result.subarray(0, at), insert, result.subarray(at + remove)]);
      return new Uint8Array(cut ? result.subarray(0, end) : result);
    });
}

function expectResultOrPlacedError(read: () => unknown): void {
  try {
    read();
  } catch (error) {
    expect(error).toBeInstanceOf(InvalidInputError);
    const { place, expected } = error as InvalidInputError;
    expect(place !== undefined || expected === 'cipher-suite-keys' || expected === 'json').toBe(true);
  }
}

describe('untrusted input', () => {
  it.each([
    ['UTF-16LE', utf16],
    ['UTF-8', utf8],
  ])('a .reg export in %s, mutated', (_, bytes) => {
    fc.assert(fc.property(mutated(bytes), (input) => expectResultOrPlacedError(() => readRegExport(input, 'fuzz'))));
  });

  it('a snapshot, mutated', () => {
    fc.assert(
      fc.property(mutated(Buffer.from(snapshot)), (input) =>
        expectResultOrPlacedError(() => parseConfiguration(Buffer.from(input).toString(), 'fuzz')),
      ),
      { numRuns: 2_000 },
    );
  });

  it('a snapshot with a NUL in a name names the place', () => {
    const text = snapshot.replace('"TLS_AES_256_GCM_SHA384"', '"TLS_\\u0000AES"');
    expect(() => parseConfiguration(text, 'snapshot.json')).toThrow(/\$\.enumerated\[0\]/);
  });
});
