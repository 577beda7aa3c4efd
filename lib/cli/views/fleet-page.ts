/** A fleet → one HTML page, a row for each machine. */
import type { ReportedMachine, ReportSummary } from '../../fleet/roll-up';
import type { Language } from '../../messages/languages';
import type { Messages } from '../../messages/shape';
import { asShown } from '../terminal';
import { describeFleet, describeReading } from './fleet-view';
import { formatLocalTime } from './local-time';
import { writePage } from './page';
import type { PageParts } from './page-parts';

export function writeFleetPage(
  summary: ReportSummary,
  machines: Iterable<ReportedMachine>,
  languages: Readonly<Record<Language, Messages>>,
  language: Language,
): string {
  const words = Object.fromEntries(
    Object.entries(languages).map(([id, messages]) => [id, wordsOf(summary, messages)] as const),
  );
  return writePage({ data: { words, rows: rowsOf(machines) }, language, parts, sections });
}

function rowsOf(machines: Iterable<ReportedMachine>): (string | number | null)[][] {
  const rows: (string | number | null)[][] = [];
  for (const machine of machines) {
    const { host, verdict, doubt, counts, layer, certain, gpo, windows, restart, removal, drift, time } =
      asShown(machine);
    rows.push([
      ...[
        host,
        verdict,
        counts?.dhe ?? null,
        layer,
        windows.version ?? '',
        restart,
        removal,
        drift,
        time === null ? '' : formatLocalTime(time),
      ],
      ...[doubt, gpo, certain ? '' : '?'],
    ]);
  }
  return rows;
}

function wordsOf(summary: ReportSummary, { fleet: words, evidence, ...messages }: Messages) {
  const all = { fleet: words, evidence, ...messages } as Messages;
  const [verdict, ...lines] = describeFleet(summary, all);
  const { page, verdict: verdicts, layer: layers, restart: restarts, removal: removals, drift, unknownVersion } = words;
  const cellWords = { verdict: verdicts, layer: layers, restart: restarts, removal: removals, drift, unknownVersion };
  const [machine, dhe, layer, windows, restart, removal] = words.machineColumns;
  return {
    title: page.title,
    otherLanguage: evidence.page.otherLanguage,
    theme: evidence.page.theme,
    tableTitle: page.machines,
    sources: page.notes,
    filter: page.filter,
    count: page.count,
    verdict,
    lists: { lines, notes: describeReading(summary, all) },
    columns: [machine, page.verdict, dhe, layer, windows, restart, removal, page.drift, page.time],
    cells: { ...cellWords, doubt: messages.unknown },
  };
}

const sections = '<section><ul id="lines"></ul></section>';

const parts: PageParts = {
  style: ':is(th, td):first-child { width: 20%; }',
  script: `
const looks = {
  verdict: { 'dhe-offered': 'bad', unknown: 'doubt', 'no-dhe-offered': 'good' },
  restart: { advised: 'bad', perhaps: 'doubt', unknown: 'doubt', 'not-needed': '' },
  removal: { 'locks-out': 'bad', 'has-costs': 'doubt', unknown: 'doubt', 'costs-nothing': '', 'nothing-to-remove': '' },
  drift: { 'now-offers': 'bad', 'now-unknown': 'doubt', 'list-changed': 'doubt', unknown: '', 'new': '', 'no-longer-offers': 'good', same: '' },
};
const kinds = { 1: 'verdict', 5: 'restart', 6: 'removal', 7: 'drift' };
const order = Object.fromEntries(Object.entries(looks).map(([kind, ids]) => [kind, Object.keys(ids)]));
function cells(machine) {
  const { cells: texts } = words();
  const named = (column) => {
    const [kind, id] = [kinds[column], machine[column]];
    return id === null ? [''] : [texts[kind][id], looks[kind][id]];
  };
  return [
    [machine[0], 'name'], [...named(1), machine[9] === null ? '' : texts.doubt[machine[9]]],
    [machine[2] === null ? '' : machine[2], 'number'], [texts.layer[machine[3]] + machine[11], '', machine[10] || ''],
    [machine[4] === '' ? texts.unknownVersion : machine[4]], named(5), named(6), named(7), [machine[8]],
  ];
}
function keyOf(machine, column) {
  if (kinds[column]) return machine[column] === null ? -1 : order[kinds[column]].indexOf(machine[column]);
  return machine[column] === null ? -1 : machine[column];
}
function isNumeric(column) { return column === 2; }
function startsDescending(column) { return column === 2 || column === 8; }
function drawMore() {}
`,
};
