/** `probe --listen`: one line for each connection of a client, and at the end a verdict on each client. */
import { type ListenReport, listenForClients } from '../../../probe/listen-for-clients';
import { type CommandContext, report, tell, writeJson } from '../../command-context';
import type { Outcome } from '../../exit-code';
import { asShown } from '../../terminal';
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
  const { host, messages, colours, json, quiet } = context;
  const heard = await listenForClients({
    port,
    address,
    timeoutMilliseconds: Math.round(timeout * 1000),
    ...(connections !== undefined && { connections }),
    ...(host.interrupted !== undefined && { signal: host.interrupted }),
    onListening: (bound) => tell(context, describeListening(bound, port, messages)),
    onConnection: (connection) => {
      if (json) writeJson(context, 'listen-connection', 'done', connection);
      else if (!quiet) host.write(viewConnection(asShown(connection), messages));
    },
  });
  const outcome = outcomeOf(heard);
  report(context, 'listen', outcome, heard, (shown) => viewListen(shown, messages, colours));
  return outcome;
}

/** As with servers. */
function outcomeOf({ clients }: ListenReport): Outcome {
  const verdicts = clients.map(({ verdict }) => verdict.id);
  if (verdicts.includes('affected')) return 'peer-affected';
  return verdicts.length === 0 || verdicts.includes('inconclusive') ? 'undecided' : 'done';
}
