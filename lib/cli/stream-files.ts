/** Files as streams of bytes, with the share of all of them that was read. */
import type { SourceFile } from '../files/find-sources';
import { streamInputFile } from '../files/user-file';
import type { CliHost } from './command';

/** What opens one of these files, again where that is asked. */
export function streamFiles(
  files: readonly SourceFile[],
  { showProgress }: Pick<CliHost, 'showProgress'>,
): (file: SourceFile) => AsyncGenerator<Uint8Array> {
  const total = files.reduce((sum, { size }) => sum + size, 0);
  let [done, shown] = [0, -1];
  return async function* ({ file }) {
    for await (const piece of streamInputFile(file)) {
      yield piece;
      done += piece.byteLength;
      const percent = Math.floor((done * 100) / total);
      if (percent !== shown) showProgress?.(percent / 100);
      shown = percent;
    }
  };
}

/** As it comes, or as a whole where it is there already. */
export function streamStdin(host: Pick<CliHost, 'readStdin' | 'streamStdin'>): AsyncIterable<Uint8Array> {
  const whole = async function* () {
    yield await host.readStdin();
  };
  return host.streamStdin?.() ?? whole();
}
