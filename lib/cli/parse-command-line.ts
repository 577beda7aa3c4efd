/** argv → the command, its options and its operand, or what is wrong with it. */
import { parseArgs } from 'node:util';
import type { CommandLineProblem } from '../messages/shape';
import type { Command, Values } from './command';
import { CommandLineError } from './command-line-error';
import { generalOptions, machineOptions } from './global-options';
import { type Option, type Options, spell } from './option';

export interface CommandLine {
  readonly command: Command | undefined;
  /** The group that the first word names, where it names no command. */
  readonly group: string | undefined;
  /** What was understood, also where something is wrong. */
  readonly values: Values;
  readonly operand: string | undefined;
  readonly error: CommandLineError | undefined;
}

/** What any option looks like to `parseArgs`: one name is a flag, or takes a value, in all commands alike. */
function shapes(all: readonly Options[]): Record<string, { type: 'boolean' | 'string' }> {
  const entries = all.flatMap((options) =>
    Object.entries(options).map(([name, { kind }]) => {
      const type: 'boolean' | 'string' = kind === 'flag' ? 'boolean' : 'string';
      return [spell(name).slice(2), { type }] as const;
    }),
  );
  return Object.fromEntries(entries);
}

export function parseCommandLine(argv: readonly string[], commands: readonly Command[]): CommandLine {
  const { tokens } = parseArgs({
    args: [...argv],
    options: shapes([generalOptions, machineOptions, ...commands.map(({ options }) => options)]),
    strict: false,
    tokens: true,
  });
  const words = tokens.flatMap((token) => (token.kind === 'positional' ? [token.value] : []));
  const command = commands.find(({ name }) => name === words[0] || name === `${words[0]} ${words[1]}`);
  const group =
    command === undefined && commands.some(({ name }) => name.startsWith(`${words[0]} `)) ? words[0] : undefined;
  const [operand, excess] = words.slice(command?.name.split(' ').length ?? 0);
  const known: Options = { ...generalOptions, ...machineOptions, ...command?.options };
  const byName = new Map(Object.entries(known).map(([name, option]) => [spell(name), { name, option }]));
  const problems: CommandLineProblem[] = [];
  const values: Record<string, boolean | number | string> = {};

  if (command === undefined) {
    const isNamed = words.length > (group === undefined ? 0 : 1);
    problems.push(isNamed ? { kind: 'unknown-command', found: words.slice(0, 2).join(' ') } : { kind: 'no-command' });
  }
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const declared = byName.get(token.rawName);
    if (declared === undefined) {
      if (command !== undefined)
        problems.push({ kind: 'unknown-option', option: token.rawName, command: command.name });
      continue;
    }
    const { name, option } = declared;
    const value = readValue(token.rawName, option, token.value);
    if (typeof value === 'object') problems.push(value);
    else if (option.kind !== 'flag' && name in values) problems.push({ kind: 'repeated', option: token.rawName });
    else values[name] = value;
  }
  if (command !== undefined) {
    problems.push(...checkOperand(command, operand, excess, values), ...checkTogether(command, known, operand, values));
  }
  for (const [name, option] of Object.entries(known)) {
    if (option.kind === 'flag') values[name] ??= false;
    else if (option.default !== undefined) values[name] ??= option.default;
  }
  const [problem] = problems;
  return { command, group, values, operand, error: problem === undefined ? undefined : new CommandLineError(problem) };
}

function readValue(
  spelled: string,
  option: Option,
  text: string | undefined,
): boolean | number | string | CommandLineProblem {
  if (option.kind === 'flag') return text === undefined ? true : { kind: 'no-flag', option: spelled };
  if (text === undefined) return { kind: 'no-value', option: spelled };
  if (option.kind === 'text') return text;
  if (option.kind === 'choice') {
    const { choices } = option;
    return choices.includes(text) ? text : { kind: 'wrong-choice', option: spelled, found: text, choices };
  }
  const { kind, least, most } = option;
  const form = kind === 'integer' ? /^\d+$/ : /^\d+(\.\d+)?$/;
  const value = Number(text);
  if (form.test(text) && value >= least && value <= most) return value;
  return { kind: `wrong-${kind}`, option: spelled, found: text, least, most };
}

function checkOperand(
  { operand: declared }: Command,
  operand: string | undefined,
  excess: string | undefined,
  values: Values,
): CommandLineProblem[] {
  const found = declared === undefined ? operand : excess;
  if (found !== undefined) return [{ kind: 'too-many-operands', found }];
  if (declared === undefined || operand !== undefined || declared.optional === true) return [];
  if (declared.unless?.some((name) => name in values)) return [];
  return [{ kind: 'no-operand', operand: `<${declared.name}>` }];
}

/** An option that would be ignored is refused. */
function checkTogether(
  command: Command,
  known: Options,
  operand: string | undefined,
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
      else if (other === command.operand?.name && operand !== undefined) {
        problems.push({ kind: 'excluded', option, other: `<${other}>` });
      }
    }
  }
  return problems;
}
