/** Counting ordinary handshakes, and telling why they fail. */
import { connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type MeasureOptions, measurePeer } from '../../lib/probe/measure-peer';
import { clopperPearson } from '../../lib/statistics/binomial';
import { canRun } from '../../scripts/build/test/test-needs';
import { FaultyPeer, makeGroup } from './faulty-peer';
import { freePort } from './server-process';
import { useServerFolder } from './use-server-folder';

const folder = useServerFolder();
const listeners: Server[] = [];

afterEach(() => {
  for (const listener of listeners.splice(0)) listener.close();
});

async function listen(onConnection: (socket: Socket) => void): Promise<number> {
  const server = createServer((socket) => onConnection(socket.on('error', () => {}))).listen(0, '127.0.0.1');
  listeners.push(server);
  await new Promise((resolve) => server.once('listening', resolve));
  return (server.address() as { port: number }).port;
}

const measure = (port: number, more: Partial<MeasureOptions> = {}) =>
  measurePeer({ host: '127.0.0.1', port, count: 24, perSecond: 1_000, timeoutMilliseconds: 60_000, ...more });

describe.runIf(canRun('OpenSSL'))('against OpenSSL', () => {
  const serve = async (...more: readonly string[]) => {
    const port = await freePort();
    const files = ['-key', folder.file('key.pem'), '-cert', folder.file('cert.pem')];
    const args = ['s_server', '-accept', `127.0.0.1:${port}`, '-quiet', ...files, ...more];
    return folder.start(port, { command: 'openssl', args });
  };

  it.each([
    ['no-dhe-offered', ['-tls1_2', '-cipher', 'ECDHE']],
    ['dhe-not-countable', ['-tls1_2', '-cipher', 'ADH-AES128-SHA:ECDHE:@SECLEVEL=0']],
    ['dhe-not-countable', ['-tls1', '-cipher', 'DHE:@SECLEVEL=0']],
  ])('finds %s with %j', async (finding, words) => {
    const { dhe, ...report } = await measure(await serve(...words));
    expect([report.finding, dhe.handshakes]).toEqual([finding, 0]);
  });

  it('tells that ECDHE fails as often, and takes the p of the server', async () => {
    const port = await serve('-tls1_2', '-cipher', 'DHE:ECDHE');
    let count = 0;
    const proxy = await listen((socket) => {
      count += 1;
      // Not the first ones, by which it is seen whether DHE is offered.
      if (count > 3 && count % 4 === 0) return void socket.destroy();
      const inner = connect(port, '127.0.0.1').on('error', () => socket.destroy());
      socket.pipe(inner).pipe(socket);
      socket.once('close', () => inner.destroy());
    });
    const { finding, dhe, ecdhe, expected } = await measure(proxy);
    expect([finding, dhe.handshakes, ecdhe.handshakes]).toEqual(['ecdhe-fails-too', 24, 24]);
    expect(dhe.failures + ecdhe.failures).toBeGreaterThan(8);
    expect(expected?.['one-value']).toBeCloseTo(1 / 256, 5);
  });
});

it('ends where a server says nothing before TLS, and where nobody listens', { timeout: 120_000 }, async () => {
  const silent = await listen(() => {});
  const within = { count: 2, timeoutMilliseconds: 200 } as const;
  expect((await measure(silent, { ...within, startTls: 'smtp' })).finding).toBe('nobody-reachable');
  expect((await measure(1, within)).finding).toBe('nobody-reachable');
});

it('ends as soon as it is interrupted, however few handshakes a second it makes', { timeout: 30_000 }, async () => {
  const ending = new AbortController();
  const peer = new FaultyPeer(makeGroup(512, 0xff));
  const { dhe } = await measure(await listen((socket) => peer.serve(socket)), {
    perSecond: 1,
    concurrency: 64,
    count: 1_000,
    signal: ending.signal,
    onProgress: () => ending.abort(),
  });
  expect(dhe.handshakes).toBe(1);
});

it.each([{ concurrency: 0 }, { concurrency: 65 }, { perSecond: 0 }, { perSecond: Number.NaN }, { count: 0 }])(
  'refuses %j',
  async (more) => {
    await expect(measure(1, more)).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
  },
);

it('knows the interval of a million trials', () => {
  const [low, high] = clopperPearson(3_906, 1_000_000);
  // As close as the normal approximation is at such numbers: 1.96 standard deviations.
  const deviation = 1.96 * Math.sqrt((0.003906 * (1 - 0.003906)) / 1_000_000);
  expect(low).toBeCloseTo(0.003906 - deviation, 5);
  expect(high).toBeCloseTo(0.003906 + deviation, 5);
});
