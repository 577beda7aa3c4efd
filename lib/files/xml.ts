/** XML that comes from outside: a document type definition is refused, and nothing in it leads anywhere. */
import type { X2jOptions } from 'fast-xml-parser';
import { InvalidInputError } from '../errors';

/** An element: its attributes as `@name`, its text, where it has children too, as `#text`; prefixes are left out. */
export type XmlElement = { readonly [name: string]: unknown };

const options: X2jOptions = {
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  removeNSPrefix: true,
  parseTagValue: false,
  parseAttributeValue: false,
  ignoreDeclaration: true,
  // With it go the numeric ones, which XML has too.
  htmlEntities: true,
};

/** What is used of the library; the declarations that ship name no package. */
interface XmlLibrary {
  readonly XMLParser: new (options: object) => { parse(text: string): unknown };
  readonly XMLValidator: {
    validate(text: string): true | { readonly err: { readonly code: string; readonly line: number } };
  };
}

/** Compiling it takes longer than reading an export does, so that it is loaded where a document is XML or HTML alone. */
export function loadXmlLibrary(): XmlLibrary {
  return require('fast-xml-parser') satisfies typeof import('fast-xml-parser');
}

/** The document, with its root as the one member. @throws InvalidInputError */
export function parseXml(text: string, source: string): XmlElement {
  // The parser would read one; no such file has one, and refusing any mention of it is the safe side.
  if (/<!DOCTYPE/i.test(text)) throw new InvalidInputError(source, undefined, 'xml-without-dtd', 'document-type');
  const { XMLParser, XMLValidator } = loadXmlLibrary();
  const check = XMLValidator.validate(text);
  if (check !== true) throw new InvalidInputError(source, { line: check.err.line }, 'xml', { text: check.err.code });
  try {
    return new XMLParser(options).parse(text) as XmlElement;
  } catch {
    throw new InvalidInputError(source, undefined, 'xml', 'another-content');
  }
}

/** The one child of that name; undefined where it has none, several, or one that is text alone. */
export function childOf(element: XmlElement | undefined, name: string): XmlElement | undefined {
  const [child, ...more] = element === undefined ? [] : childrenOf(element, name);
  return more.length === 0 ? child : undefined;
}

export function childrenOf(element: XmlElement, name: string): readonly XmlElement[] {
  const found = element[name];
  const all: readonly unknown[] = Array.isArray(found) ? found : [found];
  return all.filter((one): one is XmlElement => typeof one === 'object' && one !== null);
}

/** The text of a child or, as `@name`, of an attribute; null where there is none. */
export function textOf(element: XmlElement, name: string): string | null {
  const found = element[name];
  const text = typeof found === 'object' && found !== null ? (found as XmlElement)['#text'] : found;
  return typeof text === 'string' && text !== '' ? text : null;
}

/** Every element of that name, at any depth. */
export function* descendantsOf(element: XmlElement, name: string): Generator<XmlElement> {
  for (const [key, value] of Object.entries(element)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (typeof one !== 'object' || one === null) continue;
      if (key === name) yield one as XmlElement;
      yield* descendantsOf(one as XmlElement, name);
    }
  }
}
