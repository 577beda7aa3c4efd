/** `evidence --logging`: Schannel's own logging, shown, set for a while and put back. */
import {
  type EventLoggingChange,
  readEventLogging,
  restoreEventLogging,
  setEventLogging,
} from '../../../change/event-logging';
import { type CommandContext, type Content, confirm, describeError, report, reportChange } from '../../command-context';
import { CommandLineError } from '../../command-line-error';
import type { Outcome } from '../../exit-code';
import type { OptionValues } from '../../option';
import { asShown } from '../../terminal';
import { viewEventLogging } from '../../views/event-logging-view';
import type { evidence as command } from './command';
import type { documents } from './documents';

const outcomes = {
  changed: 'changed',
  kept: 'done',
  'nothing-to-do': 'nothing-to-do',
  'not-ours': 'nothing-to-do',
  forgotten: 'done',
  'wrong-type': 'refused',
  'failed-undone': 'failed-undone',
  'failed-undo-incomplete': 'failed-undo-incomplete',
} as const satisfies Record<EventLoggingChange['kind'], Outcome>;

export async function runLogging(
  context: CommandContext,
  options: OptionValues<typeof command.options>,
  wanted: 'status' | 'on' | 'off',
): Promise<Outcome> {
  const { messages } = context;
  if (options.for !== undefined && wanted !== 'on') throw needless('--for', ['--logging on']);
  if (options.yes && wanted === 'status') throw needless('--yes', ['--logging on', '--logging off']);
  const until = options.for === undefined ? null : new Date(Date.now() + millisecondsOf(options.for));
  const binding = await context.open({ forChange: wanted !== 'status' });
  if (wanted !== 'status' && !(await confirm(context, options, messages.logging.ask[wanted]))) return 'done';
  const change =
    wanted === 'status' ? null : wanted === 'on' ? setEventLogging(binding, until) : restoreEventLogging(binding);
  const outcome = change === null ? 'done' : outcomes[change.kind];
  const { record, ...found } = readEventLogging(binding);
  const { schemaVersion: _, kind: __, ...kept } = record ?? {};
  const content = {
    operation: wanted,
    done: change?.kind ?? null,
    ...found,
    record: record && kept,
    cause: change !== null && 'cause' in change ? describeError(change.cause, messages) : null,
  } as Content<(typeof documents)['event-logging']>;
  if (change === null) report(context, 'event-logging', outcome, content, (shown) => viewEventLogging(shown, messages));
  else reportChange(context, 'event-logging', outcome, content, viewEventLogging(asShown(content), messages));
  return outcome;
}

function needless(option: string, others: readonly string[]): CommandLineError {
  return new CommandLineError({ kind: 'needs', option, others });
}

const units: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/** @throws CommandLineError */
function millisecondsOf(text: string): number {
  const [, count, unit = ''] = /^([1-9]\d{0,3})([mhd])$/.exec(text) ?? [];
  if (count === undefined) throw new CommandLineError({ kind: 'wrong-time', option: '--for', found: text });
  return Number(count) * (units[unit] ?? Number.NaN);
}
