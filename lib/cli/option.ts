/** What an option is, declared once: parsing, help, argument errors and completion are made from it. */
import type { Localized } from '../messages/languages';

interface AnyOption {
  readonly help: Localized;
  /** It means something only together with one of these options, by their names here. */
  readonly needs?: readonly string[];
  /** Options, or the operand, that it cannot stand beside. */
  readonly excludes?: readonly string[];
}

export interface Flag extends AnyOption {
  readonly kind: 'flag';
}

export interface TextOption extends AnyOption {
  readonly kind: 'text';
  /** What stands for the value in the help. */
  readonly value: Localized;
  readonly default?: string;
}

export interface ChoiceOption extends AnyOption {
  readonly kind: 'choice';
  readonly choices: readonly string[];
  readonly default?: string;
}

/** A choice that can be given several times. */
export interface ChoicesOption extends AnyOption {
  readonly kind: 'choices';
  readonly choices: readonly string[];
}

/** A text that can be given several times. */
export interface TextsOption extends AnyOption {
  readonly kind: 'texts';
  readonly value: Localized;
}

/** An integer, or seconds with a fraction, within bounds. */
export interface NumberOption extends AnyOption {
  readonly kind: 'integer' | 'seconds';
  readonly least: number;
  readonly most: number;
  readonly default?: number;
}

export type Option = Flag | TextOption | TextsOption | ChoiceOption | ChoicesOption | NumberOption;

/** By the name in the code, such as `dryRun` for `--dry-run`. */
export type Options = Readonly<Record<string, Option>>;

/** What a command takes beside its options. */
export interface Operand {
  readonly name: string;
  readonly help: Localized;
  /** One or more of them. */
  readonly several?: true;
  /** It may be left out. */
  readonly optional?: boolean;
  /** It may be left out where one of these options is given. */
  readonly unless?: readonly string[];
}

type ValueOf<One extends Option> = One extends ChoiceOption
  ? One['choices'][number]
  : One extends ChoicesOption
    ? readonly One['choices'][number][]
    : One extends TextsOption
      ? readonly string[]
      : One extends NumberOption
        ? number
        : string;

type Always<All extends Options> = {
  [Name in keyof All]: All[Name] extends Flag | { readonly default: unknown } ? Name : never;
}[keyof All];

/** What a command line gives for these options: flags and what has a default are always there. */
export type OptionValues<All extends Options> = {
  readonly [Name in Always<All>]: All[Name] extends Flag ? boolean : ValueOf<All[Name]>;
} & { readonly [Name in Exclude<keyof All, Always<All>>]?: ValueOf<All[Name]> };

export function spell(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** The option that a command line spells so. */
export function findOption(options: Options, spelling: string): { name: string; option: Option } | undefined {
  const name = spelling.slice(2).replace(/-[a-z]/g, (letter) => letter.charAt(1).toUpperCase());
  const option = Object.hasOwn(options, name) && spell(name) === spelling ? options[name] : undefined;
  return option && { name, option };
}
