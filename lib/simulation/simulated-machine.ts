/** `schannel-dhe/simulated`: a simulated Windows behind the binding contract. `connect()` gives what one process sees of it. */
import { SimulatedProcess } from './simulated-process';
import { type SimulatedMachineState, WindowsModel } from './windows-model';

export { windowsVersionIds } from '../windows/versions';
export { type BindingOperation, type InjectedFault, SimulatedProcessDeath } from './faults';
export { SimulatedProcess } from './simulated-process';
export type { SimulatedMachineOptions, SimulatedMachineState, UnknownBehaviour } from './windows-model';

export class SimulatedMachine extends WindowsModel {
  /** Each process has its own hold on the machine lock. Elevated unless told otherwise. */
  connect({ elevated = true }: { readonly elevated?: boolean } = {}): SimulatedProcess {
    return new SimulatedProcess(this, elevated);
  }

  static fromJSON(state: SimulatedMachineState): SimulatedMachine {
    const machine = new SimulatedMachine({ windows: 'ws2025' });
    machine.load(state);
    return machine;
  }
}
