/** Where Windows keeps each thing, below HKEY_LOCAL_MACHINE. */
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
} as const;

export const fipsKey = 'SYSTEM\\CurrentControlSet\\Control\\Lsa\\FipsAlgorithmPolicy';
export const diffieHellmanKey =
  'SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\KeyExchangeAlgorithms\\Diffie-Hellman';
export const windowsVersionKey = 'SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion';
