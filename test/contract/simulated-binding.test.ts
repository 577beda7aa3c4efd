import { SimulatedMachine } from '../../lib/simulation/simulated-machine';
import { describeBindingContract } from './binding-contract';

let machine: SimulatedMachine;
const boot = (local: readonly string[]) => {
  machine = new SimulatedMachine({ windows: 'ws2022', local });
  return machine;
};

describeBindingContract('the simulation', {
  connect: (local) => boot(local).connect(),
  connectWithoutRights: (local) => boot(local).connect({ elevated: false }),
  tellsElevation: true,
  connectAgain: () => machine.connect(),
});
