import { expect } from 'vitest';
import type { SimulatedMachine, SimulatedProcess } from '../../lib/simulation/simulated-machine';

/** Runs until the write at which the process dies. */
export function die(machine: SimulatedMachine, write: number, act: (process: SimulatedProcess) => unknown): void {
  const process = machine.connect();
  process.dieAfterWrite(write);
  try {
    act(process);
  } catch {
    // Its end.
  }
  expect(process.isDead).toBe(true);
}
