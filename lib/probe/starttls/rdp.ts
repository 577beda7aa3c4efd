/** [MS-RDPBCGR] 2.2.1.1, 2.2.1.2 and 5.4.5: an X.224 connection request that asks for TLS, with or without CredSSP in it. */
import { type AnswerReader, StartTlsRefused } from './answer-reader';

/** Both begin with TLS; a server that demands network level authentication takes the second alone. */
const protocol = { ssl: 1, hybrid: 2 } as const;
const negotiation = { request: 1, response: 2, failure: 3 } as const;
const failures = [
  'SSL_REQUIRED_BY_SERVER',
  'SSL_NOT_ALLOWED_BY_SERVER',
  'SSL_CERT_NOT_ON_SERVER',
  'INCONSISTENT_FLAGS',
  'HYBRID_REQUIRED_BY_SERVER',
  'SSL_WITH_USER_AUTH_REQUIRED_BY_SERVER',
];

export async function rdp(answers: AnswerReader): Promise<void> {
  const request = Buffer.from('030000130ee00000000000010008000000000000', 'hex').subarray(0, 19);
  request.writeUInt8(negotiation.request, 11);
  request.writeUInt32LE(protocol.ssl | protocol.hybrid, 15);
  answers.say(request);
  const header = await answers.take(4);
  if (header[0] !== 3) throw answers.error('no TPKT packet');
  const confirm = await answers.take(header.readUInt16BE(2) - 4);
  if (confirm[1] !== 0xd0) throw answers.error('no X.224 connection confirm');
  // A server from before the negotiation sends none.
  if (confirm.length < 15) throw new StartTlsRefused('a choice of RDP without TLS');
  const value = confirm.readUInt32LE(11);
  if (confirm[7] === negotiation.failure)
    throw new StartTlsRefused(`failure ${value} (${failures[value - 1] ?? 'unknown'})`);
  const isTls = value === protocol.ssl || value === protocol.hybrid;
  if (confirm[7] !== negotiation.response || !isTls) throw new StartTlsRefused('a choice of RDP without TLS');
}
