/** CSV (RFC 4180) for spreadsheets. */

export type Cell = string | number | boolean | null;

export function writeCsvRow(cells: readonly Cell[]): string {
  return `${cells.map(writeCell).join(',')}\n`;
}

/** Names come from other machines: a spreadsheet must not take one for a formula. */
function writeCell(value: Cell): string {
  const text = String(value ?? '').replace(/^(?=[=+\-@\t\r])/, "'");
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
