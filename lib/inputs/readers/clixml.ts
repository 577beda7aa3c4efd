/** What `Export-Clixml` wrote ([MS-PSRP] 2.2.5): cipher suites as objects, their names as texts, or the value of a key. */
import { configuredName, type InputContent } from '../input-content';
import { placesIn } from '../places';

export interface ClixmlString {
  /** Of the property; null for one that is an object of its own. */
  readonly name: string | null;
  readonly text: string;
}

/** What a text (`<S>`) may tell; of other properties nothing is read. */
export function readClixmlString(text: string, name: string | undefined): readonly ClixmlString[] {
  const isWanted = name === undefined || name === 'Functions' || name === 'PSPath' || name === 'Name';
  return text !== '' && isWanted ? [{ name: name ?? null, text: unescapeText(text) }] : [];
}

/** Undefined where it holds none of them. */
export function readClixml(texts: readonly ClixmlString[]): InputContent | undefined {
  const named = (wanted: string) => texts.flatMap(({ name, text }) => (name === wanted ? [text] : []));
  const [functions, ...others] = named('Functions');
  const [layer] = placesIn(named('PSPath').join('\n'));
  if (functions !== undefined && others.length === 0 && layer !== undefined)
    return { kind: 'text', layer, text: functions };
  const names = named('Name').flatMap(configuredName);
  if (names.length > 0) return { kind: 'enumerated', names };
  const plain = texts.flatMap(({ name, text }) => (name === null ? configuredName(text) : []));
  return plain.length === 0 ? undefined : { kind: 'text', layer: layer ?? 'groupPolicy', text: plain.join(',') };
}

/** `_x000A_` and the like. */
function unescapeText(text: string): string {
  return text.replace(/_x([0-9A-F]{4})_/gi, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
}
