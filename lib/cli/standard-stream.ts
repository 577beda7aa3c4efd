/** Standard output and error, without Node's own stream objects where the system takes bytes at once: those load a tenth of a start. */
import { fstatSync, type Stats, statSync, writeSync } from 'node:fs';

export interface StandardStream {
  /** Never throws; what goes wrong is for `onError`. */
  readonly write: (text: string) => void;
  /** Waits until everything was taken, or was not. */
  readonly flush: () => Promise<void>;
  readonly isTerminal: () => boolean;
}

/**
 * @param open Node's own object, made when it is needed
 * @param isWindows there a console wants UTF-16, and old versions of Node cannot tell what a handle is
 */
export function standardStream(
  fd: 1 | 2,
  open: () => NodeJS.WriteStream,
  onError: (error: unknown) => void,
  isWindows: boolean,
): StandardStream {
  let direct: boolean | undefined;
  const isDirect = () => (direct ??= takesBytes(fd, isWindows));
  let stream: NodeJS.WriteStream | undefined;

  const opened = (): NodeJS.WriteStream => {
    stream ??= open().on('error', onError);
    return stream;
  };
  const writeToStream = (content: string | Uint8Array): void => {
    // Some versions of Node throw where it is a file on a full disk.
    try {
      opened().write(content);
    } catch (error) {
      onError(error);
    }
  };

  return {
    write: (text) => {
      if (!isDirect()) return writeToStream(text);
      const bytes = Buffer.from(text);
      let taken = 0;
      try {
        while (taken < bytes.length) taken += writeSync(fd, bytes, taken);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') return onError(error);
        // Another process made this pipe one that does not wait: Node's object knows how to.
        direct = false;
        writeToStream(bytes.subarray(taken));
      }
    },
    flush: () =>
      stream === undefined
        ? Promise.resolve()
        : new Promise((resolve) => {
            // Of an error the callback hears first, and the listener a moment later.
            opened().write('', () => setImmediate(resolve));
          }),
    isTerminal: () => !isDirect() && opened().isTTY === true,
  };
}

function takesBytes(fd: number, isWindows: boolean): boolean {
  let stats: Stats;
  try {
    stats = fstatSync(fd);
  } catch {
    return false;
  }
  if (stats.isFile() || stats.isFIFO()) return true;
  if (isWindows) return false;
  return stats.isSocket() || (stats.isCharacterDevice() && stats.rdev === nullDevice());
}

const nullDevice = () => statSync('/dev/null', { throwIfNoEntry: false })?.rdev;
