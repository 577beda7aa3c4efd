/** Configurations as a machine or a file tells them, changed in one thing at a time. */
import type { Configuration, LayerId, LayerSnapshot } from '../../lib/configuration/configuration';
import { readConfiguration } from '../../lib/configuration/read-configuration';
import type { RegistryValue } from '../../lib/registry-files/registry-value';
import { SimulatedMachine, type SimulatedMachineOptions } from '../../lib/simulation/simulated-machine';

/** What a machine tells of itself, Windows Server 2022 unless said otherwise. */
export function readMachine(
  options: Partial<SimulatedMachineOptions>,
  prepare?: (machine: SimulatedMachine) => void,
): Configuration {
  const machine = new SimulatedMachine({ windows: 'ws2022', ...options });
  prepare?.(machine);
  return readConfiguration(machine.connect());
}

/** The same from files: nobody could ask Windows. */
export function asExport(configuration: Configuration, changed: Partial<Configuration> = {}): Configuration {
  return { ...configuration, source: 'export', enumerated: null, bootTime: null, ...changed };
}

export function withLayer(
  configuration: Configuration,
  layer: LayerId,
  changed: Partial<LayerSnapshot>,
): Configuration {
  const { layers } = configuration;
  return { ...configuration, layers: { ...layers, [layer]: { ...layers[layer], ...changed } } };
}

/** With that value in a layer. */
export function withValue(configuration: Configuration, layer: LayerId, value: RegistryValue): Configuration {
  return withLayer(configuration, layer, { status: 'set', value: saved(value) });
}

/** As an export has it in which that layer's key is missing. */
export function withoutKey(configuration: Configuration, ...layers: readonly LayerId[]): Configuration {
  return layers.reduce(
    (changed, layer) => withLayer(changed, layer, { status: 'unknown', value: null, keyWriteTime: null }),
    configuration,
  );
}

/** A value as a snapshot holds it. */
export function saved({ type, data }: RegistryValue): { readonly type: number; readonly data: string } {
  return { type, data: Buffer.from(data).toString('base64') };
}
