/** Clients of others, each with DHE alone, TLS 1.2 and no check of the certificate. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { afterAll } from 'vitest';
import { type Group, libraries } from '../../scripts/build/test/test-needs';

export interface RealClient {
  /** What it needs; nothing where left out. */
  readonly group?: Group;
  readonly connect: (port: number) => Promise<unknown>;
}

/** A program that is not heard out, but waited for. */
export function runClient(
  command: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv = {},
): Promise<void> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, ...environment };
    const child = spawn(command, args, { stdio: ['pipe', 'ignore', 'ignore'], timeout: 60_000, env });
    child.once('error', reject).once('exit', () => resolve());
    child.stdin.on('error', () => {}).end();
  });
}

export const openSslClient = (port: number, ...more: readonly string[]) => [
  's_client',
  '-connect',
  `127.0.0.1:${port}`,
  '-tls1_2',
  ...more,
];

const sources = join(__dirname, 'clients');
const folder = mkdtempSync(join(tmpdir(), 'schannel-dhe-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Built where it is first called. */
function build(output: string, compiler: string, ...args: readonly string[]): string {
  const file = join(folder, output);
  if (!existsSync(file)) spawnSync(compiler, args, { stdio: 'inherit' });
  return file;
}

function buildC(source: string, output: string, ...args: readonly string[]): string {
  return build(output, 'gcc', '-o', join(folder, output), join(sources, source), ...args);
}

const program = (group: Group, command: string, args: (port: number) => readonly string[]): RealClient => ({
  group,
  connect: (port) => runClient(command, args(port)),
});

const compiled = (group: keyof typeof libraries, source: string): RealClient => ({
  group,
  connect: (port) => {
    const options = libraries[group].map((name) => `-l${name}`);
    return runClient(buildC(`${source}.c`, source, ...options), [String(port)]);
  },
});

export const realClients: Readonly<Record<string, RealClient>> = {
  OpenSSL: program('OpenSSL', 'openssl', (port) => openSslClient(port, '-cipher', 'DHE')),
  curl: program('curl', 'curl', (port) => [
    '-sk',
    '--tls-max',
    '1.2',
    '--ciphers',
    'DHE',
    `https://127.0.0.1:${port}/`,
  ]),
  GnuTLS: program('GnuTLS', 'gnutls-cli', (port) => {
    const priority = 'NORMAL:-KX-ALL:+DHE-RSA:-VERS-ALL:+VERS-TLS1.2';
    return ['--insecure', '-p', String(port), '--priority', priority, '127.0.0.1'];
  }),
  NSS: program('NSS', 'tstclnt', (port) => [
    '-h',
    '127.0.0.1',
    '-p',
    String(port),
    '-o',
    '-D',
    '-Q',
    '-V',
    'tls1.2:tls1.2',
    '-c',
    ':009E',
  ]),
  JSSE: {
    group: 'Java JSSE',
    connect: (port) => {
      build('JsseClient.class', 'javac', '-d', folder, join(sources, 'JsseClient.java'));
      return runClient('java', ['-cp', folder, 'JsseClient', String(port)]);
    },
  },
  wolfSSL: compiled('wolfSSL', 'wolfssl_client'),
  'Mbed TLS': compiled('Mbed TLS', 'mbedtls_client'),
  Node: {
    connect: (port) =>
      new Promise((resolve) => {
        const host = '127.0.0.1';
        const options = { port, host, rejectUnauthorized: false, maxVersion: 'TLSv1.2', ciphers: 'DHE' } as const;
        const socket = connect(options, () => socket.end('GET / HTTP/1.0\r\n\r\n'));
        socket.on('error', () => {}).once('close', resolve);
      }),
  },
};

/** OpenSSL with the fault itself: it keeps the zeros of the shared secret. */
export const faultyOpenSsl: Required<RealClient> = {
  group: 'OpenSSL made to keep zeros',
  connect: (port) => {
    const shim = buildC('keep_zeros.c', 'keep_zeros.so', '-shared', '-fPIC');
    return runClient('openssl', openSslClient(port, '-cipher', 'DHE'), { LD_PRELOAD: shim });
  },
};
