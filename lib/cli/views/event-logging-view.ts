/** Schannel's logging → text. */
import type { Messages } from '../../messages/shape';
import type { Content } from '../command-context';
import type { documents } from '../commands/evidence/documents';
import { formatLocalTime } from './local-time';

type EventLogging = Content<(typeof documents)['event-logging']>;

export function viewEventLogging(found: EventLogging, messages: Messages): string {
  const { logging } = messages;
  const { level, wrongType, logsHandshakes, awaitsRestart, record, isOver, systemLogBytes } = found;
  const end = record?.until ?? null;
  const until = end === null ? null : formatLocalTime(end);
  const lines = [
    ...describeDone(found, messages),
    wrongType === null ? logging.level(level, logsHandshakes) : logging.wrongType(wrongType),
    ...(awaitsRestart === 'no' ? [] : [logging.awaitsRestart[awaitsRestart]]),
    ...(record === null ? [] : [logging.set(formatLocalTime(record.startedAt), record.before)]),
    ...(until === null ? [] : [isOver ? logging.isOver(until) : logging.until(until)]),
    ...(record === null
      ? []
      : [logging.costs(systemLogBytes === null ? null : Math.round(systemLogBytes / 1_048_576))]),
  ];
  return `${lines.join('\n')}\n`;
}

function describeDone({ operation, done, cause }: EventLogging, { logging }: Messages): string[] {
  if (done === null || done === 'wrong-type') return [];
  if (done === 'changed') return operation === 'status' ? [] : [logging.changed[operation]];
  if (done === 'failed-undone') return [logging.failedUndone(cause ?? '')];
  if (done === 'failed-undo-incomplete') return [logging.failedUndoIncomplete(cause ?? '')];
  return [logging.done[done]];
}
