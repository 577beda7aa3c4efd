/** argv → the command, its options and its operands, or what is wrong with it. */
import type { CommandLineProblem } from '../messages/shape';
import type { Command, Values } from './command';
import { CommandLineError } from './command-line-error';
import { generalOptions, machineOptions } from './global-options';
import { findOption, type Option, type Options, spell } from './option';

export interface CommandLine {
  readonly command: Command | undefined;
  /** The group that the first word names, where it names no command. */
  readonly group: string | undefined;
  /** What was understood, also where something is wrong. */
  readonly values: Values;
  readonly operands: readonly string[];
  readonly error: CommandLineError | undefined;
}

type Token =
  | { readonly kind: 'word'; readonly value: string }
  | { readonly kind: 'option'; readonly name: string; readonly value: string | undefined };

/**
 * The words of a command line. A value follows its option or an equals sign; one that begins with `--` needs the latter.
 * After `--` all are words.
 */
function readTokens(argv: readonly string[], takesValue: (option: string) => boolean): Token[] {
  const tokens: Token[] = [];
  for (let index = 0; index < argv.length; index += 1) {
    const text = argv[index] as string;
    const next = argv[index + 1];
    if (text === '--') return [...tokens, ...argv.slice(index + 1).map((value) => ({ kind: 'word', value }) as const)];
    const equals = text.indexOf('=');
    // A negative number is no option: .NET writes a status so.
    if (!text.startsWith('-') || /^-\d*$/.test(text)) tokens.push({ kind: 'word', value: text });
    else if (equals !== -1) tokens.push({ kind: 'option', name: text.slice(0, equals), value: text.slice(equals + 1) });
    else if (takesValue(text) && next !== undefined && !next.startsWith('--')) {
      tokens.push({ kind: 'option', name: text, value: next });
      index += 1;
    } else tokens.push({ kind: 'option', name: text, value: undefined });
  }
  return tokens;
}

export function parseCommandLine(argv: readonly string[], commands: readonly Command[]): CommandLine {
  // Of a command that is named first, its own options are enough: those of another are refused, with a value or without.
  const first = commands.find(({ name }) => name === argv[0] || name === `${argv[0]} ${argv[1]}`);
  const declared = (first === undefined ? commands : [first]).map(({ options }) => options);
  // One name is a flag, or takes a value, in all commands alike.
  const takesValue = (spelling: string) =>
    [generalOptions, machineOptions, ...declared].some((options) => isValued(findOption(options, spelling)?.option));
  const tokens = readTokens(argv, takesValue);
  const words = tokens.flatMap((token) => (token.kind === 'word' ? [token.value] : []));
  const command = commands.find(({ name }) => name === words[0] || name === `${words[0]} ${words[1]}`);
  const group =
    command === undefined && commands.some(({ name }) => name.startsWith(`${words[0]} `)) ? words[0] : undefined;
  const operands = words.slice(command?.name.split(' ').length ?? 0);
  const known: Options = { ...generalOptions, ...machineOptions, ...command?.options };
  const problems: CommandLineProblem[] = [];
  const values: Record<string, Values[string]> = {};

  if (command === undefined) {
    const isNamed = words.length > (group === undefined ? 0 : 1);
    problems.push(isNamed ? { kind: 'unknown-command', found: words.slice(0, 2).join(' ') } : { kind: 'no-command' });
  }
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const found = findOption(known, token.name);
    if (found === undefined) {
      if (command !== undefined) problems.push({ kind: 'unknown-option', option: token.name, command: command.name });
      continue;
    }
    const { name, option } = found;
    const value = readValue(token.name, option, token.value);
    if (typeof value === 'object') problems.push(value);
    else if (isRepeatable(option)) values[name] = [...((values[name] ?? []) as string[]), String(value)];
    else if (option.kind !== 'flag' && name in values) problems.push({ kind: 'repeated', option: token.name });
    else values[name] = value;
  }
  if (command !== undefined) {
    problems.push(...checkOperands(command, operands, values), ...checkTogether(command, known, operands, values));
  }
  for (const [name, option] of Object.entries(known)) {
    if (option.kind === 'flag') values[name] ??= false;
    else if (!isRepeatable(option) && option.default !== undefined) values[name] ??= option.default;
  }
  const [problem] = problems;
  return { command, group, values, operands, error: problem === undefined ? undefined : new CommandLineError(problem) };
}

function isValued(option: Option | undefined): boolean {
  return option !== undefined && option.kind !== 'flag';
}

function isRepeatable(option: Option): option is Extract<Option, { readonly kind: 'choices' | 'texts' }> {
  return option.kind === 'choices' || option.kind === 'texts';
}

function readValue(
  spelled: string,
  option: Option,
  text: string | undefined,
): boolean | number | string | CommandLineProblem {
  if (option.kind === 'flag') return text === undefined ? true : { kind: 'no-flag', option: spelled };
  if (text === undefined) return { kind: 'no-value', option: spelled };
  if (option.kind === 'text' || option.kind === 'texts') return text;
  if (option.kind === 'choice' || option.kind === 'choices') {
    const { choices } = option;
    return choices.includes(text) ? text : { kind: 'wrong-choice', option: spelled, found: text, choices };
  }
  const { kind, least, most } = option;
  const form = kind === 'integer' ? /^\d+$/ : /^\d+(\.\d+)?$/;
  const value = Number(text);
  if (form.test(text) && value >= least && value <= most) return value;
  return { kind: `wrong-${kind}`, option: spelled, found: text, least, most };
}

function checkOperands(
  { operand: declared }: Command,
  operands: readonly string[],
  values: Values,
): CommandLineProblem[] {
  const most = declared === undefined ? 0 : declared.several === true ? Number.POSITIVE_INFINITY : 1;
  const found = operands[most];
  if (found !== undefined) return [{ kind: 'too-many-operands', found }];
  if (declared === undefined || operands.length > 0 || declared.optional === true) return [];
  if (declared.unless?.some((name) => name in values)) return [];
  return [{ kind: 'no-operand', operand: `<${declared.name}>` }];
}

/** An option that would be ignored is refused. */
function checkTogether(
  command: Command,
  known: Options,
  operands: readonly string[],
  values: Values,
): CommandLineProblem[] {
  const problems: CommandLineProblem[] = [];
  for (const name of Object.keys(values)) {
    const { needs, excludes = [] } = known[name] as Option;
    const option = spell(name);
    if (name in machineOptions && command.machine === 'none') {
      problems.push({ kind: 'no-machine', option, command: command.name });
    }
    if (needs !== undefined && !needs.some((other) => other in values)) {
      problems.push({ kind: 'needs', option, others: needs.map(spell) });
    }
    for (const other of excludes) {
      if (other in values) problems.push({ kind: 'excluded', option, other: spell(other) });
      else if (other === command.operand?.name && operands.length > 0) {
        problems.push({ kind: 'excluded', option, other: `<${other}>` });
      }
    }
  }
  return problems;
}
