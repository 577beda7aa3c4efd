/** What the connections of a probe showed of the server. */
import { bitLength, nameOfGroup } from './finite-field';
import type { ServerReport } from './probe-report';
import { beginsWithZero, type Trials } from './trials';
import { tls10, tls11, tls12, tls13 } from './wire';

const versionNames: ReadonlyMap<number, string> = new Map([
  [tls10, '1.0'],
  [tls11, '1.1'],
  [tls12, '1.2'],
  [tls13, '1.3'],
]);

export async function describeServer(
  trials: Trials,
  requiresExtendedMasterSecret: boolean,
): Promise<ServerReport | null> {
  const servers = trials.seen.flatMap(({ server }) => server ?? []);
  const [first] = servers;
  if (first === undefined) return null;
  const withZeros = servers.filter(beginsWithZero);
  const isShort = withZeros.some(({ serverPublicLength, group }) => serverPublicLength < group.length);
  return {
    tls: versionNames.get(first.version) ?? '1.2',
    suite: first.suite,
    group: nameOfGroup(first.group.p) ?? null,
    groupBits: bitLength(first.group.p),
    weakness: (await trials.weakness()) ?? null,
    reusesKey: new Set(servers.map(({ serverPublic }) => serverPublic)).size < servers.length,
    ownPublicZeros: withZeros.length === 0 ? null : isShort ? 'short' : 'padded',
    extendedMasterSecret: servers.some((one) => one.extendedMasterSecret),
    requiresExtendedMasterSecret,
    encryptThenMac: first.encryptThenMac,
    asksForCertificate: first.asksForCertificate,
  };
}
