/** `probe`: whether a TLS server has the leading-zero fault, in a few handshakes of a client that chooses its key. */
import { InvalidInputError } from '../../../errors';
import { decodeInputText, readInputFile } from '../../../files/user-file';
import { measurePeer } from '../../../probe/measure-peer';
import { type ProbeReport, probePeer } from '../../../probe/probe-peer';
import type { StartTls } from '../../../probe/starttls';
import { type CommandContext, type Content, errorContent, report, writeJson } from '../../command-context';
import { type Outcome, outcomeOfError, worstOf } from '../../exit-code';
import type { OptionValues } from '../../option';
import { viewMeasurement, viewProbe } from '../../views/probe-view';
import type { probe } from './command';
import type { documents } from './documents';

type ProbeOptions = OptionValues<typeof probe.options>;

export async function run(outer: CommandContext, options: ProbeOptions, target: string | undefined): Promise<Outcome> {
  const context = options.total === undefined ? outer : withTotalTime(outer, options.total);
  if (options.listen !== undefined) {
    return (await import('./listen.js')).runListen(context, options.listen, options);
  }
  if (options.hosts !== undefined) return probeMany(context, await readTargets(context, options.hosts), options);
  if (options.measure !== undefined) return measure(context, target ?? '', options.measure, options);
  const probed = await probeOne(context, target ?? '', options);
  const outcome = outcomeOf(probed);
  report(context, 'probe', outcome, probed satisfies Content<(typeof documents)['probe']>, (shown) =>
    viewProbe(shown, context.messages, context.colours),
  );
  return outcome;
}

/** Interrupted also when the time is up. */
function withTotalTime(context: CommandContext, seconds: number): CommandContext {
  const { interrupted } = context.host;
  const signals = [
    AbortSignal.timeout(Math.round(seconds * 1000)),
    ...(interrupted === undefined ? [] : [interrupted]),
  ];
  return { ...context, host: { ...context.host, interrupted: AbortSignal.any(signals) } };
}

function probeOne(context: CommandContext, target: string, options: ProbeOptions): Promise<ProbeReport> {
  return probePeer({ ...describePeer(context, target, options), hunt: options.hunt });
}

function describePeer(context: CommandContext, target: string, options: ProbeOptions) {
  const startTls: StartTls | undefined = options.tds ? 'tds' : options.rdp ? 'rdp' : options.starttls;
  return {
    ...parseTarget(target, startTls),
    timeoutMilliseconds: Math.round(options.timeout * 1000),
    ...(options.serverName !== undefined && { serverName: options.serverName }),
    ...(startTls !== undefined && { startTls }),
    ...(context.host.interrupted !== undefined && { signal: context.host.interrupted }),
  };
}

async function measure(
  context: CommandContext,
  target: string,
  count: number,
  options: ProbeOptions,
): Promise<Outcome> {
  const { showProgress } = context.host;
  const measured = await measurePeer({
    ...describePeer(context, target, options),
    count: Math.max(1, count),
    ...(showProgress !== undefined && {
      onProgress: (done: number, total: number) => showProgress(done < total ? done / total : undefined),
    }),
  });
  const outcome = measured.dhe.handshakes + measured.ecdhe.handshakes > 0 ? 'done' : 'undecided';
  report(context, 'measurement', outcome, measured satisfies Content<(typeof documents)['measurement']>, (shown) =>
    viewMeasurement(shown, context.messages),
  );
  return outcome;
}

async function readTargets({ host }: CommandContext, file: string): Promise<readonly string[]> {
  const bytes = file === '-' ? await host.readStdin() : readInputFile(file);
  return decodeInputText(bytes, file)
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}

/** More would be no faster where every probe waits for its peer, and less polite. */
const probesAtOnce = 8;

/** One JSON line for each target, as soon as it is known. A line that is no target is one more line that says so. */
async function probeMany(context: CommandContext, targets: readonly string[], options: ProbeOptions): Promise<Outcome> {
  const outcomes = new Set<Outcome>();
  const queue = targets.values();
  const work = async () => {
    for (const target of queue) {
      if (context.host.interrupted?.aborted === true) return;
      try {
        const probed = await probeOne(context, target, options);
        const outcome = outcomeOf(probed);
        outcomes.add(outcome);
        writeJson(context, 'probe', outcome, probed);
      } catch (error) {
        const outcome = outcomeOfError(error);
        outcomes.add(outcome);
        writeJson(context, 'error', outcome, errorContent(error, context.messages));
        if (outcome === 'unexpected') context.host.writeError(`${(error as Error).stack ?? error}\n`);
      }
    }
  };
  await Promise.all(Array.from({ length: probesAtOnce }, work));
  // Whoever reads the lines must not take them for all of them.
  if (context.host.interrupted?.aborted === true) outcomes.add('undecided');
  return worstOf(outcomes);
}

function outcomeOf({ verdict }: ProbeReport): Outcome {
  if (verdict.id === 'affected') return 'peer-affected';
  return verdict.id === 'inconclusive' ? 'undecided' : 'done';
}

const ports = { smtp: 25, imap: 143, pop3: 110, ldap: 389, postgres: 5432, tds: 1433, rdp: 3389 } as const;

/** `host`, `host:port`, `[address]:port`, or a bare IPv6 address; the protocol's own port, or 443, where none is given. */
export function parseTarget(target: string, startTls?: StartTls): { readonly host: string; readonly port: number } {
  const match = /^(?:\[([0-9A-Fa-f:.%\w]+)\]|([^:[\]\s/]+))(?::(\d{1,5}))?$/.exec(target);
  const isAddress = /^[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*:[0-9A-Fa-f:.%\w]*$/.test(target);
  const host = match?.[1] ?? match?.[2] ?? (isAddress ? target : undefined);
  const port = Number(match?.[3] ?? (startTls === undefined ? 443 : ports[startTls]));
  if (host === undefined || port < 1 || port > 65_535) {
    throw new InvalidInputError('probe', undefined, 'probe-target', { text: target });
  }
  return { host, port };
}
