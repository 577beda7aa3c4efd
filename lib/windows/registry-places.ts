/** Where Windows keeps each thing, below HKEY_LOCAL_MACHINE. */
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
export const windowsVersionKey = 'SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion';

/** Where our own records and backups are kept. */
export const stateKey = 'SOFTWARE\\SchannelDhe';
