/** Judgements of policy values whole, and what each option changes in them. */
import { describe, expect, it } from 'vitest';
import {
  isRefusal,
  judgePolicyText,
  judgePolicyValue,
  type PolicyJudgementOptions,
} from '../../lib/policy/judge-policy-text';
import { mostFaultsListed } from '../../lib/policy/policy-text';
import { encodeDword, encodeMultiString, encodeString, RegistryType } from '../../lib/registry-files/registry-value';
import { noSchannelSettings } from '../../lib/windows/schannel-settings';

const A = 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384';
const B = 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256';
const D = 'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384';
const cbc = 'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA';
const none = { translations: [], converted: [], refusals: [], warnings: [], faults: [], faultCount: 0 };

it('of a text with DHE', () => {
  expect(judgePolicyText(`${A},${D},TLS_FOO,${A},`, ',')).toEqual({
    ...none,
    verdict: 'dhe-offered',
    doubt: null,
    type: null,
    text: `${A},${D},TLS_FOO,${A},`,
    list: [A, D, 'TLS_FOO'],
    dheSuites: [D],
    faults: [
      { kind: 'unknown-name', position: 74, length: 7, found: 'TLS_FOO', action: 'kept' },
      { kind: 'duplicate', position: 82, length: 37, found: A, action: 'removed' },
      { kind: 'trailing-separator', position: 119, length: 1, found: ',', action: 'removed' },
    ],
    faultCount: 3,
    corrected: {
      text: `${A},TLS_FOO`,
      list: [A, 'TLS_FOO'],
      removed: [D],
      dropped: [],
      length: { length: 45, limit: 1023, expendable: [] },
    },
    isInOrder: false,
  });
});

it('of a text in order', () => {
  expect(judgePolicyText(`${A};${B}`, ';')).toEqual({
    ...none,
    verdict: 'no-dhe-offered',
    doubt: null,
    type: null,
    text: `${A};${B}`,
    list: [A, B],
    dheSuites: [],
    corrected: { text: `${A};${B}`, list: [A, B], removed: [], dropped: [], length: null },
    isInOrder: true,
  });
});

it('of a name that is no Schannel name', () => {
  expect(judgePolicyText('AES128-SHA', ',')).toMatchObject({
    verdict: 'unknown',
    doubt: 'no-known-name',
    translations: [{ name: 'AES128-SHA', write: 'TLS_RSA_WITH_AES_128_CBC_SHA' }],
    corrected: { text: 'AES128-SHA', removed: [] },
    isInOrder: false,
    refusals: [{ id: 'no-known-name', roles: [], peers: [], windows: null }],
    warnings: [],
  });
});

describe('a value of the registry', () => {
  it.each([
    ['REG_SZ', encodeString(`${A},${B}`), ',', `${A},${B}`, null],
    ['REG_SZ', encodeString(`${A};${B}`), ';', `${A};${B}`, null],
    ['REG_EXPAND_SZ', { ...encodeString(A), type: RegistryType.expandString }, ',', A, 'wrong-type'],
    ['REG_EXPAND_SZ', { ...encodeString(A), type: RegistryType.expandString }, ';', A, 'wrong-type'],
    ['REG_MULTI_SZ', encodeMultiString([A, B]), ',', `${A},${B}`, 'wrong-type'],
    ['REG_MULTI_SZ', encodeMultiString([A, B]), ';', `${A};${B}`, null],
    ['REG_DWORD', encodeDword(1), ',', '', 'wrong-type'],
    ['REG_BINARY', { ...encodeString(A), type: RegistryType.binary }, ',', '', 'wrong-type'],
    ['REG_SZ', encodeString(''), ',', '', 'empty'],
    ['REG_SZ', encodeString(`${A}\0${B}`), ',', `${A}\0${B}`, 'malformed'],
  ] as const)('%s %o with %s', (type, value, separator, text, doubt) => {
    expect(judgePolicyValue(value, separator)).toMatchObject({ type, text, doubt });
  });

  it('is judged by the same options as a text', () => {
    const options: PolicyJudgementOptions = { keepDhe: true, windows: ['ws2022'] };
    expect(judgePolicyValue(encodeString(`${A},${D}`), ',', options)).toEqual({
      ...judgePolicyText(`${A},${D}`, ',', options),
      type: 'REG_SZ',
    });
  });
});

it('is malformed where there are more faults than are listed, whatever they are', () => {
  const mentions = (count: number) => judgePolicyText(Array(count).fill(A).join(), ',');
  expect(mentions(mostFaultsListed + 1)).toMatchObject({ doubt: null, faultCount: mostFaultsListed });
  const more = mentions(mostFaultsListed + 2);
  expect(more.faults.every(({ kind }) => kind === 'duplicate')).toBe(true);
  expect(more).toMatchObject({ doubt: 'malformed', faultCount: mostFaultsListed + 1 });
});

describe('what is offered', () => {
  it('is what any of the named Windows offers', () => {
    const offered = (...windows: NonNullable<PolicyJudgementOptions['windows']>[number][]) =>
      judgePolicyText(`${A},${D}`, ',', { windows }).verdict;
    expect(offered('win8.1-2012r2')).toBe('dhe-offered');
    expect(offered('vista-2008', 'win8.1-2012r2')).toBe('dhe-offered');
    expect(offered('vista-2008')).toBe('no-dhe-offered');
    expect(offered()).toBe('dhe-offered');
  });

  it('is certain where a DHE suite works beside a name that is doubtful, and not where none works', () => {
    const text = `${A},${D},TLS_DHE_FOO_BAR`;
    const off = { settings: { ...noSchannelSettings, keyExchanges: { 'Diffie-Hellman': 0 } }, fips: false };
    expect(judgePolicyText(text, ',', { windows: ['ws2022'] })).toMatchObject({ verdict: 'dhe-offered', doubt: null });
    expect(judgePolicyText(text, ',', { windows: ['ws2022'], machine: off })).toMatchObject({
      verdict: 'unknown',
      doubt: 'dhe-in-unknown-name',
    });
    expect(judgePolicyText(`${text}, `, ',', { windows: ['ws2022'] })).toMatchObject({ doubt: 'malformed' });
  });
});

describe('the corrected text', () => {
  const correctedBy = (text: string, options: PolicyJudgementOptions) => judgePolicyText(text, ',', options).corrected;

  it('keeps DHE where it is told to, and is then refused for no unknown name', () => {
    const text = `${A},${D},FOO_DHE_BAR`;
    expect(judgePolicyText(text, ',', { keepDhe: true })).toMatchObject({
      corrected: { text, removed: [] },
      refusals: [],
      warnings: [],
    });
    expect(judgePolicyText(text, ',')).toMatchObject({
      corrected: { text: `${A},FOO_DHE_BAR`, removed: [D] },
      refusals: [{ id: 'dhe-in-unknown-name', roles: [], peers: [], windows: null }],
    });
    expect(judgePolicyText('FOO_BAR', ',', { keepDhe: true }).refusals.map(({ id }) => id)).toEqual(['no-known-name']);
  });

  it('has Schannel’s names where it is told to, each once', () => {
    const text = `${B},ECDHE-RSA-AES128-GCM-SHA256,ECDHE-RSA-AES256-GCM-SHA384,TLS_FOO`;
    expect(correctedBy(text, { translate: true })).toMatchObject({ list: [B, A, 'TLS_FOO'], removed: [] });
    expect(correctedBy(text, {}).list).toEqual(text.split(','));
    expect(correctedBy(`${A},DHE-RSA-AES256-GCM-SHA384`, { translate: true })).toMatchObject({
      list: [A],
      removed: [D],
    });
  });

  it('is spelt for the named Windows where all of them spell alike, and it is told to', () => {
    const spelt = (convert: boolean, ...windows: NonNullable<PolicyJudgementOptions['windows']>[number][]) => {
      const { corrected, converted } = judgePolicyText(`${cbc},${A}`, ',', { convert, windows });
      return [corrected.list, converted];
    };
    const curves = [`${cbc}_P256`, `${cbc}_P384`];
    expect(spelt(true, 'win8.1-2012r2')).toEqual([[...curves, A], [{ name: cbc, to: curves }]]);
    expect(spelt(true, 'win8.1-2012r2', 'win7-2008r2')).toEqual([[...curves, A], [{ name: cbc, to: curves }]]);
    expect(spelt(true, 'win8.1-2012r2', 'ws2022')).toEqual([[cbc, A], []]);
    expect(spelt(true, 'ws2022', 'win8.1-2012r2')).toEqual([[cbc, A], []]);
    expect(spelt(true)).toEqual([[cbc, A], []]);
    expect(spelt(false, 'win8.1-2012r2')).toEqual([[cbc, A], []]);
    expect(
      judgePolicyText(`${cbc}_P256`, ',', { convert: true, windows: ['ws2022', 'ws2025'] }).corrected.list,
    ).toEqual([cbc]);
  });

  it('loses what is expendable on the named Windows where it is told to', () => {
    const list = [A, 'TLS_RSA_WITH_NULL_SHA256', ...Array.from({ length: 10 }, (_, at) => `X${at}_${'A'.repeat(93)}`)];
    const text = list.join();
    expect(text.length).toBeGreaterThan(1023);
    expect(correctedBy(text, { shorten: true })).toMatchObject({
      list: list.filter((name) => !name.includes('NULL')),
      dropped: ['TLS_RSA_WITH_NULL_SHA256'],
      removed: [],
    });
    expect(correctedBy(text, {})).toMatchObject({ list, dropped: [] });
    const onWindows = correctedBy(text, { shorten: true, windows: ['ws2022'] });
    expect(onWindows.dropped).toEqual([list.at(-1)]);
    expect(onWindows.length?.expendable.map(({ reason }) => reason)).toContain('no-effect');
  });
});

describe('a cost', () => {
  it('is told of each named Windows, and refused where it locks somebody out, or strictly', () => {
    const costs = (options: PolicyJudgementOptions) => {
      const { refusals, warnings } = judgePolicyText(A, ',', options);
      return [refusals, warnings].map((list) => list.map(({ id, windows }) => `${id} ${windows}`));
    };
    expect(costs({ windows: ['ws2022', 'win8.1-2012r2'] })).toEqual([['leaves-nothing-for-rsa win8.1-2012r2'], []]);
    expect(costs({ windows: ['ws2022'] })).toEqual([[], []]);
    expect(costs({ windows: ['ws2022'], ecdsaOnly: true })).toEqual([['leaves-nothing-for-ecdsa ws2022'], []]);
    const rsa = judgePolicyText('TLS_RSA_WITH_AES_128_GCM_SHA256', ',', { windows: ['ws2022'], strict: true });
    expect(rsa).toMatchObject({
      isInOrder: false,
      refusals: [{ id: 'leaves-no-ecdhe', windows: 'ws2022' }],
      warnings: [],
    });
  });

  it.each([
    ['no-known-name', true],
    ['dhe-in-unknown-name', true],
    ['leaves-nothing', true],
    ['leaves-nothing-for-rsa', true],
    ['leaves-nothing-for-ecdsa', true],
    ['leaves-no-ecdhe', false],
    ['rests-on-may-work', false],
  ] as const)('%s is a reason to change nothing: %s', (id, expected) => {
    expect(isRefusal({ id, roles: [], peers: [], windows: null })).toBe(expected);
  });

  it('is counted by what the machine has', () => {
    const rc4 = 'TLS_RSA_WITH_RC4_128_SHA';
    const ids = (fips: boolean) =>
      judgePolicyText(rc4, ',', {
        windows: ['win8.1-2012r2'],
        machine: { settings: noSchannelSettings, fips },
      }).refusals.map(({ id }) => id);
    expect(ids(false)).toEqual([]);
    expect(ids(true)).toEqual(['leaves-nothing-for-rsa']);
  });
});
