/** The HTML that `gpresult /h` and `Get-GPOReport` write: rows of tables, in the language of whoever made them. */
import type { PolicyOrigin } from '../../configuration/configuration';
import { encodeValue } from '../../configuration/registry-readings';
import { decodeReferences } from '../../files/xml';
import { encodeString } from '../../registry-files/registry-value';
import { isList } from '../recognise';

type Row = readonly string[];

/** Every policy of a report that holds a list. */
export function readHtmlReport(text: string): PolicyOrigin[] {
  // The rows of results say in a third column which GPO won; those of one GPO's own report have a comment there.
  let [isOfResults, winner]: [boolean, string | null] = [false, null];
  const links: string[] = [];
  const lists: { readonly value: string; readonly winner: string | null; readonly isOfResults: boolean }[] = [];
  for (const [, value = '', third = '', fourth = '', ...more] of rowsOf(text)) {
    if (more.length > 0) continue;
    if (fourth !== '') {
      if (/^[\w-]+(?:\.[\w-]+)+(?:\/.*)?$/.test(fourth)) links.push(fourth);
    } else if (third !== '') {
      if (/GPO/.test(third) && !isList(value)) isOfResults = true;
      winner = third;
    } else if (isList(value)) lists.push({ value, winner, isOfResults });
  }
  const title = /<title[^>]*>([^<]*)</i.exec(text)?.[1]?.trim();
  return lists.map(({ value, ...of }) => ({
    kind: 'gpo',
    name: (of.isOfResults ? of.winner : title) || null,
    links: of.isOfResults ? [] : links,
    isInForce: of.isOfResults ? true : null,
    action: null,
    isDisabled: false,
    isTargeted: false,
    layer: 'groupPolicy',
    value: encodeValue(encodeString(value)),
  }));
}

/** Reports nest some ten. */
const deepest = 1000;
const kinds = { table: 'table', tr: 'row', td: 'cell', th: 'cell' } as const;

type Open = { readonly kind: 'table' } | { readonly kind: 'row'; readonly cells: string[] } | Cell;
interface Cell {
  readonly kind: 'cell';
  text: string;
}

/** The rows in the order in which they end; of a cell the text without the tables in it. */
function* rowsOf(text: string): Generator<Row> {
  const open: Open[] = [];
  function* close(...wanted: readonly Open['kind'][]): Generator<Row> {
    for (let last = open.at(-1); last !== undefined && wanted.includes(last.kind); last = open.at(-1)) {
      open.pop();
      const row = open.at(-1);
      if (last.kind === 'row') yield last.cells;
      if (last.kind === 'cell' && row?.kind === 'row') row.cells.push(last.text.trim());
    }
  }
  for (const { before, name, isEnd } of tagsOf(text)) {
    const around = open.at(-1);
    if (around?.kind === 'cell')
      around.text += decodeReferences(before, (other) => other) + (name === 'br' ? '\n' : '');
    const kind = Object.hasOwn(kinds, name) ? kinds[name as keyof typeof kinds] : undefined;
    // A cell ends the one before it, and a row the cells too.
    if (kind === 'cell') yield* close('cell');
    if (kind === 'row') yield* close('cell', 'row');
    if (kind === 'table' && isEnd) {
      yield* close('cell', 'row');
      open.pop();
    } else if (kind !== undefined && !isEnd && open.length < deepest) open.push(opened(kind));
  }
}

function opened(kind: Open['kind']): Open {
  if (kind === 'cell') return { kind, text: '' };
  return kind === 'row' ? { kind, cells: [] } : { kind };
}

interface HtmlTag {
  /** The text before it. */
  readonly before: string;
  /** Empty for what is no tag. */
  readonly name: string;
  readonly isEnd: boolean;
}

/** Tag by tag; comments, programs and styles are passed over. Linear in the text. */
function* tagsOf(text: string): Generator<HtmlTag> {
  for (let from = 0; from < text.length; ) {
    const start = text.indexOf('<', from);
    if (start === -1) return;
    const [whole = '<', end, written = ''] = matchAt(tagStart, text, start) ?? [];
    const name = written.toLowerCase();
    yield { before: text.slice(from, name === '' && whole === '<' ? start + 1 : start), name, isEnd: end === '/' };
    from =
      whole === '<!--' ? behind(text, /-->/g, start) : whole === '<' ? start + 1 : endOfTag(text, start + whole.length);
    if (end === '' && (name === 'script' || name === 'style'))
      from = behind(text, name === 'style' ? /<\/style/gi : /<\/script/gi, from);
  }
}

const tagStart = /<!--|<[!?]|<(\/?)([a-z][a-z0-9]*)/iy;

/** In quotation marks a `>` ends nothing; where no end comes, that of the text. */
function endOfTag(text: string, from: number): number {
  for (let at = from; ; ) {
    const piece = matchAt(/[^"'>]*(?:(>)|"[^"]*"|'[^']*')/y, text, at);
    if (piece === null) return text.length;
    at += piece[0].length;
    if (piece[1] !== undefined) return at;
  }
}

function behind(text: string, wanted: RegExp, from: number): number {
  const found = matchAt(wanted, text, from);
  return found === null ? text.length : found.index + found[0].length;
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
