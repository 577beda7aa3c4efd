/** `probe`: whether a TLS server has the leading-zero fault, in a few handshakes of a client that chooses its key. */
import { InvalidInputError } from '../../../errors';
import { decodeInputText, readInputFile } from '../../../files/user-file';
import type { ClientIdentity } from '../../../probe/client-identity';
import { measurePeer } from '../../../probe/measure-peer';
import { type ProbeOptions as LibraryOptions, probePeer } from '../../../probe/probe-peer';
import type { ProbeReport } from '../../../probe/probe-report';
import { readIdentity } from '../../../probe/read-identity';
import { type StartTls, startTlsPorts } from '../../../probe/starttls';
import { type CommandContext, type Content, report } from '../../command-context';
import type { Outcome } from '../../exit-code';
import type { OptionValues } from '../../option';
import { viewMeasurement, viewProbe } from '../../views/probe-view';
import type { probe } from './command';
import type { documents } from './documents';

export type ProbeOptions = OptionValues<typeof probe.options>;

export async function run(outer: CommandContext, options: ProbeOptions, target: string | undefined): Promise<Outcome> {
  const context = options.total === undefined ? outer : withTotalTime(outer, options.total);
  if (options.listen !== undefined) {
    return (await import('./listen.js')).runListen(context, options.listen, options);
  }
  if (options.hosts !== undefined) return (await import('./hosts.js')).runHosts(context, options.hosts, options);
  if (options.measure !== undefined) return measure(context, target ?? '', options.measure, options);
  const peer = describePeer(target ?? '', options);
  const probed = await probePeer({ ...peer, ...(await readSettings(context, options)) });
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

/** What the options say of every peer. */
export async function readSettings(context: CommandContext, options: ProbeOptions): Promise<PeerSettings> {
  const identity = await readGivenIdentity(options);
  return {
    timeoutMilliseconds: Math.round(options.timeout * 1000),
    pauseMilliseconds: Math.round(options.pause * 1000),
    ...(options.hunt !== undefined && { hunt: options.hunt }),
    ...(options.tls !== undefined && { tls: options.tls }),
    ...(identity !== undefined && { identity }),
    ...(context.host.interrupted !== undefined && { signal: context.host.interrupted }),
  };
}

/** What `--cert` and `--key` name. */
export async function readGivenIdentity({
  cert,
  key,
  passphraseFile,
}: ProbeOptions): Promise<ClientIdentity | undefined> {
  if (cert === undefined) return undefined;
  const read = (source: string) => ({ source, bytes: readInputFile(source) });
  return readIdentity({
    certificate: read(cert),
    ...(key !== undefined && { key: read(key) }),
    ...(passphraseFile !== undefined && {
      passphrase: decodeInputText(readInputFile(passphraseFile), passphraseFile).trimEnd(),
    }),
  });
}

type PeerSettings = Omit<LibraryOptions, 'host' | 'port'>;

export function describePeer(target: string, options: ProbeOptions) {
  const startTls: StartTls | undefined = options.tds ? 'tds' : options.rdp ? 'rdp' : options.starttls;
  return {
    ...parseTarget(target, startTls),
    ...(options.serverName !== undefined && { serverName: options.serverName }),
    ...(startTls !== undefined && { startTls }),
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
    ...describePeer(target, options),
    ...(await readSettings(context, options)),
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

export function outcomeOf({ verdict }: ProbeReport): Outcome {
  if (verdict.id === 'affected') return 'peer-affected';
  return verdict.id === 'inconclusive' ? 'undecided' : 'done';
}

/** `host`, `host:port`, `[address]:port`, or a bare IPv6 address; the protocol's own port, or 443, where none is given. */
export function parseTarget(target: string, startTls?: StartTls): { readonly host: string; readonly port: number } {
  const match = /^(?:\[([0-9A-Fa-f:.%\w]+)\]|([^:[\]\s/]+))(?::(\d{1,5}))?$/.exec(target);
  const isAddress = /^[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*:[0-9A-Fa-f:.%\w]*$/.test(target);
  const host = match?.[1] ?? match?.[2] ?? (isAddress ? target : undefined);
  const port = Number(match?.[3] ?? (startTls === undefined ? 443 : startTlsPorts[startTls]));
  if (host === undefined || port < 1 || port > 65_535) {
    throw new InvalidInputError('probe', undefined, 'probe-target', { text: target });
  }
  return { host, port };
}
