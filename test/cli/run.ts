/** Runs the command line in this process, and a folder of its own for each test file. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { loadNativeBinding } from '../../lib/binding/load-native-binding';
import type { CliHost } from '../../lib/cli/command';
import { runCli } from '../../lib/cli/run-cli';

export interface RunOptions {
  readonly stdin?: string | Uint8Array;
  /** Arguments with blanks in them, after the words of the command line. */
  readonly args?: readonly string[];
  readonly colour?: boolean;
  readonly answer?: string;
  /** Parts of the world outside that are otherwise than usual. */
  readonly host?: Partial<CliHost>;
}

export async function run(
  commandLine: string,
  { stdin = '', args = [], colour = false, answer, host = {} }: RunOptions = {},
) {
  const [out, err] = [[] as string[], [] as string[]];
  const exitCode = await runCli({
    argv: [...commandLine.split(' ').filter((word) => word !== ''), ...args],
    locale: 'en',
    colour,
    loadBinding: loadNativeBinding,
    write: (text) => out.push(text),
    writeError: (text) => err.push(text),
    readStdin: async () => Buffer.from(stdin as string),
    ask: answer === undefined ? undefined : async () => answer,
    ...host,
  });
  return { exitCode, stdout: out.join(''), stderr: err.join('') };
}

/** The path of a file in a folder that is there while the tests of this file run. */
export function useFolder(): (file: string) => string {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'schannel-dhe-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  return (file) => join(folder, file);
}
