/** RFC 6120, 5: a stream to the server's name, its features, and the request to go on with TLS. */
import type { AnswerReader } from './answer-reader';

const tlsNamespace = 'urn:ietf:params:xml:ns:xmpp-tls';
/** The end of the features or, after an error, of the stream; whatever the prefixes are called. */
const featuresEnd = /<\/(?:[\w-]+:)?(?:features|stream)\s*>|<(?:[\w-]+:)?features\s*\/>/;
const proceedOrNot = /<(?:[\w-]+:)?proceed\b[^<>]*(?:\/>|><\/(?:[\w-]+:)?proceed\s*>)|<(?:[\w-]+:)?failure\b[^<>]*>/;

export async function xmpp(answers: AnswerReader): Promise<void> {
  answers.say(
    `<?xml version='1.0'?><stream:stream to='${escapeXml(answers.serverName)}' version='1.0' xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>`,
  );
  const features = await answers.takeText(featuresEnd);
  if (!features.includes(tlsNamespace))
    throw answers.refusal(features.slice(features.indexOf('<', features.search(/<(?:[\w-]+:)?stream\b/) + 1)));
  answers.say(`<starttls xmlns='${tlsNamespace}'/>`);
  const answer = await answers.takeText(proceedOrNot);
  if (!/<(?:[\w-]+:)?proceed\b/.test(answer)) throw answers.refusal(answer);
}

function escapeXml(text: string): string {
  return text.replace(/[^\w.:-]/gu, (character) => `&#${character.codePointAt(0)};`);
}
