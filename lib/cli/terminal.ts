/** The last stop of every text: what an input brought along is shown, and only this program's own colours are obeyed. */

import { isPlainLine } from './views/text-width';

export type Colours = Readonly<Record<'bold' | 'red' | 'green' | 'yellow' | 'cyan', (text: string) => string>>;

export interface Terminal {
  readonly colours: Colours;
  /** The text as it may be written. */
  readonly clean: (text: string) => string;
}

// Parameters that nobody outside can know tell our escape sequences from those of an input.
const secret = Array.from({ length: 4 }, () => Math.floor(Math.random() * 10_000)).join(';');
const ours = new RegExp(`\\u001b\\[(\\d+);${secret}m`, 'g');

export function createTerminal(hasColour: boolean): Terminal {
  const paint = (open: number, close: number) => (text: string) =>
    hasColour ? `\u001b[${open};${secret}m${text}\u001b[${close};${secret}m` : text;
  return {
    colours: {
      bold: paint(1, 22),
      red: paint(31, 39),
      green: paint(32, 39),
      yellow: paint(33, 39),
      cyan: paint(36, 39),
    },
    clean: (text) => {
      if (isPlain.test(text) || !/[^\P{Cc}\n]|[\p{Zl}\p{Zp}\p{Cf}]/u.test(text)) return text;
      return text
        .split(ours)
        .map((part, index) => (index % 2 === 0 ? showControls(part, false) : `\u001b[${part}m`))
        .join('');
    },
  };
}

// Most texts, at the cost of a hundredth of what Unicode's classes take the first time.
const isPlain = /^[\n -~]*$/;

/** Control characters, line separators, and what turns the direction of a text or is not seen, as `\x1b` or `\u200b`. */
function showControls(text: string, lineEnds = true): string {
  if (isPlainLine.test(text)) return text;
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Cf}]/gu, (character) => {
    if (character === '\n' && !lineEnds) return character;
    const code = character.codePointAt(0)?.toString(16) ?? '';
    if (code.length > 4) return `\\u{${code}}`;
    return code.length > 2 ? `\\u${code.padStart(4, '0')}` : `\\x${code.padStart(2, '0')}`;
  });
}

/** A longer name is cut; Windows takes none of more than 63 characters. */
const longestName = 72;
const names = new Set(['name', 'found']);

/**
 * Data as a view may put it into its lines: no text in it ends a line or steers a terminal, and what is a name (an
 * element of a list, or called `name` or `found`) makes no line wide.
 */
export function asShown<Data>(data: Data): Data {
  return show(data, '') as Data;
}

function show(data: unknown, key: string): unknown {
  if (typeof data === 'string') {
    const text = showControls(data);
    return names.has(key) && text.length > longestName ? `${text.slice(0, longestName - 1)}…` : text;
  }
  if (typeof data !== 'object' || data === null) return data;
  // Mostly nothing is to be changed, and a copy of everything costs.
  const values = data as Record<string, unknown>;
  let changed: Record<string, unknown> | undefined;
  for (const name of Object.keys(values)) {
    const shown = show(values[name], Array.isArray(data) ? 'name' : name);
    if (shown === values[name]) continue;
    changed ??= (Array.isArray(data) ? [...data] : { ...data }) as Record<string, unknown>;
    changed[name] = shown;
  }
  return changed ?? data;
}
