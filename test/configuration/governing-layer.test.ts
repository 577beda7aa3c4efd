import { expect, it } from 'vitest';
import { configuredList } from '../../lib/configuration/configuration';
import { findGoverningLayer } from '../../lib/configuration/governing-layer';
import { readConfiguration } from '../../lib/configuration/read-configuration';
import {
  encodeDword,
  encodeMultiString,
  encodeString,
  type RegistryValue,
} from '../../lib/registry-files/registry-value';
import { SimulatedMachine } from '../../lib/simulation/simulated-machine';

const kinds = ['absent', 'text', 'empty text', 'blank list', 'number', 'strings'] as const;

function makeValue(kind: (typeof kinds)[number], name: string, separator: string): RegistryValue | undefined {
  if (kind === 'absent') return undefined;
  if (kind === 'number') return encodeDword(1);
  if (kind === 'strings') return encodeMultiString([name, 'TLS_RSA_WITH_AES_128_CBC_SHA']);
  if (kind === 'text') return encodeString([name, 'TLS_RSA_WITH_AES_128_CBC_SHA'].join(separator));
  return encodeString(kind === 'empty text' ? '' : separator.repeat(2));
}

const combinations = kinds.flatMap((groupPolicy) =>
  kinds.flatMap((mdm) =>
    (['ignored', 'empty-list'] as const).flatMap((emptyPolicy) =>
      (['ignored', 'used'] as const).map((multiStringPolicy) => ({ groupPolicy, mdm, emptyPolicy, multiStringPolicy })),
    ),
  ),
);

it.each(combinations)('finds the layer whose list Windows uses: %o', ({ groupPolicy, mdm, ...unknown }) => {
  const machine = new SimulatedMachine({ windows: 'ws2022', local: ['TLS_AES_256_GCM_SHA384'], unknown });
  machine.setGroupPolicy(makeValue(groupPolicy, 'TLS_RSA_WITH_AES_256_CBC_SHA', ','));
  machine.setMdm(makeValue(mdm, 'TLS_RSA_WITH_AES_256_GCM_SHA384', ';'));
  const configuration = readConfiguration(machine.connect());
  const { layer } = findGoverningLayer(configuration);
  expect(configuredList(configuration, layer)).toEqual(configuration.enumerated);
  // Where nobody can ask Windows, what its documentation says is certain, and nothing else.
  const offline = findGoverningLayer({ ...configuration, enumerated: null });
  const kind = { groupPolicy, mdm, local: 'text' }[offline.layer];
  if (offline.certain) expect(kind).toBe('text');
  if (groupPolicy === 'text') expect(offline).toMatchObject({ layer: 'groupPolicy', certain: true });
});
