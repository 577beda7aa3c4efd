/** The one place that decides how a machine is come by: real or simulated, and whether this process may change it. */
import type { SchannelBinding } from '../binding/schannel-binding';
import { NotElevatedError, SteeredProcessError } from '../errors';
import { writeOutputFile } from '../files/user-file';
import type { CliHost, Command, CommandContext } from './command';
import type { GlobalValues } from './global-options';

export interface Machine {
  readonly open: CommandContext['open'];
  /** Whether it was opened to be changed. */
  readonly isForChange: () => boolean;
  /** Writes the state file of a simulated machine. */
  readonly save: () => void;
}

export function prepareMachine(
  { loadBinding, findSteering }: Pick<CliHost, 'loadBinding' | 'findSteering'>,
  options: GlobalValues,
  command: Command | undefined,
): Machine {
  let binding: SchannelBinding | undefined;
  let isForChange = false;
  let save = () => {};

  const connect = async (): Promise<SchannelBinding> => {
    const { simulate, state, notElevated } = options;
    if (simulate === undefined) return loadBinding();
    const { obtainSimulatedMachine } = await import('./simulated-machine.js');
    const machine = obtainSimulatedMachine({ ...options, simulate });
    if (state !== undefined) save = () => writeOutputFile(state, `${JSON.stringify(machine, null, 2)}\n`);
    return machine.connect({ elevated: !notElevated });
  };

  return {
    open: async ({ forChange }) => {
      if (forChange && command?.machine !== 'changes' && command?.machine !== 'may-change') {
        throw new Error(`${command?.name} is not declared as a command that changes a machine`);
      }
      if (forChange && options.simulate === undefined) {
        const variable = await findSteering?.();
        if (variable !== undefined) throw new SteeredProcessError(variable);
      }
      binding ??= await connect();
      if (forChange && !binding.isElevated()) throw new NotElevatedError();
      isForChange ||= forChange;
      return binding;
    },
    isForChange: () => isForChange,
    save: () => save(),
  };
}
