/**
 * XML that comes from outside (XML 1.0 without a document type definition, so that nothing in it leads anywhere), element by
 * element: what nobody asks for is kept nowhere, and a report of a whole domain takes little more memory than its text.
 */
import { InvalidInputError } from '../errors';

/** An element: its attributes as `@name`, its text, where it has children too, as `#text`; prefixes are left out. */
export type XmlElement = { readonly [name: string]: unknown };

export type XmlAttributes = ReadonlyMap<string, string>;

export interface XmlReading {
  /** Whether an element, or an attribute as `@name`, stays in the tree. What goes takes all with it that is in it. */
  readonly keeps?: (name: string) => boolean;
  /** Every element where it ends, whether it stays or goes, with its own text. */
  readonly onElement?: (name: string, text: string, attributes: XmlAttributes) => void;
}

/** Windows nests some twenty; libxml2 has the same bound. */
const deepest = 256;
const mostAttributes = 1000;
/** In characters, a text or the value of an attribute: some hundred times what any policy holds. */
const longestText = 2 * 1024 * 1024;

interface OpenElement {
  readonly written: string;
  readonly name: string;
  readonly attributes: XmlAttributes;
  readonly isKept: boolean;
  text: string;
  children: Record<string, unknown> | undefined;
}

/** The document, with its root as the one member. @throws InvalidInputError */
export function parseXml(text: string, source: string, { keeps, onElement }: XmlReading = {}): XmlElement {
  const document: Record<string, unknown> = {};
  const open: OpenElement[] = [];
  const stays = (name: string) => name !== '__proto__' && (keeps?.(name) ?? true);
  const walker = new XmlWalker(text, source);
  for (let token = walker.next(); token !== undefined; token = walker.next()) {
    const parent = open.at(-1);
    if (token.kind === 'text') {
      if (parent !== undefined) parent.text += token.text;
      else if (token.text.trim() !== '') walker.fail('text outside of the root');
      continue;
    }
    if (token.kind === 'start') {
      if (parent === undefined && Object.keys(document).length > 0) walker.fail('a second root');
      if (open.length === deepest) walker.fail('nested too deep');
      const name = withoutPrefix(token.name);
      const isKept = parent === undefined || (parent.isKept && stays(name));
      open.push({
        written: token.name,
        name,
        attributes: token.attributes,
        isKept,
        text: '',
        children: undefined,
      });
      if (!token.isEmpty) continue;
    } else if (parent?.written !== token.name) walker.fail(`</${token.name.slice(0, 40)}>`);
    const ended = open.pop() as OpenElement;
    onElement?.(ended.name, ended.text.trim(), ended.attributes);
    if (!ended.isKept) continue;
    const around = open.at(-1);
    if (around !== undefined) around.children ??= {};
    attach(around?.children ?? document, ended.name, contentOf(ended, stays));
  }
  if (open.length > 0 || Object.keys(document).length === 0) walker.fail('no end of the root');
  return document;
}

function attach(to: Record<string, unknown>, name: string, value: unknown): void {
  const present = to[name];
  if (!Object.hasOwn(to, name)) to[name] = value;
  else if (Array.isArray(present)) present.push(value);
  else to[name] = [present, value];
}

function contentOf({ text, attributes, children }: OpenElement, stays: (name: string) => boolean): unknown {
  const value = children ?? {};
  let isText = children === undefined;
  for (const [written, content] of attributes) {
    const name = `@${withoutPrefix(written)}`;
    if (/^xmlns(?::|$)/.test(written) || !stays(name)) continue;
    value[name] = content;
    isText = false;
  }
  const own = text.trim();
  if (isText) return own;
  if (own !== '') value['#text'] = own;
  return value;
}

function withoutPrefix(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

type XmlToken =
  | { readonly kind: 'start'; readonly name: string; readonly attributes: XmlAttributes; readonly isEmpty: boolean }
  | { readonly kind: 'end'; readonly name: string }
  | { readonly kind: 'text'; readonly text: string };

const nameAt = /[:A-Z_a-z\u0080-\uffff][-.:\w\u0080-\uffff]*/y;
const equalsAt = /\s*=\s*/y;
const spaceAt = /\s*/y;
const none: XmlAttributes = new Map();

/** One token after another; comments and processing instructions are none. Linear in the text. */
class XmlWalker {
  #at = 0;

  constructor(
    readonly text: string,
    readonly source: string,
  ) {
    // No such file has one, and refusing any mention of it is the safe side.
    if (/<!DOCTYPE/i.test(text)) throw new InvalidInputError(source, undefined, 'xml-without-dtd', 'document-type');
    const control = text.search(/[^\t\n\r -\ufffd]/);
    if (control === -1) return;
    this.#at = control;
    this.fail(text.charAt(control));
  }

  /** @throws InvalidInputError */
  fail(found: string): never {
    const line = this.text.slice(0, this.#at).split('\n').length;
    throw new InvalidInputError(this.source, { line }, 'xml', { text: found });
  }

  next(): XmlToken | undefined {
    for (;;) {
      if (this.#at >= this.text.length) return undefined;
      const start = this.#at;
      if (this.text[start] !== '<') {
        const end = this.text.indexOf('<', start);
        this.#at = end === -1 ? this.text.length : end;
        return { kind: 'text', text: this.#decode(this.text.slice(start, this.#at)) };
      }
      if (this.text.startsWith('<?', start)) this.#passTo('?>', 2);
      else if (this.text.startsWith('<!--', start)) {
        this.#passTo('--', 4);
        this.#pass('>');
      } else if (this.text.startsWith('<![CDATA[', start)) {
        return { kind: 'text', text: this.text.slice(start + 9, this.#passTo(']]>', 9)) };
      } else if (this.text.startsWith('</', start)) {
        this.#at += 2;
        const name = this.#take(nameAt);
        this.#take(spaceAt);
        this.#pass('>');
        return { kind: 'end', name };
      } else return this.#startTag();
    }
  }

  #startTag(): XmlToken {
    this.#at += 1;
    const name = this.#take(nameAt);
    let attributes: Map<string, string> | undefined;
    for (;;) {
      const isSpaced = this.#take(spaceAt) !== '';
      const isEmpty = this.text[this.#at] === '/';
      if (isEmpty || this.text[this.#at] === '>') {
        this.#pass(isEmpty ? '/>' : '>');
        return { kind: 'start', name, attributes: attributes ?? none, isEmpty };
      }
      const attribute = isSpaced ? this.#take(nameAt) : '';
      attributes ??= new Map();
      if (attribute === '' || attributes.has(attribute) || attributes.size === mostAttributes) this.fail(attribute);
      this.#take(equalsAt);
      attributes.set(attribute, this.#quoted());
    }
  }

  #quoted(): string {
    const quote = this.text[this.#at];
    if (quote !== '"' && quote !== "'") this.fail('no quotation mark');
    const start = this.#at + 1;
    const value = this.text.slice(start, this.#passTo(quote, 1));
    if (value.includes('<')) this.fail('<');
    return this.#decode(value);
  }

  #take(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.text)?.[0];
    if (found === undefined) this.fail(this.text.slice(this.#at, this.#at + 20));
    this.#at += found.length;
    return found;
  }

  #pass(wanted: string): void {
    if (!this.text.startsWith(wanted, this.#at)) this.fail(this.text.slice(this.#at, this.#at + 20));
    this.#at += wanted.length;
  }

  /** Behind the end of what stands here; answers where that end begins. */
  #passTo(end: string, beginning: number): number {
    const found = this.text.indexOf(end, this.#at + beginning);
    if (found === -1) this.fail(this.text.slice(this.#at, this.#at + 20));
    this.#at = found + end.length;
    return found;
  }

  #decode(text: string): string {
    if (text.length > longestText) this.fail(`a text of ${text.length} characters`);
    return decodeReferences(text, (reference) => this.fail(reference));
  }
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** References to characters and XML's own entities; what any other becomes, the caller decides. */
export function decodeReferences(text: string, other: (reference: string) => string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#(\d{1,7});|#x([0-9a-f]{1,6});|(\w{1,8});)?/gi, (reference, decimal, hexadecimal, name) => {
    if (name !== undefined) return Object.hasOwn(entities, name) ? (entities[name] as string) : other(reference);
    const number = decimal === undefined ? Number.parseInt(hexadecimal ?? '-1', 16) : Number(decimal);
    return number > 0 && number <= 0x10ffff ? String.fromCodePoint(number) : other(reference);
  });
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
