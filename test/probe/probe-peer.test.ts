import { checkPrimeSync, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { dheSuites, rareDheSuites } from '../../lib/cipher-suite/dhe-suites';
import {
  bitLength,
  ffdheGroup,
  type Group,
  leadingZeros,
  nameOfGroup,
  power,
  toBigInt,
  toShortBytes,
} from '../../lib/probe/finite-field';
import { shakeHands } from '../../lib/probe/handshake';
import { inWindow } from '../../lib/probe/in-window';
import { findKey } from '../../lib/probe/key-search';
import { usePeer } from '../../lib/probe/peer-connection';
import { probePeer } from '../../lib/probe/probe-peer';
import type { Verdict } from '../../lib/probe/probe-report';
import { anyVersion } from '../../lib/probe/server-flight';
import { Trials, usualOffer } from '../../lib/probe/trials';
import { chanceThatAllFail } from '../../lib/statistics/fisher';
import { zeroByteRate } from '../../lib/statistics/zero-byte-rate';
import { FaultyPeer, makeGroup, type PeerFaults } from './faulty-peer';

const groups = { high: makeGroup(512, 0xff), low: makeGroup(512, 0x80) };
/** Of each peer; what is a matter of chance has several times as many. */
const times = process.env['CI'] === undefined ? 5 : 20;

const probe = (peer: FaultyPeer, timeoutMilliseconds = 5_000) =>
  probePeer({ host: 'test', port: 1, connect: peer.connect, timeoutMilliseconds });

/** Many at once: they spend most of their time in pauses. */
async function manyTimes<Result>(count: number, work: (index: number) => Promise<Result>): Promise<readonly Result[]> {
  const results: Result[] = [];
  const settle = async (index: number) => {
    const [settled] = await Promise.allSettled([work(index)]);
    return settled;
  };
  for await (const settled of inWindow(Array(count).keys(), settle, { atOnce: 40, ordered: false })) {
    if (settled.status === 'rejected') throw settled.reason;
    results.push(settled.value);
  }
  return results;
}

function manyVerdicts(count: number, faultsOf: (index: number) => PeerFaults): Promise<readonly Verdict['id'][]> {
  return manyTimes(
    count,
    async (index) => (await probe(new FaultyPeer(groups.high, faultsOf(index)), 60_000)).verdict.id,
  );
}

/** A generator with an order of 211, none of whose powers begins with a zero byte. */
function makeGroupWithoutZeros(): Group {
  const order = 211n;
  for (;;) {
    const p = toBigInt(randomBytes(64)) * order * 2n + 1n;
    const length = toShortBytes(p).length;
    if (bitLength(p) % 8 !== 0 || !checkPrimeSync(p)) continue;
    const g = power(3n, (p - 1n) / order, p);
    const powers = Array.from({ length: 210 }, (_, index) => power(g, BigInt(index + 1), p));
    if (g > 1n && powers.every((value) => leadingZeros(value, length) === 0)) return { p, g, length };
  }
}

const affected = (...faults: string[]) => ({ id: 'affected', faults });
const inconclusive = (reason: string) => ({ id: 'inconclusive', reason });

const peers: readonly (readonly [string, PeerFaults, object])[] = [
  ['a peer without fault', {}, { id: 'not-affected' }],
  ['signing what it sends', { signs: 'sent' }, { id: 'not-affected' }],
  ['signing nonsense', { signs: 'nonsense' }, inconclusive('signature-invalid')],
  ['keeping zeros', { sharedSecret: 'keep' }, affected('keeps-zeros')],
  ['failing on zeros', { sharedSecret: 'garble' }, affected('fails-on-zeros')],
  ['keeping two zeros alone', { sharedSecret: 'keep-two' }, affected('keeps-two-zeros')],
  ['stripping one zero of two', { sharedSecret: 'strip-one' }, affected('fails-on-two-zeros')],
  [
    'keeping zeros without extended master secret',
    { sharedSecret: 'keep', onlyWithoutExtendedMasterSecret: true },
    affected('keeps-zeros-without-extended-master-secret'),
  ],
  [
    'failing on zeros without extended master secret',
    { sharedSecret: 'garble', onlyWithoutExtendedMasterSecret: true },
    affected('fails-on-zeros-without-extended-master-secret'),
  ],
  ['refusing short public values', { refuses: 'short' }, affected('refuses-short-public')],
  ['refusing padded public values', { refuses: 'padded' }, affected('refuses-padded-public')],
  [
    'keeping zeros and refusing short',
    { sharedSecret: 'keep', refuses: 'short' },
    affected('refuses-short-public', 'keeps-zeros'),
  ],
  ['enforcing the extended master secret', { extendedMasterSecret: 'required' }, { id: 'not-affected' }],
  ['without the extended master secret', { extendedMasterSecret: false }, { id: 'not-affected' }],
  ['signing the other form', { ownPublic: 'short', signs: 'other-form' }, affected('signs-other-public')],
  ['sending its own value short', { ownPublic: 'short', signs: 'sent' }, { id: 'not-affected' }],
  ['sending one byte a record', { fragments: true }, { id: 'not-affected' }],
  ['closing on DHE alone', { instead: 'close', answersOthers: true }, { id: 'no-dhe-offered' }],
  ['closing in its flight, where it has chosen DHE', { cutsFlightAt: 200 }, inconclusive('control-failed')],
  ['closing on everybody', { instead: 'close' }, inconclusive('refuses-everybody')],
  ['sending garbage', { instead: 'garbage' }, inconclusive('malformed')],
  ['choosing what TLS 1.0 does not have', { instead: 'tls-1.0' }, inconclusive('malformed')],
  ['speaking TLS 1.3', { instead: 'tls-1.3' }, inconclusive('malformed')],
  ['choosing what was not offered', { instead: 'foreign-suite' }, inconclusive('malformed')],
];

describe('the probe', () => {
  it.each(peers)(
    `%s has its verdict, ${times} times of ${times}`,
    { timeout: 900_000 },
    async (_, faults, expected) => {
      await manyTimes(times, async (index) => {
        const { verdict, cases } = await probe(
          new FaultyPeer(index % 2 === 0 ? groups.high : groups.low, faults),
          60_000,
        );
        expect(verdict).toMatchObject(expected);
        expect(cases.length).toBeLessThanOrEqual(100);
      });
    },
  );

  it('answers to every alert have their verdict', { timeout: 900_000 }, async () => {
    const verdictOf = async (faults: PeerFaults) => (await probe(new FaultyPeer(groups.high, faults), 60_000)).verdict;
    const judge = async (alert: number) => {
      const instead = { alert };
      const nobody = inconclusive(alert === 112 ? 'server-name-required' : 'refuses-everybody');
      expect([alert, await verdictOf({ instead })]).toEqual([alert, nobody]);
      const known = alert === 112 ? nobody : { id: 'no-dhe-offered', refusals: alert === 70 ? 18 : 14 };
      expect([alert, await verdictOf({ instead, answersOthers: true })]).toEqual([alert, known]);
    };
    // They spend most of their time in pauses.
    await Promise.all(Array.from({ length: 256 }, (_, alert) => judge(alert)));
  });

  describe('a pool whose nodes take turns, one of which offers DHE', () => {
    const refusals: readonly PeerFaults[] = [{ instead: { alert: 40 } }, { instead: 'close' }];
    const pools = [2, 3, 4].flatMap((nodes) => refusals.map((faults) => [nodes, faults] as const));
    it.each(pools)('%d nodes, the others %j: not cleared', { timeout: 900_000 }, async (nodes, faults) => {
      await Promise.all(
        Array.from({ length: times }, async (_, first) => {
          const [healthy, without] = [
            new FaultyPeer(groups.high),
            new FaultyPeer(groups.high, { ...faults, answersOthers: true }),
          ];
          let calls = first;
          const found = new AbortController();
          const { verdict } = await probePeer({
            host: 'test',
            port: 1,
            timeoutMilliseconds: 60_000,
            signal: found.signal,
            connect: () => {
              calls += 1;
              if (calls % nodes !== 0) return without.connect();
              if (healthy.connections === 1) found.abort();
              return healthy.connect();
            },
          });
          expect([verdict, healthy.connections]).toEqual([inconclusive('interrupted'), 2]);
        }),
      );
    });
  });

  it.each(['1.0', '1.1', '1.3'] as const)(
    'clears no server by TLS %s alone, which it does not speak and closes on',
    { timeout: 60_000 },
    async (tls) => {
      // Who asks for 1.2 in an ordinary way is answered.
      const { connect } = new FaultyPeer(groups.high, { instead: 'close', answersOthers: true });
      const { verdict } = await probePeer({ host: 'test', port: 1, timeoutMilliseconds: 60_000, tls, connect });
      expect(verdict).toEqual(inconclusive('version-refused'));
    },
  );

  it('clears no server before its answers to ordinary hellos tell refusals from chance', {
    timeout: 900_000,
  }, async () => {
    await manyTimes(2 * times, async () => {
      const without = new FaultyPeer(groups.high, {
        instead: 'close',
        answersOthers: true,
        drops: 0.5,
        dropsOn: 'hello',
      });
      // Where pauses grow long, the probe ends with what it knows then.
      const signal = AbortSignal.timeout(30_000);
      const { verdict, cases } = await probePeer({
        host: 'test',
        port: 1,
        connect: without.connect,
        timeoutMilliseconds: 60_000,
        signal,
      });
      const ordinary = cases.filter(({ id }) => id === 'ordinary-hello');
      const answers = ordinary.filter(({ outcome }) => outcome === 'passed').length;
      if (verdict.id !== 'no-dhe-offered') return;
      const refused = cases.length - answers;
      expect(chanceThatAllFail(verdict.refusals, refused, cases.length)).toBeLessThanOrEqual(1 / 1_000);
    });
  });

  it('says how many offers were refused before it clears a server', async () => {
    const { verdict, cases } = await probe(new FaultyPeer(groups.high, { instead: 'close', answersOthers: true }));
    const offers = cases.filter(({ id }) => id !== 'ordinary-hello');
    expect([verdict, offers.length]).toEqual([{ id: 'no-dhe-offered', refusals: 14 }, 14]);
    const usual = offers.filter(({ id }) => id === 'control' || id === 'control-with-named-groups');
    expect(usual.length).toBe(10);
  });

  it('needs seven handshakes where nothing is wrong', async () => {
    const { cases } = await probe(new FaultyPeer(groups.high));
    expect(cases.map(({ outcome }) => outcome)).toEqual(Array(7).fill('passed'));
  });

  it('shows in bytes that each case was what it is called', async () => {
    const { cases } = await probe(new FaultyPeer(groups.high));
    const lengths = Object.fromEntries(cases.map((one) => [one.id, one.lengths]));
    expect(lengths['control']).toMatchObject({ p: 64, sharedSecret: 64, premaster: 64, clientPublic: 64 });
    expect(lengths['shared-secret-zero']).toMatchObject({ p: 64, sharedSecret: 63, premaster: 63, clientPublic: 64 });
    expect(lengths['shared-secret-two-zeros']).toMatchObject({ sharedSecret: 62, premaster: 62 });
    expect(lengths['client-public-zero-short']).toMatchObject({ clientPublic: 63, clientPublicSent: 63 });
    expect(lengths['client-public-zero-padded']).toMatchObject({ clientPublic: 63, clientPublicSent: 64 });
  });

  it('says that cases were left out where the extended master secret is enforced', async () => {
    const { server, cases } = await probe(new FaultyPeer(groups.high, { extendedMasterSecret: 'required' }));
    expect(server?.requiresExtendedMasterSecret).toBe(true);
    const leftOut = cases.filter(({ result }) => result === 'left-out').map(({ id }) => id);
    expect(leftOut).toEqual(['shared-secret-zero-without-extended-master-secret']);
  });

  it('takes a server that stops taking connections for neither', { timeout: 60_000 }, async () => {
    await manyTimes(3, async (index) => {
      const peer = new FaultyPeer(groups.high, { sharedSecret: 'keep', refusesFrom: 2 * index + 2 });
      expect((await probe(peer, 60_000)).verdict).toEqual(inconclusive('connections-refused'));
    });
  });

  it('puts controls between the failures of a case and after them, and says how likely chance is', async () => {
    const { verdict, cases } = await probe(new FaultyPeer(groups.high, { refuses: 'short' }));
    const failures = cases.flatMap(({ outcome }, index) => (outcome === 'failed' ? [index] : []));
    expect(failures.length).toBeGreaterThanOrEqual(3);
    for (const index of failures) expect(cases[index + 1]).toMatchObject({ id: 'control-again', outcome: 'passed' });
    const { chance } = verdict as Extract<Verdict, { id: 'affected' }>;
    expect(chance).toBeGreaterThan(0);
    expect(chance).toBeLessThanOrEqual(1 / 100_000);
  });

  it('writes its first flight at once, and its last', async () => {
    const peer = new FaultyPeer(groups.high);
    const writes: number[] = [];
    await probePeer({
      host: 'test',
      port: 1,
      connect: async () => {
        const stream = await peer.connect();
        const write = stream.write.bind(stream) as (record: Buffer) => boolean;
        stream.write = (record: Buffer) => {
          writes.push(record.length);
          return write(record);
        };
        return stream;
      },
    });
    expect(writes).toHaveLength(2 * 7);
  });

  it('clears a case that failed once, and none that failed three times before it passed', async () => {
    const verdictOf = async (refusesFirst: number) =>
      (await probe(new FaultyPeer(groups.high, { refuses: 'short', refusesFirst }))).verdict;
    expect(await verdictOf(1)).toEqual({ id: 'not-affected' });
    expect(await verdictOf(3)).toEqual(inconclusive('unstable'));
  });

  it('accuses no pool whose nodes take turns, one of which fails every time', async () => {
    const verdicts = await manyTimes(times, async (first) => {
      const broken = new FaultyPeer(groups.high, { drops: 1, dropsOn: 'key' });
      const nodes = [new FaultyPeer(groups.high), broken];
      let calls = first;
      const connect = () => (nodes[calls++ % 2] ?? broken).connect();
      const { verdict } = await probePeer({ host: 'test', port: 1, timeoutMilliseconds: 60_000, connect });
      return verdict.id;
    });
    // Where the number of controls falls to each turn four times, 1 in 1,296 cases, it looks like a fault.
    expect(verdicts.filter((id) => id === 'affected').length).toBeLessThanOrEqual(1);
  });

  it('clears no pool of servers that differ, each of which would have to pass every case', async () => {
    // One has the fault, as far as nobody tried it; or none has.
    const pools = [
      [new FaultyPeer(groups.high), new FaultyPeer(groups.low)],
      [new FaultyPeer(groups.high, { signs: 'sent' }), new FaultyPeer(groups.high)],
    ];
    for (const nodes of pools) {
      let calls = 0;
      const connect = () => (nodes[calls++ % 2] as FaultyPeer).connect();
      const { verdict } = await probePeer({ host: 'test', port: 1, timeoutMilliseconds: 60_000, connect });
      expect(verdict).toEqual(inconclusive('several-servers'));
    }
  });

  it('takes failures after the key for no rule that enforces the extended master secret', async () => {
    const { verdict, server } = await probe(new FaultyPeer(groups.high, { failsWithoutExtendedMasterSecret: true }));
    expect([verdict, server?.requiresExtendedMasterSecret]).toEqual([inconclusive('control-failed'), false]);
  });

  it('takes an alert that came before its key for no answer to that', { timeout: 60_000 }, async () => {
    const { verdict, cases } = await probe(new FaultyPeer(groups.high, { impatientFrom: 3 }));
    expect(verdict).toEqual(inconclusive('connections-refused'));
    expect(cases.at(-1)).toMatchObject({ outcome: 'not-tested', result: 'alert', stage: 'flight' });
  });

  it('takes what could not be tested for no failure', { timeout: 60_000 }, async () => {
    const { connect } = new FaultyPeer(groups.high, { instead: { alert: 80 } });
    const options = {
      host: 'test',
      port: 1,
      serverName: 'x',
      timeoutMilliseconds: 60_000,
      pauseMilliseconds: 0,
      connect,
    };
    const trials = new Trials(options, { ...usualOffer, versions: anyVersion });
    expect(await trials.passesOnce('shared-secret-zero-kept')).toBe('not-tested');
  });

  it('waits longer where a server limits connections, and then has its verdict', { timeout: 60_000 }, async () => {
    const healthy = new FaultyPeer(groups.high);
    let last = 0;
    const { verdict } = await probePeer({
      host: 'test',
      port: 1,
      connect: () => {
        const isTooSoon = performance.now() - last < 100;
        last = performance.now();
        return isTooSoon ? new FaultyPeer(groups.high, { instead: 'close' }).connect() : healthy.connect();
      },
    });
    expect(verdict).toEqual({ id: 'not-affected' });
  });

  it('clears no group that has no such key', async () => {
    const peer = new FaultyPeer(makeGroupWithoutZeros());
    expect((await probe(peer)).verdict).toEqual(inconclusive('no-such-key'));
  });

  it.each([0.02, 0.1] as const)(
    'accuses no server that drops a share of %d at random',
    { timeout: 900_000 },
    async (drops) => {
      const verdicts = await manyVerdicts(10 * times, (index) => ({
        drops,
        dropsOn: index % 2 === 0 ? 'hello' : 'key',
      }));
      expect(verdicts).not.toContain('affected');
      expect(verdicts).not.toContain('no-dhe-offered');
    },
  );

  it('clears no faulty server that drops a tenth at random', { timeout: 900_000 }, async () => {
    const verdicts = await manyVerdicts(6 * times, (index) => ({
      ...(index % 2 === 0 ? { sharedSecret: 'keep' } : { refuses: 'short' }),
      drops: 0.1,
      dropsOn: 'key',
    }));
    expect(verdicts).not.toContain('not-affected');
    expect(verdicts.filter((id) => id === 'affected').length).toBeGreaterThan(verdicts.length / 2);
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
        return calls === 3 ? new FaultyPeer(groups.high, { drops: 1, dropsOn: 'key' }).connect() : peer.connect();
      },
    });
    expect(flaky.verdict).toEqual({ id: 'not-affected' });
    expect(flaky.cases.map(({ outcome }) => outcome)).toContain('failed');
  });

  it('ends with a total time, also where nobody answers', async () => {
    const signal = AbortSignal.timeout(100);
    const { verdict } = await probePeer({ host: 'x', port: 1, signal, connect: () => new Promise(() => {}) });
    expect(verdict).toEqual(inconclusive('total-time'));
  });

  it('ends at its time limit where a peer stalls', async () => {
    const { verdict } = await probe(new FaultyPeer(groups.high, { instead: 'stall' }), 200);
    expect(verdict).toEqual(inconclusive('timeout'));
  });

  it('divides the rate of two zeros by 256, and adds those of independent faults', async () => {
    const rate = async (faults: PeerFaults) =>
      ((await probe(new FaultyPeer(groups.high, faults))).verdict as Extract<Verdict, { id: 'affected' }>).failureRate;
    const one = await rate({ sharedSecret: 'keep' });
    expect((await rate({ sharedSecret: 'keep-two' })) * 256).toBeCloseTo(one, 4);
    expect(await rate({ sharedSecret: 'keep', refuses: 'short' })).toBeCloseTo(2 * one, 4);
    expect(await rate({ sharedSecret: 'keep', refuses: 'padded' })).toBeCloseTo(2 * one, 4);
  });

  it('hunts down a server that breaks over its own zero', { timeout: 120_000 }, async () => {
    const faults = { ownPublic: 'padded', ownPublicEvery: 40, breaksOnOwnZero: 'key' } as const;
    const peer = new FaultyPeer(groups.high, faults);
    const { verdict, hunt } = await probePeer({ host: 'test', port: 1, connect: peer.connect, hunt: 2_200 });
    expect(verdict).toMatchObject(affected('fails-on-own-public-zero'));
    expect((verdict as Extract<Verdict, { id: 'affected' }>).chance).toBeLessThanOrEqual(1 / 100_000);
    expect(hunt?.failures).toBeGreaterThan(1);
  });

  const hunt = (peer: FaultyPeer, most: number) =>
    probePeer({ host: 'test', port: 1, connect: peer.connect, hunt: most, timeoutMilliseconds: 60_000 });

  it.each([0.02, 0.1] as const)(
    'accuses by hunting no server that makes no such value, and drops a share of %d at random',
    { timeout: 600_000 },
    async (drops) => {
      const healthy = new FaultyPeer(groups.high);
      let calls = 0;
      const { verdict, hunt: report } = await probePeer({
        host: 'test',
        port: 1,
        hunt: 2_200,
        timeoutMilliseconds: 60_000,
        connect: () => {
          calls += 1;
          // Not the cases, after which longer pauses would be kept.
          const isDropped = calls > 10 && Math.random() < drops;
          return isDropped ? new FaultyPeer(groups.high, { instead: 'close' }).connect() : healthy.connect();
        },
      });
      expect(verdict.id).toBe('inconclusive');
      expect(report?.failures).toBeGreaterThan(1);
    },
  );

  it.each([
    // Nothing that a client sees tells it from one that makes such values, and breaks before it sends one.
    ['1 of 256 at the hello', { ownPublic: 'padded', ownPublicEvery: 256, breaksOnOwnZero: 'hello' }],
    ['1 of 256 after the key', { drops: 1 / 256, dropsOn: 'key' }],
  ] as const)(
    'accuses by hunting no server that makes no such value and drops %s',
    { timeout: 600_000 },
    async (_, faults) => {
      await manyTimes(3, async () => {
        const { verdict, hunt: report } = await hunt(new FaultyPeer(groups.high, faults), 1_800);
        expect(verdict).toEqual(inconclusive('own-public-zero-withheld'));
        expect(report).toMatchObject({ connections: 1_800, zeros: 0 });
      });
    },
  );

  it('takes two failures over its own value for no proof, and a success among them for none', {
    timeout: 120_000,
  }, async () => {
    const peers = [
      new FaultyPeer(groups.high),
      new FaultyPeer(groups.high, { ownPublic: 'padded', breaksOnOwnZero: 'key' }),
      new FaultyPeer(groups.high, { ownPublic: 'padded' }),
    ] as const;
    let calls = 0;
    const connect = () => {
      calls += 1;
      // Of the values with a zero the first and the third fail; by chance, or since one of several servers has the fault.
      return peers[calls % 100 !== 50 ? 0 : calls === 50 || calls === 250 ? 1 : 2].connect();
    };
    const judge = async (most: number) => {
      calls = 0;
      return probePeer({ host: 'test', port: 1, connect, hunt: most, timeoutMilliseconds: 60_000 });
    };
    expect((await judge(700)).verdict).toEqual(inconclusive('own-public-zero-unconfirmed'));
    const { verdict, hunt: report } = await judge(3_000);
    expect([verdict, report?.zeros]).toEqual([{ id: 'not-affected' }, 10]);
  });

  it('clears no server by a hunt that saw no zero', async () => {
    expect((await hunt(new FaultyPeer(groups.high), 20)).verdict).toEqual(inconclusive('own-public-zero-not-seen'));
    expect((await hunt(new FaultyPeer(groups.high), 0)).verdict).toEqual({ id: 'not-affected' });
    const broken = new FaultyPeer(groups.high, { ownPublic: 'padded', ownPublicEvery: 40, breaksOnOwnZero: 'hello' });
    const { verdict, hunt: report } = await hunt(broken, 200);
    expect([verdict, report?.failures]).toEqual([inconclusive('own-public-zero-not-seen'), 5]);
  });

  it('ends a hunt where the server has a few keys for all connections, and counts each once', async () => {
    for (const ownKeys of [1, 8]) {
      const { verdict, hunt: report } = await hunt(new FaultyPeer(groups.high, { ownKeys }), 3_000);
      expect(verdict).toEqual(inconclusive('own-key-reused'));
      expect(report?.connections ?? 0).toBeLessThanOrEqual(5 * 8);
    }
    // One of its workers has a key that begins with a zero, and fails: one key of sixteen proves nothing.
    const faults = { ownKeys: 16, ownPublic: 'padded', breaksOnOwnZero: 'key' } as const;
    const { verdict } = await hunt(new FaultyPeer(groups.high, faults), 3_000);
    expect(verdict).toEqual(inconclusive('own-public-zero-unconfirmed'));
  });

  it('waits in a hunt where the server refuses, and gives up where that does not help', {
    timeout: 60_000,
  }, async () => {
    const peer = new FaultyPeer(groups.high, { refusesFrom: 20 });
    const { verdict, hunt: report } = await hunt(peer, 100_000);
    expect([verdict, report?.failures]).toEqual([inconclusive('connections-refused'), 3]);
    expect(peer.connections).toBe(23);
  });

  it('finds by hunting that a server signs what it does not send', async () => {
    const peer = new FaultyPeer(groups.high, { ownPublic: 'short', ownPublicEvery: 20, signs: 'other-form' });
    const { verdict, server } = await probePeer({ host: 'test', port: 1, connect: peer.connect, hunt: 100 });
    expect([verdict, server?.ownPublicZeros]).toMatchObject([affected('signs-other-public'), 'short']);
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
    [...dheSuites, ...rareDheSuites].flatMap((suite) =>
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
  it('finds what was wished, and a pair that belongs together', async () => {
    const { p, g, length } = groups.high;
    const serverPublic = power(g, 12345678901234567890n, p);
    for (const [clientPublic, sharedSecret] of [
      [0, 0],
      [0, 1],
      [0, 2],
      [1, 0],
    ] as const) {
      const key = await findKey(groups.high, serverPublic, { clientPublic, sharedSecret });
      if (typeof key === 'string') throw new Error(key);
      expect(leadingZeros(key.clientPublic, length)).toBe(clientPublic);
      expect(leadingZeros(key.sharedSecret, length)).toBe(sharedSecret);
      expect(power(key.clientPublic, 12345678901234567890n, p)).toBe(key.sharedSecret);
    }
  });

  it('lets others get their turn, and ends in time', async () => {
    const group = ffdheGroup(8192);
    let turns = 0;
    let isOver = false;
    const count = () => {
      turns += 1;
      if (!isOver) setImmediate(count);
    };
    setImmediate(count);
    const wanted = { clientPublic: 0, sharedSecret: 2 };
    const found = await findKey(group, power(2n, 12345678901234567890n, group.p), wanted, { milliseconds: 5_000 });
    isOver = true;
    expect(turns).toBeGreaterThan(3);
    if (typeof found === 'string') expect(found).toBe('too-slow');
  });

  it('costs the peer none of its time', async () => {
    const told: boolean[] = [];
    const options = { host: 'test', port: 1, timeoutMilliseconds: 100, connect: new FaultyPeer(groups.high).connect };
    const wish = { clientPublicZeros: 0, sharedSecretZeros: 1, premaster: 'strip', clientPublic: 'short' } as const;
    const { value, failure } = await usePeer(options, async (stream, clock) => {
      const onSearch = (isSearching: boolean) => void told.push(isSearching);
      clock.pause();
      const result = await shakeHands(stream, { serverName: 'x', extendedMasterSecret: true, wish, onSearch });
      await new Promise((resolve) => setTimeout(resolve, 400));
      clock.resume();
      return result;
    });
    expect([value?.kind, failure, told]).toEqual(['completed', undefined, [true, false]]);
  });

  it('is no reason to blame a peer that closes without a word after it', async () => {
    const { connect } = new FaultyPeer(ffdheGroup(8192), { closesOnKey: true });
    const options = { host: 'test', port: 1, serverName: 'x', timeoutMilliseconds: 200, pauseMilliseconds: 0, connect };
    const trials = new Trials(options, { ...usualOffer, versions: anyVersion });
    let late = 0;
    for (let count = 0; count < 10; count += 1) {
      const { outcome, milliseconds } = await trials.once('shared-secret-two-zeros');
      if (milliseconds <= 100) continue;
      late += 1;
      expect(outcome).toBe('not-tested');
    }
    expect(late).toBeGreaterThan(0);
    const quick = new Trials({ ...options, timeoutMilliseconds: 60_000 }, { ...usualOffer, versions: anyVersion });
    expect(await quick.once('control')).toMatchObject({ outcome: 'failed', result: 'closed', stage: 'key' });
  });

  it('gives up in a group of tiny order', async () => {
    const { p, length } = groups.high;
    const wanted = { clientPublic: 0, sharedSecret: 1 };
    expect(await findKey({ p, g: p - 1n, length }, p - 1n, wanted)).toBe('no-such-key');
  });

  it('knows the groups of RFC 7919 and RFC 3526 by name', async () => {
    const { createDiffieHellmanGroup } = await import('node:crypto');
    expect(nameOfGroup(BigInt(`0x${createDiffieHellmanGroup('modp14').getPrime('hex')}`))).toBe('modp14');
    expect(nameOfGroup(groups.high.p)).toBeUndefined();
  });
});
