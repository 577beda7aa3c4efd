import { describe, expect, it } from 'vitest';
import { dheSuites } from '../../lib/probe/dhe-suites';
import { findKey, leadingZeros, nameOfGroup, power, zeroByteRate } from '../../lib/probe/finite-field';
import { probePeer, type Verdict } from '../../lib/probe/probe-peer';
import { FaultyPeer, makeGroup, type PeerFaults } from './faulty-peer';

const groups = { high: makeGroup(512, 0xff), low: makeGroup(512, 0x80) };
/** A thousand of each where it counts. */
const times = process.env['CI'] === undefined ? 10 : 1_000;

const probe = (peer: FaultyPeer, timeoutMilliseconds = 5_000) =>
  probePeer({ host: 'test', port: 1, connect: peer.connect, timeoutMilliseconds });

const affected = (...faults: string[]) => ({ id: 'affected', faults });
const inconclusive = (reason: string) => ({ id: 'inconclusive', reason });

const peers: readonly (readonly [string, PeerFaults, object])[] = [
  ['a peer without fault', {}, { id: 'not-affected' }],
  ['keeping zeros', { sharedSecret: 'keep' }, affected('keeps-zeros')],
  ['failing on zeros', { sharedSecret: 'garble' }, affected('fails-on-zeros')],
  ['refusing short public values', { refuses: 'short' }, affected('refuses-short-public')],
  ['refusing padded public values', { refuses: 'padded' }, affected('refuses-padded-public')],
  [
    'keeping zeros and refusing short',
    { sharedSecret: 'keep', refuses: 'short' },
    affected('keeps-zeros', 'refuses-short-public'),
  ],
  ['sending one byte a record', { fragments: true }, { id: 'not-affected' }],
  ['handshake_failure', { instead: { alert: 40 } }, { id: 'no-dhe-offered' }],
  ['protocol_version', { instead: { alert: 70 } }, { id: 'no-dhe-offered' }],
  ['insufficient_security', { instead: { alert: 71 } }, { id: 'no-dhe-offered' }],
  ['internal_error', { instead: { alert: 80 } }, inconclusive('control-failed')],
  ['closing at once', { instead: 'close' }, inconclusive('control-failed')],
  ['sending garbage', { instead: 'garbage' }, inconclusive('malformed')],
  ['speaking TLS 1.0', { instead: 'tls-1.0' }, inconclusive('malformed')],
  ['speaking TLS 1.3', { instead: 'tls-1.3' }, inconclusive('malformed')],
  ['choosing what was not offered', { instead: 'foreign-suite' }, inconclusive('malformed')],
  ['breaking after a while', { sharedSecret: 'keep', refusesFrom: 4 }, inconclusive('unstable')],
];

describe('the probe', () => {
  it.each(peers)(
    `%s has its verdict, ${times} times of ${times}`,
    { timeout: 900_000 },
    async (_, faults, expected) => {
      for (let count = 0; count < times; count += 1) {
        const { verdict, cases } = await probe(new FaultyPeer(count % 2 === 0 ? groups.high : groups.low, faults));
        expect(verdict).toMatchObject(expected);
        expect(cases.length).toBeLessThanOrEqual(12);
      }
    },
  );

  it(`answers to every alert have their verdict, ${times} times of ${times}`, { timeout: 900_000 }, async () => {
    const refusals = [40, 70, 71];
    for (let count = 0; count < times; count += 1) {
      // Each number once, and then a share of them each time.
      for (const alert of count === 0 ? Array.from({ length: 256 }, (_, one) => one) : [count % 256, 40]) {
        const { verdict, cases } = await probe(new FaultyPeer(groups.high, { instead: { alert } }));
        const expected = refusals.includes(alert) ? { id: 'no-dhe-offered' } : inconclusive('control-failed');
        expect([verdict, cases.length, cases[0]?.detail]).toEqual([expected, 1, String(alert)]);
      }
    }
  });

  it('listens on after a warning, and takes one failure among successes for no proof', async () => {
    const peer = new FaultyPeer(groups.high);
    const warned = await probePeer({
      host: 'test',
      port: 1,
      connect: async () => {
        const stream = await peer.connect();
        // unrecognized_name (RFC 6066, 3), before anything else.
        stream.unshift(Buffer.from([21, 3, 3, 0, 2, 1, 112]));
        return stream;
      },
    });
    expect(warned.verdict).toEqual({ id: 'not-affected' });
    let calls = 0;
    const flaky = await probePeer({
      host: 'test',
      port: 1,
      connect: () => {
        calls += 1;
        return calls === 3 ? new FaultyPeer(groups.high, { instead: 'close' }).connect() : peer.connect();
      },
    });
    expect(flaky.verdict).toEqual(inconclusive('unstable'));
  });

  it('ends with a total time, also where nobody answers', async () => {
    const signal = AbortSignal.timeout(100);
    const { verdict } = await probePeer({ host: 'x', port: 1, signal, connect: () => new Promise(() => {}) });
    expect(verdict).toEqual(inconclusive('total-time'));
  });

  it('ends at its time limit where a peer stalls', async () => {
    const start = performance.now();
    const { verdict } = await probe(new FaultyPeer(groups.high, { instead: 'stall' }), 200);
    expect(verdict).toEqual(inconclusive('timeout'));
    expect(performance.now() - start).toBeLessThan(2_000);
  });

  it('tells the rate from the actual p', async () => {
    const oneIn = async (group: typeof groups.high) =>
      ((await probe(new FaultyPeer(group, { sharedSecret: 'keep' }))).verdict as Extract<Verdict, { id: 'affected' }>)
        .oneIn;
    expect(await oneIn(groups.high)).toBeGreaterThanOrEqual(255);
    expect(await oneIn(groups.low)).toBeLessThanOrEqual(129);
    expect(zeroByteRate(groups.low)).toBeGreaterThan(1 / 130);
  });

  it.each(['short', 'padded'] as const)('notices how a server sends its own value, %s', async (ownPublic) => {
    const { server, verdict } = await probe(new FaultyPeer(groups.high, { ownPublic }));
    expect([server?.ownPublicZeros, verdict.id]).toEqual([ownPublic, 'not-affected']);
  });

  it.each(
    dheSuites.flatMap((suite) =>
      [true, false].flatMap((encryptThenMac) =>
        [true, false].map((extendedMasterSecret) => ({ suite, encryptThenMac, extendedMasterSecret })),
      ),
    ),
  )('speaks $suite.name, encrypt-then-MAC $encryptThenMac, extended $extendedMasterSecret', async (faults) => {
    const { verdict, server } = await probe(new FaultyPeer(groups.low, faults));
    expect(verdict.id).toBe('not-affected');
    expect(server?.suite).toBe(faults.suite.name);
  });

  it('tells connections that nobody accepts, and refuses a port that is none', async () => {
    const { verdict } = await probePeer({ host: '127.0.0.1', port: 1, timeoutMilliseconds: 2_000 });
    expect(verdict).toEqual(inconclusive('unreachable'));
    await expect(probePeer({ host: 'x', port: 0 })).rejects.toThrow(TypeError);
  });

  it('ends with what it has when it is interrupted', async () => {
    const controller = new AbortController();
    const peer = new FaultyPeer(groups.high);
    const { verdict, cases } = await probePeer({
      host: 'test',
      port: 1,
      signal: controller.signal,
      connect: () => {
        if (peer.connections === 2) controller.abort();
        return peer.connect();
      },
    });
    expect(verdict).toEqual(inconclusive('interrupted'));
    expect(cases).toHaveLength(2);
  });
});

describe('the search for a key', () => {
  it('finds what was wished, and a pair that belongs together', () => {
    const { p, g, length } = groups.high;
    const serverPublic = power(g, 12345678901234567890n, p);
    for (const [clientPublic, sharedSecret] of [
      [0, 0],
      [0, 1],
      [0, 2],
      [1, 0],
    ] as const) {
      const key = findKey(groups.high, serverPublic, { clientPublic, sharedSecret });
      if (key === undefined) throw new Error('no key');
      expect(leadingZeros(key.clientPublic, length)).toBe(clientPublic);
      expect(leadingZeros(key.sharedSecret, length)).toBe(sharedSecret);
      expect(power(key.clientPublic, 12345678901234567890n, p)).toBe(key.sharedSecret);
    }
  });

  it('gives up in a group of tiny order', () => {
    const { p, length } = groups.high;
    expect(findKey({ p, g: p - 1n, length }, p - 1n, { clientPublic: 0, sharedSecret: 1 }, 5_000)).toBeUndefined();
  });

  it('knows the groups of RFC 7919 and RFC 3526 by name', async () => {
    const { createDiffieHellmanGroup } = await import('node:crypto');
    expect(nameOfGroup(BigInt(`0x${createDiffieHellmanGroup('modp14').getPrime('hex')}`))).toBe('modp14');
    expect(nameOfGroup(groups.high.p)).toBeUndefined();
  });
});
