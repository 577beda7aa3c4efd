/** What has to be said before TLS begins, protocol by protocol. Each answers with the stream that then carries TLS. */
import type { Duplex } from 'node:stream';
import { AnswerReader } from './starttls/answer-reader';
import { ldap } from './starttls/ldap';
import { ftp, imap, nntp, pop3, sieve, smtp } from './starttls/line-protocols';
import { mysql } from './starttls/mysql';
import { postgres } from './starttls/postgres';
import { rdp } from './starttls/rdp';
import { TdsStream, tds } from './starttls/tds';
import { xmpp } from './starttls/xmpp';

const dialogues = { smtp, imap, pop3, ldap, postgres, mysql, ftp, xmpp, sieve, nntp, tds, rdp } as const;

/** A protocol in which TLS begins after some words in clear. */
export type StartTls = keyof typeof dialogues;

export const startTlsProtocols = Object.keys(dialogues) as readonly StartTls[];

/** The ports on which servers begin without TLS. */
export const startTlsPorts: Readonly<Record<StartTls, number>> = {
  smtp: 25,
  imap: 143,
  pop3: 110,
  ldap: 389,
  postgres: 5432,
  mysql: 3306,
  ftp: 21,
  xmpp: 5222,
  sieve: 4190,
  nntp: 119,
  tds: 1433,
  rdp: 3389,
};

/**
 * @throws StartTlsRefused where the server does not go on to TLS, PeerMessageError where it speaks something else,
 * HandshakeEnded where it ends the connection
 */
export async function startTls(stream: Duplex, protocol: StartTls, serverName: string): Promise<Duplex> {
  const answers = new AnswerReader(stream, protocol, serverName);
  await dialogues[protocol](answers);
  answers.detach();
  return protocol === 'tds' ? new TdsStream(stream) : stream;
}
