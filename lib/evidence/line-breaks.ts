/** Where the blanks and the line feeds of a piece of a log are, found by `line-breaks.wat` sixteen bytes at once. */

/** What wabt makes of `line-breaks.wat`; a test compares them. */
export const compiled =
  'AGFzbQEAAAABCAFgA39/fwF/AwIBAAUDAQABBxECBm1lbW9yeQIABGZpbmQAAAq/AQG8AQIGfwF7IAEhBiACIQcCQANAIAMgAE8NASAD/QAEACEJIAlBIP0P/SP9ZCEEIAlBCv0P/SP9ZCEFAkADQCAFRQ0BIAVoIQggAiADIAhqNgIAIAIgASAGa0ECdiAEQQEgCHRBAWtxaWo2AgQgAkEIaiECIAUgBUEBa3EhBQwACwsCQANAIARFDQEgASADIARoajYCACABQQRqIQEgBCAEQQFrcSEEDAALCyADQRBqIQMMAAsLIAIgB2tBA3YL';

interface Program {
  readonly memory: WebAssembly.Memory;
  readonly find: (length: number, blanks: number, lines: number) => number;
}

const page = 65_536;
/** It reads as many bytes at once, also behind the last. */
const width = 16;

export class LineBreaks {
  readonly #program: Program;
  #size = 0;
  #bytes = new Uint8Array(0);
  /** The places of all blanks. */
  blanks = new Int32Array(0);
  /** By twos: the place of a line feed, and how many blanks are before it. */
  lines = new Int32Array(0);

  constructor() {
    const module = new WebAssembly.Module(Buffer.from(compiled, 'base64'));
    this.#program = new WebAssembly.Instance(module).exports as unknown as Program;
  }

  /** The number of line feeds. What was found before is gone. */
  find(bytes: Uint8Array): number {
    if (bytes.byteLength > this.#size) this.#makeRoom(bytes.byteLength);
    this.#bytes.set(bytes);
    this.#bytes.fill(0, bytes.byteLength, bytes.byteLength + width);
    return this.#program.find(bytes.byteLength, this.blanks.byteOffset, this.lines.byteOffset);
  }

  /** Behind the bytes, each of which may be a blank or a line feed. */
  #makeRoom(size: number): void {
    const { memory } = this.#program;
    const start = Math.ceil((size + width) / page) * page;
    const blanks = Math.ceil((4 * size) / page) * page;
    memory.grow((start + 3 * blanks - memory.buffer.byteLength) / page);
    this.#size = size;
    this.#bytes = new Uint8Array(memory.buffer, 0, size + width);
    this.blanks = new Int32Array(memory.buffer, start, size);
    this.lines = new Int32Array(memory.buffer, start + blanks, 2 * size);
  }
}
