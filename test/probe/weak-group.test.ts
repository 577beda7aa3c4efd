import { checkPrimeSync } from 'node:crypto';
import { createServer } from 'node:net';
import { connect } from 'node:tls';
import { describe, expect, it } from 'vitest';
import { dheSuites } from '../../lib/cipher-suite/dhe-suites';
import { bitLength, ffdheGroup, leadingZeros, power } from '../../lib/probe/finite-field';
import { makeSelfSigned } from '../../lib/probe/self-signed-certificate';
import { type PublicValueWish, type ServedHandshake, serveHandshake } from '../../lib/probe/server-handshake';
import { longGroup, smallOrderOf, sparseGroup, weaknessOf } from '../../lib/probe/weak-group';
import { canRun } from '../../scripts/build/test/test-needs';
import { makeGroup } from './faulty-peer';
import { ownGroups } from './own-groups';
import { realClients } from './real-clients';

describe.each([2048, 3072, 4096] as const)('of %d bits', (bits) => {
  it('the sparse group has 61 values, and all but two begin with zeros', () => {
    const { p, g, length } = sparseGroup(bits);
    expect([bitLength(p), length, checkPrimeSync(p), power(g, 61n, p)]).toEqual([bits, bits / 8, true, 1n]);
    const zeros = Array.from({ length: 61 }, (_, exponent) => leadingZeros(power(g, BigInt(exponent), p), length));
    expect(zeros.filter((count) => count === 0)).toHaveLength(1);
    expect(zeros.at(-1)).toBe(0);
  });

  it('the long group has one bit and one byte more', () => {
    const { p, length } = longGroup(bits);
    expect([bitLength(p), length, checkPrimeSync(p)]).toEqual([bits + 1, bits / 8 + 1, true]);
    expect(p >> BigInt(bits)).toBe(1n);
  });

  it('are told from the groups of RFC 7919', async () => {
    expect(await weaknessOf(sparseGroup(bits))).toBe('small-order');
    expect(await weaknessOf(longGroup(bits))).toBe('special-form');
    expect(await weaknessOf(ffdheGroup(bits))).toBeUndefined();
  });
});

it.each(ownGroups)('finds nothing weak in a group of %s', async (_, group) => {
  expect(await weaknessOf(group)).toBeUndefined();
});

it('knows a modulus that is no prime', async () => {
  const p = makeGroup(512, 0xff).p * makeGroup(512, 0xff).p;
  expect(await weaknessOf({ p, g: 2n, length: 128 })).toBe('not-prime');
});

it('lets others get their turn while it looks at 8,192 bits, and stops where it is told to', async () => {
  const p = (1n << 8191n) + (1n << 4095n) + 81n;
  let turns = 0;
  const count = () => {
    turns += 1;
    if (turns < 1_000_000) turn = setImmediate(count);
  };
  let turn = setImmediate(count);
  expect(await weaknessOf({ p, g: 2n, length: 1024 })).toBe('not-prime');
  expect(turns).toBeGreaterThan(3);
  clearImmediate(turn);
  expect(await weaknessOf({ p, g: 2n, length: 1024 }, AbortSignal.abort())).toBeUndefined();
});

it.each([2n, 5n, 64n, 65n, 4_096n])('knows a generator of order %d', (order) => {
  const p = primeWithOrder(order);
  let base = 2n;
  const generator = () => power(base, (p - 1n) / order, p);
  const isOfOrder = (g: bigint) =>
    [2n, 5n, 13n].every((factor) => order % factor !== 0n || power(g, order / factor, p) !== 1n);
  while (!isOfOrder(generator())) base += 1n;
  expect(smallOrderOf({ p, g: generator(), length: 64 })).toBe(Number(order));
});

function primeWithOrder(order: bigint): bigint {
  for (let k = 1n << 500n; ; k += 1n) if (checkPrimeSync(k * order + 1n)) return k * order + 1n;
}

const rsaSuites = dheSuites.filter(({ name }) => name.startsWith('TLS_DHE_RSA_'));

/** How one connection of a client ends in that group. */
async function serveOnce(wish: PublicValueWish, call: (port: number) => Promise<unknown>): Promise<ServedHandshake> {
  const identity = await makeSelfSigned();
  const settings = { identity, group: ffdheGroup(2048), suites: rsaSuites, choosePublicValue: () => wish };
  const server = createServer();
  const served = new Promise<ServedHandshake>((resolve, reject) => {
    server.once('connection', (socket) =>
      serveHandshake(
        socket.on('error', () => {}),
        settings,
      ).then(resolve, reject),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  await call((server.address() as { port: number }).port);
  server.close();
  return served;
}

const withOneZero: PublicValueWish = { zeros: 1, form: 'short', weakGroup: longGroup(2048) };

describe('a group in which every value begins with a zero', () => {
  for (const [name, { group, connect: call }] of Object.entries(realClients)) {
    it.runIf(group === undefined || canRun(group))(`decides on ${name} in one connection`, async () => {
      const { kind, sharedSecretZero } = await serveOnce(withOneZero, call);
      // JSSE takes sizes that are multiples of 64 bits alone.
      if (name === 'JSSE') expect(kind).toMatch(/^(alert|closed)$/);
      else expect([kind, sharedSecretZero]).toEqual(['completed', true]);
    });
  }
});

it('ends the handshake before the client can send anything', async () => {
  let isSecure = false;
  const call = (port: number) =>
    new Promise((resolve) => {
      const options = {
        port,
        host: '127.0.0.1',
        rejectUnauthorized: false,
        maxVersion: 'TLSv1.2',
        ciphers: 'DHE',
      } as const;
      const socket = connect(options, () => {
        isSecure = true;
      });
      socket.on('error', () => {}).once('close', resolve);
    });
  expect((await serveOnce(withOneZero, call)).kind).toBe('completed');
  expect(isSecure).toBe(false);
});
