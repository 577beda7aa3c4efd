/** The only file that touches `process`. */
import type { CliHost } from './command';
import { runCli } from './run-cli';
import { standardStream } from './standard-stream';

async function readStdin(): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

let isStreaming = false;

function streamStdin(): AsyncIterable<Uint8Array> {
  isStreaming = true;
  return process.stdin;
}

function ask(question: string): Promise<string> | undefined {
  return process.stdin.isTTY === true && stderr.isTerminal() ? readAnswer(question) : undefined;
}

async function readAnswer(question: string): Promise<string> {
  const { createInterface } = await import('node:readline/promises');
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await terminal.question(question);
  } finally {
    terminal.close();
  }
}

function showProgress(part: number | undefined): void {
  if (!stderr.isTerminal()) return;
  const filled = Math.round((part ?? 0) * 40);
  const bar = `[${'#'.repeat(filled)}${' '.repeat(40 - filled)}] ${Math.round((part ?? 0) * 100)} %`;
  stderr.write(`\r\u001b[K${part === undefined ? '' : bar}`);
}

let interruption: AbortController | undefined;

/** Made where somebody heeds it; until then, and the second time, Ctrl-C ends the program at once, as everywhere. */
function heedInterruption(): AbortController {
  if (interruption === undefined) {
    const controller = new AbortController();
    process.once('SIGINT', () => controller.abort());
    interruption = controller;
  }
  return interruption;
}

let failure: string | undefined;

/** Long work ends with what it has. Whoever reads no longer has seen enough, as in `| head`: no fault of this program. */
function endOutput(error: unknown): void {
  const { code = 'EIO' } = error as NodeJS.ErrnoException;
  if (code !== 'EPIPE') failure ??= code;
  heedInterruption().abort();
}

const isWindows = process.platform === 'win32';
const stdout = standardStream(1, () => process.stdout, endOutput, isWindows);
// Where it fails, nobody is left to be told.
const stderr = standardStream(
  2,
  () => process.stderr,
  () => heedInterruption().abort(),
  isWindows,
);

async function flush(): Promise<string | undefined> {
  await stdout.flush();
  return failure;
}

/** Elsewhere the library behind `Intl` goes by these as well, but loads tables for it; of its parts this one loads least. */
function readLocale(): string {
  if (isWindows) return new Intl.PluralRules().resolvedOptions().locale;
  return process.env['LC_ALL'] || process.env['LC_MESSAGES'] || process.env['LANG'] || 'en';
}

const host: CliHost = {
  argv: process.argv.slice(2),
  get locale() {
    return readLocale();
  },
  colour: process.env['NO_COLOR'] === undefined && stdout.isTerminal(),
  get interrupted() {
    return heedInterruption().signal;
  },
  // What reads a file needs neither the addon nor what starts gpupdate.
  loadBinding: async () => {
    // No change ends midway by it.
    heedInterruption();
    return (await import('../binding/load-native-binding.js')).loadNativeBinding();
  },
  loadSwapFiles: async () =>
    isWindows ? (await import('../binding/load-native-binding.js')).swapNativeFiles : undefined,
  showProgress,
  findSteering: async () => (await import('./steering-variables.js')).findSteeringVariable(process.env),
  write: stdout.write,
  writeError: stderr.write,
  flush,
  readStdin,
  streamStdin,
  ask,
};

async function main(): Promise<void> {
  // What is loaded later may load this file in turn, which must be whole by then.
  await undefined;
  process.exitCode = await runCli(host);
  // Whoever holds its other end open must not hold this process.
  if (isStreaming) process.stdin.destroy();
  // What is still to be freed, the system frees as well.
  await stderr.flush();
  process.exit();
}

void main();
