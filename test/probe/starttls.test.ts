import type { Duplex } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { probePeer } from '../../lib/probe/probe-peer';
import { type StartTls, startTls, startTlsProtocols } from '../../lib/probe/starttls';
import { FaultyPeer, makeGroup, streamPair } from './faulty-peer';

const peer = new FaultyPeer(makeGroup(512, 0xff), { sharedSecret: 'keep' });

type Script = readonly (string | Buffer)[];

const hex = (text: string) => Buffer.from(text.replace(/\s/g, ''), 'hex');
/** MariaDB's greeting, with these lower capability flags. */
const mysqlGreeting = (flags: string) => {
  const greeting =
    hex(`0a 31302e31312e3139 00 2a000000 6161616161616161 00 ${flags} 2d 0200 ff81 15 000000000000 1d000000
    616161616161616161616161 00 6d7973716c5f6e61746976655f70617373776f726400`);
  return Buffer.concat([Buffer.from([greeting.length, 0, 0, 0]), greeting]);
};
const stream =
  "<?xml version='1.0'?><stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' id='1' version='1.0'>";
const xmppFeatures = (offer: string) => `${stream}<stream:features>${offer}</stream:features>`;
const xmppTls = "<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'><required/></starttls>";

/** What a server says first, and then what it answers to each message. */
const scripts: Readonly<Record<Exclude<StartTls, 'tds'>, readonly Script[]>> = {
  smtp: [
    ['220-mail\r\n220 ready\r\n', '250-mail\r\n250-STARTTLS\r\n250 HELP\r\n', '220 go\r\n'],
    ['220 \r\n', '250 mail\r\n', '220\r\n'],
  ],
  imap: [
    ['* OK ready\r\n', '* CAPABILITY IMAP4rev1\r\na1 OK begin\r\n'],
    ['* OK ready\r\n', '* X {7}\r\na1 NO\r\n y\r\na1 OK begin\r\n'],
  ],
  pop3: [['+OK ready\r\n', '+OK begin\r\n']],
  ldap: [
    ['', hex('300c 020101 7807 0a0100 0400 0400')],
    // As Active Directory writes it, with every length in four bytes, and the name of the response.
    [
      '',
      hex(
        `3084 00000028 020101 7884 0000001f 0a0100 0400 0400 8a16 ${Buffer.from('1.3.6.1.4.1.1466.20037').toString('hex')}`,
      ),
    ],
  ],
  postgres: [['', 'S']],
  mysql: [[mysqlGreeting('feff'), '']],
  ftp: [
    ['220 ready\r\n', '234 go\r\n'],
    ['220-Welcome\r\n 220 of them\r\nno code\r\n221-other\r\n220 ready\r\n', '234 go\r\n'],
    ['120 in a minute\r\n220 ready\r\n', '234-go\r\n234 go\r\n'],
  ],
  xmpp: [
    ['', xmppFeatures(xmppTls), "<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>"],
    ['', xmppFeatures(xmppTls), "<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'></proceed>"],
    ['', `${stream}<features>${xmppTls}</features>`, "<tls:proceed xmlns:tls='urn:ietf:params:xml:ns:xmpp-tls' />"],
  ],
  sieve: [
    ['"IMPLEMENTATION" "x"\r\n"STARTTLS"\r\nOK "ready"\r\n', 'OK "begin"\r\n'],
    ['"IMPLEMENTATION" {4+}\r\nNO\r\n\r\n"STARTTLS"\r\nOK {5}\r\nready\r\n', 'ok\r\n'],
  ],
  nntp: [
    ['200 ready\r\n', '382 go\r\n'],
    ['201 no posting\r\n', '382 go\r\n'],
  ],
  // The choice of TLS alone, and of CredSSP, which network level authentication is.
  rdp: [
    ['', hex('0300 0013 0e d0 0000 1234 00 02 00 0800 01000000')],
    ['', hex('0300 0013 0e d0 0000 1234 00 02 1f 0800 02000000')],
  ],
};

const refusals: Readonly<Record<StartTls, readonly (readonly [Script, string, 'malformed'?])[]>> = {
  smtp: [
    [['220 ready\r\n', '250 mail\r\n', '454 no TLS\r\n'], '454 no TLS'],
    [['554 not today\r\n'], '554 not today'],
    [['HTTP/1.1 400 Bad Request\r\n'], 'HTTP/1.1', 'malformed'],
  ],
  imap: [
    [['* OK ready\r\n', 'a1 BAD what\r\n'], 'a1 BAD'],
    [['* BYE later\r\n'], '* BYE'],
    [['+OK ready\r\n'], '+OK', 'malformed'],
  ],
  pop3: [
    [['+OK ready\r\n', '-ERR no\r\n'], '-ERR no'],
    [['220 ready\r\n'], '220', 'malformed'],
  ],
  ldap: [
    [['', hex('3011 020101 780c 0a0134 0400 0405 6e6f20544c')], 'result code 52: no TL'],
    [['', hex('3084 7fffffff 020101')], '2147483647 bytes', 'malformed'],
    [['', hex('3005 020101 7800')], 'ldap answer', 'malformed'],
  ],
  postgres: [
    [['', 'N'], 'a refusal of TLS'],
    [['', 'HTTP/1.1'], '0x48', 'malformed'],
  ],
  mysql: [
    [[mysqlGreeting('fef7'), ''], 'offers no TLS'],
    [[hex('09000001 ff 6a04 486f73742e2e'), ''], 'Host..'],
    [[hex('03000000 0a 3161'), ''], 'no greeting', 'malformed'],
  ],
  ftp: [[['220 ready\r\n', '534 no TLS\r\n'], '534 no TLS']],
  xmpp: [
    [['', xmppFeatures('<mechanisms/>')], '<mechanisms/>'],
    [['', `${stream}<stream:error><host-unknown/></stream:error></stream:stream>`], 'host-unknown'],
    [['', xmppFeatures(xmppTls), "<failure xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>"], '<failure'],
  ],
  sieve: [
    [['"SIEVE" "x"\r\nOK\r\n', 'NO "no TLS"\r\n'], 'no TLS'],
    [['BYE "busy"\r\n'], 'busy'],
  ],
  nntp: [[['200 ready\r\n', '580 no TLS\r\n'], '580 no TLS']],
  tds: [
    [['', hex('0401 000f 0000 01 00 01 0006 0001 ff 02')], 'a refusal of encryption'],
    [['', hex('0401 0004 0000 01 00')], '-4 bytes', 'malformed'],
  ],
  rdp: [
    [['', hex('0300 0013 0e d0 0000 1234 00 03 00 0800 05000000')], 'HYBRID_REQUIRED_BY_SERVER'],
    [['', hex('0300 0013 0e d0 0000 1234 00 02 00 0800 00000000')], 'without TLS'],
    [['', hex('0300 000b 06 d0 0000 1234 00')], 'without TLS'],
    [['', hex('0300 0010 0b d0 0000 1234 00 02 00 0800 01')], 'without TLS'],
  ],
};

/** Plays a script, then serves TLS on the same stream. */
function play(script: Script, thenTls: boolean): Duplex {
  const [client, server] = streamPair();
  const [greeting = '', ...answers] = script;
  if (greeting.length > 0) server.write(greeting);
  const listen = () => {
    server.once('data', () => {
      const answer = answers.shift();
      if (answer === undefined) return;
      if (answers.length > 0) listen();
      else if (thenTls) peer.serve(server);
      if (answer.length > 0) server.write(answer);
    });
  };
  listen();
  server.on('error', () => {});
  return client;
}

/**
 * SQL Server: one PRELOGIN answer, then TLS inside of packets. Keeps the content types of the records in each message that
 * came, and answers in packets of the size given.
 */
function playTds(size: number, messages: number[][]): Duplex {
  const [client, server] = streamPair();
  const [inner, tls] = streamPair();
  let isGreeted = false;
  let bytes = Buffer.alloc(0);
  let message = Buffer.alloc(0);
  const write = (type: number, content: Buffer) => {
    for (let at = 0; at < content.length; at += size) {
      const part = content.subarray(at, at + size);
      const header = Buffer.from([type, at + size < content.length ? 0 : 1, 0, 0, 0, 0, 0, 0]);
      header.writeUInt16BE(part.length + 8, 2);
      server.write(Buffer.concat([header, part]));
    }
  };
  server.on('error', () => {});
  server.on('data', (chunk: Buffer) => {
    bytes = Buffer.concat([bytes, chunk]);
    while (bytes.length >= 8 && bytes.length >= bytes.readUInt16BE(2)) {
      const [type, status] = bytes;
      expect([type, bytes.readUInt16BE(2) <= 4096]).toEqual([0x12, true]);
      message = Buffer.concat([message, bytes.subarray(8, bytes.readUInt16BE(2))]);
      bytes = bytes.subarray(bytes.readUInt16BE(2));
      if (status !== 1) continue;
      if (isGreeted) {
        messages.push(contentTypes(message));
        inner.write(message);
      } else write(0x04, hex('01 0006 0001 ff 01'));
      isGreeted = true;
      message = Buffer.alloc(0);
    }
  });
  inner.on('data', (chunk: Buffer) => write(0x12, chunk));
  inner.on('end', () => server.end());
  peer.serve(tls);
  return client;
}

function contentTypes(records: Buffer): number[] {
  const types: number[] = [];
  for (let at = 0; at < records.length; at += 5 + records.readUInt16BE(at + 3)) types.push(records.readUInt8(at));
  return types;
}

const probe = (protocol: StartTls, connect: () => Duplex) =>
  probePeer({ host: 'test', port: 1, startTls: protocol, timeoutMilliseconds: 60_000, connect: async () => connect() });
const keepsZeros = { id: 'affected', faults: ['keeps-zeros'] };

describe.each(startTlsProtocols.filter((protocol) => protocol !== 'tds'))('%s', (protocol) => {
  it.each(scripts[protocol].map((script) => [script]))('goes on to TLS after %j', async (script) => {
    expect((await probe(protocol, () => play(script, true))).verdict).toMatchObject(keepsZeros);
  });
});

describe.each(startTlsProtocols)('%s', (protocol) => {
  it.each(refusals[protocol].map(([script, found, reason]) => [script, found, reason] as const))(
    'tells a server that does not, %j',
    async (script, found, reason) => {
      const { verdict, cases } = await probe(protocol, () => play(script, false));
      expect(verdict).toEqual({ id: 'inconclusive', reason: reason ?? 'starttls-refused' });
      expect(cases[0]?.detail).toContain(found);
      if (reason !== undefined) expect(cases[0]?.detail).toContain(`${protocol} answer`);
    },
  );

  it('is never led into anything but an error by what a server says', async () => {
    const [first = ['']] =
      protocol === 'tds' ? [['', hex('0401 000f 0000 01 00 01 0006 0001 ff 01')]] : scripts[protocol];
    const said = Buffer.concat(first.map((part) => Buffer.from(part)));
    const edit = fc.record({ at: fc.nat(said.length), remove: fc.nat(4), insert: fc.uint8Array({ maxLength: 6 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 4 }), async (edits) => {
        const [client, server] = streamPair();
        server.on('error', () => {});
        let bytes = said;
        for (const { at, remove, insert } of edits) {
          bytes = Buffer.concat([bytes.subarray(0, at), insert, bytes.subarray(at + remove)]);
        }
        server.write(bytes);
        server.end();
        try {
          await startTls(client, protocol, 'x');
        } catch (error) {
          expect((error as Error).constructor.name).toMatch(/^(PeerMessageError|StartTlsRefused|HandshakeEnded)$/);
        }
        client.destroy();
      }),
      { numRuns: 300 },
    );
  });
});

it('takes an end of the connection for no answer', async () => {
  const judge = async (protocol: StartTls) => {
    const { cases } = await probe(protocol, () => {
      const [client, server] = streamPair();
      server.end();
      return client;
    });
    expect([protocol, cases[0]]).toMatchObject([protocol, { result: 'closed', stage: 'hello' }]);
  };
  // They spend their time in pauses.
  await Promise.all(startTlsProtocols.map(judge));
});

describe('tds', () => {
  it.each([1, 500, 4088])('goes on to TLS, with answers in packets of %d bytes', async (size) => {
    const messages: number[][] = [];
    expect((await probe('tds', () => playTds(size, messages))).verdict).toMatchObject(keepsZeros);
    // A hello, and then the key, the change of keys and Finished in one message.
    for (const [index, message] of messages.entries()) expect(message).toEqual(index % 2 === 0 ? [22] : [22, 20, 22]);
    expect(messages.length).toBeGreaterThan(10);
  });

  it('gives what came together with the answer once', async () => {
    const [client, server] = streamPair();
    server.write(hex('0401 000f 0000 01 00 01 0006 0001 ff 01  1201 000c 0000 01 00 61626364'));
    const secure = await startTls(client, 'tds', 'x');
    server.end();
    const said: Buffer[] = [];
    for await (const chunk of secure) said.push(chunk);
    expect(Buffer.concat(said).toString()).toBe('abcd');
  });

  it('splits a flight that is longer than a packet', async () => {
    const [client, server] = streamPair();
    const sizes: number[][] = [];
    server.once('data', () => {
      server.on('data', (chunk: Buffer) => {
        for (let at = 0; at < chunk.length; at += chunk.readUInt16BE(at + 2))
          sizes.push([chunk.readUInt16BE(at + 2), chunk.readUInt8(at + 1)]);
      });
      server.write(hex('0401 000f 0000 01 00 01 0006 0001 ff 01'));
    });
    const secure = await startTls(client, 'tds', 'x');
    secure.write(Buffer.alloc(5_000));
    secure.write(Buffer.alloc(4_000));
    await new Promise((resolve) => secure.end(resolve));
    expect(sizes).toEqual([
      [4096, 0],
      [4096, 0],
      [9_000 - 2 * 4_088 + 8, 1],
    ]);
  });
});

it('asks an XMPP server for its name, whatever stands in it', async () => {
  const [client, server] = streamPair();
  const said = new Promise<string>((resolve) => server.once('data', (chunk) => resolve(String(chunk))));
  const failing = startTls(client, 'xmpp', "a'b<&.example");
  expect(await said).toContain("to='a&#39;b&#60;&#38;.example'");
  server.end();
  await expect(failing).rejects.toThrow();
});
