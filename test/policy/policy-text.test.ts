import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canBeSuiteName } from '../../lib/cipher-suite/other-names';
import { withoutDheSuites } from '../../lib/cipher-suite/suite-list';
import {
  formatPolicyText,
  measurePolicyText,
  repairPolicyText,
  shortenPolicyList,
  splitPolicyText,
} from '../../lib/policy/policy-text';
import { type WindowsVersionId, windowsDefaults } from '../../lib/windows/versions';
import { anyList } from '../support/suites';

const A = 'TLS_RSA_WITH_AES_128_CBC_SHA';
const B = 'TLS_RSA_WITH_NULL_SHA256';

describe('repair of policy text', () => {
  it.each([
    ['ideographic comma', `${A}、${B}`, [A, B], ['wrong-separator@28']],
    ['full-width comma', `${A}，${B}`, [A, B], ['wrong-separator@28']],
    ['half-width ideographic comma', `${A}､${B}`, [A, B], ['wrong-separator@28']],
    ['full-width semicolon', `${A}；${B}`, [A, B], ['wrong-separator@28']],
    ['semicolon of MDM', `${A};${B}`, [A, B], ['wrong-separator@28']],
    ['full-width letters', 'ＴＬＳ＿RSA_WITH_NULL_SHA２５６', [B], ['full-width@0', 'full-width@21']],
    ['ideographic space', `　${A}`, [A], ['white-space@0']],
    ['no-break space', `${A}\u00a0`, [A], ['white-space@28']],
    ['zero-width space', `TLS_\u200bRSA_WITH_NULL_SHA256`, [B], ['invisible@4']],
    ['byte order mark', `\ufeff${A}`, [A], ['invisible@0']],
    ['line breaks instead of commas', `${A}\r\n${B}`, [A, B], ['missing-separator@28']],
    ['tab after a comma', `${A},\t${B}`, [A, B], ['white-space@29']],
    ['quotes', `"${A},${B}"`, [A, B], ['quote@0', 'quote@54']],
    ['blank inside a name', 'TLS_RSA_WITH AES', ['TLS_RSA_WITHAES'], ['unknown-name@0', 'blank-inside-name@12']],
    ['line wrapped inside a name', 'TLS_RSA_WITH_\r\nNULL_SHA256', [B], ['blank-inside-name@13']],
    ['doubled separator', `${A},,${B}`, [A, B], ['doubled-separator@29']],
    ['leading separator', `,${A}`, [A], ['leading-separator@0']],
    ['trailing separator', `${A},`, [A], ['trailing-separator@28']],
    ['duplicate', `${A},${B},${A}`, [A, B], ['duplicate@54']],
    ['lower case', A.toLowerCase(), [A], ['lower-case@0']],
    [
      'unknown names on lines of their own',
      'X_A\nX_B',
      ['X_A', 'X_B'],
      ['unknown-name@0', 'missing-separator@3', 'unknown-name@4'],
    ],
    ['nothing', '', [], []],
    [
      'colons of OpenSSL',
      'ECDHE-RSA-AES128-SHA:DHE-RSA-AES128-SHA',
      ['ECDHE-RSA-AES128-SHA', 'DHE-RSA-AES128-SHA'],
      ['other-spelling@0', 'wrong-separator@20', 'other-spelling@21'],
    ],
    [
      'blanks between OpenSSL names',
      'AES128-SHA AES256-SHA',
      ['AES128-SHA', 'AES256-SHA'],
      ['other-spelling@0', 'missing-separator@10', 'other-spelling@11'],
    ],
    ['the two characters of reg query', `${A}\\0${B}`, [A, B], ['wrong-separator@28']],
    ['NUL', `${A}\0${B}`, [A, B], ['wrong-separator@28']],
    ['an assignment', `Functions=${A}`, [A], ['not-a-name@0']],
    [
      'a heading',
      `Name\n----\n${A}`,
      [A],
      ['not-a-name@0', 'missing-separator@4', 'not-a-name@5', 'missing-separator@9'],
    ],
    ['a path', `HKLM\\SOFTWARE\\X,${A}`, [A], ['not-a-name@0']],
    ['pipes', `${A}|${B}`, [A, B], ['not-a-name@28']],
    ['a homoglyph', `\u0422LS_RSA_WITH_NULL_SHA256,${A}`, [A], ['not-a-name@0']],
  ])('%s', (_, text, list, faults) => {
    const repaired = repairPolicyText(text);
    expect(repaired.list).toEqual(list);
    expect(repaired.faults.map(({ kind, position }) => `${kind}@${position}`)).toEqual(faults);
  });

  it('is idempotent, and names no fault but unknown names in its own result', () => {
    const mess = fc.constantFrom('、', '，', ',', ';', ' ', '\u3000', '\n', '"', '\u200b', 'Ａ', '_', 'TLS_', 'x', '`');
    const text = fc
      .array(fc.oneof(mess, fc.constantFrom(A, B, A.toLowerCase()), fc.string()))
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, (dirty) => {
        const once = repairPolicyText(dirty);
        const twice = repairPolicyText(formatPolicyText(once.list));
        expect(twice.list).toEqual(once.list);
        expect(twice.faults.filter(({ action }) => action !== 'kept')).toEqual([]);
      }),
    );
  });

  it('takes a list to text and back', () => {
    fc.assert(
      fc.property(anyList, fc.constantFrom(',', ';'), (names, separator) => {
        const list = names.filter(canBeSuiteName);
        expect(splitPolicyText(formatPolicyText(list, separator), separator)).toEqual(list);
        expect(repairPolicyText(formatPolicyText(list, separator), separator).list).toEqual(list);
      }),
    );
  });
});

describe('a text that the policy editor cut off', () => {
  const whole = windowsDefaults['win8.1-2012r2'].enabledByDefault.join(',');

  it('loses the piece of a name at its end, and says so', () => {
    const { list, faults } = repairPolicyText(whole.slice(0, 1023));
    expect(faults.map(({ kind }) => kind)).toEqual(['cut-off']);
    expect(list).toEqual(windowsDefaults['win8.1-2012r2'].enabledByDefault.slice(0, list.length));
  });

  it.each([1022, 1024])('is not one of %i characters', (length) => {
    expect(repairPolicyText(whole.slice(0, length)).faults.map(({ kind }) => kind)).toEqual(['unknown-name']);
  });
});

describe('the length of policy text', () => {
  it('can lose what means the same suite, or none, on the Windows that it is for', () => {
    const list = [
      'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384_P256',
      'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384_P384',
      'TLS_AES_128_GCM_SHA256',
      'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
      'TLS_RSA_WITH_RC4_128_SHA',
    ];
    const reasons = (...windows: WindowsVersionId[]) =>
      measurePolicyText(list, windows).expendable.map(({ name, reason }) => `${list.indexOf(name)} ${reason}`);
    expect(reasons()).toEqual(['4 rc4']);
    expect(reasons('win10-1809-ws2019')).toEqual(['2 no-effect', '1 curve-variant', '4 rc4']);
    expect(reasons('ws2022')).toEqual(['1 curve-variant', '4 rc4']);
    expect(reasons('win8.1-2012r2')).toEqual(['3 no-effect', '2 no-effect', '4 rc4']);
    expect(reasons('win8.1-2012r2', 'ws2022')).toEqual(['4 rc4']);
  });

  it('of the default list of Server 2012 R2 without DHE is over the limit, and fits without NULL, RC4 and SSL_CK', () => {
    const list = withoutDheSuites(windowsDefaults['win8.1-2012r2'].enabledByDefault);
    expect(measurePolicyText(list)).toMatchObject({ length: 1139, limit: 1023 });
    const { list: shorter, dropped } = shortenPolicyList(list);
    expect(formatPolicyText(shorter).length).toBeLessThanOrEqual(1023);
    expect(dropped.every((name) => /NULL|RC4|EXPORT|SSL_CK/.test(name))).toBe(true);
  });
});
