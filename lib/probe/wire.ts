/** TLS's presentation language (RFC 5246, 4): big-endian numbers and vectors that begin with their length. */
import { PeerMessageError } from '../errors';

/** Reads one message, and never past its end. */
export class MessageReader {
  #offset = 0;

  constructor(
    readonly message: string,
    readonly bytes: Buffer,
  ) {}

  get left(): number {
    return this.bytes.length - this.#offset;
  }

  number(size: 1 | 2 | 3): number {
    return this.take(size).readUIntBE(0, size);
  }

  take(length: number): Buffer {
    if (length > this.left) throw this.error(`${length} bytes where ${this.left} are left`);
    this.#offset += length;
    return this.bytes.subarray(this.#offset - length, this.#offset);
  }

  /** A vector whose length stands in so many bytes. */
  vector(lengthSize: 1 | 2 | 3): Buffer {
    return this.take(this.number(lengthSize));
  }

  /** A vector of 16-bit numbers. */
  numbers(lengthSize: 1 | 2): readonly number[] {
    const list = new MessageReader(this.message, this.vector(lengthSize));
    const values: number[] = [];
    while (list.left > 0) values.push(list.number(2));
    return values;
  }

  /** The extensions at the end of a hello, by type; none where the hello ends before them. */
  extensions(): ReadonlyMap<number, Buffer> {
    const found = new Map<number, Buffer>();
    if (this.left === 0) return found;
    const list = new MessageReader(`${this.message} extensions`, this.vector(2));
    while (list.left > 0) found.set(list.number(2), list.vector(2));
    return found;
  }

  error(problem: string): PeerMessageError {
    return new PeerMessageError(this.message, this.#offset, problem);
  }
}

export function number(value: number, size: 1 | 2 | 3): Buffer {
  const bytes = Buffer.alloc(size);
  bytes.writeUIntBE(value, 0, size);
  return bytes;
}

export function vector(lengthSize: 1 | 2 | 3, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  return Buffer.concat([number(content.length, lengthSize), content]);
}

export const contentType = { changeCipherSpec: 20, alert: 21, handshake: 22, applicationData: 23 } as const;

export const handshakeType = {
  helloRequest: 0,
  clientHello: 1,
  serverHello: 2,
  encryptedExtensions: 8,
  certificate: 11,
  serverKeyExchange: 12,
  certificateRequest: 13,
  serverHelloDone: 14,
  certificateVerify: 15,
  clientKeyExchange: 16,
  finished: 20,
} as const;

/** The extensions that are read or written here (IANA's registry). */
export const extensionType = {
  serverName: 0,
  supportedGroups: 10,
  pointFormats: 11,
  signatureAlgorithms: 13,
  padding: 21,
  encryptThenMac: 22,
  extendedMasterSecret: 23,
  supportedVersions: 43,
  keyExchangeModes: 45,
  keyShare: 51,
  renegotiationInfo: 0xff01,
} as const;

/** TLS_EMPTY_RENEGOTIATION_INFO_SCSV (RFC 5746): stands among the suites, and asks for the extension. */
export const renegotiationSignal = 0x00ff;

export const tls10 = 0x0301;
export const tls11 = 0x0302;
export const tls12 = 0x0303;
export const tls13 = 0x0304;

export function handshakeMessage(type: number, ...parts: readonly Buffer[]): Buffer {
  return Buffer.concat([number(type, 1), vector(3, ...parts)]);
}

export function extension(type: number, ...content: readonly Buffer[]): Buffer {
  return Buffer.concat([number(type, 2), vector(2, ...content)]);
}
