#!/usr/bin/env node
/** The only file that touches `process`. */
import { loadNativeBinding } from '../binding/load-native-binding';
import { runCli } from './run-cli';

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

function showProgress(done: number | undefined): void {
  const filled = Math.round((done ?? 0) * 40);
  const bar = `[${'#'.repeat(filled)}${' '.repeat(40 - filled)}] ${Math.round((done ?? 0) * 100)} %`;
  process.stderr.write(`\r\u001b[K${done === undefined ? '' : bar}`);
}

void runCli({
  argv: process.argv.slice(2),
  // The cheapest way to ask: the others load whole tables, some 9 ms of them.
  locale: new Intl.PluralRules().resolvedOptions().locale,
  colour: process.stdout.isTTY === true && process.env['NO_COLOR'] === undefined,
  loadBinding: loadNativeBinding,
  write: (text) => void process.stdout.write(text),
  writeError: (text) => void process.stderr.write(text),
  readStdin,
  showProgress: process.stderr.isTTY === true ? showProgress : undefined,
  // On demand: to look at stdin is to open it.
  get ask() {
    return process.stdin.isTTY === true && process.stderr.isTTY === true ? ask : undefined;
  },
}).then((exitCode) => {
  process.exitCode = exitCode;
});
