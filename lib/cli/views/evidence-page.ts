/** Evidence → one HTML page that needs nothing beside itself: for a change board, in both languages, dark and light. */
import type { Evidence } from '../../evidence/gather-evidence';
import type { Language } from '../../messages/languages';
import type { Messages } from '../../messages/shape';
import { describeEvidence, describeFault, describeNotes, othersOf } from './evidence-view';
import { formatLocalTime } from './local-time';
import { writePage } from './page';
import type { PageParts } from './page-parts';

export function writeEvidencePage(
  evidence: Evidence,
  languages: Readonly<Record<Language, Messages>>,
  language: Language,
): string {
  const words = Object.fromEntries(
    Object.entries(languages).map(([id, messages]) => [id, wordsOf(evidence, messages)] as const),
  );
  const data = {
    words,
    rows: evidence.peers.map((peer) => [
      (peer.role === 'server' ? peer.client : (peer.name ?? peer.server)) ?? peer.name ?? '',
      peer.role === null ? 'both' : peer.role === 'server' ? 'client' : 'server',
      peer.port,
      peer.keyExchanges.DHE ?? 0,
      othersOf(peer),
      peer.failed,
      peer.first === null ? '' : formatLocalTime(peer.first),
      peer.last === null ? '' : formatLocalTime(peer.last),
      peer.removal.id,
      peer.removal.reason,
    ]),
    timeline: evidence.timeline.map(({ time, dhe, others }) => [formatLocalTime(time), dhe, others]),
  };
  return writePage({ data, language, parts: evidenceParts, sections });
}

const sections = `<section><ul id="lines"></ul></section>
<section id="when"><h2 data-word="overTime"></h2>
<figure><svg id="timeline" viewBox="0 0 1000 160" preserveAspectRatio="none" role="img"></svg>
<figcaption><span class="when" id="from"></span><span class="key key-dhe">DHE</span>
<span class="key key-others" data-word="others"></span><span class="when" id="to"></span></figcaption></figure></section>
<section><h2 data-word="faultTitle"></h2><ul id="fault"></ul></section>`;

const evidenceParts: PageParts = {
  style: `
:is(th, td):nth-child(2) { width: 80px; } :is(th, td):nth-child(3) { width: 70px; }
:is(th, td):is(:nth-child(4), :nth-child(5), :nth-child(6)) { width: 85px; }
:is(th, td):is(:nth-child(7), :nth-child(8)) { width: 145px; } :is(th, td):nth-child(9) { width: 185px; }
@media print {
  :is(th, td):is(:nth-child(2), :nth-child(3), :nth-child(4), :nth-child(5), :nth-child(6)) { width: 7%; }
  :is(th, td):is(:nth-child(7), :nth-child(8)) { width: 13%; } :is(th, td):nth-child(9) { width: 16%; }
}
figcaption { display: flex; flex-wrap: wrap; gap: 4px; } figcaption .when:first-of-type { margin-right: auto; } figcaption .when:last-of-type { margin-left: auto; }
figure { margin: 0; }
svg { width: 100%; height: 160px; display: block; background: var(--panel); border-radius: 6px; }
.bar-dhe { fill: var(--dhe); } .bar-others { fill: var(--others); }
.key::before { content: ""; display: inline-block; width: 10px; height: 10px; margin: 0 6px 0 12px; border-radius: 2px; }
.key-dhe::before { background: var(--dhe); } .key-others::before { background: var(--others); }
`,
  script: `
function cells(peer) {
  const { removal, reason, role } = words();
  return [
    [peer[0] === '' ? words().unnamed : peer[0], 'name'], [role[peer[1]]], [peer[2] === null ? '' : peer[2], 'number'],
    [peer[3], 'number'], [peer[4], 'number'], [peer[5], 'number'], [peer[6]], [peer[7]],
    [removal[peer[8]], looks[peer[8]], peer[9] === null ? '' : reason[peer[9]]],
  ];
}
const looks = { 'left-with-nothing': 'bad', unknown: 'doubt', 'keeps-others': 'good', 'no-dhe-seen': '' };
const order = Object.keys(looks);
function keyOf(peer, column) { return column === 8 ? order.indexOf(peer[8]) : peer[column] === null ? -1 : peer[column]; }
function isNumeric(column) { return column >= 2 && column <= 5; }
function startsDescending(column) { return column >= 3 && column <= 7; }
function drawMore() {
  byId('from').textContent = (data.timeline[0] || [''])[0];
  byId('to').textContent = (data.timeline[data.timeline.length - 1] || [''])[0];
  byId('when').hidden = data.timeline.length === 0;
  drawTimeline();
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
`,
};

/** Every text of the page that does not stand in a row, in one language. */
function wordsOf(evidence: Evidence, { evidence: words, ...messages }: Messages) {
  const all = { evidence: words, ...messages } as Messages;
  const [verdict, ...lines] = describeEvidence(evidence, all);
  const [peer, is, port, used, others, last, after] = words.columns;
  return {
    ...words.page,
    verdict,
    lists: {
      lines,
      fault: describeFault(evidence.fault.verdict, words),
      notes: describeNotes(evidence, all),
    },
    columns: [peer, is, port, used, others, words.page.failed, words.page.first, last, after],
    others,
    removal: words.removal,
    reason: words.reason,
    role: words.role,
    unnamed: words.unnamed,
  };
}
