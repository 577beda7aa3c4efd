/** What `Export-Clixml` wrote ([MS-PSRP] 2.2.5): cipher suites as objects, their names as texts, or the value of a key. */
import { textOf, type XmlElement } from '../../files/xml';
import { configuredName, type InputContent } from '../input-content';
import { placesIn } from '../places';

/** Undefined where it holds none of them. */
export function readClixml(root: XmlElement): InputContent | undefined {
  const texts = [...stringsOf(root)].map(({ name, text }) => ({ name, text: unescapeText(text) }));
  const named = (wanted: string) => texts.flatMap(({ name, text }) => (name === wanted ? [text] : []));
  const [functions, ...others] = named('Functions');
  const [layer] = placesIn(named('PSPath').join('\n'));
  if (functions !== undefined && others.length === 0 && layer !== undefined)
    return { kind: 'text', layer, text: functions };
  const names = named('Name').flatMap(configuredName);
  if (names.length > 0) return { kind: 'enumerated', names };
  const plain = texts.flatMap(({ name, text }) => (name === null ? configuredName(text) : []));
  return plain.length === 0 ? undefined : { kind: 'text', layer: 'groupPolicy', text: plain.join(',') };
}

function* stringsOf(root: XmlElement): Generator<{ readonly name: string | null; readonly text: string }> {
  for (const parent of [root, ...descendantsOfAny(root)]) {
    const found = parent['S'];
    for (const one of Array.isArray(found) ? found : [found]) {
      if (typeof one === 'string') yield { name: null, text: one };
      else if (typeof one === 'object' && one !== null) {
        const text = textOf(one as XmlElement, '#text');
        if (text !== null) yield { name: textOf(one as XmlElement, '@N'), text };
      }
    }
  }
}

function* descendantsOfAny(element: XmlElement): Generator<XmlElement> {
  for (const name of Object.keys(element)) {
    if (name !== 'S')
      for (const value of [element[name]].flat()) {
        if (typeof value === 'object' && value !== null) {
          yield value as XmlElement;
          yield* descendantsOfAny(value as XmlElement);
        }
      }
  }
}

/** `_x000A_` and the like. */
function unescapeText(text: string): string {
  return text.replace(/_x([0-9A-F]{4})_/gi, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
}
