/** What runs and what is seen inside the evidence page: its script and its style, which reach nothing outside of it. */

export const pageStyle = `
:root { color-scheme: light dark; --ground: #ffffff; --text: #1b1f24; --soft: #57606a; --line: #d0d7de; --panel: #f6f8fa;
  --dhe: #b3261e; --others: #8aa4c2; --bad: #b3261e; --doubt: #8a5a00; --good: #1a6b35; --accent: #0a58ca; }
@media (prefers-color-scheme: dark) { :root:not([data-theme="light"]) { --ground: #14171a; --text: #e3e6ea; --soft: #9aa4af;
  --line: #373e47; --panel: #1d2125; --dhe: #ff8a80; --others: #5c7896; --bad: #ff8a80; --doubt: #f0b95b; --good: #7ccf8f;
  --accent: #7db1ff; } }
:root[data-theme="dark"] { color-scheme: dark; --ground: #14171a; --text: #e3e6ea; --soft: #9aa4af; --line: #373e47;
  --panel: #1d2125; --dhe: #ff8a80; --others: #5c7896; --bad: #ff8a80; --doubt: #f0b95b; --good: #7ccf8f; --accent: #7db1ff; }
:root[data-theme="light"] { color-scheme: light; }
body { margin: 0 auto; padding: 24px; max-width: 1200px; background: var(--ground); color: var(--text);
  font: 15px/1.5 system-ui, "Segoe UI", "Yu Gothic UI", "Meiryo", "Noto Sans CJK JP", sans-serif; }
header { display: flex; flex-wrap: wrap; gap: 8px 16px; align-items: baseline; }
h1 { font-size: 22px; margin: 0; flex: 1 1 320px; }
h2 { font-size: 17px; margin: 32px 0 8px; }
.verdict { font-size: 18px; font-weight: 600; margin: 16px 0 4px; }
.soft, figcaption { color: var(--soft); }
figcaption { display: flex; flex-wrap: wrap; gap: 4px; } figcaption .when:first-of-type { margin-right: auto; } figcaption .when:last-of-type { margin-left: auto; }
button, input { font: inherit; color: inherit; background: var(--panel); border: 1px solid var(--line); border-radius: 6px;
  padding: 4px 10px; }
button { cursor: pointer; }
button:focus-visible, input:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
ul { margin: 4px 0; padding-left: 20px; }
figure { margin: 0; }
svg { width: 100%; height: 160px; display: block; background: var(--panel); border-radius: 6px; }
.bar-dhe { fill: var(--dhe); } .bar-others { fill: var(--others); }
.key::before { content: ""; display: inline-block; width: 10px; height: 10px; margin: 0 6px 0 12px; border-radius: 2px; }
.key-dhe::before { background: var(--dhe); } .key-others::before { background: var(--others); }
.table { border: 1px solid var(--line); border-radius: 6px; }
table { border-collapse: collapse; width: 100%; min-width: 900px; table-layout: fixed; font-variant-numeric: tabular-nums; }
:is(th, td):is(:nth-child(2), :nth-child(3)) { width: 70px; } :is(th, td):is(:nth-child(4), :nth-child(5), :nth-child(6)) { width: 80px; }
:is(th, td):is(:nth-child(7), :nth-child(8)) { width: 130px; } :is(th, td):nth-child(9) { width: 160px; }
.part { content-visibility: auto; contain-intrinsic-size: auto 6800px; }
th, td { padding: 6px 8px; text-align: left; border-bottom: 1px solid var(--line); white-space: nowrap; }
td.name { white-space: normal; overflow-wrap: anywhere; }
th { background: var(--panel); padding: 0; } th button { background: none; border: 0; width: 100%; text-align: inherit;
  font-weight: 600; padding: 6px 10px; }
th[aria-sort="ascending"] button::after { content: " \\25b2"; } th[aria-sort="descending"] button::after { content: " \\25bc"; }
.number { text-align: right; }
.left-with-nothing { color: var(--bad); font-weight: 600; } .unknown { color: var(--doubt); } .keeps-others { color: var(--good); }
.reason { color: var(--soft); font-size: 13px; font-weight: 400; white-space: normal; }
.tools { display: flex; flex-wrap: wrap; gap: 8px; margin: 8px 0; align-items: center; }
.tools input { flex: 1 1 200px; max-width: 360px; }
@media print { button, input { display: none; } th button { display: block; } body { max-width: none; padding: 0; } }
`;

/** Texts come from the network: they are set as text, and never as markup. */
export const pageScript = `
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
function cells(peer) {
  const { removal, reason, role } = words();
  return [
    [peer[0] === '' ? words().unnamed : peer[0], 'name'], [role[peer[1]]], [peer[2] === null ? '' : peer[2], 'number'],
    [peer[3], 'number'], [peer[4], 'number'], [peer[5], 'number'], [peer[6]], [peer[7]],
    [removal[peer[8]], peer[8], peer[9] === null ? '' : reason[peer[9]]],
  ];
}
const order = ['left-with-nothing', 'unknown', 'keeps-others', 'no-dhe-seen'];
function keyOf(peer, column) { return column === 8 ? order.indexOf(peer[8]) : peer[column] === null ? -1 : peer[column]; }
const collator = new Intl.Collator('en', { numeric: true });
function compare(one, other) {
  const [a, b] = [keyOf(one, state.sort), keyOf(other, state.sort)];
  const result = typeof a === 'number' ? a - b : collator.compare(a, b);
  return state.descending ? -result : result;
}
function shown() {
  const wanted = state.filter.toLowerCase();
  const found = wanted === '' ? data.peers.slice() : data.peers.filter((peer) =>
    cells(peer).some(([text, , more]) => (text + ' ' + (more || '')).toLowerCase().includes(wanted)));
  return state.sort === null ? found : found.sort(compare);
}
/** Each row is made once a language: sorting moves it. They are all there, for who searches or prints, and are laid out when seen. */
let made = new Map();
let madeIn = '';
function rowOf(peer) {
  if (madeIn !== state.language) [made, madeIn] = [new Map(), state.language];
  const known = made.get(peer);
  if (known) return known;
  const row = make('tr');
  for (const [text, className, more] of cells(peer)) {
    const cell = make('td', text, className);
    if (more) cell.append(make('div', more, 'reason'));
    row.append(cell);
  }
  made.set(peer, row);
  return row;
}
function drawTable() {
  const peers = shown();
  const head = make('tr');
  words().columns.forEach((name, column) => {
    const cell = make('th', undefined, column >= 2 && column <= 5 ? 'number' : '');
    cell.scope = 'col';
    if (column === state.sort) cell.setAttribute('aria-sort', state.descending ? 'descending' : 'ascending');
    const button = make('button', name);
    button.type = 'button';
    button.addEventListener('click', () => {
      state.descending = column === state.sort ? !state.descending : column >= 3 && column <= 7;
      state.sort = column;
      drawTable();
    });
    cell.append(button);
    head.append(cell);
  });
  byId('head').replaceChildren(head);
  const parts = document.createDocumentFragment();
  for (let start = 0; start < peers.length; start += 200) {
    const part = make('div', undefined, 'part');
    const table = make('table');
    const rows = make('tbody');
    for (const peer of peers.slice(start, start + 200)) rows.append(rowOf(peer));
    table.append(rows);
    part.append(table);
    parts.append(part);
  }
  byId('rows').replaceChildren(parts);
  byId('count').textContent = words().count.replace('{}', peers.length);
}
function drawTimeline() {
  const svg = byId('timeline');
  const most = Math.max(1, ...data.timeline.map(([, dhe, others]) => dhe + others));
  const width = 1000 / Math.max(1, data.timeline.length);
  const bar = (x, y, height, className, title) => {
    const element = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
    const values = { x: x + width * 0.1, y, width: width * 0.8, height, class: className };
    for (const [name, value] of Object.entries(values)) element.setAttribute(name, value);
    const tip = document.createElementNS('http://www.w3.org/2000/svg', 'title');
    tip.textContent = title;
    element.append(tip);
    return element;
  };
  const bars = data.timeline.flatMap(([time, dhe, others], index) => {
    const [low, high] = [(dhe / most) * 150, (others / most) * 150];
    const title = time + ': DHE ' + dhe + ', ' + words().others + ' ' + others;
    return [bar(index * width, 155 - low, low, 'bar-dhe', title), bar(index * width, 155 - low - high, high, 'bar-others', title)];
  });
  svg.replaceChildren(...bars);
}
function draw() {
  root.lang = state.language;
  document.title = words().title;
  for (const element of document.querySelectorAll('[data-word]')) element.textContent = words()[element.dataset.word];
  byId('filter').placeholder = words().filter;
  byId('filter').setAttribute('aria-label', words().filter);
  for (const [id, lines] of [['lines', words().lines], ['fault', words().fault], ['notes', words().notes]]) {
    byId(id).replaceChildren(...lines.map((line) => make('li', line)));
    byId(id).closest('section').hidden = lines.length === 0;
  }
  byId('from').textContent = (data.timeline[0] || [''])[0];
  byId('to').textContent = (data.timeline[data.timeline.length - 1] || [''])[0];
  byId('when').hidden = data.timeline.length === 0;
  drawTimeline();
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
