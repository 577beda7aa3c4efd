/** `probe --listen`: one line for each connection of a client, and at the end a verdict on each client. */
import { listenForClients } from '../../../probe/listen-for-clients';
import { identityOf } from '../../../probe/server-identity';
import type { GroupBits } from '../../../probe/weak-group';
import { type CommandContext, report, tell, writeJson } from '../../command-context';
import type { Outcome } from '../../exit-code';
import { asShown } from '../../terminal';
import { describeListening, viewConnection, viewListen } from '../../views/listen-view';
import { outcomeOfVerdicts } from './outcome';
import { type ProbeOptions, readGivenIdentity } from './peers';

export async function runListen(context: CommandContext, port: number, options: ProbeOptions): Promise<Outcome> {
  const { host, messages, colours, json, quiet } = context;
  const { timeout, address, connections, groupBits } = options;
  const given = await readGivenIdentity(options);
  const heard = await listenForClients({
    port,
    address,
    timeoutMilliseconds: Math.round(timeout * 1000),
    ...(connections !== undefined && { connections }),
    ...(groupBits !== undefined && { groupBits: Number(groupBits) as GroupBits }),
    ...(given !== undefined && { identity: identityOf(given.certificates, given.key) }),
    ...(host.interrupted !== undefined && { signal: host.interrupted }),
    onListening: (bound) => tell(context, describeListening(bound, port, messages)),
    onConnection: (connection) => {
      if (json) writeJson(context, 'listen-connection', 'done', connection);
      else if (!quiet) host.write(viewConnection(asShown(connection), messages));
    },
  });
  const outcome = outcomeOfVerdicts(heard.clients.map(({ verdict }) => verdict.id));
  report(context, 'listen', outcome, heard, (shown) => viewListen(shown, messages, colours));
  return outcome;
}
