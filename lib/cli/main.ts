#!/usr/bin/env node
/** The only file that touches `process`. */
import { isSea } from 'node:sea';
import { loadNativeBinding, probeNativeContract, swapNativeFiles } from '../binding/load-native-binding';
import { runCli } from './run-cli';
import { steeringVariables } from './steering-variables';

async function readStdin(): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

async function ask(question: string): Promise<string> {
  const { createInterface } = await import('node:readline/promises');
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await terminal.question(question);
  } finally {
    terminal.close();
  }
}

function showProgress(part: number | undefined): void {
  const filled = Math.round((part ?? 0) * 40);
  const bar = `[${'#'.repeat(filled)}${' '.repeat(40 - filled)}] ${Math.round((part ?? 0) * 100)} %`;
  process.stderr.write(`\r\u001b[K${part === undefined ? '' : bar}`);
}

const interruption = new AbortController();
// The second Ctrl-C ends the program at once, as everywhere.
process.once('SIGINT', () => interruption.abort());

// Whoever reads has seen enough, as in `| head`: no fault of this program. Long work ends with what it has.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    interruption.abort();
  });
}

void runCli({
  argv: process.argv.slice(2),
  // The cheapest way to ask: the others load whole tables, some 9 ms of them.
  locale: new Intl.PluralRules().resolvedOptions().locale,
  colour: process.stdout.isTTY === true && process.env['NO_COLOR'] === undefined,
  interrupted: interruption.signal,
  loadBinding: loadNativeBinding,
  probeContract: probeNativeContract,
  swapFiles: process.platform === 'win32' ? swapNativeFiles : undefined,
  showProgress: process.stderr.isTTY === true ? showProgress : undefined,
  // Inside Node's own executable the user chose to run Node, with whatever settings; this one must not be steered.
  steeredBy: isSea() ? steeringVariables.find(({ name }) => (process.env[name] ?? '') !== '')?.name : undefined,
  write: (text) => void process.stdout.write(text),
  writeError: (text) => void process.stderr.write(text),
  readStdin,
  // On demand: to look at stdin is to open it.
  get ask() {
    return process.stdin.isTTY === true && process.stderr.isTTY === true ? ask : undefined;
  },
}).then((exitCode) => {
  process.exitCode = exitCode;
});
