import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withoutDheSuites } from '../../lib/cipher-suite/suite-list';
import {
  formatPolicyText,
  measurePolicyText,
  repairPolicyText,
  shortenPolicyList,
  splitPolicyText,
} from '../../lib/policy/policy-text';
import { windowsDefaults } from '../../lib/windows/versions';
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
        expect(twice.faults.filter(({ kind }) => kind !== 'unknown-name')).toEqual([]);
      }),
    );
  });

  it('takes a list to text and back', () => {
    fc.assert(
      fc.property(anyList, fc.constantFrom(',', ';'), (list, separator) => {
        expect(splitPolicyText(formatPolicyText(list, separator), separator)).toEqual(list);
        expect(repairPolicyText(formatPolicyText(list, separator), separator).list).toEqual(list);
      }),
    );
  });
});

describe('the length of policy text', () => {
  it('of the default list of Server 2012 R2 without DHE is over the limit, and fits without NULL, RC4 and SSL_CK', () => {
    const list = withoutDheSuites(windowsDefaults['win8.1-2012r2'].enabledByDefault);
    expect(measurePolicyText(list)).toMatchObject({ length: 1139, limit: 1023 });
    const { list: shorter, dropped } = shortenPolicyList(list);
    expect(formatPolicyText(shorter).length).toBeLessThanOrEqual(1023);
    expect(dropped.every((name) => /NULL|RC4|EXPORT|SSL_CK/.test(name))).toBe(true);
  });
});
