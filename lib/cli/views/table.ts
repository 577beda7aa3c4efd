/** Columns that line up, with full-width characters and colours too, and no lines around them. */
import { textWidth } from './text-width';

/** The rows as text, the first of them the headings; two blanks between columns, none at the end of a line. */
export function formatTable(rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  const measured = rows.map((row) => row.map(textWidth));
  for (const row of measured) {
    row.forEach((width, column) => {
      widths[column] = Math.max(width, widths[column] ?? 0);
    });
  }
  const pad = (text: string, row: number, column: number) =>
    text + ' '.repeat((widths[column] ?? 0) - (measured[row]?.[column] ?? 0));
  return rows
    .map(
      (row, index) =>
        `${row
          .map((text, column) => pad(text, index, column))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}

/** The text in `width` columns: of a host's name the beginning tells it from others, of a path the end. */
export function cutText(text: string, width: number, keeps: 'beginning' | 'end'): string {
  if (textWidth(text) <= width) return text;
  let kept = text;
  while (textWidth(kept) > width - 1) kept = keeps === 'end' ? kept.slice(1) : kept.slice(0, -1);
  return keeps === 'end' ? `…${kept}` : `${kept}…`;
}

/** A terminal as it is opened. Its last lines are for the command and for the next prompt. */
export const screen = { columns: 80, lines: 22 };

export function fitsScreen(text: string): boolean {
  const lines = text.trimEnd().split('\n');
  const taken = lines.map((line) => Math.max(1, Math.ceil(textWidth(line) / screen.columns)));
  return taken.reduce((sum, count) => sum + count, 0) <= screen.lines;
}

/** The text in lines of at most `width` columns, where its words allow that. Japanese may end a line behind any letter. */
export function wrapText(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const [piece] of text.matchAll(/[^\s\u3001-\u9fff]*(?:[\u3040-\u9fff][\u3001\u3002]?|[\u3001\u3002]|\s|$)/g)) {
    if (line !== '' && textWidth(line + piece.trimEnd()) > width) {
      lines.push(line.trimEnd());
      line = '';
    }
    line += piece;
  }
  return [...lines, line.trimEnd()];
}
