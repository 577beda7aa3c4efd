/** Sources in memory, read as the command reads files. */
import { type GatherOptions, gatherEvidence } from '../../lib/evidence/gather-evidence';

export function gather(contents: Readonly<Record<string, string | Uint8Array>>, options: Partial<GatherOptions> = {}) {
  const inputs = Object.entries(contents).map(([source, content]) => ({
    source,
    isNamed: true,
    open: () => pieces(typeof content === 'string' ? Buffer.from(content) : content),
    openCapture: () => {
      throw new Error('no capture');
    },
  }));
  return gatherEvidence(inputs, { remaining: null, ...options });
}

/** As a pipe brings them: of odd sizes, which split lines and characters. */
async function* pieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0, size = 1; at < bytes.length; at += size, size = (size * 7 + 3) % 65_537) {
    yield bytes.subarray(at, at + size);
  }
}
