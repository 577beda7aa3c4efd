/** One handshake of TLS 1.0 to 1.2 as a client that chooses its own Diffie-Hellman key, up to the server's Finished. */
import { randomBytes } from 'node:crypto';
import type { Duplex } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { type DheSuite, dheSuites } from '../cipher-suite/dhe-suites';
import { PeerMessageError } from '../errors';
import { numbers, serverNameOf, writeClientHello } from './client-hello';
import { type ClientIdentity, proveKey } from './client-identity';
import { ffdheGroupIds, toBytes, toShortBytes } from './finite-field';
import { directionKeys, masterSecret, verifyData } from './key-schedule';
import { findKey, type KeyPair } from './key-search';
import { RecordProtection } from './record-protection';
import { type Ending, HandshakeEnded, RecordStream } from './record-stream';
import { anyVersion, readServerFlight, type ServerFacts, SuiteNotSpoken } from './server-flight';
import {
  contentType,
  extension,
  extensionType,
  handshakeMessage,
  handshakeType,
  number,
  renegotiationSignal,
  tls10,
  vector,
} from './wire';

/** What the client's key leads to, and how its values are written. */
export interface KeyWish {
  /** Zero bytes at the front of the client's public value and of the shared secret. */
  readonly clientPublicZeros: 0 | 1;
  readonly sharedSecretZeros: 0 | 1 | 2;
  /** RFC 5246, 8.1.2 says `strip`; a faulty peer expects `keep`. */
  readonly premaster: 'strip' | 'keep';
  /** Both are good: RFC 5246, 7.4.7.2 says nothing of leading zeros. */
  readonly clientPublic: 'short' | 'padded';
}

export interface HandshakeRequest {
  readonly serverName: string;
  readonly extendedMasterSecret: boolean;
  readonly wish: KeyWish;
  /** The usual ones where left out. */
  readonly suites?: readonly DheSuite[];
  /** Offered beside them, though no handshake can be finished with one. */
  readonly unspoken?: ReadonlyMap<number, string>;
  /**
   * Offers the groups of RFC 7919 by name. Some servers have no others, and take no DHE suite without; some have others, which
   * they use only where none is named.
   */
  readonly namedGroups?: boolean;
  /** TLS's version numbers; 1.0 to 1.2 where left out. */
  readonly versions?: { readonly lowest: number; readonly highest: number };
  /** What is shown where a server asks for a certificate; none where left out. */
  readonly identity?: ClientIdentity | undefined;
  /** Told when the search for a key begins and when it ends: meanwhile the peer waits for us, and not we for it. */
  readonly onSearch?: (isSearching: boolean) => void;
  readonly searchMilliseconds?: number;
  /** The key is sent no sooner, so that a quick search is no easier on the server's patience than another one was. */
  readonly searchesAtLeastMilliseconds?: number;
  readonly signal?: AbortSignal | undefined;
}

/** `hello` until the server answers with a handshake, `flight` from then on, `key` after the client's key and Finished were sent. */
export type Stage = 'hello' | 'flight' | 'key';

/** In bytes, the proof that a case was what it is called. Values count without the zeros at their front. */
export interface KeyLengths {
  readonly p: number;
  readonly sharedSecret: number;
  /** As it went into the master secret. */
  readonly premaster: number;
  readonly clientPublic: number;
  readonly clientPublicSent: number;
}

interface Progress {
  stage: Stage;
  server: ServerFacts | undefined;
  lengths: KeyLengths | undefined;
}

export type HandshakeResult = Readonly<Progress> &
  (
    | { readonly kind: 'completed' }
    | Ending
    | { readonly kind: 'malformed'; readonly error: PeerMessageError }
    /** The server chose a suite that was offered only to see whether it would. */
    | { readonly kind: 'suite-not-spoken'; readonly suite: string }
    /** The group has no key as wished, as where its order is tiny. */
    | { readonly kind: 'no-such-key' }
    | { readonly kind: 'search-too-slow' }
  );

class SearchFailed extends Error {
  constructor(readonly kind: 'no-such-key' | 'search-too-slow') {
    super(kind);
  }
}

/** Never throws for what the peer does; time limits are the caller's, who destroys the stream. */
export async function shakeHands(stream: Duplex, request: HandshakeRequest): Promise<HandshakeResult> {
  const progress: Progress = { stage: 'hello', server: undefined, lengths: undefined };
  const records = new RecordStream(stream);
  try {
    await runHandshake(records, request, progress);
    return { ...progress, kind: 'completed' };
  } catch (error) {
    if (progress.stage === 'hello' && records.firstType === contentType.handshake) progress.stage = 'flight';
    if (error instanceof HandshakeEnded) return { ...progress, ...error.ending };
    if (error instanceof PeerMessageError) return { ...progress, kind: 'malformed', error };
    if (error instanceof SuiteNotSpoken) return { ...progress, kind: 'suite-not-spoken', suite: error.suite };
    if (error instanceof SearchFailed) return { ...progress, kind: error.kind };
    throw error;
  }
}

async function runHandshake(records: RecordStream, request: HandshakeRequest, progress: Progress): Promise<void> {
  const { wish, identity, suites = dheSuites, unspoken = new Map(), versions = anyVersion } = request;
  const transcript: Buffer[] = [];
  const say = (message: Buffer) => {
    transcript.push(message);
    records.send(contentType.handshake, message);
  };

  const random = randomBytes(32);
  // What the record layer of a first message should say (RFC 5246, E.1).
  records.version = tls10;
  say(
    writeClientHello({
      random,
      version: versions.highest,
      suiteIds: [...suites.map(({ id }) => id), ...unspoken.keys(), renegotiationSignal],
      serverName: serverNameOf(request.serverName),
      extensions: [
        extension(extensionType.encryptThenMac),
        ...(request.extendedMasterSecret ? [extension(extensionType.extendedMasterSecret)] : []),
        ...(request.namedGroups === true
          ? [extension(extensionType.supportedGroups, numbers(Object.values(ffdheGroupIds)))]
          : []),
      ],
    }),
  );
  const flight = await readServerFlight(records, { random, suites, unspoken, versions }, transcript);
  const { suite, facts, serverRandom, wantsCertificate } = flight;
  progress.server = facts;
  const { length } = facts.group;
  const key = await search(request, facts);
  // Who ended it while the search went on has not seen the key.
  await records.expectSilence();

  const written = (value: bigint, short: boolean) => (short ? toShortBytes(value) : toBytes(value, length));
  const clientPublic = written(key.clientPublic, wish.clientPublic === 'short');
  const premaster = written(key.sharedSecret, wish.premaster === 'strip');
  progress.lengths = {
    p: length,
    sharedSecret: toShortBytes(key.sharedSecret).length,
    premaster: premaster.length,
    clientPublic: toShortBytes(key.clientPublic).length,
    clientPublicSent: clientPublic.length,
  };
  records.hold();
  if (wantsCertificate !== undefined) {
    const shown = identity?.certificates ?? [];
    say(handshakeMessage(handshakeType.certificate, vector(3, ...shown.map((one) => vector(3, one)))));
  }
  say(handshakeMessage(handshakeType.clientKeyExchange, vector(2, clientPublic)));
  const master = masterSecret({
    suite,
    premaster,
    clientRandom: random,
    serverRandom,
    sessionTranscript: facts.extendedMasterSecret ? Buffer.concat(transcript) : undefined,
  });
  if (wantsCertificate !== undefined && identity !== undefined) {
    const proof = proveKey(identity, suite.version, wantsCertificate, Buffer.concat(transcript));
    // Without a proof the server says itself what it misses.
    if (proof !== undefined) {
      const scheme = proof.scheme === undefined ? Buffer.alloc(0) : number(proof.scheme, 2);
      say(handshakeMessage(handshakeType.certificateVerify, scheme, vector(2, proof.signature)));
    }
  }
  const keys = directionKeys(suite, master, random, serverRandom);
  records.sendChangeCipherSpec(new RecordProtection(suite, keys.client, facts.encryptThenMac));
  say(handshakeMessage(handshakeType.finished, verifyData(suite, master, 'client', Buffer.concat(transcript))));
  progress.stage = 'key';
  records.release();

  await records.expectChangeCipherSpec();
  records.opening = new RecordProtection(suite, keys.server, facts.encryptThenMac);
  const expected = verifyData(suite, master, 'server', Buffer.concat(transcript));
  const answer = await records.nextMessage();
  if (answer.type !== handshakeType.finished || !answer.body.equals(expected)) {
    throw new PeerMessageError('Finished', 0, 'other verification data than this handshake has');
  }
}

async function search(request: HandshakeRequest, { group, serverPublic }: ServerFacts): Promise<KeyPair> {
  const { wish, searchMilliseconds: milliseconds, signal } = request;
  const wanted = { clientPublic: wish.clientPublicZeros, sharedSecret: wish.sharedSecretZeros };
  const limits = { signal, ...(milliseconds !== undefined && { milliseconds }) };
  request.onSearch?.(true);
  const start = performance.now();
  const key = await findKey(group, serverPublic, wanted, limits);
  const left = (request.searchesAtLeastMilliseconds ?? 0) - (performance.now() - start);
  // An interruption also ends the connection, which is seen at once.
  if (left > 0) await wait(left, undefined, { signal }).catch(() => {});
  // One round of the event loop: what the peer did meanwhile is seen before anything is sent.
  await new Promise((resolve) => setImmediate(resolve));
  request.onSearch?.(false);
  if (key === 'no-such-key') throw new SearchFailed(key);
  if (key === 'too-slow') throw new SearchFailed('search-too-slow');
  return key;
}
