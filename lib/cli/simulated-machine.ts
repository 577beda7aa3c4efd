/** `--simulate`: a simulated machine for one run, or kept in a state file between runs. */
import { existsSync } from 'node:fs';
import { InvalidInputError } from '../errors';
import { decodeInputText, readInputFile } from '../files/user-file';
import { SimulatedMachine } from '../simulation/simulated-machine';
import { simulatedMachineStateSchema } from '../simulation/state-schema';
import type { WindowsVersionId } from '../windows/versions';

export interface SimulationOptions {
  readonly simulate: WindowsVersionId;
  readonly simulatePolicy?: string;
  readonly simulateMdm?: string;
  readonly simulateFips?: boolean;
  readonly state?: string;
}

/** The machine of the state file where there is one, else a new one. */
export function obtainSimulatedMachine(options: SimulationOptions): SimulatedMachine {
  if (options.state !== undefined && existsSync(options.state)) return readStateFile(options.state);
  const machine = new SimulatedMachine({
    windows: options.simulate,
    ...(options.simulatePolicy !== undefined && { groupPolicy: options.simulatePolicy }),
    ...(options.simulateMdm !== undefined && { mdm: options.simulateMdm }),
    fips: options.simulateFips ?? false,
  });
  // A policy has to stand somewhere: here in the local GPO, where `policy local` finds and repairs it.
  if (options.simulatePolicy !== undefined) machine.setLocalPolicy(options.simulatePolicy);
  return machine;
}

function readStateFile(file: string): SimulatedMachine {
  let json: unknown;
  try {
    json = JSON.parse(decodeInputText(readInputFile(file), file));
  } catch (error) {
    if (error instanceof SyntaxError) throw new InvalidInputError(file, undefined, 'state-file', 'not-json');
    throw error;
  }
  const result = simulatedMachineStateSchema.safeParse(json);
  if (!result.success) throw new InvalidInputError(file, undefined, 'state-file', 'another-document');
  return SimulatedMachine.fromJSON(result.data);
}
