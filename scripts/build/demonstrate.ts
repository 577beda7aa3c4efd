/** `npm start`: the main job on the simulated Server 2016 of Microsoft's support article, step by step. */
import { SimulatedMachine } from '../../lib/binding/simulated-binding';
import { applyPlan, assess, planDisable, readConfiguration, restoreBackup } from '../../lib/index';

const machine = new SimulatedMachine({ windows: 'win10-1607-ws2016' });
const binding = machine.connect();
const print = (line: string) => process.stdout.write(`${line}\n`);

function status(): void {
  const { verdict, offered, dheSuites } = assess(readConfiguration(binding));
  print(`status: ${verdict}, ${offered?.length} suites, ${dheSuites.length} of them DHE`);
  for (const name of dheSuites) print(`  ${name}`);
}

status();
const plan = planDisable(readConfiguration(binding));
print(`dry run: ${plan.steps.length} suites would be removed, ${plan.after.length} kept in their order`);
print(`disable: ${applyPlan(binding, plan).kind}`);
status();
print(`restore: ${restoreBackup(binding).kind}`);
status();
