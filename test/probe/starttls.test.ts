import type { Duplex } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { probePeer } from '../../lib/probe/probe-peer';
import { type StartTls, startTlsProtocols } from '../../lib/probe/starttls';
import { FaultyPeer, makeGroup, streamPair } from './faulty-peer';

const peer = new FaultyPeer(makeGroup(512, 0xff), { sharedSecret: 'keep' });

/** What a server says first, and then what it answers to each message. */
const scripts: Readonly<Record<Exclude<StartTls, 'tds'>, readonly (string | Buffer)[]>> = {
  smtp: ['220-mail\r\n220 ready\r\n', '250-mail\r\n250-STARTTLS\r\n250 HELP\r\n', '220 go\r\n'],
  imap: ['* OK ready\r\n', '* CAPABILITY IMAP4rev1\r\na1 OK begin\r\n'],
  pop3: ['+OK ready\r\n', '+OK begin\r\n'],
  ldap: ['', Buffer.from('300c02010178070a010004000400', 'hex')],
  postgres: ['', 'S'],
  rdp: ['', Buffer.from('030000130ed000001234000200080001000000', 'hex')],
};

const refusals: Readonly<Record<StartTls, readonly (string | Buffer)[]>> = {
  smtp: ['220 ready\r\n', '250 mail\r\n', '454 no TLS\r\n'],
  imap: ['* OK ready\r\n', 'a1 BAD what\r\n'],
  pop3: ['+OK ready\r\n', '-ERR no\r\n'],
  ldap: ['', Buffer.from('300c02010178070a010204000400', 'hex')],
  postgres: ['', 'N'],
  tds: ['', Buffer.from('0401000f000000000100060001ff02', 'hex')],
  rdp: ['', Buffer.from('030000130ed000001234000300080005000000', 'hex')],
};

/** Plays a script, then serves TLS on the same stream. */
function play(script: readonly (string | Buffer)[], thenTls: boolean): Duplex {
  const [client, server] = streamPair();
  const [greeting = '', ...answers] = script;
  if (greeting.length > 0) server.write(greeting);
  const listen = () => {
    server.once('data', () => {
      const answer = answers.shift();
      if (answer === undefined) return;
      if (answers.length === 0) {
        if (thenTls) peer.serve(server);
        server.write(answer);
      } else {
        server.write(answer);
        listen();
      }
    });
  };
  listen();
  server.on('error', () => {});
  return client;
}

/** SQL Server: one PRELOGIN answer, then TLS inside of packets. */
function playTds(): Duplex {
  const [client, server] = streamPair();
  const [inner, tls] = streamPair();
  let isGreeted = false;
  let bytes = Buffer.alloc(0);
  const packet = (type: number, content: Buffer) => {
    const header = Buffer.from([type, 1, 0, 0, 0, 0, 0, 0]);
    header.writeUInt16BE(content.length + 8, 2);
    server.write(Buffer.concat([header, content]));
  };
  server.on('error', () => {});
  server.on('data', (chunk: Buffer) => {
    bytes = Buffer.concat([bytes, chunk]);
    while (bytes.length >= 8 && bytes.length >= bytes.readUInt16BE(2)) {
      const content = bytes.subarray(8, bytes.readUInt16BE(2));
      bytes = bytes.subarray(bytes.readUInt16BE(2));
      if (isGreeted) inner.write(content);
      else packet(0x04, Buffer.from([1, 0, 6, 0, 1, 0xff, 1]));
      isGreeted = true;
    }
  });
  inner.on('data', (chunk: Buffer) => packet(0x12, chunk));
  inner.on('end', () => server.end());
  peer.serve(tls);
  return client;
}

describe.each(startTlsProtocols)('%s', (startTls) => {
  const probe = (connect: () => Duplex) =>
    probePeer({ host: 'test', port: 1, startTls, timeoutMilliseconds: 2_000, connect: async () => connect() });

  it('goes on to TLS', async () => {
    const { verdict } = await probe(() => (startTls === 'tds' ? playTds() : play(scripts[startTls], true)));
    expect(verdict).toMatchObject({ id: 'affected', faults: ['keeps-zeros'] });
  });

  it('tells a server that does not', async () => {
    const { verdict, cases } = await probe(() => play(refusals[startTls], false));
    expect(verdict).toEqual({ id: 'inconclusive', reason: 'malformed' });
    expect(cases[0]?.detail).toContain(`${startTls} answer`);
  });
});
