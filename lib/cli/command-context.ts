/** How a command speaks: documents for programs, sentences for people. */
import type { z } from 'zod';
import { SchannelDheError } from '../errors';
import { formatJson } from '../files/ascii-json';
import type { ErrorCode, Messages } from '../messages/shape';
import type { CliHost, CommandContext } from './command';
import { CommandLineError } from './command-line-error';
import type { Outcome } from './exit-code';
import { asShown } from './terminal';

export type { CommandContext } from './command';

type Deep<Data> = Data extends object ? { readonly [Key in keyof Data]: Deep<Data[Key]> } : Data;

/** What a command hands over for a document; what every document has is added. */
export type Content<Schema extends z.ZodType> = Deep<Omit<z.input<Schema>, 'schemaVersion' | 'kind' | 'outcome'>>;

/** The JSON document where that was asked for, else the text that `view` makes of the same data. */
export function report<Data extends object>(
  context: CommandContext,
  kind: string,
  outcome: Outcome,
  data: Data,
  view: (shown: Data) => string,
): void {
  if (context.json) writeJson(context, kind, outcome, data);
  else if (!context.quiet) context.host.write(view(asShown(data)));
}

/** The same for a change: one that was refused or failed is told on stderr, and always. */
export function reportChange<Data extends object>(
  context: CommandContext,
  kind: string,
  outcome: Outcome,
  data: Data,
  text: string,
): void {
  const isFailure = outcome === 'refused' || outcome.startsWith('failed-');
  if (isFailure && !context.json) context.host.writeError(text);
  else report(context, kind, outcome, data, () => text);
}

/** What stands beside a result: advice, progress, what will be asked. */
export function tell({ host, quiet }: CommandContext, text: string): void {
  if (!quiet) host.writeError(text);
}

/** One JSON document, ASCII only; on one line where documents are lines. */
export function writeJson(
  { host, lines }: { readonly host: Pick<CliHost, 'write'>; readonly lines: boolean },
  kind: string,
  outcome: Outcome,
  content: object,
): void {
  host.write(`${formatJson({ schemaVersion: 1, kind, outcome, ...content }, lines ? 0 : 2)}\n`);
}

/** The sentence of an error in the language at hand; English errors carry their own. */
export function describeError(error: unknown, messages: Messages): string {
  if (error instanceof CommandLineError) return describeProblem(asShown(error.problem), messages);
  const { code, message } = error as { readonly code?: string; readonly message?: string };
  const sentence = messages.error[code as ErrorCode] as ((error: unknown) => string) | undefined;
  if (sentence !== undefined) return sentence(asShown({ ...(error as object) }));
  const text = asShown(String(message ?? error));
  return error instanceof SchannelDheError || code === 'INVALID_ARGUMENT' ? text : messages.unexpected(text);
}

function describeProblem({ kind, ...data }: CommandLineError['problem'], { problem }: Messages): string {
  return (problem[kind] as (data: object) => string)(data);
}

/** What a program is told of an error. */
export function errorContent(error: unknown, messages: Messages): { readonly code: string; readonly message: string } {
  const { code } = error as { readonly code?: unknown };
  const isOurs = error instanceof SchannelDheError || code === 'INVALID_ARGUMENT';
  return { code: isOurs ? String(code) : 'UNEXPECTED', message: describeError(error, messages) };
}

/**
 * Whether the user agrees: with `--yes`, as a program that reads JSON, or asked at a terminal.
 *
 * @throws CommandLineError where nobody can be asked
 */
export async function confirm(
  { host, json }: CommandContext,
  { yes }: { readonly yes: boolean },
  question: string,
): Promise<boolean> {
  if (yes || json) return true;
  const answer = host.ask?.(question);
  if (answer === undefined) throw new CommandLineError({ kind: 'needs-consent' });
  return /^y(es)?$/i.test((await answer).trim());
}
