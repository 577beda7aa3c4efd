/** Whether the fault is in the traffic: 20,000 handshakes of each kind, five times over. */
import { describe, expect, it } from 'vitest';
import { FaultTally } from '../../lib/evidence/fault-tally';
import { judgeFault } from '../../lib/evidence/judge-fault';
import type { ZeroForm } from '../../lib/evidence/observation';
import { tsharkFields } from '../../lib/evidence/tshark-fields';
import { gather } from './gather';

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const rate = 1 / 256;

interface Traffic {
  readonly dhe: number;
  readonly ecdhe: number;
  /** The share of handshakes that the network loses, whatever they are. */
  readonly lost: number;
  /** Whether one with these values fails. */
  readonly fails: (server: ZeroForm, client: ZeroForm, isSecretZero: boolean) => boolean;
  readonly form?: Exclude<ZeroForm, 'none'>;
}

function judge(seed: number, { dhe, ecdhe, lost, fails, form = 'short' }: Traffic) {
  const random = randomFrom(seed);
  const tally = new FaultTally();
  const value = (): ZeroForm => (random() < rate ? form : 'none');
  for (let count = 0; count < dhe; count += 1) {
    const [server, client] = [value(), value()];
    const isBad = fails(server, client, random() < rate) || random() < lost;
    const exchange = { kind: 'DHE', server, client, zeroRate: rate } as const;
    tally.add({ end: isBad ? 'alert' : 'completed', alert: null, exchange });
  }
  for (let count = 0; count < ecdhe; count += 1) {
    const exchange = { kind: 'ECDHE', server: null, client: null, zeroRate: null } as const;
    tally.add({ end: random() < lost ? 'reset' : 'completed', alert: null, exchange });
  }
  return judgeFault(tally.counts).verdict;
}

const never = () => false;
const many = { dhe: 20_000, ecdhe: 20_000, lost: 0 };

describe.each([
  [
    'that refuses short values of the client',
    { ...many, fails: (_: ZeroForm, client: ZeroForm) => client === 'short' },
    { id: 'fits-the-fault', values: ['client-short'] },
  ],
  [
    'that refuses padded values of the server, on a line that loses some',
    { ...many, ecdhe: 0, lost: rate, form: 'padded', fails: (server: ZeroForm) => server === 'padded' },
    { id: 'fits-the-fault', values: ['server-padded'] },
  ],
  [
    'that fails on zeros in the secret',
    { ...many, fails: (_: ZeroForm, __: ZeroForm, isSecretZero: boolean) => isSecretZero },
    { id: 'fits-the-fault', values: ['shared-secret'] },
  ],
  [
    'whose line loses one in 256',
    { ...many, lost: rate, fails: never },
    { id: 'does-not-fit', reason: 'ecdhe-fails-too' },
  ],
  [
    'of which DHE alone is seen, and fails once in 256',
    { ...many, ecdhe: 0, lost: rate, fails: never },
    { id: 'too-little', reason: 'nothing-to-compare' },
  ],
  ['that is healthy', { ...many, fails: never }, { id: 'does-not-fit', reason: 'too-rare' }],
  ['whose line is bad', { ...many, lost: 0.1, fails: never }, { id: 'does-not-fit', reason: 'other-rate' }],
  ['of which little is seen', { ...many, dhe: 100, lost: 0, fails: never }, { id: 'too-little', reason: 'too-few' }],
  ['without DHE', { ...many, dhe: 0, fails: never }, { id: 'too-little', reason: 'no-dhe' }],
] as [string, Traffic, object][])('traffic %s', (_, traffic, verdict) => {
  it('is told as such', () => {
    for (let seed = 1; seed <= 5; seed += 1) expect(judge(seed, traffic)).toEqual(verdict);
  });
});

it('does not count what a certificate, or the end of a capture, did', () => {
  const tally = new FaultTally();
  const exchange = { kind: 'DHE', server: 'short', client: 'none', zeroRate: rate } as const;
  tally.add({ end: 'alert', alert: 42, exchange });
  tally.add({ end: 'cut-off', alert: null, exchange });
  expect(tally.counts).toMatchObject({ dhe: { completed: 0, failed: 0 }, zeroRate: null });
});

/** Frames as tshark writes them: both hellos, both keys, and the end. */
function* writeFrames(handshakes: number, seed: number): Generator<string> {
  const random = randomFrom(seed);
  yield tsharkFields.join('\t');
  const digits = (length: number) => Array.from({ length }, () => Math.floor(random() * 16).toString(16)).join('');
  const value = () => {
    const first = Math.floor(random() * 256);
    const rest = digits(126);
    return first === 0 ? rest : first.toString(16).padStart(2, '0') + rest;
  };
  for (let stream = 0; stream < handshakes; stream += 1) {
    const write = (isFromServer: boolean, milliseconds: number, values: Record<string, string>) => {
      const [client, server] = ['198.51.100.7', '192.0.2.10'];
      const all: Record<string, string> = {
        'frame.time_epoch': `${1_795_511_104 + stream}.${String(milliseconds).padStart(3, '0')}000000`,
        'tcp.stream': `${stream}`,
        'ip.src': isFromServer ? server : client,
        'ip.dst': isFromServer ? client : server,
        'tcp.srcport': isFromServer ? '443' : '50000',
        'tcp.dstport': isFromServer ? '50000' : '443',
        'tcp.flags.fin': '0',
        'tcp.flags.reset': '0',
        ...values,
      };
      return tsharkFields.map((name) => all[name] ?? '').join('\t');
    };
    const handshake = (type: string) => ({ 'tls.record.content_type': '22', 'tls.handshake.type': type });
    const clientValue = value();
    yield write(false, 0, {
      ...handshake('1'),
      'tls.handshake.version': '0x0303',
      'tls.handshake.ciphersuite': '0x0a0a,0x009e,0x00ff',
    });
    yield write(true, 1, {
      ...handshake('2,11,12,14'),
      'tls.handshake.version': '0x0303',
      'tls.handshake.ciphersuite': '0x009e',
      'tls.handshake.p': `ff${'a1'.repeat(63)}`,
      'tls.handshake.ys': value(),
    });
    yield write(false, 2, {
      ...handshake('16'),
      'tls.record.content_type': '22,20,22',
      'tls.handshake.yc': clientValue,
    });
    // The server refuses a value that is shorter than p.
    yield clientValue.length < 128
      ? write(true, 3, {
          'tls.record.content_type': '21',
          'tls.alert_message.level': '2',
          'tls.alert_message.desc': '47',
        })
      : write(true, 3, { 'tls.record.content_type': '20,22' });
  }
}

it('is told from what tshark prints of 20,000 handshakes', async () => {
  const evidence = await gather({ frames: [...writeFrames(20_000, 1)].join('\n') });
  expect(evidence.totals).toMatchObject({ seen: 20_000, keyExchanges: { DHE: 20_000 }, peers: 1 });
  const { verdict, dhe, cases, expected } = evidence.fault;
  expect(verdict).toEqual({ id: 'fits-the-fault', values: ['client-short'] });
  expect(cases['client-short'].completed).toBe(0);
  expect(cases['server-short'].completed).toBeGreaterThan(40);
  expect(dhe.completed + dhe.failed).toBe(20_000);
  expect(expected?.[0]).toBeCloseTo(1 / 255.6, 4);
});

describe('one faulty peer among many that are healthy', () => {
  const columns = tsharkFields.join('\t');
  /** Handshakes of a client with DHE, of which the first so many fail. */
  const handshakes = (client: string, first: number, count: number, failed: number, value: string) =>
    Array.from({ length: count }, (_, index) => {
      const stream = first + index;
      const write = (isFromServer: boolean, values: Readonly<Record<string, string>>) => {
        const all: Readonly<Record<string, string>> = {
          'frame.time_epoch': `${1_795_511_104 + stream}`,
          'tcp.stream': `${stream}`,
          'ip.src': isFromServer ? '192.0.2.10' : client,
          'ip.dst': isFromServer ? client : '192.0.2.10',
          'tcp.srcport': isFromServer ? '443' : '50000',
          'tcp.dstport': isFromServer ? '50000' : '443',
          ...values,
        };
        return tsharkFields.map((name) => all[name] ?? '').join('\t');
      };
      const isFailed = index < failed;
      return [
        write(false, {
          'tls.handshake.type': '1',
          'tls.handshake.version': '0x0303',
          'tls.handshake.ciphersuite': '0x009e',
        }),
        write(true, {
          'tls.handshake.type': '2,12',
          'tls.handshake.version': '0x0303',
          'tls.handshake.ciphersuite': '0x009e',
          'tls.handshake.p': 'ffa1a1',
          'tls.handshake.ys': 'a1a1a1',
        }),
        write(false, { 'tls.handshake.type': '16', 'tls.handshake.yc': isFailed ? value : 'a1a1a1' }),
        write(
          true,
          isFailed
            ? { 'tls.alert_message.level': '2', 'tls.alert_message.desc': '20' }
            : { 'tls.record.content_type': '20' },
        ),
      ].join('\n');
    });
  const gatherWith = (count: number, failed: number, value: string) =>
    gather({
      frames: [
        columns,
        ...handshakes('198.51.100.1', 0, 10_000, 0, ''),
        ...handshakes('198.51.100.2', 20_000, count, failed, value),
      ].join('\n'),
    });

  it('is found by itself', async () => {
    const { fault } = await gatherWith(400, 4, 'a1a1');
    expect(fault.verdict).toEqual({ id: 'fits-the-fault', values: ['client-short'] });
  });

  it('is not cleared by the others where it has too few of its own', async () => {
    const { fault } = await gatherWith(20, 1, 'a1a1a1');
    expect(fault.verdict).toEqual({ id: 'too-little', reason: 'too-few' });
    expect((await gatherWith(20, 0, '')).fault.verdict).toEqual({ id: 'does-not-fit', reason: 'too-rare' });
  });
});
