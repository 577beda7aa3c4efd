/** Where Windows keeps each thing, below HKEY_LOCAL_MACHINE. */
import { schannelKey, schannelSettingKeys } from './schannel-keys';

/** A value. */
export interface RegistryPlace {
  readonly key: string;
  readonly valueName: string;
}

/** The value of each layer. */
export const registryPlaces = {
  local: {
    key: 'SYSTEM\\CurrentControlSet\\Control\\Cryptography\\Configuration\\Local\\SSL\\00010002',
    valueName: 'Functions',
  },
  groupPolicy: {
    key: 'SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002',
    valueName: 'Functions',
  },
  mdm: { key: 'SYSTEM\\CurrentControlSet\\Control\\Cryptography\\MDMPolicies\\SSL', valueName: 'CipherSuites' },
} as const satisfies Record<string, RegistryPlace>;

export const fipsKey = 'SYSTEM\\CurrentControlSet\\Control\\Lsa\\FipsAlgorithmPolicy';
export const diffieHellmanKey =
  'SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\KeyExchangeAlgorithms\\Diffie-Hellman';
/** The name in DNS: `Hostname`, and the suffix in `Domain`, empty in a workgroup. */
export const hostNameKey = 'SYSTEM\\CurrentControlSet\\Services\\Tcpip\\Parameters';
export const windowsVersionKey = 'SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion';

/** Which events of Schannel come into the System log; one that is changed takes effect with the next start (KB 260729). */
export const eventLoggingPlace = {
  key: schannelKey,
  valueName: 'EventLogging',
} as const satisfies RegistryPlace;

/** How large the System log may become, in bytes. */
export const systemLogPlace = {
  key: 'SYSTEM\\CurrentControlSet\\Services\\EventLog\\System',
  valueName: 'MaxSize',
} as const satisfies RegistryPlace;

/** Where redirection would put the policy of 32-bit programs; `SOFTWARE\Policies` is shared and not redirected. */
export const strayPolicyKey = registryPlaces.groupPolicy.key.replace('SOFTWARE\\', 'SOFTWARE\\WOW6432Node\\');

/**
 * What to export of a machine that one cannot log on to: every Windows has these keys, so that `reg export` succeeds, and what
 * is absent below them is known to be.
 */
export const exportedKeys = {
  groupPolicy: 'SOFTWARE\\Policies\\Microsoft',
  mdm: 'SYSTEM\\CurrentControlSet\\Control\\Cryptography',
  local: 'SYSTEM\\CurrentControlSet\\Control\\Cryptography',
} as const satisfies Record<keyof typeof registryPlaces, string>;

/** Every key of which a value is read. */
export const readKeys: readonly string[] = [
  ...Object.values(registryPlaces).map(({ key }) => key),
  ...schannelSettingKeys,
  fipsKey,
  windowsVersionKey,
  hostNameKey,
  strayPolicyKey,
];

/** Where our own records and backups are kept. */
export const stateKey = 'SOFTWARE\\SchannelDhe';
