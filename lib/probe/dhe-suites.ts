/** The TLS 1.2 DHE suites that the probe offers, in its order of preference, and what each needs of the record layer. */

export interface DheSuite {
  readonly id: number;
  readonly name: string;
  /** Node's name of the cipher. */
  readonly cipher: string;
  readonly keyLength: number;
  readonly ivLength: number;
  /** Undefined for GCM, which brings its own. */
  readonly mac: 'sha1' | 'sha256' | undefined;
  /** The hash of the pseudo-random function. */
  readonly prf: 'sha256' | 'sha384';
}

function gcm(id: number, name: string, bits: 128 | 256): DheSuite {
  const prf = bits === 256 ? 'sha384' : 'sha256';
  return { id, name, cipher: `aes-${bits}-gcm`, keyLength: bits / 8, ivLength: 4, mac: undefined, prf };
}

function cbc(id: number, name: string, cipher: string, keyLength: number, mac: 'sha1' | 'sha256'): DheSuite {
  return { id, name, cipher, keyLength, ivLength: cipher.startsWith('aes') ? 16 : 8, mac, prf: 'sha256' };
}

export const dheSuites: readonly DheSuite[] = [
  gcm(0x009e, 'TLS_DHE_RSA_WITH_AES_128_GCM_SHA256', 128),
  gcm(0x009f, 'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384', 256),
  gcm(0x00a2, 'TLS_DHE_DSS_WITH_AES_128_GCM_SHA256', 128),
  gcm(0x00a3, 'TLS_DHE_DSS_WITH_AES_256_GCM_SHA384', 256),
  cbc(0x0067, 'TLS_DHE_RSA_WITH_AES_128_CBC_SHA256', 'aes-128-cbc', 16, 'sha256'),
  cbc(0x006b, 'TLS_DHE_RSA_WITH_AES_256_CBC_SHA256', 'aes-256-cbc', 32, 'sha256'),
  cbc(0x0040, 'TLS_DHE_DSS_WITH_AES_128_CBC_SHA256', 'aes-128-cbc', 16, 'sha256'),
  cbc(0x006a, 'TLS_DHE_DSS_WITH_AES_256_CBC_SHA256', 'aes-256-cbc', 32, 'sha256'),
  cbc(0x0033, 'TLS_DHE_RSA_WITH_AES_128_CBC_SHA', 'aes-128-cbc', 16, 'sha1'),
  cbc(0x0039, 'TLS_DHE_RSA_WITH_AES_256_CBC_SHA', 'aes-256-cbc', 32, 'sha1'),
  cbc(0x0032, 'TLS_DHE_DSS_WITH_AES_128_CBC_SHA', 'aes-128-cbc', 16, 'sha1'),
  cbc(0x0038, 'TLS_DHE_DSS_WITH_AES_256_CBC_SHA', 'aes-256-cbc', 32, 'sha1'),
  cbc(0x0016, 'TLS_DHE_RSA_WITH_3DES_EDE_CBC_SHA', 'des-ede3-cbc', 24, 'sha1'),
  cbc(0x0013, 'TLS_DHE_DSS_WITH_3DES_EDE_CBC_SHA', 'des-ede3-cbc', 24, 'sha1'),
];
