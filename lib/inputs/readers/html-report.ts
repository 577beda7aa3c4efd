/** The HTML that `gpresult /h` and `Get-GPOReport` write: rows of tables, in the language of whoever made them. */
import type { X2jOptions } from 'fast-xml-parser';
import type { PolicyOrigin } from '../../configuration/configuration';
import { encodeValue } from '../../configuration/registry-readings';
import { InvalidInputError } from '../../errors';
import { loadXmlLibrary } from '../../files/xml';
import { encodeString } from '../../registry-files/registry-value';
import { isList } from '../recognise';

type Node = { readonly [name: string]: readonly Node[] | string };

const options: X2jOptions = {
  preserveOrder: true,
  ignoreAttributes: true,
  htmlEntities: true,
  parseTagValue: false,
  unpairedTags: ['area', 'base', 'br', 'col', 'hr', 'img', 'input', 'link', 'meta', 'wbr'],
};

interface HtmlReport {
  readonly policies: readonly PolicyOrigin[];
  /** Every text of the document. */
  readonly texts: readonly string[];
}

/** @throws InvalidInputError */
export function readHtmlReport(text: string, source: string): HtmlReport {
  const rows: (readonly string[])[] = [];
  let nodes: readonly Node[];
  try {
    const parser = new (loadXmlLibrary().XMLParser)(options);
    nodes = parser.parse(withoutPrograms(text.replace(/<!DOCTYPE[^>[]*>/i, ''))) as readonly Node[];
  } catch {
    throw new InvalidInputError(source, undefined, 'xml', 'another-content');
  }
  const texts = collectRows(nodes, rows);
  // The rows of results say in a third column which GPO won; those of one GPO's own report have a comment there.
  let [isOfResults, winner]: [boolean, string | null] = [false, null];
  const links = rows.flatMap((row) =>
    row.length === 4 && /^[\w-]+(?:\.[\w-]+)+(?:\/.*)?$/.test(row[3] ?? '') ? [row[3] ?? ''] : [],
  );
  const title = /<title[^>]*>([^<]*)</i.exec(text)?.[1]?.trim();
  const policies: PolicyOrigin[] = [];
  for (const row of rows) {
    const [, value = '', third] = row;
    if (third !== undefined && row.length === 3) {
      if (/GPO/.test(third) && !isList(value)) isOfResults = true;
      winner = third;
    }
    if (row.length !== 2 || !isList(value)) continue;
    policies.push({
      kind: 'gpo',
      name: (isOfResults ? winner : title) || null,
      links: isOfResults ? [] : links,
      isInForce: isOfResults ? true : null,
      action: null,
      isDisabled: false,
      isTargeted: false,
      layer: 'groupPolicy',
      value: encodeValue(encodeString(value)),
    });
  }
  // What looks like a tag, the parser takes for one.
  return { policies, texts: [...texts, text] };
}

/** Programs and styles are no markup, and no setting stands in them. */
function withoutPrograms(text: string): string {
  const pieces: string[] = [];
  let from = 0;
  for (const { index, 1: name = '' } of text.matchAll(/<(script|style)\b/gi)) {
    if (index < from) continue;
    pieces.push(text.slice(from, index));
    const end = text.toLowerCase().indexOf(`</${name.toLowerCase()}>`, index);
    from = end === -1 ? text.length : end + name.length + 3;
  }
  return [...pieces, text.slice(from)].join('');
}

/** The cells of every row, in the order in which rows begin, and the texts of all nodes. */
function collectRows(nodes: readonly Node[], rows: (readonly string[])[]): string[] {
  return nodes.flatMap((node) => {
    const [name, content] = Object.entries(node).find(([key]) => key !== ':@') ?? ['', ''];
    if (typeof content === 'string') return [content];
    if (name !== 'tr') return collectRows(content, rows);
    const row: string[] = [];
    rows.push(row);
    return content.flatMap((cell) => {
      const inside = cell['td'] ?? cell['th'];
      if (typeof inside !== 'object') return collectRows([cell], rows);
      const texts = collectRows(inside, rows);
      row.push(ownText(inside).trim());
      return texts;
    });
  });
}

/** The text of a cell without the tables in it. */
function ownText(nodes: readonly Node[]): string {
  return nodes
    .map((node) => {
      const [name, content] = Object.entries(node).find(([key]) => key !== ':@') ?? ['', ''];
      if (typeof content === 'string') return content;
      return name === 'table' ? '' : name === 'br' ? '\n' : ownText(content);
    })
    .join('');
}
