/** [MS-TDS] 2.2.6.5: PRELOGIN with ENCRYPT_ON; TLS then travels inside of PRELOGIN messages, a whole flight in each. */
import { Duplex } from 'node:stream';
import { PeerMessageError } from '../../errors';
import { type AnswerReader, StartTlsRefused } from './answer-reader';

const headerLength = 8;
/** Of a packet with its header, before the login has agreed on another (2.2.3.1.3). */
const packetSize = 4096;
const packetType = { response: 0x04, preLogin: 0x12 } as const;
const endOfMessage = 0x01;
const option = { version: 0, encryption: 1, instance: 2, threadId: 3, mars: 4, terminator: 0xff } as const;
const encryption = { on: 1, required: 3 } as const;

export async function tds(answers: AnswerReader): Promise<void> {
  answers.say(writeMessage(preLogin()));
  const parts: Buffer[] = [];
  for (let status = 0; (status & endOfMessage) === 0 && parts.length < 16; ) {
    const header = await answers.take(headerLength);
    if (header[0] !== packetType.response) throw answers.error(`packet type ${header[0]}`);
    status = header.readUInt8(1);
    parts.push(await answers.take(header.readUInt16BE(2) - headerLength));
  }
  const found = readOption(Buffer.concat(parts), option.encryption);
  if (found !== encryption.on && found !== encryption.required) throw new StartTlsRefused('a refusal of encryption');
}

/** As every driver sends it: some servers want more than the two options that matter here. */
function preLogin(): Buffer {
  const options = [
    [option.version, Buffer.alloc(6)],
    [option.encryption, Buffer.from([encryption.on])],
    [option.instance, Buffer.alloc(1)],
    [option.threadId, Buffer.alloc(4)],
    [option.mars, Buffer.alloc(1)],
  ] as const;
  let offset = options.length * 5 + 1;
  const table = options.map(([token, { length }]) => {
    const entry = Buffer.from([token, 0, 0, 0, 0]);
    entry.writeUInt16BE(offset, 1);
    entry.writeUInt16BE(length, 3);
    offset += length;
    return entry;
  });
  return Buffer.concat([...table, Buffer.from([option.terminator]), ...options.map(([, data]) => data)]);
}

/** The first byte of an option's data. */
function readOption(message: Buffer, token: number): number | undefined {
  for (let at = 0; at + 5 <= message.length && message[at] !== option.terminator; at += 5) {
    if (message[at] === token) return message[message.readUInt16BE(at + 1)];
  }
  return undefined;
}

/** Packets of at most the size that is agreed on; the last one alone says that it is the last. */
function writeMessage(content: Buffer): Buffer {
  const packets: Buffer[] = [];
  const size = packetSize - headerLength;
  for (let at = 0; at < content.length; at += size) {
    const part = content.subarray(at, at + size);
    const header = Buffer.alloc(headerLength);
    header.writeUInt8(packetType.preLogin, 0);
    header.writeUInt8(at + size < content.length ? 0 : endOfMessage, 1);
    header.writeUInt16BE(headerLength + part.length, 2);
    header.writeUInt8((packets.length / 2 + 1) & 0xff, 6);
    packets.push(header, part);
  }
  return Buffer.concat(packets);
}

/** TLS inside of PRELOGIN messages, both ways. What is written within one turn of the event loop is one flight. */
export class TdsStream extends Duplex {
  #incoming = Buffer.alloc(0);
  #flight: Buffer[] = [];

  constructor(readonly inner: Duplex) {
    super();
    inner.on('data', (chunk: Buffer) => this.#unwrap(chunk));
    inner.on('end', () => this.push(null));
    inner.on('error', (error) => this.destroy(error));
  }

  #unwrap(chunk: Buffer): void {
    this.#incoming = Buffer.concat([this.#incoming, chunk]);
    while (this.#incoming.length >= headerLength) {
      const length = this.#incoming.readUInt16BE(2);
      if (length < headerLength || this.#incoming[0] !== packetType.preLogin) {
        this.destroy(new PeerMessageError('tds packet', 0, `type ${this.#incoming[0]}, length ${length}`));
        return;
      }
      if (this.#incoming.length < length) return;
      this.push(this.#incoming.subarray(headerLength, length));
      this.#incoming = this.#incoming.subarray(length);
    }
  }

  override _read(): void {}

  override _write(chunk: Buffer, _: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#flight.push(chunk);
    if (this.#flight.length === 1) setImmediate(() => this.#send());
    done();
  }

  #send(): void {
    const flight = Buffer.concat(this.#flight.splice(0));
    if (flight.length > 0) this.inner.write(writeMessage(flight));
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#send();
    this.inner.end(done);
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#send();
    this.inner.destroy();
    done(error);
  }
}
