/** Reads the answers of a dialogue that comes before TLS, with a bound on all of them. */
import type { Duplex } from 'node:stream';
import { PeerMessageError } from '../../errors';
import { HandshakeEnded } from '../record-stream';

const longestAnswer = 16 * 1024;

/** The server speaks the protocol, and does not go on to TLS; the message says how it put that. */
export class StartTlsRefused extends Error {}

export class AnswerReader {
  #bytes = Buffer.alloc(0);
  #ended: { readonly code: string | undefined } | undefined;
  #wake: (() => void) | undefined;
  readonly #onData = (chunk: Buffer) => {
    this.#bytes = Buffer.concat([this.#bytes, chunk]);
    this.#wake?.();
  };
  readonly #onEnd = (error?: NodeJS.ErrnoException | boolean) => {
    this.#ended ??= { code: typeof error === 'object' ? error.code : undefined };
    this.#wake?.();
  };

  constructor(
    readonly stream: Duplex,
    readonly protocol: string,
    /** What the server is asked for by name. */
    readonly serverName: string,
  ) {
    stream.on('data', this.#onData).on('end', this.#onEnd).on('close', this.#onEnd).on('error', this.#onEnd);
  }

  /** What came too early belongs to TLS. @throws HandshakeEnded where nothing can follow any more */
  detach(): void {
    if (this.#ended !== undefined) throw this.#ending(this.#ended);
    this.stream.off('data', this.#onData).off('end', this.#onEnd).off('close', this.#onEnd);
    if (this.#bytes.length > 0) this.stream.unshift(this.#bytes);
  }

  say(message: string | Buffer): void {
    this.stream.write(message);
  }

  /** @throws HandshakeEnded, PeerMessageError */
  async take(count: number): Promise<Buffer> {
    if (count < 0 || count > longestAnswer) throw this.error(`an answer of ${count} bytes`);
    while (this.#bytes.length < count) await this.#more();
    const taken = this.#bytes.subarray(0, count);
    this.#bytes = this.#bytes.subarray(count);
    return taken;
  }

  /** The text up to the first match, and with it. @throws HandshakeEnded, PeerMessageError */
  async takeText(pattern: RegExp): Promise<string> {
    for (;;) {
      const text = this.#bytes.toString('latin1');
      const match = pattern.exec(text);
      if (match !== null) return (await this.take(match.index + match[0].length)).toString('latin1');
      if (this.#bytes.length > longestAnswer) throw this.error(`${longestAnswer} bytes and no end of its answer`);
      await this.#more();
    }
  }

  async line(): Promise<string> {
    return (await this.takeText(/\n/)).trimEnd();
  }

  async #more(): Promise<void> {
    if (this.#ended !== undefined) throw this.#ending(this.#ended);
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
  }

  #ending({ code }: { readonly code: string | undefined }): HandshakeEnded {
    return new HandshakeEnded({ kind: 'closed', code });
  }

  /** An answer in which the server says no, in its own words. */
  refusal(text: string): StartTlsRefused {
    return new StartTlsRefused(JSON.stringify(text.slice(0, 200)));
  }

  /** An answer that this protocol does not have. */
  error(found: string): PeerMessageError {
    return new PeerMessageError(`${this.protocol} answer`, 0, found);
  }
}
