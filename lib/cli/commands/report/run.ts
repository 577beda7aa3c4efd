/** `report`: what was collected of many machines → who offers DHE, why, and what changed. */
import { version } from '../../../../package.json';
import { formatJson } from '../../../files/ascii-json';
import { findSources } from '../../../files/find-sources';
import { requireDifferentFiles, writeOutputFile } from '../../../files/user-file';
import { type MachineInput, nameOfPlace, readMachines } from '../../../fleet/read-machines';
import { FleetTally, type ReportedMachine, type ReportSummary } from '../../../fleet/roll-up';
import { languages } from '../../../messages/languages';
import { type CommandContext, errorContent, tell, writeJson } from '../../command-context';
import { CommandLineError } from '../../command-line-error';
import type { Outcome } from '../../exit-code';
import type { OptionValues } from '../../option';
import { streamFiles, streamStdin } from '../../stream-files';
import { asShown } from '../../terminal';
import { fleetCsvHeading, writeMachineAsCsv } from '../../views/fleet-csv';
import { writeFleetMetrics } from '../../views/fleet-metrics';
import { describeReading, viewFleet } from '../../views/fleet-view';
import type { report as command } from './command';

type ReportOptions = OptionValues<typeof command.options>;
type Reading = Pick<ReportSummary, 'unread' | 'otherFiles' | 'interrupted'>;

/** What could not be read is counted to the last, and this many of it named. */
const namedUnread = 20;

export async function run(context: CommandContext, options: ReportOptions, names: readonly string[]): Promise<Outcome> {
  if (names.includes('-') && options.since?.includes('-') === true) {
    throw new CommandLineError({ kind: 'excluded', option: '--since -', other: '-' });
  }
  const inputs = [names, options.since ?? []].map((some) => openInputs(context, some, options.html));
  const { tally, ...reading } = await collect(context, inputs[0] ?? []);
  const older = options.since === undefined ? undefined : await collect(context, inputs[1] ?? []);
  const summary: ReportSummary = {
    ...tally.count(older?.tally),
    ...(older === undefined ? reading : join(reading, older)),
  };
  const machines = () => tally.machines(older?.tally);
  const outcome = outcomeOf(summary, options.check);
  if (options.html !== undefined) await writePage(context, options.html, summary, machines());
  write(context, options, summary, machines, outcome);
  return outcome;
}

function openInputs({ host }: CommandContext, names: readonly string[], html: string | undefined): MachineInput[] {
  const files = findSources(names.filter((name) => name !== '-'));
  if (html !== undefined) for (const { file } of files) requireDifferentFiles(file, html);
  const open = streamFiles(files, host);
  const inputs = files.map((one) => ({
    source: one.file,
    time: one.time,
    isNamed: one.isNamed,
    open: () => open(one),
  }));
  if (!names.includes('-')) return inputs;
  return [...inputs, { source: 'stdin', time: new Date(), isNamed: true, open: () => streamStdin(host) }];
}

async function collect(
  { host, messages }: CommandContext,
  inputs: readonly MachineInput[],
): Promise<Reading & { readonly tally: FleetTally }> {
  const tally = new FleetTally();
  const first: ReportSummary['unread']['first'][number][] = [];
  let [count, otherFiles] = [0, 0];
  await readMachines(
    inputs,
    {
      machine: (record, place) => tally.add(record, nameOfPlace(place)),
      unread: ({ source, line }, error) => {
        count += 1;
        if (first.length < namedUnread) first.push({ source, line, ...errorContent(error, messages) });
      },
      otherFile: () => {
        otherFiles += 1;
      },
    },
    { tool: version, signal: host.interrupted },
  ).finally(() => host.showProgress?.(undefined));
  return { tally, unread: { count, first }, otherFiles, interrupted: host.interrupted?.aborted === true };
}

function join(one: Reading, other: Reading): Reading {
  return {
    unread: {
      count: one.unread.count + other.unread.count,
      first: [...one.unread.first, ...other.unread.first].slice(0, namedUnread),
    },
    otherFiles: one.otherFiles + other.otherFiles,
    interrupted: one.interrupted || other.interrupted,
  };
}

/** Whoever reads the result must not take it for all of it. */
function outcomeOf({ machines, verdicts, unread, interrupted }: ReportSummary, check: boolean): Outcome {
  if (check && verdicts['dhe-offered'] > 0) return 'dhe-offered';
  if (unread.count > 0 || machines === 0) return 'bad-input';
  return interrupted || (check && verdicts.unknown > 0) ? 'undecided' : 'done';
}

/** Machine by machine: a hundred thousand of them as one text would weigh more than all else. */
function write(
  context: CommandContext,
  { csv, prometheus }: ReportOptions,
  summary: ReportSummary,
  machines: () => Iterable<ReportedMachine>,
  outcome: Outcome,
): void {
  const { host, messages, colours, quiet } = context;
  if (csv) {
    host.write(fleetCsvHeading);
    for (const machine of machines()) host.write(writeMachineAsCsv(asShown(machine)));
    // A table has no room for what is not in it.
    const { unread, interrupted } = summary;
    if (unread.count > 0 || interrupted) tell(context, `${describeReading(asShown(summary), messages).join('\n')}\n`);
  } else if (prometheus) {
    host.write(writeFleetMetrics(summary, machines()));
  } else if (context.lines) {
    for (const machine of machines()) writeJson(context, 'reported-machine', 'done', { machine });
    writeJson(context, 'report-summary', outcome, { summary });
  } else if (context.json) {
    host.write(
      `{\n"schemaVersion": 1,\n"kind": "report",\n"outcome": "${outcome}",\n"summary": ${formatJson(summary)},\n"machines": [`,
    );
    let separator = '';
    for (const machine of machines()) {
      host.write(`${separator}\n${formatJson(machine, 0)}`);
      separator = ',';
    }
    host.write('\n]\n}\n');
  } else if (!quiet) host.write(viewFleet(asShown(summary), machines(), messages, colours));
}

async function writePage(
  context: CommandContext,
  file: string,
  summary: ReportSummary,
  machines: Iterable<ReportedMachine>,
): Promise<void> {
  const { writeFleetPage } = await import('../../views/fleet-page.js');
  const all = { en: await languages.en(), ja: await languages.ja() };
  writeOutputFile(file, writeFleetPage(asShown(summary), machines, all, context.language));
  tell(context, `${context.messages.evidence.pageWritten(asShown(file))}\n`);
}
