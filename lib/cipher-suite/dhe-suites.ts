/** Every DHE suite of any stack by its number: in the probe's order of preference, with what it needs of the record layer. */

/** TLS 1.2 on the wire. */
const tls12 = 0x0303;

export interface DheSuite {
  readonly id: number;
  readonly name: string;
  /** Node's name of the cipher. */
  readonly cipher: string;
  readonly keyLength: number;
  readonly ivLength: number;
  /** Undefined for GCM, CCM and ChaCha20-Poly1305, which bring their own. */
  readonly mac: 'sha1' | 'sha256' | 'sha384' | undefined;
  /** Bytes of the tag; 0 where there is a MAC. */
  readonly tagLength: 0 | 8 | 16;
  /** The hash of the pseudo-random function; both of them in TLS 1.0 and 1.1. */
  readonly prf: 'md5-sha1' | 'sha256' | 'sha384';
  /** The version of TLS that it is spoken in. */
  readonly version: number;
}

function aead(id: number, name: string, cipher: string, keyLength: 16 | 32, prf: 'sha256' | 'sha384'): DheSuite {
  const ivLength = cipher.startsWith('chacha20') ? 12 : 4;
  const tagLength = name.endsWith('CCM_8') ? 8 : 16;
  return { id, name, cipher, keyLength, ivLength, mac: undefined, tagLength, prf, version: tls12 };
}

function gcm(id: number, name: string, bits: 128 | 256, block: 'aes' | 'aria' = 'aes'): DheSuite {
  return aead(id, name, `${block}-${bits}-gcm`, bits === 256 ? 32 : 16, bits === 256 ? 'sha384' : 'sha256');
}

function ccm(id: number, name: string, bits: 128 | 256): DheSuite {
  return aead(id, name, `aes-${bits}-ccm`, bits === 256 ? 32 : 16, 'sha256');
}

function cbc(id: number, name: string, cipher: string, keyLength: number, mac: 'sha1' | 'sha256' | 'sha384'): DheSuite {
  const prf = mac === 'sha384' ? mac : 'sha256';
  const ivLength = cipher.startsWith('des') ? 8 : 16;
  return { id, name, cipher, keyLength, ivLength, mac, tagLength: 0, prf, version: tls12 };
}

/** The ones that servers are set to, Windows' among them. */
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
  aead(0xccaa, 'TLS_DHE_RSA_WITH_CHACHA20_POLY1305_SHA256', 'chacha20-poly1305', 32, 'sha256'),
  ccm(0xc09e, 'TLS_DHE_RSA_WITH_AES_128_CCM', 128),
  ccm(0xc09f, 'TLS_DHE_RSA_WITH_AES_256_CCM', 256),
  ccm(0xc0a2, 'TLS_DHE_RSA_WITH_AES_128_CCM_8', 128),
  ccm(0xc0a3, 'TLS_DHE_RSA_WITH_AES_256_CCM_8', 256),
];

/** Offered where a server takes none of the others. */
export const rareDheSuites: readonly DheSuite[] = [
  cbc(0x00be, 'TLS_DHE_RSA_WITH_CAMELLIA_128_CBC_SHA256', 'camellia-128-cbc', 16, 'sha256'),
  cbc(0x00c4, 'TLS_DHE_RSA_WITH_CAMELLIA_256_CBC_SHA256', 'camellia-256-cbc', 32, 'sha256'),
  cbc(0x00bd, 'TLS_DHE_DSS_WITH_CAMELLIA_128_CBC_SHA256', 'camellia-128-cbc', 16, 'sha256'),
  cbc(0x00c3, 'TLS_DHE_DSS_WITH_CAMELLIA_256_CBC_SHA256', 'camellia-256-cbc', 32, 'sha256'),
  cbc(0x0045, 'TLS_DHE_RSA_WITH_CAMELLIA_128_CBC_SHA', 'camellia-128-cbc', 16, 'sha1'),
  cbc(0x0088, 'TLS_DHE_RSA_WITH_CAMELLIA_256_CBC_SHA', 'camellia-256-cbc', 32, 'sha1'),
  cbc(0x0044, 'TLS_DHE_DSS_WITH_CAMELLIA_128_CBC_SHA', 'camellia-128-cbc', 16, 'sha1'),
  cbc(0x0087, 'TLS_DHE_DSS_WITH_CAMELLIA_256_CBC_SHA', 'camellia-256-cbc', 32, 'sha1'),
  gcm(0xc052, 'TLS_DHE_RSA_WITH_ARIA_128_GCM_SHA256', 128, 'aria'),
  gcm(0xc053, 'TLS_DHE_RSA_WITH_ARIA_256_GCM_SHA384', 256, 'aria'),
  cbc(0xc044, 'TLS_DHE_RSA_WITH_ARIA_128_CBC_SHA256', 'aria-128-cbc', 16, 'sha256'),
  cbc(0xc045, 'TLS_DHE_RSA_WITH_ARIA_256_CBC_SHA384', 'aria-256-cbc', 32, 'sha384'),
  gcm(0xc056, 'TLS_DHE_DSS_WITH_ARIA_128_GCM_SHA256', 128, 'aria'),
  gcm(0xc057, 'TLS_DHE_DSS_WITH_ARIA_256_GCM_SHA384', 256, 'aria'),
  cbc(0xc042, 'TLS_DHE_DSS_WITH_ARIA_128_CBC_SHA256', 'aria-128-cbc', 16, 'sha256'),
  cbc(0xc043, 'TLS_DHE_DSS_WITH_ARIA_256_CBC_SHA384', 'aria-256-cbc', 32, 'sha384'),
  gcm(0x00a6, 'TLS_DH_anon_WITH_AES_128_GCM_SHA256', 128),
  gcm(0x00a7, 'TLS_DH_anon_WITH_AES_256_GCM_SHA384', 256),
  cbc(0x006c, 'TLS_DH_anon_WITH_AES_128_CBC_SHA256', 'aes-128-cbc', 16, 'sha256'),
  cbc(0x006d, 'TLS_DH_anon_WITH_AES_256_CBC_SHA256', 'aes-256-cbc', 32, 'sha256'),
  cbc(0x0034, 'TLS_DH_anon_WITH_AES_128_CBC_SHA', 'aes-128-cbc', 16, 'sha1'),
  cbc(0x003a, 'TLS_DH_anon_WITH_AES_256_CBC_SHA', 'aes-256-cbc', 32, 'sha1'),
  cbc(0x001b, 'TLS_DH_anon_WITH_3DES_EDE_CBC_SHA', 'des-ede3-cbc', 24, 'sha1'),
  cbc(0x0046, 'TLS_DH_anon_WITH_CAMELLIA_128_CBC_SHA', 'camellia-128-cbc', 16, 'sha1'),
  cbc(0x0089, 'TLS_DH_anon_WITH_CAMELLIA_256_CBC_SHA', 'camellia-256-cbc', 32, 'sha1'),
  cbc(0x00bf, 'TLS_DH_anon_WITH_CAMELLIA_128_CBC_SHA256', 'camellia-128-cbc', 16, 'sha256'),
  cbc(0x00c5, 'TLS_DH_anon_WITH_CAMELLIA_256_CBC_SHA256', 'camellia-256-cbc', 32, 'sha256'),
  gcm(0xc05a, 'TLS_DH_anon_WITH_ARIA_128_GCM_SHA256', 128, 'aria'),
  gcm(0xc05b, 'TLS_DH_anon_WITH_ARIA_256_GCM_SHA384', 256, 'aria'),
  cbc(0xc046, 'TLS_DH_anon_WITH_ARIA_128_CBC_SHA256', 'aria-128-cbc', 16, 'sha256'),
  cbc(0xc047, 'TLS_DH_anon_WITH_ARIA_256_CBC_SHA384', 'aria-256-cbc', 32, 'sha384'),
];

/**
 * Offered beside the rare ones to learn that a server would take them; no handshake can be finished here: pre-shared keys
 * (RFC 4279, 4785, 5487, 6209, 6367, 6655, 7905), Camellia in GCM (RFC 6367), SEED (RFC 4162), what was given up with RC4,
 * DES and export grade, and drafts that some stacks spoke (ChaCha20 of 2013, Salsa20).
 */
export const unspokenDheSuites: ReadonlyMap<number, string> = new Map([
  [0x00aa, 'TLS_DHE_PSK_WITH_AES_128_GCM_SHA256'],
  [0x00ab, 'TLS_DHE_PSK_WITH_AES_256_GCM_SHA384'],
  [0xccad, 'TLS_DHE_PSK_WITH_CHACHA20_POLY1305_SHA256'],
  [0xc0a6, 'TLS_DHE_PSK_WITH_AES_128_CCM'],
  [0xc0a7, 'TLS_DHE_PSK_WITH_AES_256_CCM'],
  [0x00b2, 'TLS_DHE_PSK_WITH_AES_128_CBC_SHA256'],
  [0x00b3, 'TLS_DHE_PSK_WITH_AES_256_CBC_SHA384'],
  [0x0090, 'TLS_DHE_PSK_WITH_AES_128_CBC_SHA'],
  [0x0091, 'TLS_DHE_PSK_WITH_AES_256_CBC_SHA'],
  [0x008f, 'TLS_DHE_PSK_WITH_3DES_EDE_CBC_SHA'],
  [0xc0aa, 'TLS_PSK_DHE_WITH_AES_128_CCM_8'],
  [0xc0ab, 'TLS_PSK_DHE_WITH_AES_256_CCM_8'],
  [0xc06c, 'TLS_DHE_PSK_WITH_ARIA_128_GCM_SHA256'],
  [0xc06d, 'TLS_DHE_PSK_WITH_ARIA_256_GCM_SHA384'],
  [0xc066, 'TLS_DHE_PSK_WITH_ARIA_128_CBC_SHA256'],
  [0xc067, 'TLS_DHE_PSK_WITH_ARIA_256_CBC_SHA384'],
  [0xc090, 'TLS_DHE_PSK_WITH_CAMELLIA_128_GCM_SHA256'],
  [0xc091, 'TLS_DHE_PSK_WITH_CAMELLIA_256_GCM_SHA384'],
  [0xc096, 'TLS_DHE_PSK_WITH_CAMELLIA_128_CBC_SHA256'],
  [0xc097, 'TLS_DHE_PSK_WITH_CAMELLIA_256_CBC_SHA384'],
  [0x008e, 'TLS_DHE_PSK_WITH_RC4_128_SHA'],
  [0x00b4, 'TLS_DHE_PSK_WITH_NULL_SHA256'],
  [0x00b5, 'TLS_DHE_PSK_WITH_NULL_SHA384'],
  [0x002d, 'TLS_DHE_PSK_WITH_NULL_SHA'],
  [0xc07c, 'TLS_DHE_RSA_WITH_CAMELLIA_128_GCM_SHA256'],
  [0xc07d, 'TLS_DHE_RSA_WITH_CAMELLIA_256_GCM_SHA384'],
  [0xc080, 'TLS_DHE_DSS_WITH_CAMELLIA_128_GCM_SHA256'],
  [0xc081, 'TLS_DHE_DSS_WITH_CAMELLIA_256_GCM_SHA384'],
  [0xc084, 'TLS_DH_anon_WITH_CAMELLIA_128_GCM_SHA256'],
  [0xc085, 'TLS_DH_anon_WITH_CAMELLIA_256_GCM_SHA384'],
  [0x009a, 'TLS_DHE_RSA_WITH_SEED_CBC_SHA'],
  [0x0099, 'TLS_DHE_DSS_WITH_SEED_CBC_SHA'],
  [0x009b, 'TLS_DH_anon_WITH_SEED_CBC_SHA'],
  [0x0018, 'TLS_DH_anon_WITH_RC4_128_MD5'],
  [0x001a, 'TLS_DH_anon_WITH_DES_CBC_SHA'],
  [0x0066, 'TLS_DHE_DSS_WITH_RC4_128_SHA'],
  [0x0015, 'TLS_DHE_RSA_WITH_DES_CBC_SHA'],
  [0x0012, 'TLS_DHE_DSS_WITH_DES_CBC_SHA'],
  [0x0014, 'TLS_DHE_RSA_EXPORT_WITH_DES40_CBC_SHA'],
  [0x0011, 'TLS_DHE_DSS_EXPORT_WITH_DES40_CBC_SHA'],
  [0x0063, 'TLS_DHE_DSS_EXPORT1024_WITH_DES_CBC_SHA'],
  [0x0065, 'TLS_DHE_DSS_EXPORT1024_WITH_RC4_56_SHA'],
  [0x0017, 'TLS_DH_anon_EXPORT_WITH_RC4_40_MD5'],
  [0x0019, 'TLS_DH_anon_EXPORT_WITH_DES40_CBC_SHA'],
  [0xcc15, 'TLS_DHE_RSA_WITH_CHACHA20_POLY1305_SHA256'],
  [0xe41c, 'TLS_DHE_PSK_WITH_ESTREAM_SALSA20_SHA1'],
  [0xe41d, 'TLS_DHE_PSK_WITH_SALSA20_SHA1'],
  [0xe41e, 'TLS_DHE_RSA_WITH_ESTREAM_SALSA20_SHA1'],
  [0xe41f, 'TLS_DHE_RSA_WITH_SALSA20_SHA1'],
]);

/** The suite as a lower version of TLS speaks it; undefined where that version does not have it (RFC 5246, 1.2). */
export function suiteInVersion(suite: DheSuite, version: number): DheSuite | undefined {
  if (version >= tls12) return suite;
  return suite.mac === 'sha1' ? { ...suite, version, prf: 'md5-sha1' } : undefined;
}
