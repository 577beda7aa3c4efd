/** What a reader did not take must not speak of DHE: a broken line or a second list would leave the rest looking clean. */
import { foldName } from '../cipher-suite/cipher-suite';
import { mentionsDhe } from '../cipher-suite/other-names';
import { InvalidInputError } from '../errors';
import { decodeMultiString, decodeString, RegistryType, type RegistryValue } from '../registry-files/registry-value';
import type { InputContent } from './input-content';
import { unwrap } from './readers/literal-list';

const words = /[A-Za-z0-9]+(?:[_-][A-Za-z0-9]+)+/g;

const spoken = /(?:DHE|EDH)[_-]/gi;
/** A line's end goes through the name, as where a console was copied. */
const broken = /(?:TLS|SSL)[_-]\s{0,40}D\s{0,40}H\s{0,40}E\s{0,40}[_-]/gi;

/** @throws InvalidInputError */
export function requireAllDheTaken(texts: readonly string[], content: InputContent, source: string): void {
  if (content.kind === 'configuration') return;
  const found = textsOf(content);
  const taken = new Set(found.flatMap((one) => unwrap(one).match(words) ?? []).map(foldName));
  const joined = found.map((one) => one.replace(/\s+/g, ''));
  const overlooked = texts
    .flatMap((text) => {
      const whole = unwrap(text);
      return [
        ...[...whole.matchAll(spoken)].flatMap(({ index }) => {
          const word = around(whole, index, /[A-Za-z0-9_-]/);
          return taken.has(foldName(word)) ? [] : [around(whole, index, /[^\s,;"']/)];
        }),
        ...[...whole.matchAll(broken)].flatMap(({ 0: match }) => {
          const name = match.replace(/\s+/g, '');
          return name === match || joined.some((one) => one.includes(name)) ? [] : [name];
        }),
      ];
    })
    .find(mentionsDhe);
  if (overlooked !== undefined) throw new InvalidInputError(source, undefined, 'dhe-in-list', { text: overlooked });
}

/** The word of such characters that a place is in. */
function around(text: string, index: number, character: RegExp): string {
  let [start, end] = [index, index];
  while (start > 0 && index - start < longestWord && character.test(text[start - 1] ?? '')) start -= 1;
  while (end < text.length && end - index < longestWord && character.test(text[end] ?? '')) end += 1;
  return text.slice(start, end);
}

const longestWord = 128;

function textsOf(content: Exclude<InputContent, { readonly kind: 'configuration' }>): readonly string[] {
  if (content.kind === 'enumerated') return content.names;
  if (content.kind === 'text') return [content.text];
  if (content.kind === 'policies') {
    return content.policies.flatMap(({ value }) =>
      value === null ? [] : valueTexts({ type: value.type, data: Buffer.from(value.data, 'base64') }),
    );
  }
  return [...content.entries].flatMap((entry) => (entry.kind === 'value' ? valueTexts(entry.value) : []));
}

function valueTexts({ type, data }: RegistryValue): readonly string[] {
  return type === RegistryType.multiString ? decodeMultiString(data) : [decodeString(data)];
}

/** Comments that are lines of their own may speak of DHE. */
export function withoutCommentLines(text: string): string {
  return text.replace(/^[ \t]*(?:#|;|\/\/|::|REM[ \t])[^\r\n]*/gim, '');
}
