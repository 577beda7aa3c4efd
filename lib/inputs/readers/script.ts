/** What scripts write to the registry, and delete there: read as text, never run. */
import { requireSensibleSize } from '../../configuration/offline-configuration';
import { InvalidInputError } from '../../errors';
import type { RegistryEntry } from '../../registry-files/registry-entry';
import { withoutComments } from '../recognise';
import { fullKey, textValue } from './registry-text';

type Value = string | readonly string[];

const wantedNames = /^(?:Functions|CipherSuites)$/i;

/** @throws InvalidInputError where the order is set to something that is computed */
export function readScript(text: string, source: string): RegistryEntry[] {
  const lines = logicalLines(text);
  for (const line of lines) requireSensibleSize(2 * line.length, source);
  const variables = readVariables(lines);
  return lines.flatMap(
    (line) =>
      readRegCommand(line, variables, source) ??
      readCmdlet(line, variables, source) ??
      readSetValue(line, variables, source) ??
      [],
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
  // A list to which something is added later.
  for (const [, name = ''] of lines.join('\n').matchAll(/(\$\w+)\s*\.\s*(?:Add|AddRange|Insert|InsertRange)\s*\(/gi)) {
    found.set(name.toLowerCase(), undefined);
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
  const call = /^\(?\[string\]::Join\(\s*(["'])(.*?)\1\s*,\s*(.+?)\s*\)\)?$/i.exec(text);
  if (call !== null) {
    const value = evaluate(call[3] ?? '', variables);
    return typeof value === 'object' ? value.join(call[2] ?? '') : value;
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

function readRegCommand(
  line: string,
  variables: ReadonlyMap<string, Value>,
  source: string,
): RegistryEntry[] | undefined {
  const command = /\breg(?:\.exe)?"?\s+(add|delete)\s+(?:"([^"]*)"|(\S+))(.*)$/i.exec(line);
  if (command === null) return undefined;
  const option = (letter: string): string | undefined => {
    const match = new RegExp(`\\s/${letter}\\s+(?:"((?:[^"\\\\]|\\\\.)*)"|(\\S+))`, 'i').exec(command[4] ?? '');
    return match?.[1] ?? match?.[2];
  };
  const name = option('v');
  const key = substitute(command[2] ?? command[3] ?? '', variables);
  const data = substitute(option('d') ?? '', variables);
  if (key === undefined || data === undefined) return computed(line, name ?? '', source);
  if (/^delete$/i.test(command[1] ?? '')) return [deletion(fullKey(key), name)];
  return [textValue(fullKey(key), name ?? '', option('t') ?? 'REG_SZ', data, option('s') ?? '\\0') ?? []].flat();
}

function deletion(key: string, name: string | undefined): RegistryEntry {
  return name === undefined ? { kind: 'delete-key', key } : { kind: 'delete-value', key, name };
}

const cmdlets =
  /\b((?:Set|New|Remove|Clear)-ItemProperty|Remove-Item|(?:Set|Remove)-GPRegistryValue|(?:Set|Remove)-PolicyFileEntry)\b(.*)$/i;

function readCmdlet(line: string, variables: ReadonlyMap<string, Value>, source: string): RegistryEntry[] | undefined {
  const [, cmdlet = '', words] = cmdlets.exec(line) ?? [];
  if (words === undefined) return undefined;
  const { named, positional } = readParameters(words);
  const isOfFile = /GPRegistryValue|PolicyFileEntry/i.test(cmdlet);
  const parameter = (names: readonly string[], position: number): string | undefined =>
    names.map((name) => named.get(name)).find((found) => found !== undefined) ??
    (isOfFile ? undefined : positional[position]);
  const evaluated = (names: readonly string[], position: number) =>
    evaluate(parameter(names, position) ?? "''", variables);
  const key = evaluated(isOfFile ? ['key'] : ['path', 'literalpath'], 0);
  const name = evaluated(isOfFile ? ['valuename'] : ['name'], 1);
  const value = evaluated(['value', 'data'], 2);
  const isRemoval = /^(?:Remove|Clear)/i.test(cmdlet);
  if (typeof name !== 'string' || typeof key !== 'string' || (value === undefined && !isRemoval)) {
    // Where the name is computed too, it may be any.
    return computed(line, typeof name === 'string' ? name : 'Functions', source);
  }
  const path = fullKey(/^\w+:?[\\/]|::/.test(key) && !/^SOFTWARE|^SYSTEM/i.test(key) ? key : `HKLM\\${key}`);
  if (isRemoval) return [deletion(path, /^Remove-Item$/i.test(cmdlet) ? undefined : name)];
  const type = evaluated(['propertytype', 'type'], 3);
  const kind = typeof type === 'string' && type !== '' ? type : typeof value === 'object' ? 'MultiString' : 'String';
  const text = typeof value === 'object' ? value.join(/^multi/i.test(kind) ? '\\0' : ' ') : (value ?? '');
  return [textValue(path, name, kind, text) ?? []].flat();
}

const switches = new Set(['force', 'whatif', 'confirm', 'verbose', 'passthru', 'recurse', 'disable', 'additive']);

/** The parameters of a cmdlet by their lower-case names, and those without. */
function readParameters(words: string): {
  readonly named: ReadonlyMap<string, string>;
  readonly positional: readonly string[];
} {
  const named = new Map<string, string>();
  const positional: string[] = [];
  let name: string | undefined;
  for (const [token] of words.matchAll(
    /-[A-Za-z]+(?=[\s:]|$)|\([^()]*(?:\([^()]*\))?[^()]*\)|@\([^()]*\)|(?:"[^"]*"|'[^']*')(?:\s*,\s*(?:"[^"]*"|'[^']*'))*|[|;]|[^\s;|:"'(][^\s;|"'(]*/g,
  )) {
    if (token === '|' || token === ';') break;
    if (/^-[A-Za-z]+$/.test(token)) {
      const found = token.slice(1).toLowerCase();
      name = switches.has(found) ? undefined : found;
    } else if (name === undefined) positional.push(token);
    else {
      if (!named.has(name)) named.set(name, token);
      name = undefined;
    }
  }
  return { named, positional };
}

/** .NET: `[Microsoft.Win32.Registry]::SetValue(key, name, value)`, and the same of a key that is open. */
function readSetValue(
  line: string,
  variables: ReadonlyMap<string, Value>,
  source: string,
): RegistryEntry[] | undefined {
  if (!/\bSetValue\s*\(/i.test(line)) return undefined;
  const text = `"([^"]*)"|'([^']*)'|(\\$\\w+)`;
  const call = new RegExp(
    `Registry\\]::SetValue\\s*\\(\\s*(?:${text})\\s*,\\s*(?:${text})\\s*,\\s*(?:${text})\\s*[,)]`,
    'i',
  ).exec(line);
  const argument = (first: number) => {
    const [plain, single, variable] = [call?.[first], call?.[first + 1], call?.[first + 2]];
    return variable === undefined
      ? (single ?? substitute(plain ?? '', variables))
      : variables.get(variable.toLowerCase());
  };
  const [key, name, value] = [argument(1), argument(4), argument(7)];
  if (call === null || typeof key !== 'string' || typeof name !== 'string' || typeof value !== 'string') {
    return /Functions|CipherSuites/i.test(line) ? computed(line, 'Functions', source) : [];
  }
  return [textValue(fullKey(key), name, 'String', value) ?? []].flat();
}

/** Of other values nobody asks. */
function computed(line: string, name: string, source: string): RegistryEntry[] {
  if (!wantedNames.test(name)) return [];
  throw new InvalidInputError(source, undefined, 'literal-value', { text: line.trim().slice(0, 60) });
}
