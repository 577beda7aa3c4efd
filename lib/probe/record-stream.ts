/** Records and handshake messages in a stream of bytes, with bounds on every length that the peer writes. */
import type { Duplex } from 'node:stream';
import { PeerMessageError } from '../errors';
import type { RecordProtection } from './record-protection';
import { contentType, MessageReader, number, tls12, vector } from './wire';

/** How the peer ended it before the handshake was done. */
export type Ending =
  | { readonly kind: 'alert'; readonly description: number; readonly level: number }
  | { readonly kind: 'closed'; readonly code: string | undefined };

export class HandshakeEnded extends Error {
  constructor(readonly ending: Ending) {
    super(ending.kind);
  }
}

/** The alert's number (RFC 5246, 7.2), the system's error code, the suite, or what is wrong with which message. */
export function detailOf(
  end:
    | Ending
    | { readonly kind: 'malformed' | 'starttls-refused'; readonly error: Error }
    | { readonly kind: 'suite-not-spoken'; readonly suite: string }
    | { readonly kind: string },
): string | null {
  if (end.kind === 'suite-not-spoken' && 'suite' in end) return end.suite;
  if ('description' in end) return String(end.description);
  if ('error' in end) return end.error.message;
  return ('code' in end ? end.code : undefined) ?? null;
}

interface OpenedRecord {
  readonly type: number;
  readonly content: Buffer;
}

export interface HandshakeMessage {
  readonly type: number;
  readonly body: Buffer;
  /** With its header, as the transcript wants it. */
  readonly bytes: Buffer;
}

const longestRecord = 2 ** 14 + 2048; // RFC 5246, 6.2.3
const longestMessage = 256 * 1024; // A long certificate chain is a tenth of that.

/** More warnings than this are no warnings any more. */
const mostWarnings = 16;

export class RecordStream {
  /** Opens what comes in; where it tells a type, that one is meant. */
  opening: { open(type: number, record: Buffer): Buffer | OpenedRecord } | undefined;
  /** In TLS 1.3 it means nothing. */
  skipsChangeCipherSpec = false;
  /** Seals what goes out. */
  sealing: { readonly outerType?: number; seal(type: number, content: Buffer): Buffer } | undefined;
  /** What outgoing records say that they are. */
  version = tls12;
  /** Of the first record that came in, also where it did not come to its end. */
  firstType: number | undefined;
  #warnings = 0;
  #held: Buffer[] | undefined;
  #bytes = Buffer.alloc(0);
  #messages = Buffer.alloc(0);
  #ended: Ending | undefined;
  #wake: (() => void) | undefined;

  constructor(readonly stream: Duplex) {
    const end = (code?: string) => {
      this.#ended ??= { kind: 'closed', code };
      this.#wake?.();
    };
    stream.on('data', (chunk: Buffer) => {
      this.firstType ??= chunk[0];
      this.#bytes = Buffer.concat([this.#bytes, chunk]);
      // One record at a time is waited for; what comes beyond that is held back by the sender's own window.
      if (this.#bytes.length > 8 * longestRecord) stream.pause();
      this.#wake?.();
    });
    stream.on('end', () => end());
    stream.on('close', () => end());
    stream.on('error', (error: NodeJS.ErrnoException) => end(error.code));
  }

  /** One record; what the handshake has to say fits into one. */
  send(type: number, content: Buffer): void {
    const body = this.sealing === undefined ? content : this.sealing.seal(type, content);
    const outerType = this.sealing?.outerType ?? type;
    const record = Buffer.concat([number(outerType, 1), number(this.version, 2), vector(2, body)]);
    if (this.#held === undefined) this.stream.write(record);
    else this.#held.push(record);
  }

  /** Keeps back what is sent until `release`, which writes it at once: a peer that refuses its beginning and closes then
   * meets no second write, whose failure would hide the alert. */
  hold(): void {
    this.#held ??= [];
  }

  release(): void {
    const records = this.#held ?? [];
    this.#held = undefined;
    if (records.length > 0) this.stream.write(Buffer.concat(records));
  }

  /**
   * That the peer has said nothing while nothing was due. @throws HandshakeEnded where it has ended the handshake, also with an
   * alert that nobody has read so far, PeerMessageError for anything else that it said
   */
  async expectSilence(): Promise<void> {
    while (this.#bytes.length > 0) {
      const { type, content } = await this.#readRecord();
      if (type !== contentType.alert) throw new PeerMessageError('record', 0, `content type ${type} before it was due`);
      this.#hear(content);
    }
    if (this.#messages.length > 0) throw new PeerMessageError('handshake message', 0, 'one before it was due');
    if (this.#ended !== undefined) throw new HandshakeEnded(this.#ended);
  }

  sendChangeCipherSpec(protection: RecordProtection): void {
    this.send(contentType.changeCipherSpec, number(1, 1));
    this.sealing = protection;
  }

  /** The next handshake message. @throws HandshakeEnded, PeerMessageError */
  async nextMessage(): Promise<HandshakeMessage> {
    for (;;) {
      if (this.#messages.length >= 4) {
        const length = this.#messages.readUIntBE(1, 3);
        if (length > longestMessage) throw new PeerMessageError('handshake message', 1, `a length of ${length} bytes`);
        if (this.#messages.length >= 4 + length) {
          const bytes = this.#messages.subarray(0, 4 + length);
          this.#messages = this.#messages.subarray(4 + length);
          return { type: bytes.readUInt8(0), body: bytes.subarray(4), bytes };
        }
      }
      const record = await this.#nextRecord();
      if (record.type === contentType.changeCipherSpec && this.skipsChangeCipherSpec) continue;
      if (record.type !== contentType.handshake) {
        throw new PeerMessageError('record', 0, `content type ${record.type} where a handshake message should be`);
      }
      if (record.content.length === 0) throw new PeerMessageError('record', 3, 'an empty handshake record');
      this.#messages = Buffer.concat([this.#messages, record.content]);
    }
  }

  /** @throws HandshakeEnded, PeerMessageError */
  async expectChangeCipherSpec(): Promise<void> {
    const { type, content } = await this.#nextRecord();
    if (type !== contentType.changeCipherSpec || content.length !== 1 || content[0] !== 1) {
      throw new PeerMessageError('record', 0, `content type ${type} where ChangeCipherSpec should be`);
    }
  }

  async #nextRecord(): Promise<OpenedRecord> {
    for (;;) {
      const record = await this.#readRecord();
      if (record.type !== contentType.alert) return record;
      this.#hear(record.content);
    }
  }

  async #readRecord(): Promise<OpenedRecord> {
    await this.#waitFor(5);
    const header = new MessageReader('record', this.#bytes.subarray(0, 5));
    const outerType = header.number(1);
    const major = header.number(1);
    header.number(1);
    const length = header.number(2);
    if (outerType < 20 || outerType > 24 || major !== 3)
      throw new PeerMessageError('record', 0, 'no TLS record header');
    if (length > longestRecord) throw new PeerMessageError('record', 3, `a length of ${length} bytes`);
    await this.#waitFor(5 + length);
    const body = this.#bytes.subarray(5, 5 + length);
    this.#bytes = this.#bytes.subarray(5 + length);
    this.stream.resume();
    const opened = this.opening === undefined ? body : this.opening.open(outerType, body);
    return Buffer.isBuffer(opened) ? { type: outerType, content: opened } : opened;
  }

  /** A warning ends nothing (RFC 5246, 7.2), but close_notify does: some servers warn of a name that they do not know. */
  #hear(content: Buffer): void {
    const alert = new MessageReader('alert', content);
    const [level, description] = [alert.number(1), alert.number(1)];
    this.#warnings += 1;
    const isWarning = level === 1 && description !== 0 && this.#warnings <= mostWarnings;
    if (!isWarning) throw new HandshakeEnded({ kind: 'alert', level, description });
  }

  async #waitFor(count: number): Promise<void> {
    while (this.#bytes.length < count) {
      if (this.#ended !== undefined) throw new HandshakeEnded(this.#ended);
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      this.#wake = undefined;
    }
  }
}
