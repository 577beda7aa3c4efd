/** What runs and what is seen inside every page: a table that is filtered and sorted, in two languages and two themes. */

/** The columns of one kind of page; each is part of its script. */
export interface PageParts {
  readonly style: string;
  /**
   * Defines, for a row of the data: `cells(row)`, each `[text, class, text below]`; `keyOf(row, column)` to sort by;
   * `isNumeric(column)`; `startsDescending(column)`; and `drawMore()` for what is no table.
   */
  readonly script: string;
}

const darkColours = `color-scheme: dark; --ground: #14171a; --text: #e3e6ea; --soft: #9aa4af; --line: #373e47; --panel: #1d2125;
  --dhe: #ff8a80; --others: #5c7896; --bad: #ff8a80; --doubt: #f0b95b; --good: #7ccf8f; --accent: #7db1ff;`;

export const pageStyle = `
:root { color-scheme: light; --ground: #ffffff; --text: #1b1f24; --soft: #57606a; --line: #d0d7de; --panel: #f6f8fa;
  --dhe: #b3261e; --others: #8aa4c2; --bad: #b3261e; --doubt: #8a5a00; --good: #1a6b35; --accent: #0a58ca; }
@media screen and (prefers-color-scheme: dark) { :root:not([data-theme="light"]) { ${darkColours} } }
@media screen { :root[data-theme="dark"] { ${darkColours} } }
body { margin: 0 auto; padding: 24px; max-width: 1200px; background: var(--ground); color: var(--text);
  font: 15px/1.5 system-ui, "Segoe UI", "Yu Gothic UI", "Meiryo", "Noto Sans CJK JP", sans-serif; }
header { display: flex; flex-wrap: wrap; gap: 8px 16px; align-items: baseline; }
h1 { font-size: 22px; margin: 0; flex: 1 1 240px; }
h2 { font-size: 17px; margin: 32px 0 8px; }
.verdict { font-size: 18px; font-weight: 600; margin: 16px 0 4px; }
.verdict, li { overflow-wrap: anywhere; }
.soft { color: var(--soft); }
button, input { font: inherit; color: inherit; background: var(--panel); border: 1px solid var(--line); border-radius: 6px;
  padding: 4px 10px; }
button { cursor: pointer; }
button:focus-visible, input:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
ul { margin: 4px 0; padding-left: 20px; }
/* Heads and parts of the rows are tables of their own, which have to agree about the columns. */
.table { overflow-x: auto; border: 1px solid var(--line); border-radius: 6px; }
table { border-collapse: collapse; width: 100%; min-width: 1080px; table-layout: fixed; font-variant-numeric: tabular-nums; }
.part { content-visibility: auto; contain-intrinsic-size: auto 6800px; min-width: 1080px; }
th, td { box-sizing: border-box; padding: 6px 8px; text-align: left; border-bottom: 1px solid var(--line); }
td { overflow-wrap: anywhere; }
th { background: var(--panel); padding: 0; } th button { background: none; border: 0; width: 100%; text-align: inherit;
  font-weight: 600; padding: 6px 8px; white-space: nowrap; }
th[aria-sort="ascending"] button::after { content: " \\25b2"; } th[aria-sort="descending"] button::after { content: " \\25bc"; }
.number { text-align: right; }
.bad { color: var(--bad); font-weight: 600; } .doubt { color: var(--doubt); } .good { color: var(--good); }
.reason { color: var(--soft); font-size: 13px; font-weight: 400; }
.tools { display: flex; flex-wrap: wrap; gap: 8px; margin: 8px 0; align-items: center; }
.tools input { flex: 1 1 200px; max-width: 360px; }
@media (max-width: 600px) { body { padding: 16px; } }
/* On paper the parts are one table, whose head stands on each page; no button does. */
@page { size: landscape; margin: 12mm; }
@media print {
  body { max-width: none; padding: 0; font-size: 11px; }
  button, input { display: none; } th button { display: contents; }
  .table { display: table; overflow: visible; table-layout: fixed; width: 100%; border: 0; border-collapse: collapse; font-variant-numeric: tabular-nums; }
  .table table, #rows, .part { display: contents; }
  thead, tr { break-inside: avoid; } th, td { padding: 4px 6px; } .reason { font-size: 10px; }
  svg, .key::before { print-color-adjust: exact; }
}
`;

/** Texts come from other machines: they are set as text, and never as markup. */
export function pageScript(own: string): string {
  return `
'use strict';
const data = JSON.parse(document.getElementById('data').textContent);
const root = document.documentElement;
const state = { language: root.lang, sort: null, descending: false, filter: '' };
const byId = (id) => document.getElementById(id);
function make(name, text, className) {
  const element = document.createElement(name);
  if (text !== undefined) element.textContent = text;
  if (className) element.className = className;
  return element;
}
function words() { return data.words[state.language]; }
${own}
const collator = new Intl.Collator('en', { numeric: true });
function compare(one, other) {
  const [a, b] = [keyOf(one, state.sort), keyOf(other, state.sort)];
  const result = typeof a === 'number' ? a - b : collator.compare(a, b);
  return state.descending ? -result : result;
}
function shown() {
  const wanted = state.filter.toLowerCase().split(/\\s+/).filter(Boolean);
  const found = wanted.length === 0 ? data.rows.slice() : data.rows.filter((row) => {
    const text = cells(row).map(([cell, , more]) => cell + ' ' + (more || '')).join(' ').toLowerCase();
    return wanted.every((word) => text.includes(word));
  });
  return state.sort === null ? found : found.sort(compare);
}
/** Each row is made once a language: sorting moves it. They are all there, for who searches or prints, and are laid out when seen. */
let made = new Map();
let madeIn = '';
function rowOf(one) {
  if (madeIn !== state.language) [made, madeIn] = [new Map(), state.language];
  const known = made.get(one);
  if (known) return known;
  const row = make('tr');
  for (const [text, className, more] of cells(one)) {
    const cell = make('td', text, className);
    if (more) cell.append(make('div', more, 'reason'));
    row.append(cell);
  }
  made.set(one, row);
  return row;
}
function drawTable() {
  const found = shown();
  const head = make('tr');
  words().columns.forEach((name, column) => {
    const cell = make('th', undefined, isNumeric(column) ? 'number' : '');
    cell.scope = 'col';
    if (column === state.sort) cell.setAttribute('aria-sort', state.descending ? 'descending' : 'ascending');
    const button = make('button', name);
    button.type = 'button';
    button.addEventListener('click', () => {
      state.descending = column === state.sort ? !state.descending : startsDescending(column);
      state.sort = column;
      drawTable();
    });
    cell.append(button);
    head.append(cell);
  });
  byId('head').replaceChildren(head);
  const parts = document.createDocumentFragment();
  for (let start = 0; start < found.length; start += 200) {
    const part = make('div', undefined, 'part');
    const table = make('table');
    const rows = make('tbody');
    for (const one of found.slice(start, start + 200)) rows.append(rowOf(one));
    table.append(rows);
    part.append(table);
    parts.append(part);
  }
  byId('rows').replaceChildren(parts);
  byId('count').textContent = words().count.replace('{}', found.length);
}
function draw() {
  root.lang = state.language;
  document.title = words().title;
  for (const element of document.querySelectorAll('[data-word]')) element.textContent = words()[element.dataset.word];
  byId('filter').placeholder = words().filter;
  byId('filter').setAttribute('aria-label', words().filter);
  for (const [id, lines] of Object.entries(words().lists)) {
    byId(id).replaceChildren(...lines.map((line) => make('li', line)));
    byId(id).closest('section').hidden = lines.length === 0;
  }
  drawMore();
  drawTable();
}
byId('language').addEventListener('click', () => { state.language = state.language === 'en' ? 'ja' : 'en'; draw(); });
byId('theme').addEventListener('click', () => {
  const isDark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  root.dataset.theme = isDark ? 'light' : 'dark';
});
byId('filter').addEventListener('input', (event) => { state.filter = event.target.value; drawTable(); });
draw();
`;
}
