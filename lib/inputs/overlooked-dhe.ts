/** What a reader did not take must not speak of DHE: a broken line or a second list would leave the rest looking clean. */
import { foldName } from '../cipher-suite/cipher-suite';
import { mentionsDhe } from '../cipher-suite/other-names';
import { InvalidInputError } from '../errors';
import { decodeMultiString, decodeString, RegistryType } from '../registry-files/registry-value';
import type { InputContent } from './input-content';
import { unwrap } from './readers/literal-list';

const words = /[A-Za-z0-9]+(?:[_-][A-Za-z0-9]+)+/g;

/** Comments that are lines of their own may. @throws InvalidInputError */
export function requireAllDheTaken(text: string, content: InputContent, source: string): void {
  if (content.kind === 'configuration') return;
  const taken = new Set(
    textsOf(content)
      .flatMap((one) => unwrap(one).match(words) ?? [])
      .map(foldName),
  );
  const lines = unwrap(text).replace(/^[ \t]*(?:#|;|\/\/|::|REM[ \t])[^\r\n]*/gim, '');
  const left = lines.replace(words, (word) => (taken.has(foldName(word)) ? ' ' : word));
  const overlooked = left.match(/[^\s,;"']*(?:DHE|EDH)[_-][^\s,;"']*/gi)?.find(mentionsDhe);
  if (overlooked !== undefined) throw new InvalidInputError(source, undefined, 'dhe-in-list', { text: overlooked });
}

function textsOf(content: Exclude<InputContent, { readonly kind: 'configuration' }>): readonly string[] {
  if (content.kind === 'enumerated') return content.names;
  if (content.kind === 'text') return [content.text];
  return content.entries.flatMap((entry) => {
    if (entry.kind !== 'value') return [];
    const { type, data } = entry.value;
    return type === RegistryType.multiString ? decodeMultiString(data) : decodeString(data);
  });
}
