/** Each fault of a policy text whole: where it stands, what stands there, and what became of it. */
import { describe, expect, it } from 'vitest';
import { catalog } from '../../lib/cipher-suite/cipher-suite';
import {
  formatPolicyText,
  longestPolicyText,
  measurePolicyText,
  mostFaultsListed,
  type PolicyTextFault,
  repairPolicyText,
  shortenPolicyList,
  splitPolicyText,
} from '../../lib/policy/policy-text';
import type { WindowsVersionId } from '../../lib/windows/versions';

const A = 'TLS_RSA_WITH_AES_128_CBC_SHA';
const B = 'TLS_RSA_WITH_NULL_SHA256';
const end = A.length;

type Fault = readonly [
  kind: PolicyTextFault['kind'],
  position: number,
  found: string,
  action: PolicyTextFault['action'],
];

it.each<[string, readonly string[], readonly Fault[]]>([
  [`${A},${B}`, [A, B], []],
  // Separators
  [`${A}、${B}`, [A, B], [['wrong-separator', end, '、', 'replaced']]],
  [
    `${A}\\0\\0${B}`,
    [A, B],
    [
      ['wrong-separator', end, '\\0\\0', 'replaced'],
      ['doubled-separator', end + 2, '\\0', 'removed'],
    ],
  ],
  [
    `,,${A}`,
    [A],
    [
      ['leading-separator', 0, ',', 'removed'],
      ['doubled-separator', 1, ',', 'removed'],
    ],
  ],
  [
    `\\0${A}`,
    [A],
    [
      ['wrong-separator', 0, '\\0', 'replaced'],
      ['leading-separator', 0, '\\0', 'removed'],
    ],
  ],
  [',', [], [['leading-separator', 0, ',', 'removed']]],
  [`${A},`, [A], [['trailing-separator', end, ',', 'removed']]],
  [
    `${A}, `,
    [A],
    [
      ['trailing-separator', end, ',', 'removed'],
      ['white-space', end + 1, ' ', 'removed'],
    ],
  ],
  [
    `${A},   ,${B}`,
    [A, B],
    [
      ['white-space', end + 1, '   ', 'removed'],
      ['doubled-separator', end + 4, ',', 'removed'],
    ],
  ],
  [
    `${A},"",${B}`,
    [A, B],
    [
      ['quote', end + 1, '""', 'removed'],
      ['doubled-separator', end + 3, ',', 'removed'],
    ],
  ],
  [
    `${A}\u3000，\u3000${B}`,
    [A, B],
    [
      ['white-space', end, '\u3000', 'removed'],
      ['wrong-separator', end + 1, '，', 'replaced'],
      ['white-space', end + 2, '\u3000', 'removed'],
    ],
  ],
  // Signs of other files
  [`${A}=${B}`, [A, B], [['not-a-name', end, '=', 'removed']]],
  [`${A}=`, [A], [['not-a-name', end, '=', 'removed']]],
  [`${A}\\${B}`, [A, B], [['not-a-name', end, '\\', 'removed']]],
  [`${A}$${B}`, [A, B], [['not-a-name', end, '$', 'removed']]],
  ['$$$', [], [['not-a-name', 0, '$$$', 'removed']]],
  [
    `${A} = ${B}`,
    [A, B],
    [
      ['white-space', end, ' ', 'removed'],
      ['not-a-name', end + 1, '=', 'removed'],
      ['white-space', end + 2, ' ', 'removed'],
    ],
  ],
  [
    '----,====',
    [],
    [
      ['not-a-name', 0, '----', 'removed'],
      ['not-a-name', 5, '====', 'removed'],
    ],
  ],
  // Names
  [
    `${A.toLowerCase()},${A}`,
    [A],
    [
      ['lower-case', 0, A.toLowerCase(), 'replaced'],
      ['duplicate', end + 1, A, 'removed'],
    ],
  ],
  [
    'a_b,A_B,a_B',
    ['a_b'],
    [
      ['unknown-name', 0, 'a_b', 'kept'],
      ['duplicate', 4, 'A_B', 'removed'],
      ['duplicate', 8, 'a_B', 'removed'],
    ],
  ],
  [
    'AES128-SHA:aes128-sha',
    ['AES128-SHA'],
    [
      ['other-spelling', 0, 'AES128-SHA', 'kept'],
      ['wrong-separator', 10, ':', 'replaced'],
      ['duplicate', 11, 'aes128-sha', 'removed'],
    ],
  ],
  [`${A}${A}`, [`${A}${A}`], [['unknown-name', 0, `${A}${A}`, 'kept']]],
  // White space
  [
    `  ${A}  `,
    [A],
    [
      ['white-space', 0, '  ', 'removed'],
      ['white-space', end + 2, '  ', 'removed'],
    ],
  ],
  [`${A}  \t ${B}`, [A, B], [['missing-separator', end, '  \t ', 'inserted']]],
  [
    `${A} ${B} ${A}`,
    [A, B],
    [
      ['missing-separator', end, ' ', 'inserted'],
      ['missing-separator', end + 1 + B.length, ' ', 'inserted'],
      ['duplicate', end + 2 + B.length, A, 'removed'],
    ],
  ],
  [
    'TLS_RSA_ WITH_ NULL_ SHA256',
    [B],
    [
      ['blank-inside-name', 8, ' ', 'removed'],
      ['blank-inside-name', 14, ' ', 'removed'],
      ['blank-inside-name', 20, ' ', 'removed'],
    ],
  ],
  ['TLS_RSA\n_WITH_NULL_SHA256', [B], [['blank-inside-name', 7, '\n', 'removed']]],
  [
    'tls_rsa_with_ NULL_SHA256',
    [B],
    [
      ['lower-case', 0, 'tls_rsa_with_ NULL_SHA256', 'replaced'],
      ['blank-inside-name', 13, ' ', 'removed'],
    ],
  ],
  [
    'TLS_FOO_B A R',
    ['TLS_FOO_BAR'],
    [
      ['unknown-name', 0, 'TLS_FOO_B A R', 'kept'],
      ['blank-inside-name', 9, ' ', 'removed'],
      ['blank-inside-name', 11, ' ', 'removed'],
    ],
  ],
  [
    'ssl_foo x',
    ['ssl_foox'],
    [
      ['unknown-name', 0, 'ssl_foo x', 'kept'],
      ['blank-inside-name', 7, ' ', 'removed'],
    ],
  ],
  ...['\n', '\r', '\u2028', '\u2029'].map((line): [string, string[], Fault[]] => [
    `TLS_FOO${line}BAR`,
    ['TLS_FOO'],
    [
      ['unknown-name', 0, 'TLS_FOO', 'kept'],
      ['missing-separator', 7, line, 'inserted'],
      ['not-a-name', 8, 'BAR', 'removed'],
    ],
  ]),
  [
    'TLS_FOO BAR,\nX_Y',
    ['TLS_FOOBAR', 'X_Y'],
    [
      ['unknown-name', 0, 'TLS_FOO BAR', 'kept'],
      ['blank-inside-name', 7, ' ', 'removed'],
      ['white-space', 12, '\n', 'removed'],
      ['unknown-name', 13, 'X_Y', 'kept'],
    ],
  ],
  [
    'TLS_FOO BAR_X',
    ['TLS_FOO', 'BAR_X'],
    [
      ['unknown-name', 0, 'TLS_FOO', 'kept'],
      ['missing-separator', 7, ' ', 'inserted'],
      ['unknown-name', 8, 'BAR_X', 'kept'],
    ],
  ],
  [
    'xTLS_FOO 1',
    ['xTLS_FOO'],
    [
      ['unknown-name', 0, 'xTLS_FOO', 'kept'],
      ['missing-separator', 8, ' ', 'inserted'],
      ['not-a-name', 9, '1', 'removed'],
    ],
  ],
  [
    `${A} x`,
    [A],
    [
      ['missing-separator', end, ' ', 'inserted'],
      ['not-a-name', end + 1, 'x', 'removed'],
    ],
  ],
  // Quotes, and what nobody sees
  [
    `""${A}''`,
    [A],
    [
      ['quote', 0, '""', 'removed'],
      ['quote', end + 2, "''", 'removed'],
    ],
  ],
  [
    `“${A}”`,
    [A],
    [
      ['quote', 0, '“', 'removed'],
      ['quote', end + 1, '”', 'removed'],
    ],
  ],
  [
    `${A} " ${B}`,
    [A, B],
    [
      ['quote', end + 1, '"', 'removed'],
      ['missing-separator', end + 2, ' ', 'inserted'],
    ],
  ],
  [
    `" ${A}`,
    [A],
    [
      ['quote', 0, '"', 'removed'],
      ['white-space', 1, ' ', 'removed'],
    ],
  ],
  [
    'TLS_RSA_WITH_ " NULL_SHA256',
    [B],
    [
      ['quote', 14, '"', 'removed'],
      ['blank-inside-name', 15, ' ', 'removed'],
    ],
  ],
  [`${A}\u200b\u200b,${B}`, [A, B], [['invisible', end, '\u200b\u200b', 'removed']]],
  [`${A}\ufe0f`, [A], [['invisible', end, '\ufe0f', 'removed']]],
  [`${A}\u0007`, [A], [['invisible', end, '\u0007', 'removed']]],
  [
    `${A}\u00ad\u200b"`,
    [A],
    [
      ['invisible', end, '\u00ad\u200b', 'removed'],
      ['quote', end + 2, '"', 'removed'],
    ],
  ],
  [
    `\uff02${A}\uff07`,
    [A],
    [
      ['full-width', 0, '\uff02', 'replaced'],
      ['full-width', end + 1, '\uff07', 'replaced'],
    ],
  ],
  ['TLS_R\uff33\uff21_WITH_NULL_SHA256', [B], [['full-width', 5, '\uff33\uff21', 'replaced']]],
])('%j', (text, list, faults) => {
  const repaired = repairPolicyText(text);
  expect(repaired.list).toEqual(list);
  expect(repaired.faults).toEqual(
    faults.map(([kind, position, found, action]) => ({ kind, position, length: found.length, found, action })),
  );
  expect(repaired.faultCount).toBe(faults.length);
});

it('separates MDM’s names by semicolons', () => {
  expect(repairPolicyText(`${A};${B}`, ';')).toEqual({ list: [A, B], faults: [], faultCount: 0 });
  expect(repairPolicyText(`${A},${B}`, ';').faults.map(({ kind }) => kind)).toEqual(['wrong-separator']);
  expect(formatPolicyText([A, B], ';')).toBe(`${A};${B}`);
  expect(splitPolicyText(`;${A};;${B};`, ';')).toEqual([A, B]);
  expect(splitPolicyText(`,${A},,${B};${A},`)).toEqual([A, `${B};${A}`]);
});

it('quotes 64 characters of a fault at most, and tells its whole length', () => {
  const [fault] = repairPolicyText(`,${'x'.repeat(100)}`).faults.slice(1);
  expect(fault).toEqual({ kind: 'not-a-name', position: 1, length: 100, found: 'x'.repeat(64), action: 'removed' });
});

it('lists so many faults, and counts the others', () => {
  const blanks = (count: number) => repairPolicyText(', '.repeat(count));
  const few = blanks(10);
  expect([few.faults.length, few.faultCount]).toEqual([20, 20]);
  const most = blanks(mostFaultsListed / 2);
  expect([most.faults.length, most.faultCount]).toEqual([mostFaultsListed, mostFaultsListed]);
  // What is counted is no longer a neighbour of what is listed.
  const counted = repairPolicyText(`${A}${', '.repeat(mostFaultsListed / 2)};;;`);
  expect([counted.faults.length, counted.faultCount]).toEqual([mostFaultsListed, mostFaultsListed + 6]);
  const more = repairPolicyText(`${', '.repeat(mostFaultsListed / 2)},${'""'.repeat(2)},\u200b,`);
  expect([more.faults.length, more.faultCount]).toEqual([mostFaultsListed, mostFaultsListed + 5]);
});

describe('a piece of a name', () => {
  const cut = (length: number, piece: string, after = '') => {
    const list = Array.from({ length: 9 }, (_, index) => `TLS_X${index}_${'A'.repeat(90)}`).join();
    const filler = `TLS_X_${'A'.repeat(length - list.length - piece.length - after.length - 8)}`;
    return repairPolicyText(`${list},${filler},${piece}${after}`);
  };

  it.each(['T', 'TLS_RSA_WITH_AES_128_CB', 'tls_rsa_with'])('%s is cut off at the end of the longest text', (piece) => {
    expect(cut(longestPolicyText, piece).faults.at(-1)).toEqual({
      kind: 'cut-off',
      position: longestPolicyText - piece.length,
      length: piece.length,
      found: piece,
      action: 'removed',
    });
    expect(cut(longestPolicyText, piece).list).toHaveLength(10);
  });

  it('is none where the text is shorter or longer, goes on, or where the name is whole', () => {
    const kinds = (length: number, piece: string, after?: string) =>
      cut(length, piece, after).faults.map(({ kind }) => kind);
    expect(kinds(longestPolicyText - 1, 'TLS_RSA_WITH')).not.toContain('cut-off');
    expect(kinds(longestPolicyText + 1, 'TLS_RSA_WITH')).not.toContain('cut-off');
    expect(kinds(longestPolicyText, 'TLS_RSA_WITH', ',')).not.toContain('cut-off');
    expect(kinds(longestPolicyText, A)).not.toContain('cut-off');
    expect(kinds(longestPolicyText, 'TLS_RSA_WHAT')).not.toContain('cut-off');
  });
});

describe('the length', () => {
  const ofCipher = (wanted: (suite: (typeof catalog)[number]) => boolean) => catalog.find(wanted)?.name ?? '';
  const exportGrade = ofCipher((suite) => suite.export && !suite.cipher.startsWith('RC4'));
  const exportRc4 = ofCipher((suite) => suite.export && suite.cipher.startsWith('RC4') && suite.protocols.length !== 1);
  const ssl2 = ofCipher((suite) => suite.protocols.length === 1 && suite.protocols[0] === 'SSL 2.0');
  const rc4 = 'TLS_RSA_WITH_RC4_128_SHA';

  it('names what could go, the least useful first, and of these the last first', () => {
    const list = [ssl2, exportRc4, exportGrade, A, rc4, B, 'TLS_RSA_WITH_NULL_SHA', 'TLS_FOO'];
    expect(measurePolicyText(list)).toEqual({
      length: list.join().length,
      limit: 1023,
      expendable: [
        { name: 'TLS_RSA_WITH_NULL_SHA', reason: 'null-cipher' },
        { name: B, reason: 'null-cipher' },
        { name: rc4, reason: 'rc4' },
        { name: exportGrade, reason: 'export-grade' },
        { name: exportRc4, reason: 'export-grade' },
        { name: ssl2, reason: 'ssl-2' },
      ],
    });
    // No page tells the protocols of this one.
    expect(measurePolicyText(['TLS_DHE_RSA_WITH_3DES_EDE_CBC_SHA']).expendable).toEqual([]);
    expect(measurePolicyText([])).toEqual({ length: 0, limit: 1023, expendable: [] });
  });

  it('names the variants of a curve where no named Windows has curves, whichever came first', () => {
    const plain = 'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA';
    const reasons = (list: readonly string[], ...windows: WindowsVersionId[]) =>
      measurePolicyText(list, windows).expendable.map(({ name, reason }) => [list.indexOf(name), reason]);
    const variants = [`${plain}_P256`, plain, `${plain}_P384`];
    expect(reasons(variants, 'ws2022')).toEqual([
      [2, 'curve-variant'],
      [0, 'curve-variant'],
    ]);
    expect(reasons([`${plain}_P384`, `${plain}_P256`], 'ws2022')).toEqual([[1, 'curve-variant']]);
    expect(reasons([`${plain}_P384`, plain.replace('128', '256')], 'ws2022')).toEqual([]);
    expect(reasons(variants)).toEqual([]);
    expect(reasons(variants, 'win8.1-2012r2')).toEqual([[1, 'no-effect']]);
    expect(reasons(variants, 'win8.1-2012r2', 'ws2022')).toEqual([]);
  });

  it('shrinks by as many names as it takes, and no more', () => {
    const long = Array.from({ length: 9 }, (_, index) => `TLS_X${index}_${'A'.repeat(90)}`);
    const filled = (length: number) => {
      const rest = length - [rc4, B, ...long].join().length - 1;
      return [rc4, B, ...long, `TLS_X_${'A'.repeat(rest - 6)}`];
    };
    const dropped = (length: number) => shortenPolicyList(filled(length)).dropped;
    expect(filled(1023).join()).toHaveLength(1023);
    expect(dropped(1023)).toEqual([]);
    expect(dropped(1024)).toEqual([B]);
    expect(dropped(1023 + B.length + 1)).toEqual([B]);
    expect(dropped(1023 + B.length + 2)).toEqual([B, rc4]);
    expect(dropped(1023 + B.length + rc4.length + 3)).toEqual([B, rc4]);
    expect(shortenPolicyList(filled(1024)).list).toEqual(filled(1024).filter((name) => name !== B));
    expect(shortenPolicyList([rc4, A], ['ws2022'])).toEqual({ list: [rc4, A], dropped: [] });
    const unsupported = filled(1024);
    expect(shortenPolicyList(unsupported, ['win8.1-2012r2']).dropped).toEqual([unsupported.at(-1)]);
  });
});
