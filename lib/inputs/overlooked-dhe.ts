/** What a reader did not take must not speak of DHE: a broken line or a second list would leave the rest looking clean. */
import { foldName } from '../cipher-suite/cipher-suite';
import { mentionsDhe } from '../cipher-suite/other-names';
import { requireSensibleSize } from '../configuration/offline-configuration';
import { InvalidInputError } from '../errors';
import { decodeMultiString, decodeString, RegistryType, type RegistryValue } from '../registry-files/registry-value';
import type { InputContent } from './input-content';
import { unwrap } from './recognise';

const words = /[A-Za-z0-9]+(?:[_-][A-Za-z0-9]+)+/g;

const spoken = /(?:DHE|EDH)[_-]/gi;
/** A line's end goes through the name, as where a console was copied. */
const broken = /(?:TLS|SSL)[_-]\s{0,40}D\s{0,40}H\s{0,40}E\s{0,40}[_-]/gi;

/** @throws InvalidInputError; InputTooLargeError where the list is larger than one could be */
export function requireAllDheTaken(texts: readonly string[], content: InputContent, source: string): void {
  if (content.kind === 'configuration') return;
  for (const size of sizesOf(content)) requireSensibleSize(size, source);
  const found = new Set(textsOf(content));
  const taken = new Set<string>();
  for (const one of found) for (const [word] of unwrap(one).matchAll(words)) taken.add(foldName(word));
  const refuse = (overlooked: string) => {
    if (mentionsDhe(overlooked)) throw new InvalidInputError(source, undefined, 'dhe-in-list', { text: overlooked });
  };
  for (const text of texts) {
    const whole = unwrap(text);
    for (const { index } of whole.matchAll(spoken)) {
      const word = around(whole, index, /[A-Za-z0-9_-]/);
      if (!taken.has(foldName(word))) refuse(around(whole, index, /[^\s,;"']/));
    }
    for (const [match] of whole.matchAll(broken)) {
      const name = match.replace(/\s+/g, '');
      if (name !== match && ![...found].some((one) => one.replace(/\s+/g, '').includes(name))) refuse(name);
    }
  }
}

/** The word of such characters that a place is in. */
function around(text: string, index: number, character: RegExp): string {
  let [start, end] = [index, index];
  while (start > 0 && index - start < longestWord && character.test(text[start - 1] ?? '')) start -= 1;
  while (end < text.length && end - index < longestWord && character.test(text[end] ?? '')) end += 1;
  return text.slice(start, end);
}

const longestWord = 128;

/** Of each list, in bytes as the registry would hold it. */
function sizesOf(content: Exclude<InputContent, { readonly kind: 'configuration' }>): readonly number[] {
  switch (content.kind) {
    case 'enumerated':
      return [content.names.reduce((size, { length }) => size + 2 * length, 0)];
    case 'text':
      return [2 * content.text.length];
    case 'policies':
      return content.policies.map(({ value }) => ((value?.data.length ?? 0) * 3) / 4);
    case 'entries':
      return [...content.entries].map((entry) => (entry.kind === 'value' ? entry.value.data.byteLength : 0));
  }
}

function* textsOf(content: Exclude<InputContent, { readonly kind: 'configuration' }>): Generator<string> {
  switch (content.kind) {
    case 'enumerated':
      return yield* content.names;
    case 'text':
      return yield content.text;
    case 'policies':
      for (const { value } of content.policies) {
        if (value !== null) yield* valueTexts({ type: value.type, data: Buffer.from(value.data, 'base64') });
      }
      return;
    case 'entries':
      for (const entry of content.entries) if (entry.kind === 'value') yield* valueTexts(entry.value);
  }
}

function valueTexts({ type, data }: RegistryValue): readonly string[] {
  return type === RegistryType.multiString ? decodeMultiString(data) : [decodeString(data)];
}

/** Comments that are lines of their own may speak of DHE. */
export function withoutCommentLines(text: string): string {
  return text.replace(/^[ \t]*(?:#|;|\/\/|::|REM[ \t])[^\r\n]*/gim, '');
}
