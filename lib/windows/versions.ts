/**
 * The default list of every Windows version, from Microsoft's Schannel pages. The pages say of the names in `pskListed`
 * both that they are enabled and that no PSK suite is enabled unless an application asks (SCH_USE_PRESHAREDKEY_ONLY);
 * whether the registry holds them is not documented, so they stand apart.
 */
import defaults from './defaults.json';

/** Spelt out, since the declarations that ship cannot read the data file. */
export type WindowsVersionId =
  | 'vista-2008'
  | 'win7-2008r2'
  | 'win8-2012'
  | 'win8.1-2012r2'
  | 'win10-1507'
  | 'win10-1511'
  | 'win10-1607-ws2016'
  | 'win10-1703'
  | 'win10-1709'
  | 'win10-1803'
  | 'win10-1809-ws2019'
  | 'win10-1903'
  | 'win10-20h2'
  | 'win10-22h2'
  | 'win11-21h2'
  | 'win11-22h2'
  | 'ws2022'
  | 'ws2022-23h2'
  | 'ws2025';

export interface WindowsDefaults {
  readonly title: string;
  readonly source: string;
  /** True where no page lists it and it follows from a note on another page. */
  readonly derived: boolean;
  readonly windows: readonly string[];
  readonly enabledByDefault: readonly string[];
  readonly supportedButOff: readonly string[];
  readonly pskListed: readonly string[];
  readonly onlyOnExplicitRequest: readonly string[];
  readonly notes: readonly string[];
}

export const windowsDefaults: Readonly<Record<WindowsVersionId, WindowsDefaults>> = defaults;

export const windowsVersionIds = Object.keys(defaults) as WindowsVersionId[];

/** What a machine's registry says of its Windows; null where it has no such value. */
export interface WindowsBuild {
  readonly build: number | null;
  /** The update revision (UBR), the last part of 10.0.14393.3542. */
  readonly revision: number | null;
  readonly productName: string | null;
  readonly installationType: string | null;
}

/** First build of each version, for workstations and for servers, in ascending order; each holds up to the next. */
const clientBuilds: readonly (readonly [number, WindowsVersionId])[] = [
  [6000, 'vista-2008'],
  [7600, 'win7-2008r2'],
  [9200, 'win8-2012'],
  [9600, 'win8.1-2012r2'],
  [10240, 'win10-1507'],
  [10586, 'win10-1511'],
  [14393, 'win10-1607-ws2016'],
  [15063, 'win10-1703'],
  [16299, 'win10-1709'],
  [17134, 'win10-1803'],
  [17763, 'win10-1809-ws2019'],
  [18362, 'win10-1903'],
  [19042, 'win10-20h2'],
  [19045, 'win10-22h2'],
  [22000, 'win11-21h2'],
  [22621, 'win11-22h2'],
];

const serverBuilds: typeof clientBuilds = [
  [6001, 'vista-2008'],
  [7600, 'win7-2008r2'],
  [9200, 'win8-2012'],
  [9600, 'win8.1-2012r2'],
  [14393, 'win10-1607-ws2016'],
  [16299, 'win10-1709'],
  [17134, 'win10-1803'],
  [17763, 'win10-1809-ws2019'],
  [18362, 'win10-1903'],
  [19042, 'win10-20h2'],
  [20348, 'ws2022'],
  [25398, 'ws2022-23h2'],
  [26100, 'ws2025'],
];

/** The version that a build number belongs to; `installationType` is the registry's word, such as `Server Core`. */
export function findWindowsVersion(build: number, installationType?: string): WindowsVersionId | undefined {
  const builds = installationType?.includes('Server') ? serverBuilds : clientBuilds;
  return builds.findLast(([first]) => first <= build)?.[1];
}

/** The first build of a version, and whether it is known as a server alone; what a simulated machine calls itself. */
export function firstBuildOf(version: WindowsVersionId): { readonly build: number; readonly isServer: boolean } {
  const client = clientBuilds.find(([, id]) => id === version);
  const server = serverBuilds.find(([, id]) => id === version);
  return { build: (client ?? server)?.[0] ?? 0, isServer: client === undefined };
}

/** Whether a Windows version can use the suite at all: enabled, or off but supported. Unknown to no page is `false`. */
export function isSupportedOn(version: WindowsVersionId, name: string): boolean {
  const { enabledByDefault, supportedButOff, pskListed } = windowsDefaults[version];
  return [enabledByDefault, supportedButOff, pskListed].some((names) => names.includes(name));
}
