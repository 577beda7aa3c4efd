/** A machine that offers two DHE suites, and what is done to it. */
import { type ApplyOutcome, applyPlan } from '../../lib/change/apply';
import { type ChangePlan, planDisable } from '../../lib/change/plan';
import { withoutDheSuites } from '../../lib/cipher-suite/suite-list';
import { readConfiguration } from '../../lib/configuration/read-configuration';
import {
  SimulatedMachine,
  type SimulatedMachineOptions,
  type SimulatedProcess,
} from '../../lib/simulation/simulated-machine';

export const list = [
  'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384',
  'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
  'TLS_DHE_RSA_WITH_AES_128_CBC_SHA',
  'TLS_RSA_WITH_AES_128_CBC_SHA',
] as const;

export const clean = withoutDheSuites(list);

export function boot(options: Partial<SimulatedMachineOptions> = {}): SimulatedMachine {
  return new SimulatedMachine({ windows: 'win10-1607-ws2016', local: list, ...options });
}

export function planFor(process: SimulatedProcess): ChangePlan {
  return planDisable(readConfiguration(process));
}

export function disable(process: SimulatedProcess): ApplyOutcome {
  return applyPlan(process, planFor(process));
}
