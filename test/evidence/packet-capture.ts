/** What goes over the loopback between the addresses of these tests, in a file. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';

/** The machine whose capture it is; nobody else takes part in every connection. */
export const machine = '127.77.0.1';
const marker = '127.77.9.9';

export class Capture {
  readonly #child: ChildProcess;

  private constructor(
    readonly file: string,
    child: ChildProcess,
  ) {
    this.#child = child;
  }

  static async start(file: string): Promise<Capture> {
    const words = ['-q', '-i', 'lo', '-f', 'tcp and net 127.77.0.0/16', '-w', file];
    const child = spawn('dumpcap', words, { stdio: ['ignore', 'ignore', 'pipe'] });
    await new Promise<void>((resolve, reject) => {
      child.once('error', reject).once('exit', () => reject(new Error('dumpcap ended')));
      child.stderr?.on('data', (text: Buffer) => {
        if (text.includes('File:')) resolve();
      });
    });
    return new Capture(file, child);
  }

  /** A last packet tells that those before it are in the file. */
  async end(): Promise<void> {
    const bytes = Buffer.from(marker.split('.').map(Number));
    for (;;) {
      await new Promise((resolve) => connect(9, marker).once('error', resolve));
      await new Promise((resolve) => setTimeout(resolve, 100));
      if (readFileSync(this.file).includes(bytes)) break;
    }
    const ended = new Promise((resolve) => this.#child.once('exit', resolve));
    this.#child.kill('SIGINT');
    await ended;
  }
}
