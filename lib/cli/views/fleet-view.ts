/** A fleet → text: how many offer DHE, by what sets their lists, which they are, and what could not be read. */
import { driftSchema } from '../../fleet/report-schema';
import type { ReportedMachine, ReportSummary } from '../../fleet/roll-up';
import type { Messages } from '../../messages/shape';
import { asShown, type Colours } from '../terminal';
import { formatLocalTime } from './local-time';
import { cutText, formatTable } from './table';

/** Rows of a terminal; the other outputs have all. */
const shownMachines = 20;
const shownGpos = 10;

export function viewFleet(
  summary: ReportSummary,
  machines: Iterable<ReportedMachine>,
  messages: Messages,
  colours: Colours,
): string {
  const { fleet: words } = messages;
  const [verdict = '', ...lines] = describeFleet(summary, messages);
  const { 'dhe-offered': offering, unknown } = summary.verdicts;
  const paint = offering > 0 ? colours.red : unknown > 0 || summary.machines === 0 ? colours.yellow : colours.green;
  const layers = Object.entries(summary.layers).map(([id, tally]) => ({ name: words.layer[id as 'mdm'], ...tally }));
  const versions = summary.versions.map((one) => ({ name: one.version ?? words.unknownVersion, ...one }));
  const gpos = summary.gpos.slice(0, shownGpos).map((one) => ({ name: cutText(one.gpo, 40, 'beginning'), ...one }));
  const paragraphs = [
    [colours.bold(paint(verdict)), ...lines].join('\n'),
    ...viewTallies(words.layerColumns, layers),
    ...viewTallies(words.versionColumns, versions),
    ...viewTallies(words.gpoColumns, gpos),
    ...viewMachines(machines, offering + unknown, messages, colours),
    ...[describeReading(summary, messages).join('\n')].filter(Boolean),
  ];
  return `${paragraphs.join('\n\n')}\n`;
}

/** The verdict, then what is to be done, a sentence each. */
export function describeFleet(summary: ReportSummary, { fleet: words, evidence }: Messages): string[] {
  const { machines, verdicts, restart, removal, drift, first, last } = summary;
  const changes = driftSchema.options.flatMap((id) => {
    const count = drift?.machines[id] ?? 0;
    return count === 0 ? [] : [`${words.drift[id]} ${count}`];
  });
  return [
    words.summary({ machines, offering: verdicts['dhe-offered'], unknown: verdicts.unknown }),
    ...(first === null || last === null ? [] : [evidence.period(formatLocalTime(first), formatLocalTime(last))]),
    ...(removal['locks-out'] > 0 ? [words.lockedOut(removal['locks-out'])] : []),
    ...(restart.advised + restart.perhaps > 0 ? [words.restartCounts(restart.advised, restart.perhaps)] : []),
    ...(drift === null ? [] : [words.changed(changes.join(', '), drift.missing.count)]),
  ];
}

/** What was read, and what was not, a line each. */
export function describeReading(summary: ReportSummary, { fleet: words, evidence }: Messages): string[] {
  const { unread, duplicates, otherFiles, interrupted, drift } = summary;
  const missing = drift?.missing.hosts.slice(0, shownMachines) ?? [];
  return [
    ...(missing.length > 0 ? [words.missing(missing.join(', '), (drift?.missing.count ?? 0) - missing.length)] : []),
    ...(duplicates > 0 ? [words.duplicates(duplicates)] : []),
    ...(otherFiles > 0 ? [words.otherFiles(otherFiles)] : []),
    ...(interrupted ? [evidence.interrupted] : []),
    ...(unread.count > 0 ? [words.unread(unread.count), ...unread.first.map(({ message }) => `  ${message}`)] : []),
  ];
}

type NamedTally = ReportSummary['layers']['local'] & { readonly name: string };

function viewTallies(columns: readonly string[], tallies: readonly NamedTally[]): string[] {
  const rows = tallies.flatMap(({ name, machines, dheOffered, unknown }) =>
    machines === 0 ? [] : [[name, String(machines), String(dheOffered), String(unknown)]],
  );
  return rows.length === 0 ? [] : [formatTable([columns, ...rows]).trimEnd()];
}

/** Those that are not known to be good, which come first. */
function viewMachines(
  machines: Iterable<ReportedMachine>,
  count: number,
  { fleet: words }: Messages,
  { red, yellow }: Colours,
): string[] {
  const rows: string[][] = [];
  for (const machine of machines) {
    if (machine.verdict === 'no-dhe-offered' || rows.length === shownMachines) break;
    const { host, source, verdict, counts, layer, certain, windows, restart, removal } = asShown(machine);
    rows.push([
      cutText(host, 21, host === source ? 'end' : 'beginning'),
      verdict === 'dhe-offered' ? red(String(counts?.dhe)) : yellow('?'),
      // Another layer may be in force.
      `${words.layer[layer]}${certain ? '' : '?'}`,
      windows.version ?? words.unknownVersion,
      words.restart[restart],
      removal === 'locks-out' ? red(words.removal[removal]) : words.removal[removal],
    ]);
  }
  if (rows.length === 0) return [];
  return [
    formatTable([words.machineColumns, ...rows]).trimEnd(),
    ...(count > rows.length ? [words.more(count - rows.length)] : []),
  ];
}
