/** `probe`: whether a TLS server has the leading-zero fault, in a few handshakes of a client that chooses its key. */
import { InvalidInputError } from '../../errors';
import { type ProbeReport, probePeer } from '../../probe/probe-peer';
import { type CommandContext, writeJson } from '../command-context';
import type { Outcome } from '../exit-code';
import { viewProbe } from '../views/probe-view';

export interface ProbeCommandOptions {
  readonly timeout: number;
  readonly serverName?: string;
}

export async function runProbe(
  context: CommandContext,
  target: string | undefined,
  options: ProbeCommandOptions,
): Promise<Outcome> {
  const { host, port } = parseTarget(target ?? '');
  const report = await probePeer({
    host,
    port,
    timeoutMilliseconds: Math.round(options.timeout * 1000),
    ...(options.serverName !== undefined && { serverName: options.serverName }),
    ...(context.host.interrupted !== undefined && { signal: context.host.interrupted }),
  });
  const outcome = outcomeOf(report);
  if (context.json) writeJson(context, 'probe', outcome, report);
  else context.host.write(viewProbe(report, context.messages, context.colours));
  return outcome;
}

/** A peer that is affected offers DHE and should not; one that could not be judged is a failure that changed nothing. */
function outcomeOf({ verdict }: ProbeReport): Outcome {
  if (verdict.id === 'affected') return 'dhe-offered';
  return verdict.id === 'inconclusive' ? 'failed-undone' : 'nothing-to-do';
}

/** `host`, `host:port`, `[address]:port`, or a bare IPv6 address; 443 where no port is given. */
export function parseTarget(target: string): { readonly host: string; readonly port: number } {
  const match = /^(?:\[([0-9A-Fa-f:.%\w]+)\]|([^:[\]\s/]+))(?::(\d{1,5}))?$/.exec(target);
  const isAddress = /^[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*:[0-9A-Fa-f:.%\w]*$/.test(target);
  const host = match?.[1] ?? match?.[2] ?? (isAddress ? target : undefined);
  const port = Number(match?.[3] ?? 443);
  if (host === undefined || port < 1 || port > 65_535) {
    throw new InvalidInputError('probe', undefined, 'probe-target', JSON.stringify(target));
  }
  return { host, port };
}
