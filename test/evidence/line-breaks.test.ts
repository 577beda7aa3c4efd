/** The program in WebAssembly against its text, and against who looks at each byte. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import wabt from 'wabt';
import { compiled, LineBreaks } from '../../lib/evidence/line-breaks';

it('is what wabt makes of its text', async () => {
  const file = join(__dirname, '..', '..', 'lib', 'evidence', 'line-breaks.wat');
  const module = (await wabt()).parseWat(file, readFileSync(file, 'utf8'), { simd: true });
  expect(Buffer.from(module.toBinary({}).buffer).toString('base64')).toBe(compiled);
});

/** The places of the blanks; of each line feed the place, and how many blanks are before it. */
function lookAtEach(bytes: Uint8Array): { readonly blanks: number[]; readonly lines: number[] } {
  const [blanks, lines]: [number[], number[]] = [[], []];
  bytes.forEach((byte, place) => {
    if (byte === 0x20) blanks.push(place);
    if (byte === 0x0a) lines.push(place, blanks.length);
  });
  return { blanks, lines };
}

describe('blanks and line feeds', () => {
  const breaks = new LineBreaks();
  const find = (bytes: Uint8Array) => {
    const count = breaks.find(bytes);
    const lines = [...breaks.lines.subarray(0, 2 * count)];
    return { blanks: [...breaks.blanks.subarray(0, lines.at(-1) ?? 0)], lines };
  };

  it('are found wherever they are, in pieces of any length, one after another', () => {
    const byte = fc.oneof(fc.constantFrom(0x20, 0x0a, 0x0d, 0x00, 0x21, 0xa0, 0x8a), fc.integer({ min: 0, max: 255 }));
    fc.assert(
      fc.property(fc.array(byte, { maxLength: 200 }), (bytes) => {
        const piece = Uint8Array.from([...bytes, 0x0a]);
        expect(find(piece)).toEqual(lookAtEach(piece));
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([0x20, 0x0a])('fill a piece of a megabyte: 0x%i', (byte) => {
    const piece = new Uint8Array(1 << 20).fill(byte);
    piece[piece.length - 1] = 0x0a;
    const count = breaks.find(piece);
    expect(count).toBe(byte === 0x20 ? 1 : piece.length);
    expect([...breaks.lines.subarray(2 * count - 2, 2 * count)]).toEqual(lookAtEach(piece).lines.slice(-2));
    expect(breaks.find(Uint8Array.of(0x41, 0x0a))).toBe(1);
  });
});
