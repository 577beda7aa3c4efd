/**
 * What Microsoft's Schannel pages say of every Windows version: its default list, its builds, and the protocols that are
 * on. `defaults.json` is all that a new version needs. The pages say of the names in `pskListed` both that they are
 * enabled and that no PSK suite is enabled unless an application asks (SCH_USE_PRESHAREDKEY_ONLY); whether the registry
 * holds them is not documented, so they stand apart.
 */
import { findSuite, type ProtocolVersion } from '../cipher-suite/cipher-suite';
import defaults from './defaults.json';
import { keysOf } from './keys-of';

export const windowsVersionIds = keysOf(defaults);

/** Versions that differ in their lists of suites. */
export type WindowsVersionId = (typeof windowsVersionIds)[number];

/** Which end of a connection a machine is. */
export type Role = 'client' | 'server';

/** The lists of one Windows version, from the page that `source` names. */
export interface WindowsDefaults {
  readonly title: string;
  readonly source: string;
  /** True where no page lists it and it follows from a note on another page. */
  readonly derived: boolean;
  readonly windows: readonly string[];
  /** Every build that carries the name, ascending; a later build belongs to the version before it. */
  readonly builds: { readonly client: readonly number[]; readonly server: readonly number[] };
  /** As the page "Protocols in TLS/SSL" has them; those not named are not supported. */
  readonly protocols: Readonly<Record<Role, DefaultProtocols>>;
  readonly enabledByDefault: readonly string[];
  readonly supportedButOff: readonly string[];
  readonly pskListed: readonly string[];
  readonly onlyOnExplicitRequest: readonly string[];
  readonly notes: readonly string[];
}

export interface DefaultProtocols {
  readonly enabled: readonly ProtocolVersion[];
  readonly disabled: readonly ProtocolVersion[];
}

/** By version. */
export const windowsDefaults = defaults as Readonly<Record<WindowsVersionId, WindowsDefaults>>;

/**
 * The version that a build number belongs to. A build that only servers or only workstations have decides alone; for
 * the others `installationType`, the registry's word such as `Server Core`, does. Without it the nearest version before
 * the build counts; where workstations and servers share one, their pages list the same suites.
 */
export function findWindowsVersion(build: number, installationType?: string): WindowsVersionId | undefined {
  const [client, server] = [exactVersion(build, 'client'), exactVersion(build, 'server')];
  if (client === undefined || server === undefined) {
    if (client !== server) return client ?? server;
  }
  const isServer = installationType?.includes('Server');
  const roles: readonly Role[] =
    installationType === undefined ? ['server', 'client'] : [isServer ? 'server' : 'client'];
  return firstBuildsOf(roles).findLast(([first]) => first <= build)?.[1];
}

/** The first build of a version, and whether it is known as a server alone; what a simulated machine calls itself. */
export function firstBuildOf(version: WindowsVersionId): { readonly build: number; readonly isServer: boolean } {
  const { client, server } = windowsDefaults[version].builds;
  return { build: [...client, ...server][0] ?? 0, isServer: client.length === 0 };
}

/** Whether a Windows version can use the suite at all: enabled, or off but supported. Unknown to no page is `false`. */
export function isSupportedOn(version: WindowsVersionId, name: string): boolean {
  const { enabledByDefault, supportedButOff, pskListed } = windowsDefaults[version];
  return [enabledByDefault, supportedButOff, pskListed].some((names) => names.includes(name));
}

/** Whether its suite names carry the curve, as they do up to Windows 8.1 and Server 2012 R2. */
export function hasCurveSuffixes(version: WindowsVersionId): boolean {
  return windowsDefaults[version].enabledByDefault.some((name) => findSuite(name)?.curve !== undefined);
}

function exactVersion(build: number, role: Role): WindowsVersionId | undefined {
  return windowsVersionIds.find((id) => windowsDefaults[id].builds[role].includes(build));
}

/** Ascending. */
function firstBuildsOf(roles: readonly Role[]): (readonly [number, WindowsVersionId])[] {
  return windowsVersionIds
    .flatMap((id) =>
      roles.flatMap((role) => windowsDefaults[id].builds[role].slice(0, 1)).map((build) => [build, id] as const),
    )
    .sort(([one], [other]) => one - other);
}
