/** The servers of the world, on loopback. Each test starts its own and ends it by its process. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { derInteger, derSequence } from '../../lib/probe/der';
import { bitLength, ffdheGroup, type Group, nameOfGroup } from '../../lib/probe/finite-field';
import { measurePeer } from '../../lib/probe/measure-peer';
import { probePeer } from '../../lib/probe/probe-peer';
import { canRun, nginx } from '../../scripts/build/test-needs';
import { run } from '../cli/run';
import { makeGroup } from './faulty-peer';
import { ownGroups } from './own-groups';

const folder = mkdtempSync(join(tmpdir(), 'schannel-dhe-'));
const file = (name: string) => join(folder, name);
let running: ChildProcess | undefined;

beforeAll(() => {
  if (!canRun('OpenSSL')) return;
  const request = 'req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost'.split(' ');
  execFileSync('openssl', [...request, '-keyout', file('key.pem'), '-out', file('cert.pem')], { stdio: 'ignore' });
  const pkcs12 = 'pkcs12 -export -passout pass:secret'.split(' ');
  execFileSync('openssl', [...pkcs12, '-inkey', file('key.pem'), '-in', file('cert.pem'), '-out', file('store.p12')]);
});
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(async () => {
  const child = running;
  running = undefined;
  if (child === undefined || child.exitCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await ended;
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Starts a server and waits until it accepts connections. */
async function start(port: number, command: string, args: readonly string[]): Promise<number> {
  running = spawn(command, args, { stdio: 'ignore', cwd: folder });
  for (let attempt = 0; attempt < 600; attempt += 1) {
    const isOpen = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1');
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
      socket.once('connect', () => socket.destroy());
    });
    if (isOpen) return port;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${command} did not start`);
}

/** PKCS #3 DHParameter. */
function writeParameters({ p, g }: Group): string {
  const text = derSequence(derInteger(p), derInteger(g)).toString('base64');
  const lines = text.replace(/.{64}/g, '$&\n');
  writeFileSync(file('dh.pem'), `-----BEGIN DH PARAMETERS-----\n${lines}\n-----END DH PARAMETERS-----\n`);
  return file('dh.pem');
}

const groups = [...ownGroups, ['ffdhe2048', ffdheGroup(2048)], ['ffdhe3072', ffdheGroup(3072)]] as const;
/** Waits long: a busy machine is not a silent server. */
const probe = (port: number) => probePeer({ host: '127.0.0.1', port, timeoutMilliseconds: 60_000 });
/** The probe finds that group, and nothing wrong. */
async function expectGroup(port: number, { p }: Group): Promise<void> {
  const { verdict, server } = await probe(port);
  expect(verdict).toEqual({ id: 'not-affected' });
  expect(server).toMatchObject({ group: nameOfGroup(p) ?? null, groupBits: bitLength(p) });
}

const certificate = () => ['-key', file('key.pem'), '-cert', file('cert.pem')];

describe.runIf(canRun('OpenSSL'))('OpenSSL', () => {
  const serve = async (...more: readonly string[]) => {
    const port = await freePort();
    const args = ['s_server', '-accept', `127.0.0.1:${port}`, '-tls1_2', '-quiet', ...certificate(), ...more];
    return start(port, 'openssl', args);
  };

  it.each(groups)('with the group %s', async (_, group) => {
    const parameters = writeParameters(group);
    await expectGroup(await serve('-dhparam', parameters, '-cipher', 'DHE:@SECLEVEL=0'), group);
  });

  it.each(['DHE-RSA-AES256-GCM-SHA384', 'DHE-RSA-AES128-SHA', 'DHE-RSA-AES256-SHA256'])('with %s', async (cipher) => {
    const { verdict, server, cases } = await probe(await serve('-cipher', cipher));
    expect(verdict).toEqual({ id: 'not-affected' });
    expect(server?.group).toMatch(/^(ffdhe|modp)/);
    expect(cases.length).toBeLessThanOrEqual(12);
  });

  it.each(['DHE-DSS-AES256-GCM-SHA384', 'DHE-DSS-AES128-SHA'])('with a DSS certificate, %s', async (cipher) => {
    const [key, dss] = [file('dss-key.pem'), file('dss.pem')];
    execFileSync('openssl', ['dsaparam', '-genkey', '-noout', '-out', key, '2048'], { stdio: 'ignore' });
    const request = 'req -x509 -days 2 -subj /CN=localhost -key'.split(' ');
    execFileSync('openssl', [...request, key, '-out', dss], { stdio: 'ignore' });
    const { verdict, server } = await probe(await serve('-key', key, '-cert', dss, '-cipher', `${cipher}:@SECLEVEL=0`));
    expect(verdict).toEqual({ id: 'not-affected' });
    expect(server?.suite).toMatch(/^TLS_DHE_DSS_/);
  });

  it('with ECDHE alone', async () => {
    expect((await probe(await serve('-cipher', 'ECDHE'))).verdict).toEqual({ id: 'no-dhe-offered' });
  });

  it('measured, has no failures, and the interval says how little that proves', async () => {
    const port = await serve('-cipher', 'DHE:ECDHE');
    const { dhe, ecdhe, fits } = await measurePeer({
      host: '127.0.0.1',
      port,
      count: 40,
      perSecond: 1_000,
      timeoutMilliseconds: 60_000,
    });
    expect([dhe.handshakes, dhe.failures, ecdhe.handshakes, ecdhe.failures]).toEqual([40, 0, 40, 0]);
    expect(dhe.high).toBeCloseTo(0.0881, 3);
    expect(fits).toEqual([]);
  });

  it('as a user sees it, in JSON that its schema describes and in Japanese', async () => {
    const port = await serve('-cipher', 'DHE');
    const target = `127.0.0.1:${port} --timeout 60`;
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    for (const [kind, words] of [
      ['probe', `probe ${target}`],
      ['measurement', `probe ${target} --measure 5`],
    ]) {
      const { stdout, exitCode } = await run(`${words} --json`);
      expect(exitCode).toBe(0);
      const { stdout: schema } = await run(`schema ${kind}`);
      expect(ajv.validate(JSON.parse(schema), JSON.parse(stdout)), ajv.errorsText()).toBe(true);
    }
    expect((await run(`probe ${target} --language ja`)).stdout).toContain('問題はありません');
    const { stdout, exitCode } = await run('probe --hosts - --timeout 60', {
      stdin: `# two\n127.0.0.1:${port}\nno host\n`,
    });
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect([exitCode, lines.map(({ kind }) => kind).sort()]).toEqual([2, ['error', 'probe']]);
    expect(await run('probe nonsense:99999')).toMatchObject({ exitCode: 2 });
  });

  it('asking for a certificate', async () => {
    expect((await probe(await serve('-cipher', 'DHE', '-verify', '1'))).verdict).toEqual({ id: 'not-affected' });
  });

  it('hunts for a public value of the server that begins with a zero', async () => {
    const parameters = writeParameters(makeGroup(1024, 0x80));
    const port = await serve('-dhparam', parameters, '-cipher', 'DHE:@SECLEVEL=0');
    const { server } = await probePeer({ host: '127.0.0.1', port, hunt: 3_000, timeoutMilliseconds: 60_000 });
    expect(server?.ownPublicZeros).toMatch(/^(padded|short)$/);
  });
});

it.runIf(canRun('GnuTLS')).each(groups)('GnuTLS, %s', async (_, group) => {
  const port = await freePort();
  const priority = '--priority=NORMAL:-VERS-ALL:+VERS-TLS1.2:-KX-ALL:+DHE-RSA';
  const parameters = `--dhparams=${writeParameters(group)}`;
  const files = [parameters, `--x509keyfile=${file('key.pem')}`, `--x509certfile=${file('cert.pem')}`];
  await start(port, 'gnutls-serv', ['--port', String(port), priority, '--http', '--disable-client-cert', ...files]);
  await expectGroup(port, group);
});

it.runIf(canRun('nginx')).each(groups)('nginx, %s', async (_, group) => {
  const port = await freePort();
  writeParameters(group);
  writeFileSync(
    file('nginx.conf'),
    `daemon off; master_process off; pid ${file('nginx.pid')}; error_log ${file('nginx.log')};
    events {}
    http {
      access_log off; client_body_temp_path ${file('body')}; proxy_temp_path ${file('proxy')};
      fastcgi_temp_path ${file('fastcgi')}; uwsgi_temp_path ${file('uwsgi')}; scgi_temp_path ${file('scgi')};
      server {
        listen 127.0.0.1:${port} ssl; ssl_protocols TLSv1.2; ssl_ciphers DHE:@SECLEVEL=0;
        ssl_certificate ${file('cert.pem')}; ssl_certificate_key ${file('key.pem')}; ssl_dhparam ${file('dh.pem')};
      }
    }`,
  );
  await start(port, nginx() ?? 'nginx', ['-p', folder, '-c', file('nginx.conf'), '-e', file('nginx.log')]);
  await expectGroup(port, group);
});

describe.runIf(canRun('Java JSSE'))('Java JSSE', () => {
  beforeAll(() => {
    execFileSync('javac', ['-d', folder, join(__dirname, 'JsseServer.java')]);
  });

  const serve = async (store: string, suite: string, ...options: readonly string[]) => {
    const words = [...options, '-cp', folder, 'JsseServer', store, 'secret', suite];
    const child = spawn('java', words, { stdio: ['ignore', 'pipe', 'ignore'] });
    running = child;
    return new Promise<number>((resolve, reject) => {
      child.stdout.once('data', (text) => resolve(Number(/port (\d+)/.exec(String(text))?.[1])));
      child.once('exit', () => reject(new Error('java ended')));
    });
  };

  it.each(groups)('with the group %s', async (_, group) => {
    const parameters = `-Dgroup={${group.p.toString(16)},${group.g.toString(16)}}`;
    const keySize = `-Djdk.tls.ephemeralDHKeySize=${bitLength(group.p)}`;
    const suite = 'TLS_DHE_RSA_WITH_AES_128_GCM_SHA256';
    await expectGroup(await serve(file('store.p12'), suite, parameters, keySize), group);
  });

  it.each([
    'TLS_DHE_DSS_WITH_AES_128_GCM_SHA256',
    'TLS_DHE_DSS_WITH_AES_128_CBC_SHA',
    'TLS_DHE_DSS_WITH_AES_256_CBC_SHA256',
  ])('with a DSS certificate, %s', async (suite) => {
    const store = file(`${suite}.p12`);
    const words = '-genkeypair -keyalg DSA -keysize 2048 -alias x -dname CN=localhost -storetype PKCS12'.split(' ');
    execFileSync('keytool', [...words, '-keystore', store, '-storepass', 'secret'], { stdio: 'ignore' });
    const { verdict, server } = await probe(await serve(store, suite));
    expect([verdict.id, server?.suite]).toEqual(['not-affected', suite]);
  });
});
