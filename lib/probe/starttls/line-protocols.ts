/** Protocols that answer in lines: SMTP, FTP, NNTP, POP3, IMAP and ManageSieve. */
import type { AnswerReader } from './answer-reader';

/** RFC 3207 */
export async function smtp(answers: AnswerReader): Promise<void> {
  await expectReply(answers, '220');
  answers.say('EHLO localhost\r\n');
  await expectReply(answers, '250');
  answers.say('STARTTLS\r\n');
  await expectReply(answers, '220');
}

/** RFC 4217, 4 */
export async function ftp(answers: AnswerReader): Promise<void> {
  await expectReply(answers, '220');
  answers.say('AUTH TLS\r\n');
  await expectReply(answers, '234');
}

/** RFC 4642, 2.2 */
export async function nntp(answers: AnswerReader): Promise<void> {
  await expectLine(answers, /^20[01]\b/, /^[45]\d\d\b/);
  answers.say('STARTTLS\r\n');
  await expectLine(answers, /^382\b/, /^[45]\d\d\b/);
}

/** RFC 2595, 4 */
export async function pop3(answers: AnswerReader): Promise<void> {
  await expectLine(answers, /^\+OK/, /^-ERR/);
  answers.say('STLS\r\n');
  await expectLine(answers, /^\+OK/, /^-ERR/);
}

/** Whatever a server of IMAP says by itself, but that it ends the connection. */
const untagged = /^\* (?!BYE)/i;

/** RFC 3501, 6.2.1 */
export async function imap(answers: AnswerReader): Promise<void> {
  await expectAmongOthers(answers, /^\* (OK|PREAUTH)/i, untagged, /^\* BYE/i);
  answers.say('a1 STARTTLS\r\n');
  await expectAmongOthers(answers, /^a1 OK/i, untagged, /^(\* BYE|a1 (NO|BAD))/i);
}

/** RFC 5804, 1.7 and 2.2: the capabilities come first, each in a line that begins with a string. */
export async function sieve(answers: AnswerReader): Promise<void> {
  await expectAmongOthers(answers, /^OK\b/i, /^["{]/, /^(NO|BYE)\b/i);
  answers.say('STARTTLS\r\n');
  await expectAmongOthers(answers, /^OK\b/i, /^["{]/, /^(NO|BYE)\b/i);
}

async function expectLine(answers: AnswerReader, expected: RegExp, refused: RegExp): Promise<void> {
  const line = await answers.line();
  if (!expected.test(line)) throw unexpected(answers, line, refused);
}

function unexpected(answers: AnswerReader, line: string, refused: RegExp): Error {
  return refused.test(line) ? answers.refusal(line) : answers.error(JSON.stringify(line.slice(0, 200)));
}

/** The reply that comes after the preliminary ones; it may have many lines, with any text in between (RFC 959, 4.2). */
async function expectReply(answers: AnswerReader, expected: string): Promise<void> {
  for (let left = mostLines, begun = ''; left > 0; left -= 1) {
    const line = await answers.line();
    const [, code = '', mark] = /^(\d{3})([ -]|$)/.exec(line) ?? [];
    if (begun === '' && code === '') throw unexpected(answers, line, /^$/);
    if (begun === '' && mark === '-') begun = code;
    if (mark === '-' || (begun !== '' && code !== begun)) continue;
    if (code === expected) return;
    if (!code.startsWith('1')) throw unexpected(answers, line, /^[45]/);
    begun = '';
  }
  throw answers.error('a reply without an end');
}

/** More than any server says of itself. */
const mostLines = 200;

/** Passes over the lines of the second kind, each with its literals: `{5}` at its end, and five bytes more. */
async function expectAmongOthers(
  answers: AnswerReader,
  expected: RegExp,
  passedOver: RegExp,
  refused: RegExp,
): Promise<void> {
  for (let left = mostLines; left > 0; left -= 1) {
    const line = await answers.line();
    for (let part = line; ; part = await answers.line()) {
      const literal = /\{(\d{1,5})\+?\}$/.exec(part);
      if (literal === null) break;
      await answers.take(Number(literal[1]));
    }
    if (expected.test(line)) return;
    if (!passedOver.test(line)) throw unexpected(answers, line, refused);
  }
  throw answers.error('an answer without an end');
}
