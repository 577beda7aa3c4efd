/** What a command is, and what every run of one is handed: where to write, in which language, and how to get at a machine. */
import type { z } from 'zod';
import type { SchannelBinding } from '../binding/schannel-binding';
import type { SwapFiles } from '../files/file-in-place';
import type { Language, Localized } from '../messages/languages';
import type { Messages } from '../messages/shape';
import type { Outcome } from './exit-code';
import type { Operand, Options, OptionValues } from './option';
import type { Colours } from './terminal';

/** The world outside; `main.ts` makes it from `process`, tests make their own. */
export interface CliHost {
  readonly argv: readonly string[];
  readonly locale: string;
  /** Fires at Ctrl-C: long work ends with what it has. */
  readonly interrupted?: AbortSignal;
  readonly colour: boolean;
  readonly loadBinding: () => SchannelBinding | Promise<SchannelBinding>;
  /** An environment variable that could make this process run other code, where Node would heed it. */
  readonly findSteering?: () => Promise<string | undefined>;
  /** How this system puts one file in the place of another; undefined where Node itself can. */
  readonly loadSwapFiles?: () => Promise<SwapFiles | undefined>;
  readonly write: (text: string) => void;
  readonly writeError: (text: string) => void;
  /** Waits until stdout has taken everything, and answers with the system's code, such as `ENOSPC`, where it has not. */
  readonly flush?: () => Promise<string | undefined>;
  readonly readStdin: () => Promise<Uint8Array>;
  /** The same as it comes; left out where it is there as a whole. */
  readonly streamStdin?: (() => AsyncIterable<Uint8Array>) | undefined;
  /** The share that is done, from 0 to 1, or undefined at the end; left out where stderr is no terminal. */
  readonly showProgress?: ((part: number | undefined) => void) | undefined;
  /** Nothing where nobody sits at a terminal, which is looked at when it is called: to look at stdin is to open it. */
  readonly ask: ((question: string) => Promise<string> | undefined) | undefined;
}

export interface CommandContext {
  readonly host: CliHost;
  readonly commands: readonly Command[];
  readonly language: Language;
  readonly messages: Messages;
  readonly colours: Colours;
  readonly json: boolean;
  /** Documents are lines: one each. */
  readonly lines: boolean;
  readonly quiet: boolean;
  readonly isSimulated: boolean;
  /**
   * The machine, real or simulated: the same one however often it is asked for.
   *
   * @throws NotElevatedError, SteeredProcessError where it may not be changed
   */
  readonly open: (purpose: { readonly forChange: boolean }) => Promise<SchannelBinding>;
}

export type Documents = Readonly<Record<string, z.ZodType>>;

/** What a command says of itself; nothing of what it does is loaded with it, so that `--help` need not pay for that. */
export interface Declaration<
  All extends Options = Options,
  Given extends Operand | undefined = Operand | undefined,
  Name extends string = string,
> {
  /** One word, or two where the first is a group's. */
  readonly name: Name;
  readonly help: Localized;
  readonly operand?: Given | undefined;
  readonly options: All;
  /** What it does with a machine; `none` takes no simulated one either, `may-change` where an option asks for it. */
  readonly machine: 'none' | 'reads' | 'may-change' | 'changes';
  /** Command lines that work as they stand. */
  readonly examples: readonly [string, string];
  /** The options that make its documents lines. */
  readonly lines?: readonly (keyof All & string)[] | undefined;
  /** The schemas of what it prints as JSON, by `kind`. */
  readonly documents: () => Promise<Documents>;
}

/** Types the options of a command by their declaration. */
export function declare<
  const All extends Options,
  const Name extends string,
  const Given extends Operand | undefined = undefined,
>(declaration: Declaration<All, Given, Name>): Declaration<All, Given, Name> {
  return declaration;
}

type OperandValue<Given extends Operand | undefined> = Given extends { readonly several: true }
  ? readonly string[]
  : Given extends Operand
    ? Given extends { readonly optional: true } | { readonly unless: unknown }
      ? string | undefined
      : string
    : undefined;

type Run<All extends Options, Given extends Operand | undefined> = (
  context: CommandContext,
  options: OptionValues<All>,
  operand: OperandValue<Given>,
) => Promise<Outcome>;

/** What the command line gave, by the names of the declaration. */
export type Values = Readonly<Record<string, boolean | number | string | readonly string[]>>;

/** A command as everything but itself sees it. */
export interface Command extends Declaration {
  readonly run: (context: CommandContext, values: Values, operands: readonly string[]) => Promise<Outcome>;
}

/**
 * Joins a declaration with what it does. Both are loaded when they are needed, the declaration's texts in every language among
 * them: of a command that is not called, a start knows the name. The parser gives what was declared.
 */
export function bind<All extends Options, Given extends Operand | undefined, Name extends string>(
  name: Name,
  declare: () => Declaration<All, Given, Name>,
  load: () => Promise<{ readonly run: Run<All, Given> }>,
): Command {
  return new BoundCommand(
    name,
    declare as unknown as () => Declaration,
    load as () => Promise<{ readonly run: AnyRun }>,
  );
}

type AnyRun = Run<Options, Operand | undefined>;

class BoundCommand implements Command {
  constructor(
    readonly name: string,
    private readonly declaration: () => Declaration,
    private readonly load: () => Promise<{ readonly run: AnyRun }>,
  ) {}

  get help() {
    return this.declaration().help;
  }
  get operand() {
    return this.declaration().operand;
  }
  get options() {
    return this.declaration().options;
  }
  get examples() {
    return this.declaration().examples;
  }
  get machine() {
    return this.declaration().machine;
  }
  get lines() {
    return this.declaration().lines;
  }
  get documents() {
    return this.declaration().documents;
  }

  async run(context: CommandContext, values: Values, operands: readonly string[]): Promise<Outcome> {
    const operand = this.operand?.several === true ? operands : operands[0];
    return (await this.load()).run(context, values as OptionValues<Options>, operand as OperandValue<Operand>);
  }
}
