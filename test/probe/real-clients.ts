/** Clients of others, each with DHE alone, TLS 1.2 and no check of the certificate. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { afterAll } from 'vitest';
import { has } from './server-process';

export interface RealClient {
  /** What to install where it is missing. */
  readonly packages: string;
  readonly isMissing: boolean;
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

const program = (command: string, packages: string, args: (port: number) => readonly string[]): RealClient => ({
  packages,
  isMissing: !has(command),
  connect: (port) => runClient(command, args(port)),
});

const compiled = (source: string, header: string, packages: string, libraries: readonly string[]): RealClient => ({
  packages: `gcc ${packages}`,
  isMissing: !has('gcc') || !existsSync(`/usr/include/${header}`),
  connect: (port) => runClient(buildC(`${source}.c`, source, ...libraries.map((name) => `-l${name}`)), [String(port)]),
});

export const realClients: Readonly<Record<string, RealClient>> = {
  OpenSSL: program('openssl', 'openssl', (port) => openSslClient(port, '-cipher', 'DHE')),
  curl: program('curl', 'curl', (port) => [
    '-sk',
    '--tls-max',
    '1.2',
    '--ciphers',
    'DHE',
    `https://127.0.0.1:${port}/`,
  ]),
  GnuTLS: program('gnutls-cli', 'gnutls-bin', (port) => {
    const priority = 'NORMAL:-KX-ALL:+DHE-RSA:-VERS-ALL:+VERS-TLS1.2';
    return ['--insecure', '-p', String(port), '--priority', priority, '127.0.0.1'];
  }),
  NSS: program('/usr/bin/tstclnt', 'libnss3-tools', (port) => [
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
    packages: 'default-jdk-headless',
    isMissing: !has('javac'),
    connect: (port) => {
      build('JsseClient.class', 'javac', '-d', folder, join(sources, 'JsseClient.java'));
      return runClient('java', ['-cp', folder, 'JsseClient', String(port)]);
    },
  },
  wolfSSL: compiled('wolfssl_client', 'wolfssl/ssl.h', 'libwolfssl-dev', ['wolfssl']),
  mbedTLS: compiled('mbedtls_client', 'mbedtls/ssl.h', 'libmbedtls-dev', ['mbedtls', 'mbedx509', 'mbedcrypto']),
  Node: {
    packages: '',
    isMissing: false,
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
export const faultyOpenSsl: RealClient = {
  packages: 'gcc openssl',
  isMissing: !has('gcc') || !has('openssl'),
  connect: (port) => {
    const shim = buildC('keep_zeros.c', 'keep_zeros.so', '-shared', '-fPIC');
    return runClient('openssl', openSslClient(port, '-cipher', 'DHE'), { LD_PRELOAD: shim });
  },
};
