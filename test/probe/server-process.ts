/** Servers of others, each in a folder of its own, with its certificate and its group; ended by their process. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { derInteger, derSequence } from '../../lib/probe/der';
import { ffdheGroup, type Group } from '../../lib/probe/finite-field';
import { canRun, environment } from '../../scripts/build/test/test-needs';

/** A server's program with its arguments, and what it wants in its environment. */
export interface CommandLine {
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
}

export class ServerFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'schannel-dhe-'));
  #running: ChildProcess | undefined;

  constructor() {
    // Some servers give their rights up before they read their files.
    chmodSync(this.path, 0o755);
    if (canRun('OpenSSL')) {
      const request = 'req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost'.split(' ');
      const files = ['-keyout', this.file('key.pem'), '-out', this.file('cert.pem')];
      execFileSync('openssl', [...request, ...files], { stdio: 'ignore' });
    }
    this.writeParameters(ffdheGroup(2048));
  }

  remove(): void {
    rmSync(this.path, { recursive: true });
  }

  file(name: string): string {
    return join(this.path, name);
  }

  write(name: string, ...lines: readonly string[]): string {
    writeFileSync(this.file(name), `${lines.join('\n')}\n`);
    return this.file(name);
  }

  writeJoined(name: string, ...files: readonly string[]): string {
    return this.write(name, ...files.map((one) => readFileSync(one, 'utf8').trimEnd()));
  }

  /** PKCS #3 DHParameter. */
  writeParameters({ p, g }: Group): string {
    const text = derSequence(derInteger(p), derInteger(g)).toString('base64');
    return this.write(
      'dh.pem',
      '-----BEGIN DH PARAMETERS-----',
      text.replace(/.{64}/g, '$&\n').trimEnd(),
      '-----END DH PARAMETERS-----',
    );
  }

  /** Starts a server and waits until it accepts connections. */
  async start(port: number, { command, args, env }: CommandLine): Promise<number> {
    const child = spawn(command, args, { stdio: 'ignore', cwd: this.path, env: { ...environment(), ...env } });
    this.endLater(child);
    for (let attempt = 0; attempt < 300; attempt += 1) {
      if (child.exitCode !== null) throw new Error(`${command} ended with ${child.exitCode}`);
      if (await accepts(port)) return port;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`${command} did not start`);
  }

  /** A server that was started elsewhere. */
  endLater(child: ChildProcess): void {
    this.#running = child;
  }

  /** Asked first, so that it ends its own children; then ended. */
  async end(): Promise<void> {
    const child = this.#running;
    this.#running = undefined;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill();
    const timer = setTimeout(() => child.kill('SIGKILL'), 5_000);
    await ended;
    clearTimeout(timer);
  }
}

export function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
