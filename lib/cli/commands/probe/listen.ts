/** `probe --listen`: one line for each connection of a client, and at the end a verdict on each client. */
import { type ListenReport, listenForClients } from '../../../probe/listen-for-clients';
import { type CommandContext, writeJsonLine } from '../../command-context';
import type { Outcome } from '../../exit-code';
import { describeListening, viewConnection, viewListen } from '../../views/listen-view';

export interface ListenCommandOptions {
  readonly timeout: number;
  readonly address: string;
  readonly connections?: number;
}

export async function runListen(
  context: CommandContext,
  port: number,
  { timeout, address, connections }: ListenCommandOptions,
): Promise<Outcome> {
  const { host, messages, colours, json } = context;
  const report = await listenForClients({
    port,
    address,
    timeoutMilliseconds: Math.round(timeout * 1000),
    ...(connections !== undefined && { connections }),
    ...(host.interrupted !== undefined && { signal: host.interrupted }),
    onListening: (bound) => host.writeError(describeListening(bound, port, messages)),
    onConnection: (connection) => {
      if (json) writeJsonLine(context, 'listen-connection', 'nothing-to-do', connection);
      else host.write(viewConnection(connection, messages));
    },
  });
  const outcome = outcomeOf(report);
  if (json) writeJsonLine(context, 'listen', outcome, report);
  else host.write(viewListen(report, messages, colours));
  return outcome;
}

/** As with servers: an affected client offers DHE and should not; one that could not be judged is a failure. */
function outcomeOf({ clients }: ListenReport): Outcome {
  const verdicts = clients.map(({ verdict }) => verdict.id);
  if (verdicts.includes('affected')) return 'dhe-offered';
  return verdicts.length === 0 || verdicts.includes('inconclusive') ? 'failed-undone' : 'nothing-to-do';
}
