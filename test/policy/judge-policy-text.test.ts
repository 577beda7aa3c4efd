import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgePolicyText, judgePolicyValue, type PolicyDoubt } from '../../lib/policy/judge-policy-text';
import type { PolicySeparator } from '../../lib/policy/policy-text';
import { encodeDword, encodeMultiString, encodeString, RegistryType } from '../../lib/registry-files/registry-value';
import { noSchannelSettings } from '../../lib/windows/schannel-settings';
import { type WindowsVersionId, windowsDefaults } from '../../lib/windows/versions';

const field = (path: string) => readFileSync(join(__dirname, '..', 'fixtures', 'field', path), 'utf8');

const A = 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384';
const B = 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256';
const D = 'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384';

describe('the verdict', () => {
  it.each<[string, string, string, PolicyDoubt | null, boolean]>([
    ['a sound text', `${A},${B}`, 'no-dhe-offered', null, true],
    ['a comma at the end', `${A},`, 'no-dhe-offered', null, true],
    ['a second mention', `${A},${A}`, 'no-dhe-offered', null, false],
    ['DHE', `${A},${D}`, 'dhe-offered', null, false],
    ['DHE, and a comma at the end', `${A},${D},`, 'dhe-offered', null, false],
    ['an unknown name', `${A},TLS_FOO_BAR`, 'no-dhe-offered', null, true],
    ['two commas at the end', `${A},,`, 'unknown', 'malformed', false],
    ['a blank', `${A}, ${B}`, 'unknown', 'malformed', false],
    ['an ideographic comma', `${A}、${B}`, 'unknown', 'malformed', false],
    ['lower case', A.toLowerCase(), 'unknown', 'malformed', false],
    ['nothing', '', 'unknown', 'empty', false],
    ['a blank alone', ' ', 'unknown', 'malformed', false],
    ['a comma alone', ',', 'unknown', 'malformed', false],
    ['names of OpenSSL', 'ECDHE-RSA-AES256-GCM-SHA384', 'unknown', 'no-known-name', false],
    ['DHE as OpenSSL spells it', `${A},DHE-RSA-AES256-GCM-SHA384`, 'unknown', 'dhe-in-unknown-name', false],
    ['DHE in a name that nobody knows', `${A},TLS_DHE_RSA_WITH_FOO`, 'unknown', 'dhe-in-unknown-name', false],
    [
      'DHE with a sign between its letters',
      `${A},TLS_DH_E_RSA_WITH_AES_128_CBC_SHA`,
      'unknown',
      'dhe-in-unknown-name',
      false,
    ],
    ['DHE in both', `${A},${D},DHE-RSA-AES256-GCM-SHA384`, 'dhe-offered', null, false],
  ])('of %s', (_, text, verdict, doubt, isInOrder) => {
    expect(judgePolicyText(text, ',')).toMatchObject({ verdict, doubt, isInOrder });
  });

  it.each<[string, number, Uint8Array, PolicySeparator, PolicyDoubt | null]>([
    ['REG_SZ with commas', RegistryType.string, encodeString(`${A},${B}`).data, ',', null],
    ['REG_EXPAND_SZ', RegistryType.expandString, encodeString(`${A},${B}`).data, ',', 'wrong-type'],
    ['REG_MULTI_SZ of Group Policy', RegistryType.multiString, encodeMultiString([A, B]).data, ',', 'wrong-type'],
    ['REG_MULTI_SZ of MDM', RegistryType.multiString, encodeMultiString([A, B]).data, ';', null],
    ['REG_SZ with a NUL inside', RegistryType.string, encodeString(`${A}\0,${B}`).data, ',', 'malformed'],
    ['REG_DWORD', RegistryType.dword, encodeDword(1).data, ',', 'wrong-type'],
    ['MDM with commas', RegistryType.string, encodeString(`${A},${B}`).data, ';', 'malformed'],
  ])('of a %s', (_, type, data, separator, doubt) => {
    const judgement = judgePolicyValue({ type, data }, separator);
    expect(judgement.doubt).toBe(doubt);
    expect(judgement.isInOrder).toBe(doubt === null);
    expect(judgement.corrected.list).toEqual(type === RegistryType.dword ? [] : [A, B]);
  });

  it('counts what works: DHE that its key switches off is not offered, and that is certain', () => {
    const settings = { ...noSchannelSettings, keyExchanges: { 'Diffie-Hellman': 0 as const } };
    const options = { windows: ['ws2022'] satisfies WindowsVersionId[], machine: { settings, fips: false } };
    expect(judgePolicyText(`${A},${D}`, ',', options)).toMatchObject({
      verdict: 'no-dhe-offered',
      dheSuites: [D],
      corrected: { text: A, removed: [D] },
      isInOrder: false,
    });
  });
});

describe('public cases', () => {
  it.each([
    ['policy.txt', 2, 0],
    ['colons.txt', 4, 2],
  ])('9: %s is refused, with the translation of each of its names', (file, names, dhe) => {
    const judgement = judgePolicyText(field(`9-openssl-names/${file}`).trim(), ',');
    expect(judgement).toMatchObject({ verdict: 'unknown', refusals: [{ id: 'no-known-name' }] });
    expect(judgement.translations).toHaveLength(names);
    expect(judgement.dheSuites).toHaveLength(dhe);
    const translated = judgePolicyText(field(`9-openssl-names/${file}`).trim(), ',', {
      translate: true,
      windows: ['ws2022'],
    });
    expect(translated.corrected.list.every((name) => name.startsWith('TLS_ECDHE_'))).toBe(true);
    expect(translated.corrected.list).toHaveLength(names - dhe);
    expect(translated.refusals).toEqual([]);
  });

  it('3: nothing that Server 2012 R2 can use is left of a modern list, and of another no ECDHE', () => {
    const options = { windows: ['win8.1-2012r2'] satisfies WindowsVersionId[] };
    const nothing = judgePolicyText(
      field('3-guard-counts-unsupported-names/policy-leaves-nothing.txt').trim(),
      ',',
      options,
    );
    expect(nothing.refusals.map(({ id }) => id)).toEqual(['leaves-nothing-for-rsa']);
    const rsa = judgePolicyText(
      field('3-guard-counts-unsupported-names/policy-leaves-only-rsa.txt').trim(),
      ',',
      options,
    );
    expect(rsa.refusals).toEqual([]);
    expect(rsa.warnings.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['leaves-no-ecdhe', 'loses-forward-secret-gcm-for-rsa', 'loses-known-peers']),
    );
  });

  it('4: names with a curve on Windows 10 rest on what nobody documented', () => {
    const { warnings } = judgePolicyText(field('4-curve-suffix-on-windows-10/policy.txt').trim(), ',', {
      windows: ['win10-20h2'],
    });
    expect(warnings).toContainEqual({
      id: 'rests-on-may-work',
      roles: ['client', 'server'],
      peers: [],
      windows: 'win10-20h2',
    });
  });

  it.each([
    ['variant-with-dhe.txt', ','],
    ['mdm-with-commas.txt', ';'],
  ] as const)('7: %s, DHE behind blanks or commas is never good news', (file, separator) => {
    const judgement = judgePolicyText(field(`7-blank-after-comma/${file}`).trim(), separator);
    expect(judgement).toMatchObject({ verdict: 'unknown', doubt: 'malformed' });
    expect(judgement.dheSuites.length).toBeGreaterThan(0);
  });

  it('10: the two characters of reg query separate names', () => {
    const judgement = judgePolicyText(field('10-reg-query-zero/text.txt').trim(), ',');
    expect(judgement).toMatchObject({ verdict: 'unknown', dheSuites: [D] });
    expect(judgement.corrected.list).toEqual(['TLS_AES_256_GCM_SHA384', 'TLS_AES_128_GCM_SHA256']);
  });

  it.each([
    ['a.reg', 38],
    ['b.bat', 2],
    ['c-get-tlsciphersuite.txt', 4],
    ['d-reg-query.txt', 3],
    ['e-lgpo.txt', 4],
    ['f-hardeningkitty.csv', 6],
    ['g.PolicyRules', 2],
    ['h-gpttmpl.inf', 2],
    ['i-get-item-table.txt', 16],
    ['j-powershell-array.txt', 2],
  ])('6: of %s nothing but its %i names is printed', (file, count) => {
    const { list, verdict, corrected } = judgePolicyText(field(`6-policy-text-takes-anything/${file}`), ',');
    expect(verdict).toBe('unknown');
    expect(list).toHaveLength(count);
    expect(list.every((name) => /^TLS_\w+$/.test(name))).toBe(true);
    expect(corrected.text).not.toMatch(/_DHE_/);
  });
});

describe('the corrected text', () => {
  it('is in order by the same judgement, unless it is refused or too long', () => {
    const piece = fc.oneof(
      fc.constantFrom(A, B, D, A.toLowerCase(), 'DHE-RSA-AES128-SHA', 'TLS_FOO_BAR', 'Functions', '----', '=', '|'),
      fc.constantFrom(',', ';', '、', ' ', '\n', '\\0', ':', '"'),
    );
    fc.assert(
      fc.property(
        fc.array(piece),
        fc.constantFrom<PolicySeparator>(',', ';'),
        fc.boolean(),
        (pieces, separator, translate) => {
          const { corrected, refusals } = judgePolicyText(pieces.join(''), separator, { translate });
          if (refusals.length > 0) return;
          expect(judgePolicyText(corrected.text, separator)).toMatchObject({
            isInOrder: true,
            verdict: 'no-dhe-offered',
          });
        },
      ),
    );
  });

  it('is refused where nothing would be left', () => {
    for (const text of ['', D, `${D},${D}`, ',', '----']) {
      expect(judgePolicyText(text, ',').refusals.map(({ id }) => id)).toEqual(['leaves-nothing']);
    }
  });

  it('fits into the policy editor where that was asked for', () => {
    const text = windowsDefaults['win8.1-2012r2'].enabledByDefault.join(',');
    const { corrected } = judgePolicyText(text, ',', { shorten: true, windows: ['win8.1-2012r2'] });
    expect(corrected.text.length).toBeLessThanOrEqual(1023);
    expect(corrected.dropped.length).toBeGreaterThan(0);
    expect(judgePolicyText(text, ',').corrected.length?.length).toBe(1139);
  });

  it('is refused for what would be a warning, where that is strict', () => {
    const text = 'TLS_RSA_WITH_AES_128_GCM_SHA256';
    expect(judgePolicyText(text, ',', { windows: ['ws2022'] })).toMatchObject({ refusals: [] });
    const { refusals, warnings } = judgePolicyText(text, ',', { windows: ['ws2022'], strict: true });
    expect(refusals.map(({ id }) => id)).toEqual(['leaves-no-ecdhe']);
    expect(warnings).toEqual([]);
  });
});

describe('a text that holds a DHE name', () => {
  /** DHE suites as six programs spell them. */
  const dheNames: readonly string[] = JSON.parse(
    readFileSync(join(__dirname, '..', 'fixtures', 'cipher-catalog.json'), 'utf8'),
  ).seedDheNames.flatMap((name: string) => [
    name,
    name.replaceAll('_', '-'),
    name.replace('TLS_', 'SSL_'),
    name.replace('_WITH_', '_').replace(/_SHA$/, '_SHA1'),
    ...(name.includes('_AES_')
      ? [
          name
            .replace('TLS_', '')
            .replace('_WITH', '')
            .replace(/_AES_(\d+)(_CBC)?/, '_AES$1')
            .replaceAll('_', '-'),
        ]
      : []),
  ]);
  const folded = [...new Set(dheNames.map(compact))];

  function compact(text: string): string {
    return text
      .normalize('NFKC')
      .toUpperCase()
      .replace(/[^A-Z0-9]/g, '');
  }

  /** Whether one of the names stands between two separators, with whatever signs between its letters. */
  function holdsDhe(text: string, separator: string): boolean {
    return text.split(separator).some((entry) => {
      const letters = compact(entry);
      return folded.some((name) => {
        const at = letters.indexOf(name);
        return at !== -1 && !letters.slice(0, at).endsWith('EC');
      });
    });
  }

  const others = windowsDefaults['win10-1607-ws2016'].enabledByDefault.filter((name) => !name.startsWith('TLS_DHE_'));
  const separator = fc.constantFrom<PolicySeparator>(',', ';');
  const spelling = fc.constantFrom<(name: string) => string>(
    (name) => name,
    (name) => name.toLowerCase(),
    (name) => name.replace(/[A-Z]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0)),
  );
  const sign = fc.constantFrom(
    ...',;:、，；|=\\/"\'-_ \t\n\0\u200b\u00a0\ufeffAEDHC0('.split(''),
    '\\0',
    'EC',
    '',
    ', ',
    ',,',
  );
  const mutation = fc.record({ at: fc.nat(), length: fc.integer({ min: 0, max: 3 }), sign });

  it('is never judged clean, whatever was done to it', () => {
    let held = 0;
    fc.assert(
      fc.property(
        fc.subarray(others, { maxLength: 4 }),
        fc.constantFrom(...dheNames),
        spelling,
        separator,
        fc.nat(),
        fc.array(mutation, { maxLength: 3 }),
        (list, dhe, spell, between, position, mutations) => {
          let text = list.toSpliced(position % (list.length + 1), 0, spell(dhe)).join(between);
          for (const { at, length, sign: put } of mutations) {
            const start = at % (text.length + 1);
            text = text.slice(0, start) + put + text.slice(start + length);
          }
          if (!holdsDhe(text, between)) return;
          held += 1;
          expect(judgePolicyText(text, between).verdict).not.toBe('no-dhe-offered');
          expect(judgePolicyText(text, between, { windows: ['win10-1607-ws2016'] }).verdict).not.toBe('no-dhe-offered');
        },
      ),
      { numRuns: (fc.readConfigureGlobal()?.numRuns ?? 1000) * 10 },
    );
    expect(held).toBeGreaterThan(1000);
  });
});
