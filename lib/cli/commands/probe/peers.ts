/** What the options say of the peers. */
import { isIP, isIPv6 } from 'node:net';
import { InvalidInputError } from '../../../errors';
import { decodeInputText, readInputFile } from '../../../files/user-file';
import { serverNameOf } from '../../../probe/client-hello';
import type { ClientIdentity } from '../../../probe/client-identity';
import { hostInAscii } from '../../../probe/peer-connection';
import type { ProbeOptions as LibraryOptions } from '../../../probe/probe-peer';
import { readIdentity } from '../../../probe/read-identity';
import { type StartTls, startTlsPorts } from '../../../probe/starttls';
import type { CommandContext } from '../../command-context';
import type { OptionValues } from '../../option';
import type { probe } from './command';

export type ProbeOptions = OptionValues<typeof probe.options>;

/** Of every peer. */
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
  const { serverName } = options;
  if (serverName !== undefined && serverNameOf(serverName) === undefined) {
    throw new InvalidInputError('probe', undefined, 'server-name', { text: serverName });
  }
  return {
    ...parseTarget(target, startTls),
    ...(serverName !== undefined && { serverName }),
    ...(startTls !== undefined && { startTls }),
  };
}

/** Windows has underscores too (RFC 1123, 2.1, has none). */
const hostName = /^[a-z0-9_][a-z0-9._-]{0,253}$/i;

/** `host`, `host:port`, `[address]:port`, or a bare IPv6 address; the protocol's own port, or 443, where none is given. */
function parseTarget(target: string, startTls?: StartTls): { readonly host: string; readonly port: number } {
  const match = /^(?:\[([^[\]]+)\]|([^:[\]]+))(?::(\d{1,5}))?$/.exec(target);
  const address = isIPv6(target) ? target : match?.[1];
  const host = address ?? match?.[2] ?? '';
  const isHost = address === undefined ? hostName.test(hostInAscii(host)) : isIP(address) !== 0;
  const port = Number(match?.[3] ?? (startTls === undefined ? 443 : startTlsPorts[startTls]));
  if (!isHost || port < 1 || port > 65_535) {
    throw new InvalidInputError('probe', undefined, 'probe-target', { text: target });
  }
  return { host, port };
}
