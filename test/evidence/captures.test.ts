/** Captures of real stacks on the loopback, with known counts of every kind. */
import { execFileSync, spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Evidence } from '../../lib/evidence/gather-evidence';
import { tsharkArguments } from '../../lib/evidence/tshark-fields';
import { type KeyWish, shakeHands } from '../../lib/probe/handshake';
import { canRun } from '../../scripts/build/test/test-needs';
import { run, useFolder } from '../cli/run';
import { FaultyPeer, makeGroup, type PeerFaults } from '../probe/faulty-peer';
import { freePort, ServerFolder } from '../probe/server-process';
import { Capture, machine } from './packet-capture';

const folder = useFolder();

/** Several times from one address, each to its end. */
async function openSsl(times: number, client: string, port: number, ...more: readonly string[]): Promise<void> {
  const words = ['s_client', '-connect', `${machine}:${port}`, '-bind', `${client}:0`, ...more];
  for (let count = 0; count < times; count += 1) {
    const child = spawn('openssl', words, { stdio: ['pipe', 'ignore', 'ignore'] });
    child.stdin.on('error', () => {}).end();
    await new Promise((resolve) => child.once('exit', resolve));
  }
}

const usual: KeyWish = { clientPublicZeros: 0, sharedSecretZeros: 0, premaster: 'strip', clientPublic: 'padded' };
const group = makeGroup(512, 0xff);

async function faultyServer(address: string, faults: PeerFaults): Promise<{ server: Server; port: number }> {
  const peer = new FaultyPeer(group, { ...faults, extendedMasterSecret: false });
  const server = createServer((socket) => peer.serve(socket)).listen(0, address);
  await new Promise((resolve) => server.once('listening', resolve));
  return { server, port: (server.address() as { port: number }).port };
}

async function shake(times: number, address: string, port: number, wish: Partial<KeyWish>): Promise<string[]> {
  const ends: string[] = [];
  for (let count = 0; count < times; count += 1) {
    const socket = connect({ host: address, port, localAddress: machine });
    await new Promise((resolve) => socket.once('connect', resolve));
    const request = { serverName: `${address}.example`, extendedMasterSecret: false, wish: { ...usual, ...wish } };
    ends.push((await shakeHands(socket, request)).kind);
    socket.destroy();
  }
  return [...new Set(ends)];
}

describe.runIf(canRun('captures'))('a capture', () => {
  const servers = new ServerFolder();
  const others: { close: () => unknown }[] = [];
  let file: string;
  const ports = { openSsl: 0, gnuTls: 0, jsse: 0, refusing: 0, keeping: 0, healthy: 0 };

  beforeAll(async () => {
    file = folder('capture.pcapng');
    ports.openSsl = await freePort();
    ports.gnuTls = await freePort();
    ports.jsse = await freePort();
    const files = ['-key', servers.file('key.pem'), '-cert', servers.file('cert.pem')];
    const start = (command: string, args: readonly string[]) => {
      const child = spawn(command, args, { stdio: 'ignore' });
      others.push({ close: () => child.kill() });
    };
    const dh = servers.file('dh.pem');
    start('openssl', [
      's_server',
      '-accept',
      `${machine}:${ports.openSsl}`,
      '-quiet',
      '-groups',
      'X25519:P-256',
      ...files,
      '-dhparam',
      dh,
    ]);
    const gnuTls = [`--x509keyfile=${servers.file('key.pem')}`, `--x509certfile=${servers.file('cert.pem')}`];
    const priority = '--priority=NORMAL:-VERS-ALL:+VERS-TLS1.2:+DHE-RSA';
    start('gnutls-serv', [
      '--port',
      `${ports.gnuTls}`,
      '--echo',
      '--disable-client-cert',
      '--quiet',
      priority,
      `--dhparams=${dh}`,
      ...gnuTls,
    ]);
    const store = servers.file('store.p12');
    const exported = [
      '-export',
      '-passout',
      'pass:secret',
      '-inkey',
      files[1] ?? '',
      '-in',
      files[3] ?? '',
      '-out',
      store,
    ];
    execFileSync('openssl', ['pkcs12', ...exported]);
    const jsse = [
      join(__dirname, '..', 'probe', 'JsseServer.java'),
      store,
      'secret',
      'TLS_DHE_RSA_WITH_AES_128_GCM_SHA256',
    ];
    start('java', ['-Djdk.tls.ephemeralDHKeySize=2048', ...jsse, `${ports.jsse}`, machine]);
    const [refusing, keeping, healthy] = [
      await faultyServer('127.77.0.2', { refuses: 'short' }),
      await faultyServer('127.77.0.3', { sharedSecret: 'keep' }),
      await faultyServer('127.77.0.4', { ownPublic: 'short', ownPublicEvery: 4 }),
    ];
    others.push(refusing.server, keeping.server, healthy.server);
    Object.assign(ports, { refusing: refusing.port, keeping: keeping.port, healthy: healthy.port });
    for (const port of [ports.openSsl, ports.gnuTls, ports.jsse]) {
      while (
        !(await new Promise((resolve) => {
          const socket = connect(port, machine);
          socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
          socket.once('connect', () => socket.destroy());
        }))
      )
        await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const capture = await Capture.start(file);
    const tls12 = (ciphers: string) => ['-tls1_2', '-cipher', `${ciphers}:@SECLEVEL=0`];
    const dhe = 'DHE-RSA-AES128-GCM-SHA256';
    await openSsl(3, '127.77.1.1', ports.openSsl, ...tls12(dhe));
    await openSsl(2, '127.77.1.2', ports.openSsl, ...tls12(`${dhe}:ECDHE-RSA-AES128-GCM-SHA256`));
    await openSsl(1, '127.77.1.3', ports.openSsl, ...tls12(`${dhe}:AES128-SHA`));
    await openSsl(2, '127.77.1.4', ports.openSsl, ...tls12('ECDHE-RSA-AES128-GCM-SHA256'));
    await openSsl(1, '127.77.1.5', ports.openSsl);
    // The server asks this one for another key share, with a second pair of hellos.
    await openSsl(1, '127.77.1.10', ports.openSsl, '-groups', 'P-521:P-256');
    await openSsl(
      1,
      '127.77.1.6',
      ports.openSsl,
      ...tls12(`${dhe}:ECDHE-RSA-AES128-GCM-SHA256`),
      '-curves',
      'secp256k1',
    );
    await openSsl(1, '127.77.1.7', ports.openSsl, ...tls12(`${dhe}:ECDHE-ECDSA-AES128-GCM-SHA256`));
    await openSsl(1, '127.77.1.8', ports.openSsl, ...tls12('PSK-AES128-CBC-SHA'), '-psk', 'aa');
    await openSsl(1, '127.77.1.9', ports.openSsl, ...tls12('AES128-SHA'));
    await openSsl(2, '127.77.1.1', ports.gnuTls, ...tls12(dhe));
    await openSsl(3, '127.77.1.1', ports.jsse, ...tls12(dhe));
    await openSsl(2, '127.77.1.2', ports.jsse, ...tls12(`${dhe}:ECDHE-RSA-AES128-GCM-SHA256`));
    await openSsl(1, '127.77.1.4', ports.jsse, ...tls12('ECDHE-RSA-AES128-GCM-SHA256'));
    expect(await shake(6, '127.77.0.2', ports.refusing, { clientPublicZeros: 1, clientPublic: 'short' })).toEqual([
      'alert',
    ]);
    expect(await shake(4, '127.77.0.2', ports.refusing, { clientPublicZeros: 1 })).toEqual(['completed']);
    expect(await shake(30, '127.77.0.2', ports.refusing, {})).toEqual(['completed']);
    expect(await shake(3, '127.77.0.3', ports.keeping, { sharedSecretZeros: 1 })).toEqual(['alert']);
    expect(await shake(5, '127.77.0.3', ports.keeping, {})).toEqual(['completed']);
    expect(await shake(8, '127.77.0.4', ports.healthy, {})).toEqual(['completed']);
    await capture.end();
  });

  afterAll(() => {
    for (const other of others) other.close();
    servers.remove();
  });

  async function read(words: string): Promise<Evidence> {
    const { stdout, stderr, exitCode } = await run(`evidence ${words} --json --simulate win10-1607-ws2016`);
    expect([stderr, exitCode]).toEqual(['', 0]);
    return JSON.parse(stdout);
  }

  const nothing = { id: 'left-with-nothing', reason: null };
  const keeping = { id: 'keeps-others', reason: null };
  const unused = { id: 'no-dhe-seen', reason: null };

  it('tells of each peer exactly what happened, and what the removal means for it', async () => {
    const evidence = await read(file);
    expect(evidence.sources).toMatchObject([{ form: 'capture', malformed: { count: 0 }, problem: null }]);
    const of = (client: string, port = ports.openSsl) =>
      evidence.peers.filter((peer) => peer.client === client && peer.port === port);
    const asServer = { role: 'server', server: machine };
    expect(of('127.77.1.1')).toMatchObject([
      { ...asServer, seen: 3, keyExchanges: { DHE: 3 }, onlyDhe: true, failed: 0, removal: nothing },
    ]);
    expect(of('127.77.1.1')[0]?.suites).toEqual({ TLS_DHE_RSA_WITH_AES_128_GCM_SHA256: 3 });
    expect(of('127.77.1.2')).toMatchObject([{ ...asServer, seen: 2, keyExchanges: { DHE: 2 }, removal: keeping }]);
    expect(of('127.77.1.3')).toMatchObject([{ ...asServer, seen: 1, keyExchanges: { DHE: 1 }, removal: keeping }]);
    expect(of('127.77.1.4')).toMatchObject([{ ...asServer, seen: 2, keyExchanges: { ECDHE: 2 }, removal: unused }]);
    expect(of('127.77.1.5')).toMatchObject([{ ...asServer, keyExchanges: { 'TLS 1.3': 1 }, removal: unused }]);
    expect(of('127.77.1.10')).toMatchObject([{ ...asServer, seen: 1, keyExchanges: { 'TLS 1.3': 1 } }]);
    // A curve that Schannel lacks, and a certificate that this server lacks.
    expect(of('127.77.1.6')).toMatchObject([{ ...asServer, keyExchanges: { DHE: 1 }, removal: nothing }]);
    expect(of('127.77.1.7')).toMatchObject([{ ...asServer, keyExchanges: { DHE: 1 }, removal: nothing }]);
    expect(of('127.77.1.8')).toMatchObject([{ ...asServer, failed: 1, keyExchanges: { unknown: 1 }, untold: 0 }]);
    expect(of('127.77.1.9')).toMatchObject([{ ...asServer, failed: 0, keyExchanges: { RSA: 1 } }]);
    expect(of('127.77.1.1', ports.gnuTls)).toMatchObject([
      { ...asServer, seen: 2, keyExchanges: { DHE: 2 }, failed: 0 },
    ]);
    const jsse = (client: string) => of(client, ports.jsse);
    expect(jsse('127.77.1.1')).toMatchObject([
      { ...asServer, seen: 3, keyExchanges: { DHE: 3 }, failed: 0, removal: nothing },
    ]);
    expect(jsse('127.77.1.2')).toMatchObject([
      { ...asServer, seen: 2, keyExchanges: { DHE: 2 }, failed: 0, removal: keeping },
    ]);
    // It has nothing in common with this one, and says so with an alert.
    expect(jsse('127.77.1.4')).toMatchObject([{ ...asServer, seen: 1, failed: 1, keyExchanges: { unknown: 1 } }]);
    const asClient = (server: string) => evidence.peers.filter((peer) => peer.server === server);
    const asked = { role: 'client', client: machine, removal: { id: 'unknown', reason: 'server-not-asked' } };
    expect(asClient('127.77.0.2')).toMatchObject([{ ...asked, seen: 40, failed: 6, name: '127.77.0.2.example' }]);
    expect(asClient('127.77.0.3')).toMatchObject([{ ...asked, seen: 8, failed: 3 }]);
    expect(asClient('127.77.0.4')).toMatchObject([{ ...asked, seen: 8, failed: 0 }]);
    expect(evidence.totals.seen).toBe(14 + 2 + 6 + 40 + 8 + 8);
  });

  it('shows the fault where it is, and where it is not', async () => {
    const { fault, peers } = await read(file);
    const of = (server: string) => peers.find((peer) => peer.server === server)?.fault;
    expect(of('127.77.0.2')).toEqual({ id: 'fits-the-fault', values: ['client-short'] });
    // A secret shows in no capture, and nothing stands beside it to compare with.
    expect(of('127.77.0.3')).toEqual({ id: 'too-little', reason: 'nothing-to-compare' });
    expect(of('127.77.0.4')).toMatchObject({ id: 'too-little' });
    expect(fault.verdict).toEqual({ id: 'fits-the-fault', values: ['client-short'] });
    for (const [id, completed, failed] of [
      ['client-short', 0, 6],
      ['client-padded', 4, 0],
      ['server-short', 2, 0],
      ['server-padded', 0, 0],
    ] as const) {
      expect([id, fault.cases[id].failed]).toEqual([id, failed]);
      // Of 256 values of a real stack one begins with a zero by luck.
      expect(fault.cases[id].completed - completed).toBeOneOf([0, 1, 2, 3]);
    }
  });

  it('is the same as what tshark prints of it, as columns and as JSON', async () => {
    const { sources: _, ...whole } = await read(file);
    const tshark = (words: readonly string[]) => execFileSync('tshark', words, { maxBuffer: 1 << 28 });
    const columns = tsharkArguments(file);
    writeFileSync(folder('columns.tsv'), tshark(columns));
    const fields = columns.slice(columns.indexOf('-e'));
    writeFileSync(folder('frames.json'), tshark([...columns.slice(0, columns.indexOf('-T')), '-T', 'ek', ...fields]));
    for (const [name, form] of [
      ['columns.tsv', 'tshark-columns'],
      ['frames.json', 'tshark-json'],
    ] as const) {
      const { sources, ...same } = await read(folder(name));
      expect(sources).toMatchObject([{ form, malformed: { count: 0 } }]);
      expect(same).toEqual(whole);
    }
  });

  it('that is cut off is read as far as it goes, and says so', async () => {
    writeFileSync(folder('cut.pcapng'), readFileSync(file).subarray(0, -3));
    const { sources, totals, verdict } = await read(folder('cut.pcapng'));
    expect(sources[0]?.problem).toContain('cut short');
    expect(totals.seen).toBe(78);
    expect(verdict).toBe('dhe-seen');
  });

  it('needs a tshark, and says where one was looked for', async () => {
    const { exitCode, stderr } = await run(`evidence ${file} --tshark /nowhere/tshark`);
    expect([exitCode, stderr.includes('/nowhere/tshark')]).toEqual([2, true]);
    expect((await run(`evidence - --language ja`, { stdin: readFileSync(file).subarray(0, 100) })).exitCode).toBe(2);
  });
});
