/** A command line that says nothing, too much, or two things at once. */
import { SchannelDheError } from '../errors';
import type { CommandLineProblem } from '../messages/shape';

export class CommandLineError extends SchannelDheError {
  readonly code = 'COMMAND_LINE';
  constructor(readonly problem: CommandLineProblem) {
    super(`The command line cannot be followed: ${JSON.stringify(problem)}.`);
  }
}
