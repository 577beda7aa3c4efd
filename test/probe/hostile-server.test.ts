import type { Duplex } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dheSuites } from '../../lib/cipher-suite/dhe-suites';
import { PeerMessageError } from '../../lib/errors';
import { shakeHands } from '../../lib/probe/handshake';
import { HandshakeEnded, RecordStream } from '../../lib/probe/record-stream';
import { anyVersion, readServerFlight, SuiteNotSpoken } from '../../lib/probe/server-flight';
import { contentType, handshakeMessage, handshakeType, number, tls12, vector } from '../../lib/probe/wire';
import { streamPair } from './faulty-peer';

describe('a hostile server', () => {
  const flight = Buffer.concat(
    [
      handshakeMessage(
        handshakeType.serverHello,
        number(tls12, 2),
        Buffer.alloc(32, 7),
        vector(1),
        number(0x9e, 2),
        number(0, 1),
        vector(2, number(23, 2), vector(2)),
      ),
      handshakeMessage(handshakeType.certificate, vector(3, vector(3, Buffer.alloc(90, 0x30)))),
      handshakeMessage(
        handshakeType.serverKeyExchange,
        vector(2, Buffer.alloc(64, 0xff)),
        vector(2, Buffer.from([2])),
        vector(2, Buffer.alloc(64, 0x77)),
        number(0x0401, 2),
        vector(2, Buffer.alloc(64)),
      ),
      handshakeMessage(handshakeType.serverHelloDone),
    ].map((message) => Buffer.concat([number(contentType.handshake, 1), number(tls12, 2), vector(2, message)])),
  );
  const wish = { clientPublicZeros: 0, sharedSecretZeros: 0, premaster: 'strip', clientPublic: 'short' } as const;

  const edit = fc.record({ at: fc.nat(flight.length), remove: fc.nat(4), insert: fc.uint8Array({ maxLength: 4 }) });
  const edited = fc.array(edit, { minLength: 1, maxLength: 4 }).map((edits) => {
    let bytes = flight;
    for (const { at, remove, insert } of edits)
      bytes = Buffer.concat([bytes.subarray(0, at), insert, bytes.subarray(at + remove)]);
    return bytes;
  });
  const send = (bytes: Buffer): Duplex => {
    const [client, server] = streamPair();
    server.on('error', () => {});
    server.write(bytes);
    server.end();
    return client;
  };
  const inCi = process.env['CI'] !== undefined;

  it('cannot bring about anything but a flight or a typed error', { timeout: 900_000 }, async () => {
    const offer = { random: Buffer.alloc(32), suites: dheSuites, unspoken: new Map(), versions: anyVersion };
    await fc.assert(
      fc.asyncProperty(edited, async (bytes) => {
        const client = send(bytes);
        try {
          await readServerFlight(new RecordStream(client), offer, []);
        } catch (error) {
          const isTyped = [HandshakeEnded, PeerMessageError, SuiteNotSpoken].some((one) => error instanceof one);
          if (!isTyped) throw error;
        }
        client.destroy();
      }),
      { numRuns: inCi ? 1_000_000 : 5_000 },
    );
  });

  // What it ends in where the flight is whole is a search for a key, which takes fifty times longer.
  it('cannot bring about anything but a result', { timeout: 900_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(edited, async (bytes) => {
        const client = send(bytes);
        const result = await shakeHands(client, { serverName: 'x', extendedMasterSecret: true, wish });
        if (result.kind === 'malformed') expect(result.error.code).toBe('PEER_MESSAGE');
        expect(result.kind).not.toBe('completed');
        client.destroy();
      }),
      { numRuns: inCi ? 20_000 : 2_000 },
    );
  });
});
