/** Declarations → help: of the program, of a group of commands, or of one. */

import type { Language, Localized } from '../messages/languages';
import type { Messages } from '../messages/shape';
import type { Command } from './command';
import { exitProfiles, exitTable } from './exit-code';
import { generalOptions, machineOptions } from './global-options';
import { type Operand, type Option, type Options, spell } from './option';
import { formatTable, wrapText } from './views/table';
import { textWidth } from './views/text-width';

type Voice = { readonly language: Language; readonly messages: Messages };

export function describeProgram(commands: readonly Command[], { language, messages }: Voice): string {
  const { help } = messages;
  return [
    `${help.usage} schannel-dhe <command> [options]`,
    help.program,
    describeCommands(commands, language, help.commands),
    help.more,
    describeOptions(help.everywhere, { ...generalOptions, ...machineOptions }, { language, messages }),
    help.request,
    describeExitCodes(messages),
  ].join('\n\n');
}

export function describeGroup(group: string, commands: readonly Command[], { language, messages }: Voice): string {
  const own = commands.filter(({ name }) => name.startsWith(`${group} `));
  const usage = `${messages.help.usage} schannel-dhe ${group} <command> [options]`;
  return [usage, describeCommands(own, language, messages.help.commands), messages.help.more].join('\n\n');
}

export function describeCommand({ name, help, examples, operand, options, machine }: Command, voice: Voice): string {
  const { language, messages } = voice;
  const everywhere = { ...generalOptions, ...(machine !== 'none' && machineOptions) };
  return [
    `${messages.help.usage} schannel-dhe ${[name, ...writeOperand(operand), '[options]'].join(' ')}`,
    [
      messages.help.sentence(help[language]),
      ...(machine === 'changes' || machine === 'may-change' ? [messages.help[machine]] : []),
    ].join('\n'),
    `${messages.help.examples}\n${examples.map((line) => `  ${line}`).join('\n')}`,
    ...(operand === undefined ? [] : [described([[`<${operand.name}>`, operand.help[language]]])]),
    ...(Object.keys(options).length === 0 ? [] : [describeOptions(messages.help.options, options, voice)]),
    describeOptions(messages.help.everywhere, everywhere, voice),
  ].join('\n\n');
}

function describeCommands(commands: readonly Command[], language: Language, title: string): string {
  const rows = commands.map(
    ({ name, operand, help }) => [[name, ...writeOperand(operand)].join(' '), help[language]] as const,
  );
  return `${title}\n${described(rows)}`;
}

/** No line of a description is wider, in columns of a terminal. */
const widest = 100;

function describeOptions(title: string, options: Options, { language, messages }: Voice): string {
  const rows = Object.entries(options).map(([name, option]) => {
    const parts: string[] = [option.help[language]];
    if (option.kind === 'choice' || option.kind === 'choices') parts.push(messages.help.choices(option.choices));
    if (option.kind === 'integer' || option.kind === 'seconds') {
      parts.push(messages.help.choices([`${option.least} - ${option.most}`]));
    }
    if ('default' in option && option.default !== undefined) {
      parts.push(messages.help.standard(String(option.default)));
    }
    return [`${spell(name)}${writeValue(option, language)}`, parts.join(' ')] as const;
  });
  return `${title}\n${described(rows)}`;
}

const numberNames: Readonly<Record<Exclude<Option['kind'], 'flag' | 'text' | 'texts'>, Localized>> = {
  integer: { en: 'n', ja: '数' },
  seconds: { en: 'seconds', ja: '秒' },
  choice: { en: 'choice', ja: '値' },
  choices: { en: 'choice', ja: '値' },
};

function writeValue(option: Option, language: Language): string {
  if (option.kind === 'flag') return '';
  return ` <${('value' in option ? option.value : numberNames[option.kind])[language]}>`;
}

function writeOperand(operand: Operand | undefined): string[] {
  if (operand === undefined) return [];
  const isOptional = operand.optional === true || operand.unless !== undefined;
  return [`${isOptional ? `[${operand.name}]` : `<${operand.name}>`}${operand.several === true ? '...' : ''}`];
}

function indented(rows: readonly (readonly string[])[]): string {
  return formatTable(rows.map(([first = '', ...rest]) => [`  ${first}`, ...rest])).trimEnd();
}

/** Names, and what they mean in as many lines as it takes. */
function described(rows: readonly (readonly [string, string])[]): string {
  const room = widest - 4 - Math.max(...rows.map(([name]) => textWidth(name)));
  return indented(
    rows.flatMap(([name, text]) => wrapText(text, room).map((line, index) => [index === 0 ? name : '', line])),
  );
}

function describeExitCodes({ help }: Messages): string {
  const rows = Object.entries(exitTable).map(([outcome, codes]) => [outcome, ...codes.map(String)]);
  return `${help.exitCodes}\n${indented([[help.outcome, ...exitProfiles], ...rows])}`;
}
