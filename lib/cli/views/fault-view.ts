/** The faults of a policy text → a line that counts them, and a table with a row for each kind. */

import type { Messages } from '../../messages/shape';
import type { PolicyTextFault, PolicyTextFaultKind } from '../../policy/policy-text';
import { formatTable, wrapText } from './table';
import { textWidth } from './text-width';

const width = 80;
/** Of what was found: more does not help to find it. */
const longestExcerpt = 20;

/** Nothing where there are none. `count` may be more than are listed. */
export function viewFaults(faults: readonly PolicyTextFault[], count: number, messages: Messages): string {
  if (count === 0) return '';
  const kinds = new Map<PolicyTextFaultKind, { readonly first: PolicyTextFault; count: number }>();
  for (const fault of faults) {
    const kind = kinds.get(fault.kind) ?? { first: fault, count: 0 };
    kind.count += 1;
    kinds.set(fault.kind, kind);
  }
  const cells = [...kinds].map(([kind, { first, count: times }]) => [
    String(times),
    String(first.position),
    excerpt(first.found),
    messages.fault[kind],
  ]);
  const shown = formatTable([messages.faultColumns, ...cells.map((row) => row.slice(0, 3))]).split('\n');
  const left = width - Math.max(...shown.map((line) => textWidth(line))) - 2;
  const rows = cells.flatMap((row) =>
    wrapText(row[3] ?? '', left).map((line, index) => (index === 0 ? [...row.slice(0, 3), line] : ['', '', '', line])),
  );
  return `${messages.faults(count)}\n${formatTable([messages.faultColumns, ...rows])}`;
}

/** What would be seen as nothing is named by its number. */
function excerpt(found: string): string {
  if (/^[^\P{Z} ]+$/u.test(found)) {
    return [...found]
      .map((character) => `U+${character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}`)
      .join(' ');
  }
  const characters = [...found.replace(/\s+/g, ' ')];
  return `"${characters.length > longestExcerpt ? `${characters.slice(0, longestExcerpt - 3).join('')}...` : characters.join('')}"`;
}
