/** `reg add`, `Set-ItemProperty` and `New-ItemProperty` in scripts: read as text, never run. */
import { InvalidInputError } from '../../errors';
import type { RegistryEntry } from '../../registry-files/registry-entry';
import { withoutComments } from '../recognise';
import { fullKey, textValue } from './registry-text';

type Value = string | readonly string[];

const wantedNames = /^(?:Functions|CipherSuites)$/i;

/** @throws InvalidInputError where the order is set to something that is computed */
export function readScript(text: string, source: string): RegistryEntry[] {
  const lines = logicalLines(text);
  const variables = readVariables(lines);
  return lines.flatMap(
    (line) => readRegAdd(line, variables, source) ?? readItemProperty(line, variables, source) ?? [],
  );
}

/** Continued lines and arrays over several lines become one line. */
function logicalLines(text: string): string[] {
  return withoutComments(text)
    .replace(/[\^`][ \t]*\r?\n/g, ' ')
    .replace(/@\([^()]*\)/g, (array) => array.replace(/\s*\r?\n\s*/g, ' '))
    .replace(/,[ \t]*\r?\n\s*/g, ', ')
    .split(/\r?\n/);
}

/** Variables that are set once, to a literal. */
function readVariables(lines: readonly string[]): ReadonlyMap<string, Value> {
  const found = new Map<string, Value | undefined>();
  for (const line of lines) {
    const cmd = /^\s*@?set\s+"?([A-Za-z_]\w*)=([^"]*)"?\s*$/i.exec(line);
    const shell = /^\s*(?:\[[\w[\].]+\]\s*)?(\$\w+)\s*(\+?=)\s*(.+?)\s*;?\s*$/.exec(line);
    const name = (cmd === null ? shell?.[1] : `%${cmd[1]}%`)?.toLowerCase();
    if (name === undefined) continue;
    const value = cmd === null ? evaluate(shell?.[3] ?? '', found) : (cmd[2] ?? '');
    found.set(name, found.has(name) || shell?.[2] === '+=' ? undefined : value);
  }
  return new Map([...found].flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])));
}

/** The value of a PowerShell expression that is a literal, a variable of one, or such joined; else undefined. */
function evaluate(expression: string, variables: ReadonlyMap<string, Value | undefined>): Value | undefined {
  const text = expression.trim();
  const join = /^\(?(.+?)\s+-join\s+(["'])(.*?)\2\)?$/i.exec(text);
  if (join !== null) {
    const value = evaluate(join[1] ?? '', variables);
    return typeof value === 'object' ? value.join(join[3] ?? '') : value;
  }
  if (/^\$\w+$/.test(text)) return variables.get(text.toLowerCase());
  const array = /^@\((.*)\)$/s.exec(text)?.[1];
  const inside = array ?? text;
  if (!/^\s*(?:"[^"]*"|'[^']*')(?:[\s,]+(?:"[^"]*"|'[^']*'))*[\s,]*$/.test(inside)) {
    return array === undefined && /^[\w.\\:{}/-]+$/.test(text) ? text : undefined;
  }
  const pieces = [...inside.matchAll(/"([^"]*)"|'([^']*)'/g)].map(([, double, single]) =>
    double === undefined ? single : substitute(double, variables),
  );
  const texts = pieces.filter((piece) => piece !== undefined);
  if (texts.length < pieces.length) return undefined;
  return array === undefined && texts.length === 1 ? texts[0] : texts;
}

/** The text with its variables' values in it; undefined where one is not known. */
function substitute(text: string, variables: ReadonlyMap<string, Value | undefined>): string | undefined {
  let isKnown = true;
  const filled = text.replace(/\$\w+|\$\(.*?\)|%[A-Za-z_]\w*%/g, (name) => {
    const value = variables.get(name.toLowerCase());
    if (typeof value !== 'string') isKnown = false;
    return typeof value === 'string' ? value : name;
  });
  return isKnown ? filled : undefined;
}

function readRegAdd(line: string, variables: ReadonlyMap<string, Value>, source: string): RegistryEntry[] | undefined {
  const command = /\breg(?:\.exe)?"?\s+add\s+(?:"([^"]*)"|(\S+))(.*)$/i.exec(line);
  if (command === null) return undefined;
  const option = (letter: string): string | undefined => {
    const match = new RegExp(`\\s/${letter}\\s+(?:"((?:[^"\\\\]|\\\\.)*)"|(\\S+))`, 'i').exec(command[3] ?? '');
    return match?.[1] ?? match?.[2];
  };
  const name = option('v') ?? '';
  const key = substitute(command[1] ?? command[2] ?? '', variables);
  const data = substitute(option('d') ?? '', variables);
  if (key === undefined || data === undefined) return computed(line, name, source);
  return [textValue(fullKey(key), name, option('t') ?? 'REG_SZ', data, option('s') ?? '\\0') ?? []].flat();
}

function readItemProperty(
  line: string,
  variables: ReadonlyMap<string, Value>,
  source: string,
): RegistryEntry[] | undefined {
  const command = /\b(?:Set-ItemProperty|New-ItemProperty|Set-GPRegistryValue)\b(.*)$/i.exec(line)?.[1];
  if (command === undefined) return undefined;
  const parameter = (names: string): string | undefined =>
    new RegExp(
      `-(?:${names})[ :]+(\\([^()]*(?:\\([^()]*\\))?[^()]*\\)|@\\([^()]*\\)|(?:"[^"]*"|'[^']*')(?:\\s*,\\s*(?:"[^"]*"|'[^']*'))*|[^\\s;|]+)`,
      'i',
    ).exec(command)?.[1];
  const evaluated = (names: string) => evaluate(parameter(names) ?? "''", variables);
  const [name, key, value] = [evaluated('Name|ValueName'), evaluated('Path|LiteralPath|Key'), evaluated('Value')];
  if (typeof name !== 'string' || typeof key !== 'string' || value === undefined) {
    return computed(line, typeof name === 'string' ? name : 'Functions', source);
  }
  const type = evaluated('PropertyType|Type');
  const kind = typeof type === 'string' && type !== '' ? type : typeof value === 'object' ? 'MultiString' : 'String';
  const text = typeof value === 'object' ? value.join(/^multi/i.test(kind) ? '\\0' : ' ') : value;
  return [textValue(fullKey(key), name, kind, text) ?? []].flat();
}

/** Of other values nobody asks. */
function computed(line: string, name: string, source: string): RegistryEntry[] {
  if (!wantedNames.test(name)) return [];
  throw new InvalidInputError(source, undefined, 'literal-value', { text: line.trim().slice(0, 60) });
}
