/** ClientHellos: the probe's own, which offers DHE alone, and an ordinary one, to see whether a server answers anybody. */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { isIP } from 'node:net';
import { hostInAscii } from './peer-connection';
import { offeredSchemes } from './server-signature';
import {
  extension,
  extensionType,
  handshakeMessage,
  handshakeType,
  MessageReader,
  number,
  renegotiationSignal,
  tls10,
  tls11,
  tls12,
  tls13,
  vector,
} from './wire';

export interface HelloContent {
  readonly random: Buffer;
  /** The highest. */
  readonly version: number;
  readonly suiteIds: readonly number[];
  /** Undefined where the server is addressed by its IP address. */
  readonly serverName: string | undefined;
  readonly extensions: readonly Buffer[];
  readonly sessionId?: Buffer;
}

/**
 * How a server is asked for by name (RFC 6066, 3): in the ASCII form of an internationalised name, without a final dot, and
 * not at all by an address or where nothing is left.
 */
export function serverNameOf(host: string): string | undefined {
  const name = hostInAscii(host).replace(/\.$/, '');
  return isIP(host) !== 0 || !/^[!-9;-~]{1,255}$/.test(name) ? undefined : name;
}

export function writeClientHello(hello: HelloContent): Buffer {
  const plain = writeHello(hello, []);
  const missing = 512 - plain.length;
  // Some old load balancers never answer one of 256 to 511 bytes (RFC 7685).
  if (missing <= 0 || missing > 256) return plain;
  return writeHello(hello, [extension(extensionType.padding, Buffer.alloc(Math.max(missing - 4, 1)))]);
}

function writeHello(hello: HelloContent, padding: readonly Buffer[]): Buffer {
  const { random, version, suiteIds, serverName, sessionId = Buffer.alloc(0) } = hello;
  return handshakeMessage(
    handshakeType.clientHello,
    number(Math.min(version, tls12), 2),
    random,
    vector(1, sessionId),
    vector(2, ...suiteIds.map((id) => number(id, 2))),
    vector(1, number(0, 1)),
    vector(
      2,
      ...(serverName === undefined
        ? []
        : [extension(extensionType.serverName, vector(2, number(0, 1), vector(2, Buffer.from(serverName, 'latin1'))))]),
      // The versions below know no such choice (RFC 5246, 7.4.1.4.1).
      ...(version >= tls12 ? [extension(extensionType.signatureAlgorithms, numbers(offeredSchemes))] : []),
      ...hello.extensions,
      ...padding,
    ),
  );
}

export function numbers(values: readonly number[], lengthSize: 1 | 2 = 2): Buffer {
  return vector(lengthSize, ...values.map((value) => number(value, 2)));
}

/** TLS 1.3's own, and ECDHE and RSA with AES. */
const ordinarySuites = [
  ...[0x1301, 0x1302, 0x1303, 0xc02b, 0xc02f, 0xc02c, 0xc030, 0xcca9, 0xcca8],
  ...[0xc023, 0xc027, 0xc024, 0xc028, 0xc009, 0xc013, 0xc00a, 0xc014],
  ...[0x009c, 0x009d, 0x003c, 0x003d, 0x002f, 0x0035, 0x000a],
];

/** x25519, secp256r1, secp384r1, secp521r1. */
const curves = [0x001d, 0x0017, 0x0018, 0x0019];

/** TLS's version numbers. */
export interface VersionRange {
  readonly lowest: number;
  readonly highest: number;
}

/** What a browser might say, without DHE. */
export function writeOrdinaryHello(serverName: string | undefined, { lowest, highest }: VersionRange): Buffer {
  const versions = [tls13, tls12, tls11, tls10].filter((one) => one >= lowest && one <= highest);
  const share = generateKeyPairSync('x25519').publicKey.export({ type: 'spki', format: 'der' }).subarray(-32);
  return writeClientHello({
    random: randomBytes(32),
    version: highest,
    suiteIds: [...ordinarySuites, renegotiationSignal],
    serverName,
    sessionId: randomBytes(32),
    extensions: [
      extension(extensionType.supportedGroups, numbers(curves)),
      extension(extensionType.pointFormats, vector(1, number(0, 1))),
      ...(highest < tls13
        ? []
        : [
            extension(extensionType.supportedVersions, numbers(versions, 1)),
            extension(extensionType.keyExchangeModes, vector(1, number(1, 1))),
            extension(extensionType.keyShare, vector(2, number(0x001d, 2), vector(2, share))),
          ]),
      extension(extensionType.extendedMasterSecret),
    ],
  });
}

/** Which version a ServerHello chooses (RFC 8446, 4.2.1). @throws PeerMessageError */
export function versionOf(serverHello: Buffer): number {
  const reader = new MessageReader('ServerHello', serverHello);
  const legacy = reader.number(2);
  reader.take(32);
  reader.vector(1);
  reader.take(3);
  const chosen = reader.extensions().get(extensionType.supportedVersions);
  return chosen === undefined ? legacy : new MessageReader('supported_versions', chosen).number(2);
}
