/** `--simulate`: a simulated machine for one run, or kept in a state file between runs. */
import { existsSync } from 'node:fs';
import { z } from 'zod';
import { InvalidInputError } from '../errors';
import { decodeInputText, readInputFile } from '../files/user-file';
import { SimulatedMachine, type SimulatedMachineState } from '../simulation/simulated-machine';
import type { WindowsVersionId } from '../windows/versions';

const stateSchema = z.strictObject({
  schemaVersion: z.literal(1),
  kind: z.literal('simulated-machine'),
  clock: z.int(),
  bootTime: z.int(),
  unknown: z.strictObject({
    emptyPolicy: z.enum(['ignored', 'empty-list']),
    multiStringPolicy: z.enum(['ignored', 'used']),
  }),
  table: z.array(z.string()).nullable(),
  keys: z.array(
    z.strictObject({
      path: z.string(),
      writeTime: z.int(),
      values: z.array(z.strictObject({ name: z.string(), type: z.int(), data: z.base64() })),
    }),
  ),
}) satisfies z.ZodType<SimulatedMachineState>;

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
  return new SimulatedMachine({
    windows: options.simulate,
    ...(options.simulatePolicy !== undefined && { groupPolicy: options.simulatePolicy }),
    ...(options.simulateMdm !== undefined && { mdm: options.simulateMdm }),
    fips: options.simulateFips ?? false,
  });
}

function readStateFile(file: string): SimulatedMachine {
  let json: unknown;
  try {
    json = JSON.parse(decodeInputText(readInputFile(file), file));
  } catch (error) {
    if (error instanceof SyntaxError) throw new InvalidInputError(file, undefined, 'state-file', 'no JSON');
    throw error;
  }
  const result = stateSchema.safeParse(json);
  if (!result.success) throw new InvalidInputError(file, undefined, 'state-file', 'another document');
  return SimulatedMachine.fromJSON(result.data);
}
