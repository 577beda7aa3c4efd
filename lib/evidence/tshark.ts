/** Wireshark's `tshark`, where it is installed: by its full path, without a shell, and without anybody's settings. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { ProgramNotFoundError } from '../errors';
import type { CaptureReader } from './read-source';
import { tsharkArguments } from './tshark-fields';

/** Where installers and packages put it. PATH is not looked at: what lies there an elevated process must not run. */
const places: Readonly<Record<string, readonly string[]>> = {
  win32: ['C:\\Program Files\\Wireshark\\tshark.exe'],
  darwin: ['/Applications/Wireshark.app/Contents/MacOS/tshark', '/opt/homebrew/bin/tshark', '/usr/local/bin/tshark'],
};
const otherPlaces = ['/usr/bin/tshark', '/usr/local/bin/tshark'];

/**
 * Where it is installed.
 *
 * @param program its path, where it lies elsewhere
 * @throws ProgramNotFoundError
 */
export function findTshark(program?: string): string {
  const tried = program === undefined ? (places[process.platform] ?? otherPlaces) : [resolve(program)];
  const found = tried.find((place) => existsSync(place));
  if (found === undefined) throw new ProgramNotFoundError('tshark', tried);
  return found;
}

/** The columns of a capture in a file. */
export function openTshark(program: string, file: string): CaptureReader {
  let failure: string | null = null;
  return {
    failure: () => failure,
    read: async function* () {
      const child = spawn(program, tsharkArguments(resolve(file)), {
        shell: false,
        windowsHide: true,
        stdio: ['ignore', 'pipe', 'pipe'],
        env: environmentFor(program),
      });
      const ended = new Promise<string | null>((resolve) => {
        let told = '';
        child.stderr.setEncoding('utf8').on('data', (text: string) => {
          if (told.length < 4_000) told += text;
        });
        child.once('error', ({ message }) => resolve(message));
        child.once('close', (code) => resolve(code === 0 ? null : lastLine(told) || `${code}`));
      });
      try {
        yield* child.stdout as AsyncIterable<Uint8Array>;
        failure = await ended;
      } finally {
        child.kill();
      }
    },
  };
}

/**
 * Of our own making: variables of the caller name folders of plugins (`WIRESHARK_PLUGIN_DIR`, `WIRESHARK_EXTCAP_DIR`) and
 * libraries, which an elevated process would load. Personal settings and Lua scripts are looked for where nothing is.
 */
function environmentFor(program: string): NodeJS.ProcessEnv {
  // What Windows itself needs, Node adds.
  return { LC_ALL: 'C.UTF-8', WIRESHARK_CONFIG_DIR: join(dirname(program), 'no-such-folder') };
}

/** What it says of a capture; above that line stand warnings of the program itself. */
function lastLine(text: string): string {
  const lines = text.trim().split(/\r?\n/);
  return (lines.at(-1) ?? '').replace(/^tshark: /, '');
}
