import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withoutDuplicates } from '../../lib/cipher-suite/suite-list';
import { convertList, spellingsOn } from '../../lib/windows/convert-list';
import { isSupportedOn, windowsDefaults, windowsVersionIds } from '../../lib/windows/versions';
import { suitePages } from '../support/effect-oracle';
import { anyList } from '../support/suites';

it('takes the curves off for Windows 10 and later, where the first stood', () => {
  const list = [
    'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384_P256',
    'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384_P384',
    'TLS_RSA_WITH_AES_128_CBC_SHA',
    'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384_P384',
    'TLS_FOO_P256',
  ];
  expect(convertList(list, 'win10-1809-ws2019').list).toEqual([
    'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384',
    'TLS_RSA_WITH_AES_128_CBC_SHA',
    'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
    'TLS_FOO_P256',
  ]);
});

it('puts the curves on for what is older, and leaves what has no spelling there', () => {
  const { list, changed } = convertList(
    [
      'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
      'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384',
      'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA',
    ],
    'win8.1-2012r2',
  );
  expect(list).toEqual([
    'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
    'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384_P384',
    'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA_P256',
    'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA_P384',
  ]);
  expect(changed.map(({ name }) => name)).toEqual([
    'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384',
    'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA',
  ]);
});

it('tells what it changed, and leaves out what is there already', () => {
  const [gcm, cbc] = ['TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384', 'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA'];
  expect(convertList([cbc, `${cbc}_P256`, gcm, 'TLS_FOO'], 'ws2022')).toEqual({
    list: [cbc, gcm, 'TLS_FOO'],
    changed: [{ name: `${cbc}_P256`, to: [cbc] }],
  });
  expect(convertList([gcm, `${cbc}_P384`, cbc, 'TLS_FOO'], 'win8.1-2012r2')).toEqual({
    list: [gcm, `${cbc}_P384`, `${cbc}_P256`, 'TLS_FOO'],
    changed: [{ name: cbc, to: [`${cbc}_P256`, `${cbc}_P384`] }],
  });
  expect(convertList(['TLS_FOO_P256', `${gcm}_P384`], 'win8.1-2012r2').changed).toEqual([]);
});

it.each([
  ['win8.1-2012r2', 'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA', ['_P256', '_P384']],
  ['ws2022', 'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA_P384', ['']],
  ['win8.1-2012r2', 'TLS_FOO_BAR', []],
  ['win8.1-2012r2', 'TLS_AES_128_GCM_SHA256', []],
] as const)('%s spells %s so', (windows, name, suffixes) => {
  const plain = name.replace(/_P\d+$/, '');
  expect(spellingsOn(windows, name)).toEqual(suffixes.map((suffix) => `${plain}${suffix}`));
});

it('spells what is off as the page of that Windows does, and what is on before that', () => {
  for (const id of windowsVersionIds) {
    const { enabledByDefault, supportedButOff, pskListed } = windowsDefaults[id];
    for (const name of supportedButOff) {
      const base = name.replace(/_P\d+$/, '');
      const on = [...enabledByDefault, ...pskListed].filter((other) => other.replace(/_P\d+$/, '') === base);
      const off = supportedButOff.filter((other) => other.replace(/_P\d+$/, '') === base);
      expect(spellingsOn(id, name)).toEqual(on.length > 0 ? on : off);
    }
    for (const name of pskListed) expect(spellingsOn(id, name)).toContain(name);
  }
});

describe.each(windowsVersionIds)('for %s', (windows) => {
  it('leaves its own list as it is', () => {
    const { enabledByDefault, supportedButOff } = windowsDefaults[windows];
    const own = withoutDuplicates([...enabledByDefault, ...supportedButOff]);
    expect(convertList(own, windows)).toEqual({ list: own, changed: [] });
  });

  it('writes every suite of every other list that it has', () => {
    for (const page of Object.values(suitePages)) {
      const { list } = convertList(page.enabledByDefault, windows);
      for (const name of list) {
        const plain = name.replace(/_P\d+$/, '');
        const has = [...windowsDefaults[windows].enabledByDefault, ...windowsDefaults[windows].supportedButOff];
        const hasIt = has.some((other) => other.replace(/_P\d+$/, '') === plain);
        expect(isSupportedOn(windows, name), name).toBe(hasIt || windowsDefaults[windows].pskListed.includes(name));
      }
    }
  });

  it('is done after once, and keeps the order', () => {
    fc.assert(
      fc.property(anyList, (list) => {
        const { list: once } = convertList(list, windows);
        expect(convertList(once, windows).list).toEqual(once);
        const plain = (name: string) => name.replace(/_P(256|384|521)$/, '');
        expect([...new Set(once.map(plain))]).toEqual([...new Set(list.map(plain))]);
      }),
      { numRuns: 300 },
    );
  });
});

it('writes names as Schannel has them that OpenSSL or IANA spell otherwise', () => {
  const gcm = 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384';
  expect(convertList(['ECDHE-RSA-AES256-GCM-SHA384', 'TLS_FOO'], 'ws2022')).toEqual({
    list: [gcm, 'TLS_FOO'],
    changed: [{ name: 'ECDHE-RSA-AES256-GCM-SHA384', to: [gcm] }],
  });
  expect(convertList(['ECDHE-RSA-AES128-SHA'], 'win8.1-2012r2').list).toEqual([
    'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA_P256',
    'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA_P384',
  ]);
});
