/** What every command is handed: where to write, in which language, and how to get at a machine. */
import type { Colors } from 'picocolors/types';
import type { ContractAnswer } from '../binding/native-binding';
import type { SchannelBinding } from '../binding/schannel-binding';
import type { ErrorCode, Messages } from '../messages/shape';
import { type Outcome, outcomeOfError } from './exit-code';

/** The world outside; `main.ts` makes it from `process`, tests make their own. */
export interface CliHost {
  readonly argv: readonly string[];
  readonly locale: string;
  /** Fires at Ctrl-C: long work ends with what it has. */
  readonly interrupted?: AbortSignal;
  readonly colour: boolean;
  readonly loadBinding: () => SchannelBinding;
  readonly probeContract: () => readonly ContractAnswer[];
  /** An environment variable that could make this process run other code, where Node would heed it. */
  readonly steeredBy?: string | undefined;
  readonly write: (text: string) => void;
  readonly writeError: (text: string) => void;
  readonly readStdin: () => Promise<Uint8Array>;
  /** The share that is done, from 0 to 1, or undefined at the end; left out where stderr is no terminal. */
  readonly showProgress?: ((part: number | undefined) => void) | undefined;
  /** Undefined where nobody sits at a terminal. */
  readonly ask: ((question: string) => Promise<string>) | undefined;
}

export interface CommandContext {
  readonly host: CliHost;
  readonly messages: Messages;
  readonly colours: Colors;
  readonly json: boolean;
  readonly isSimulated: boolean;
  readonly open: () => Promise<SchannelBinding>;
}

/** One JSON document, ASCII only. */
export function writeJson(
  context: Pick<CommandContext, 'host'>,
  kind: string,
  outcome: Outcome,
  content: object,
): void {
  context.host.write(`${formatJson({ schemaVersion: 1, kind, outcome, ...content })}\n`);
}

/** The same on one line, for streams of documents. */
export function writeJsonLine(
  context: Pick<CommandContext, 'host'>,
  kind: string,
  outcome: Outcome,
  content: object,
): void {
  context.host.write(`${formatJson({ schemaVersion: 1, kind, outcome, ...content }, 0)}\n`);
}

/** JSON in ASCII. */
export function formatJson(content: object, indent = 2): string {
  return JSON.stringify(content, null, indent).replace(/[\u007f-\uffff]/g, escapeCharacter);
}

function escapeCharacter(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** The sentence of an error in the language at hand; English errors carry their own. */
export function describeError(error: unknown, messages: Messages): string {
  const { code, message } = error as { readonly code?: string; readonly message?: string };
  const sentence = messages.error[code as ErrorCode] as ((error: unknown) => string) | undefined;
  if (sentence !== undefined) return sentence(error);
  const isOurs = code !== undefined || error instanceof TypeError || outcomeOfError(error) !== 'failed-undone';
  return isOurs ? String(message) : `${messages.unexpected}: ${String(message ?? error)}`;
}
