/** PostgreSQL's protocol, "SSLRequest". */
import { type AnswerReader, StartTlsRefused } from './answer-reader';

export async function postgres(answers: AnswerReader): Promise<void> {
  answers.say(Buffer.from([0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f]));
  const [answer] = await answers.take(1);
  if (answer === 0x4e) throw new StartTlsRefused('a refusal of TLS');
  if (answer !== 0x53) throw answers.error(`0x${answer?.toString(16)} where S or N should be`);
}
