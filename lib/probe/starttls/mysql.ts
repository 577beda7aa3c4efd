/** MySQL's and MariaDB's protocol: the server's Handshake (version 10), then an SSLRequest. */
import { type AnswerReader, StartTlsRefused } from './answer-reader';

/** Of the capability flags: what a current server asks of every client, and TLS. */
const capability = { longPassword: 0x1, protocol41: 0x200, ssl: 0x800, secureConnection: 0x8000 } as const;
const utf8mb4 = 45;

export async function mysql(answers: AnswerReader): Promise<void> {
  const header = await answers.take(4);
  const greeting = await answers.take(header.readUIntLE(0, 3));
  if (greeting[0] === 0xff) throw answers.refusal(greeting.subarray(3).toString('latin1'));
  const versionEnd = greeting.indexOf(0, 1);
  // The version's end, a connection id, eight bytes of a nonce and a filler stand before the flags.
  const flagsAt = versionEnd + 1 + 4 + 8 + 1;
  if (greeting[0] !== 10 || versionEnd === -1 || flagsAt + 2 > greeting.length)
    throw answers.error('no greeting of MySQL');
  if ((greeting.readUInt16LE(flagsAt) & capability.ssl) === 0)
    throw new StartTlsRefused('a greeting that offers no TLS');
  const request = Buffer.alloc(4 + 32);
  request.writeUIntLE(32, 0, 3);
  request.writeUInt8(1, 3);
  request.writeUInt32LE(
    Object.values(capability).reduce((sum, flag) => sum | flag, 0),
    4,
  );
  request.writeUInt32LE(2 ** 24, 8);
  request.writeUInt8(utf8mb4, 12);
  answers.say(request);
}
