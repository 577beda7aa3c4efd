/** CSV (RFC 4180) for spreadsheets. */

export type Cell = string | number | boolean | null;

export function writeCsvRow(cells: readonly Cell[]): string {
  return `${cells.map(writeCell).join(',')}\n`;
}

/**
 * Names come from other machines: a spreadsheet must not take one for a formula, nor what stands behind a separator of
 * another country. Japanese ones take the wide signs too.
 */
function writeCell(value: Cell): string {
  const text = String(value ?? '').replace(/(?<=^|[;\t\n])(?=[=+\-@\t\r＝＋－＠])/g, "'");
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
