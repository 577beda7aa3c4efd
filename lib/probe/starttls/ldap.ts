/** RFC 4511, 4.14: an extended request for StartTLS, and its response. */
import { MessageReader } from '../wire';
import type { AnswerReader } from './answer-reader';

const tags = { sequence: 0x30, integer: 0x02, enumerated: 0x0a, octets: 0x04, extendedResponse: 0x78 } as const;

export async function ldap(answers: AnswerReader): Promise<void> {
  const oid = Buffer.from('1.3.6.1.4.1.1466.20037', 'latin1');
  answers.say(Buffer.concat([Buffer.from([tags.sequence, 0x1d, 2, 1, 1, 0x77, 0x18, 0x80, 0x16]), oid]));
  const [tag, size] = await answers.take(2);
  if (tag !== tags.sequence || size === undefined) throw answers.error('no LDAP message');
  const more = size < 0x80 ? size : numberIn(await answers.take(size & 0x7f));
  const message = new MessageReader('ldap answer', await answers.take(more));
  element(message, tags.integer);
  const response = new MessageReader('ldap answer', element(message, tags.extendedResponse));
  const resultCode = numberIn(element(response, tags.enumerated));
  if (resultCode === 0) return;
  element(response, tags.octets);
  throw answers.refusal(`result code ${resultCode}: ${element(response, tags.octets)}`);
}

/** BER: Active Directory writes every length in the long form with four bytes. */
function element(reader: MessageReader, expected: number): Buffer {
  const tag = reader.number(1);
  if (tag !== expected) throw reader.error(`BER tag 0x${tag.toString(16)} where 0x${expected.toString(16)} should be`);
  const size = reader.number(1);
  return reader.take(size < 0x80 ? size : numberIn(reader.take(size & 0x7f)));
}

function numberIn(bytes: Buffer): number {
  return bytes.reduce((sum, byte) => sum * 256 + byte, 0);
}
