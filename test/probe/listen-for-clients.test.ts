/** Real clients against the listening side, clients with a fault, and hostile ones. */
import { spawn } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { connect as connectSocket, createServer } from 'node:net';
import { connect } from 'node:tls';
import Ajv2020 from 'ajv/dist/2020';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dheSuites } from '../../lib/probe/dhe-suites';
import { ffdheGroup } from '../../lib/probe/finite-field';
import { shakeHands } from '../../lib/probe/handshake';
import { ClientTally, type ServedConnection } from '../../lib/probe/judge-client';
import { listenForClients } from '../../lib/probe/listen-for-clients';
import { connectTcp, probePeer } from '../../lib/probe/probe-peer';
import { makeSelfSigned } from '../../lib/probe/self-signed-certificate';
import { parseClientHello, serveHandshake } from '../../lib/probe/server-handshake';
import { canRun } from '../../scripts/build/test-needs';
import { run } from '../cli/run';
import { makeGroup, streamPair } from './faulty-peer';

const timeout = 300_000;

/** Lets clients at a listener, one after another, until it has seen as many as it wanted. */
async function listenTo(
  connections: number,
  call: (port: number) => Promise<unknown>,
  // A busy machine is not a silent client.
  timeoutMilliseconds = 60_000,
) {
  const seen: ServedConnection[] = [];
  let started: (port: number) => void = () => {};
  const port = new Promise<number>((resolve) => {
    started = resolve;
  });
  const listening = listenForClients({
    port: 0,
    connections,
    timeoutMilliseconds,
    onListening: (_, bound) => started(bound),
    onConnection: (connection) => seen.push(connection),
  });
  for (let count = 0; count < connections; count += 1) await call(await port);
  return { report: await listening, seen };
}

/** A program that is not heard out, but waited for. */
function runClient(command: string, ...args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['pipe', 'ignore', 'ignore'], timeout: 60_000 });
    child.once('error', reject).once('exit', () => resolve());
    child.stdin.on('error', () => {}).end();
  });
}

const clients: readonly (readonly [string, boolean, (port: number) => Promise<unknown>])[] = [
  [
    'openssl',
    canRun('OpenSSL'),
    (port) => runClient('openssl', 's_client', '-connect', `127.0.0.1:${port}`, '-tls1_2', '-cipher', 'DHE'),
  ],
  [
    'gnutls-cli',
    canRun('GnuTLS'),
    (port) => {
      const priority = 'NORMAL:-KX-ALL:+DHE-RSA:-VERS-ALL:+VERS-TLS1.2';
      return runClient('gnutls-cli', '--insecure', '-p', String(port), '--priority', priority, '127.0.0.1');
    },
  ],
  [
    'node',
    true,
    (port) =>
      new Promise((resolve) => {
        const options = {
          port,
          host: '127.0.0.1',
          rejectUnauthorized: false,
          maxVersion: 'TLSv1.2',
          ciphers: 'DHE',
        } as const;
        const socket = connect(options, () => socket.end('GET / HTTP/1.0\r\n\r\n'));
        socket.on('error', () => {}).once('close', resolve);
      }),
  ],
];

describe('a listener', () => {
  describe.each(clients)('and %s', (_, isThere, call) => {
    it.runIf(isThere)('find nothing wrong with each other', { timeout }, async () => {
      const { report, seen } = await listenTo(6, call);
      expect(seen.map(({ result }) => result)).toEqual(Array(6).fill('completed'));
      expect(seen.slice(0, 3).map((one) => one.case)).toEqual([
        'control',
        'server-public-zero-short',
        'server-public-zero-padded',
      ]);
      expect(report).toMatchObject({ connections: 6, turnedAway: 0, group: 'ffdhe2048', address: '127.0.0.1' });
      expect(report.clients[0]?.sharedSecret).toMatchObject({ handshakes: 6, handshakesFor99: 1177 });
    });
  });

  const withOpenSsl = it.runIf(canRun('OpenSSL'));

  withOpenSsl.each(['AES128-SHA', 'AES256-SHA256', 'AES256-GCM-SHA384'])(
    'speaks %s with OpenSSL',
    { timeout },
    async (name) => {
      const { seen } = await listenTo(1, (port) =>
        runClient('openssl', 's_client', '-connect', `127.0.0.1:${port}`, '-tls1_2', '-cipher', `DHE-RSA-${name}`),
      );
      expect(seen[0]?.result).toBe('completed');
    },
  );

  it('finds our own probe unaffected as a client, and the fault where it keeps zeros', { timeout }, async () => {
    const wish = { clientPublicZeros: 0, sharedSecretZeros: 0, premaster: 'strip', clientPublic: 'short' } as const;
    const shake = (sharedSecretZeros: 0 | 1, premaster: 'strip' | 'keep') => async (port: number) => {
      const stream = await connectTcp('127.0.0.1', port, 60_000);
      const options = { serverName: 'x', extendedMasterSecret: true };
      await shakeHands(stream, { ...options, wish: { ...wish, sharedSecretZeros, premaster } });
      stream.destroy();
    };
    const steps = (last: ReturnType<typeof shake>) => {
      const queue = [shake(0, 'strip'), shake(0, 'strip'), shake(0, 'strip'), last];
      return (port: number) => (queue.shift() as ReturnType<typeof shake>)(port);
    };
    const good = await listenTo(4, steps(shake(1, 'strip')));
    expect(good.report.clients[0]?.verdict).toEqual({ id: 'not-affected' });
    const bad = await listenTo(4, steps(shake(1, 'keep')));
    expect(bad.report.clients[0]?.verdict).toMatchObject({ id: 'affected', faults: ['keeps-zeros'], oneIn: 256 });
    expect(bad.seen.at(-1)?.result).toBe('kept-zeros');
  });

  it('is not affected itself', { timeout }, async () => {
    const end = new AbortController();
    let verdict: unknown;
    await listenForClients({
      port: 0,
      timeoutMilliseconds: 60_000,
      signal: end.signal,
      onListening: async (host, port) => {
        verdict = (await probePeer({ host, port, timeoutMilliseconds: 60_000 })).verdict;
        end.abort();
      },
    });
    expect(verdict).toEqual({ id: 'not-affected' });
  });

  withOpenSsl.each([
    ['refuses the certificate', ['-verify_return_error', '-tls1_2', '-cipher', 'DHE'], 'inconclusive'],
    ['offers ECDHE alone', ['-tls1_2', '-cipher', 'ECDHE'], 'no-dhe-offered'],
    ['speaks TLS 1.3 alone', ['-tls1_3'], 'inconclusive'],
  ])('judges a client that %s', { timeout }, async (_, args, verdict) => {
    const { report } = await listenTo(1, (port) =>
      runClient('openssl', 's_client', '-connect', `127.0.0.1:${port}`, ...args),
    );
    expect(report.clients[0]?.verdict.id).toBe(verdict);
  });

  it('gives a silent client up in time, and says that a port is taken', { timeout }, async () => {
    const { seen } = await listenTo(
      1,
      (port) =>
        new Promise((resolve) =>
          connectSocket(port, '127.0.0.1')
            .on('error', () => {})
            .once('close', resolve),
        ),
      500,
    );
    expect(seen[0]).toMatchObject({ result: 'timeout', stage: 'connected', case: null });
    const taken = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => taken.once('listening', resolve));
    const { port } = taken.address() as { port: number };
    await expect(listenForClients({ port })).rejects.toMatchObject({ code: 'LISTEN', reason: 'EADDRINUSE' });
    await expect(listenForClients({ port: 70_000 })).rejects.toThrow(TypeError);
    expect((await run(`probe --listen ${port} --language ja`)).stderr).toContain('待機できません');
    taken.close();
  });

  it('prints what its schemas say, and a text in both languages', { timeout }, async () => {
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    const port = 20_000 + (process.pid % 20_000);
    const call = async (commandLine: string) => {
      const running = run(commandLine);
      for (let left = 3; left > 0; ) {
        try {
          (await connectTcp('127.0.0.1', port, 500)).destroy();
          left -= 1;
        } catch {
          await new Promise((resolve) => setTimeout(resolve, 50));
        }
      }
      return running;
    };
    const { stdout, exitCode } = await call(`probe --listen ${port} --connections 3 --json`);
    const documents = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect([exitCode, documents.length]).toEqual([10, 4]);
    for (const one of documents) {
      const { stdout: schema } = await run(`schema ${one.kind}`);
      expect(ajv.validate(JSON.parse(schema), one), ajv.errorsText()).toBe(true);
    }
    expect((await call(`probe --listen ${port} --connections 3`)).stdout).toContain('it began no TLS handshake');
    expect((await call(`probe --listen ${port} --connections 3 --language ja`)).stdout).toContain('判定できません');
  });

  it('shows a certificate that Node can read and that signs itself', async () => {
    const { certificates } = await makeSelfSigned();
    const certificate = new X509Certificate(certificates[0] as Buffer);
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(certificate.subjectAltName).toBe('DNS:localhost');
    expect(Date.parse(certificate.validTo)).toBeGreaterThan(Date.now());
  });
});

describe('the verdict on a client', () => {
  const connection = {
    client: 'x',
    detail: null,
    stage: 'key',
    suite: null,
    milliseconds: 1,
    sharedSecretZero: false,
  } as const;
  const [control, short, padded] = (['control', 'server-public-zero-short', 'server-public-zero-padded'] as const).map(
    (id) => ({ ...connection, case: id, result: 'completed' as ServedConnection['result'] }),
  ) as [ServedConnection, ServedConnection, ServedConnection];
  const zero = { ...control, sharedSecretZero: true };
  const failed = (one: ServedConnection): ServedConnection => ({ ...one, result: 'closed' });
  const affected = (...faults: string[]) => ({ id: 'affected', faults });
  const inconclusive = (reason: string) => ({ id: 'inconclusive', reason });

  it.each<[string, ServedConnection[], object]>([
    ['nothing', [], inconclusive('no-handshake')],
    ['all three, and no zero', [control, short, padded], inconclusive('shared-secret-not-seen')],
    ['all three, and a zero', [control, short, padded, zero], { id: 'not-affected' }],
    ['a short value refused', [control, failed(short), padded], affected('refuses-short-server-public')],
    ['a padded value refused', [control, short, failed(padded)], affected('refuses-padded-server-public')],
    ['zeros kept', [control, { ...zero, result: 'kept-zeros' }], affected('keeps-zeros')],
    ['zeros not borne', [control, short, padded, failed(zero)], affected('fails-on-zeros')],
    ['both at once', [control, failed({ ...short, sharedSecretZero: true })], inconclusive('too-few-connections')],
    ['controls that fail', [failed(control), short], inconclusive('control-failed')],
    ['now and then a failure', [control, failed(control)], inconclusive('unstable')],
    ['one kind alone', [control, control], inconclusive('too-few-connections')],
    ['no control', [short, padded], inconclusive('too-few-connections')],
    [
      'no DHE suite',
      [{ ...connection, case: null, result: 'no-dhe-offered', sharedSecretZero: null }],
      { id: 'no-dhe-offered' },
    ],
  ])('%s', (_, connections, expected) => {
    const tally = new ClientTally();
    for (const one of connections) tally.add(one);
    expect(tally.report('x', ffdheGroup(2048)).verdict).toMatchObject(expected);
  });

  it('counts the odds from p', () => {
    const needed = (firstByte: number) =>
      new ClientTally().report('x', makeGroup(512, firstByte)).sharedSecret.handshakesFor99;
    expect(needed(0xff)).toBeGreaterThan(1_170);
    expect(needed(0x80)).toBeLessThan(600);
  });
});

describe('a hostile client', () => {
  it('cannot bring about anything but a result', { timeout: 1_800_000 }, async () => {
    const settings = {
      identity: { certificates: [], sign: () => Buffer.alloc(64) },
      group: makeGroup(512, 0xff),
      suites: dheSuites,
      choosePublicValue: () => ({ zeros: 0, form: 'short' }) as const,
    };
    const flight = await recordFlight(settings);
    const edit = fc.record({ at: fc.nat(flight.length), remove: fc.nat(4), insert: fc.uint8Array({ maxLength: 4 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 4 }), async (edits) => {
        let bytes = flight;
        for (const { at, remove, insert } of edits) {
          bytes = Buffer.concat([bytes.subarray(0, at), insert, bytes.subarray(at + remove)]);
        }
        const [client, server] = streamPair();
        client.on('error', () => {}).resume();
        client.write(bytes);
        client.end();
        const result = await serveHandshake(server, settings);
        if (result.kind === 'malformed') expect(result.error.code).toBe('PEER_MESSAGE');
        expect(result.kind).not.toBe('completed');
        server.destroy();
      }),
      { numRuns: process.env['CI'] === undefined ? 2_000 : 50_000 },
    );
  });

  it('is told what is wrong with its ClientHello', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        try {
          parseClientHello(Buffer.from(bytes));
        } catch (error) {
          expect(error).toMatchObject({ code: 'PEER_MESSAGE' });
        }
      }),
    );
  });
});

/** What a good client sends; replayed to another server, it leads nowhere, but far. */
async function recordFlight(settings: Parameters<typeof serveHandshake>[1]): Promise<Buffer> {
  const [client, server] = streamPair();
  const sent: Buffer[] = [];
  server.on('data', (chunk: Buffer) => sent.push(chunk));
  const serving = serveHandshake(server, settings);
  const wish = { clientPublicZeros: 0, sharedSecretZeros: 0, premaster: 'strip', clientPublic: 'short' } as const;
  expect(await shakeHands(client, { serverName: 'x', extendedMasterSecret: true, wish })).toMatchObject({
    kind: 'completed',
  });
  await serving;
  return Buffer.concat(sent);
}
