/** What has to be said before TLS begins, protocol by protocol. Each answers with the stream that then carries TLS. */
import { Duplex } from 'node:stream';
import { PeerMessageError } from '../errors';

export type StartTls = 'smtp' | 'imap' | 'pop3' | 'ldap' | 'postgres' | 'tds' | 'rdp';

export const startTlsProtocols: readonly StartTls[] = ['smtp', 'imap', 'pop3', 'ldap', 'postgres', 'tds', 'rdp'];

/** @throws PeerMessageError where the server does not go on to TLS */
export async function startTls(stream: Duplex, protocol: StartTls): Promise<Duplex> {
  const answers = new AnswerReader(stream, protocol);
  const next = await dialogues[protocol](answers);
  answers.detach();
  return next;
}

const longestAnswer = 16 * 1024;

class AnswerReader {
  #bytes = Buffer.alloc(0);
  #ended = false;
  #wake: (() => void) | undefined;
  readonly #onData = (chunk: Buffer) => {
    this.#bytes = Buffer.concat([this.#bytes, chunk]);
    this.#wake?.();
  };
  readonly #onEnd = () => {
    this.#ended = true;
    this.#wake?.();
  };

  constructor(
    readonly stream: Duplex,
    readonly protocol: StartTls,
  ) {
    stream.on('data', this.#onData).on('end', this.#onEnd).on('close', this.#onEnd).on('error', this.#onEnd);
  }

  /** What came too early belongs to TLS. */
  detach(): void {
    this.stream.off('data', this.#onData).off('end', this.#onEnd).off('close', this.#onEnd);
    if (this.#bytes.length > 0) this.stream.unshift(this.#bytes);
  }

  say(message: string | Buffer): void {
    this.stream.write(message);
  }

  async take(count: number): Promise<Buffer> {
    if (count > longestAnswer) throw this.error(`an answer of ${count} bytes`);
    while (this.#bytes.length < count) await this.#more();
    const taken = this.#bytes.subarray(0, count);
    this.#bytes = this.#bytes.subarray(count);
    return taken;
  }

  /** The first line that matches `last`; the ones before it are passed over. */
  async line(last: RegExp): Promise<void> {
    for (let read = 0; ; ) {
      const end = this.#bytes.indexOf(0x0a);
      if (end === -1) {
        if (this.#bytes.length > longestAnswer) throw this.error('a line without an end');
        await this.#more();
        continue;
      }
      const line = (await this.take(end + 1)).toString('latin1').trimEnd();
      read += end;
      if (last.test(line)) return;
      // An answer with more lines to come, or one of IMAP's untagged ones.
      if (!/^(\d{3}-|\* )/.test(line) || read > longestAnswer) throw this.error(JSON.stringify(line.slice(0, 80)));
    }
  }

  async #more(): Promise<void> {
    if (this.#ended) throw this.error('the end of the connection');
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
  }

  error(found: string): PeerMessageError {
    return new PeerMessageError(`${this.protocol} answer`, 0, found);
  }
}

const dialogues: Readonly<Record<StartTls, (answers: AnswerReader) => Promise<Duplex>>> = {
  // RFC 3207
  smtp: async (answers) => {
    await answers.line(/^220 /);
    answers.say('EHLO localhost\r\n');
    await answers.line(/^250 /);
    answers.say('STARTTLS\r\n');
    await answers.line(/^220 /);
    return answers.stream;
  },
  // RFC 3501, 6.2.1
  imap: async (answers) => {
    await answers.line(/^\* (OK|PREAUTH)/i);
    answers.say('a1 STARTTLS\r\n');
    await answers.line(/^a1 OK/i);
    return answers.stream;
  },
  // RFC 2595, 4
  pop3: async (answers) => {
    await answers.line(/^\+OK/);
    answers.say('STLS\r\n');
    await answers.line(/^\+OK/);
    return answers.stream;
  },
  // RFC 4511, 4.14: an extended request, and a response whose resultCode is 0.
  ldap: async (answers) => {
    const oid = Buffer.from('1.3.6.1.4.1.1466.20037', 'latin1');
    answers.say(Buffer.concat([Buffer.from([0x30, 0x1d, 2, 1, 1, 0x77, 0x18, 0x80, 0x16]), oid]));
    const header = await answers.take(2);
    const length = header[1] ?? 0;
    const isLong = length > 0x80;
    const size = isLong ? (await answers.take(length & 0x7f)).reduce((sum, byte) => sum * 256 + byte, 0) : length;
    const body = await answers.take(size);
    // messageID 1, an extended response of any length, resultCode success.
    if (header[0] !== 0x30 || !/^02010178(?:81..|82....|..)0a0100/.test(body.toString('hex'))) {
      throw answers.error('no success for StartTLS');
    }
    return answers.stream;
  },
  // PostgreSQL's protocol, "SSLRequest"
  postgres: async (answers) => {
    answers.say(Buffer.from([0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f]));
    const [answer] = await answers.take(1);
    if (answer !== 0x53) throw answers.error('a refusal of TLS');
    return answers.stream;
  },
  // [MS-TDS] 2.2.6.5: PRELOGIN with a version and ENCRYPT_ON; TLS then travels inside of packets of that type.
  tds: async (answers) => {
    const options = Buffer.from([0, 0, 11, 0, 6, 1, 0, 17, 0, 1, 0xff, 0, 0, 0, 0, 0, 0, 1]);
    answers.say(tdsPacket(options));
    const header = await answers.take(8);
    if (header[0] !== 0x04) throw answers.error(`packet type ${header[0]}`);
    const payload = await answers.take(header.readUInt16BE(2) - 8);
    for (let at = 0; payload[at] !== 0xff && at + 5 <= payload.length; at += 5) {
      if (payload[at] === 1 && payload[payload.readUInt16BE(at + 1)] === 2) throw answers.error('no encryption');
    }
    answers.detach();
    return new TdsStream(answers.stream);
  },
  // [MS-RDPBCGR] 2.2.1.1 and 2.2.1.2: an X.224 connection request that asks for TLS.
  rdp: async (answers) => {
    answers.say(Buffer.from('030000130ee000000000000100080001000000', 'hex'));
    const header = await answers.take(4);
    const body = await answers.take(header.readUInt16BE(2) - 4);
    if (body[1] !== 0xd0 || body[7] !== 2 || body.readUInt32LE(11) !== 1) throw answers.error('no TLS for RDP');
    return answers.stream;
  },
};

function tdsPacket(content: Buffer): Buffer {
  const header = Buffer.from([0x12, 1, 0, 0, 0, 0, 0, 0]);
  header.writeUInt16BE(content.length + 8, 2);
  return Buffer.concat([header, content]);
}

/** TLS records inside of PRELOGIN packets, both ways. */
class TdsStream extends Duplex {
  #bytes = Buffer.alloc(0);

  constructor(readonly inner: Duplex) {
    super();
    inner.on('data', (chunk: Buffer) => {
      this.#bytes = Buffer.concat([this.#bytes, chunk]);
      while (this.#bytes.length >= 8) {
        const length = this.#bytes.readUInt16BE(2);
        if (length < 8 || this.#bytes[0] !== 0x12) {
          this.destroy(new PeerMessageError('tds packet', 0, `type ${this.#bytes[0]}, length ${length}`));
          return;
        }
        if (this.#bytes.length < length) return;
        this.push(this.#bytes.subarray(8, length));
        this.#bytes = this.#bytes.subarray(length);
      }
    });
    inner.on('end', () => this.push(null));
    inner.on('error', (error) => this.destroy(error));
  }

  override _read(): void {}

  override _write(chunk: Buffer, _: BufferEncoding, done: (error?: Error | null) => void): void {
    this.inner.write(tdsPacket(chunk), done);
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.inner.destroy();
    done(error);
  }
}
