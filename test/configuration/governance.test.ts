/** Which layer governs, how sure that is, and what was passed over for it. */
import { expect, it } from 'vitest';
import type { Configuration } from '../../lib/configuration/configuration';
import { findGoverningLayer, type Governance } from '../../lib/configuration/governing-layer';
import { encodeDword, encodeMultiString, encodeString, RegistryType } from '../../lib/registry-files/registry-value';
import { asExport, readMachine, withLayer, withoutKey, withValue } from '../support/configurations';

const [A, B] = ['TLS_AES_256_GCM_SHA384', 'TLS_RSA_WITH_AES_128_CBC_SHA'];
const machine = readMachine({ local: [A] });
const exported = asExport(machine);
const text = encodeString(B);
const strings = encodeMultiString([B]);
const expandable = { ...text, type: RegistryType.expandString };
const answering = (configuration: Configuration, ...enumerated: string[]) => ({ ...configuration, enumerated });

const local: Governance = { layer: 'local', certain: true, passedOver: [] };
const groupPolicy: Governance = { layer: 'groupPolicy', certain: true, passedOver: [] };
const mdm: Governance = { layer: 'mdm', certain: true, passedOver: [] };
const over = (layer: 'groupPolicy' | 'mdm', reason: Governance['passedOver'][number]['reason']) => ({
  passedOver: [{ layer, reason }],
});

it.each<[string, Configuration, Governance]>([
  ['nothing but the local list', machine, local],
  ['the same in an export', exported, local],
  ['no list at all', withLayer(exported, 'local', { status: 'absent', value: null }), local],
  ['a policy', withValue(machine, 'groupPolicy', text), groupPolicy],
  ['a policy in an export', withValue(exported, 'groupPolicy', text), groupPolicy],
  ['a policy with a fault', withValue(exported, 'groupPolicy', encodeString(`${A}, ${B}`)), groupPolicy],
  ['MDM', withValue(exported, 'mdm', text), mdm],
  ['both', withValue(withValue(exported, 'mdm', text), 'groupPolicy', text), groupPolicy],
  [
    'an empty policy that Windows answers without',
    withValue(machine, 'groupPolicy', encodeString('')),
    { ...local, ...over('groupPolicy', 'empty') },
  ],
  [
    'an empty policy in an export',
    withValue(exported, 'groupPolicy', encodeString('')),
    { ...local, certain: false, ...over('groupPolicy', 'empty') },
  ],
  [
    'a policy of separators in an export',
    withValue(exported, 'groupPolicy', encodeString(', ,')),
    { ...local, certain: false, ...over('groupPolicy', 'empty') },
  ],
  [
    'an empty policy that Windows answers with',
    answering(withValue(machine, 'groupPolicy', encodeString(''))),
    { ...groupPolicy, certain: false },
  ],
  [
    'an empty policy over an empty list',
    answering(withValue(withValue(machine, 'local', encodeMultiString([])), 'groupPolicy', encodeString(''))),
    { ...local, ...over('groupPolicy', 'empty') },
  ],
  [
    'a number as policy',
    withValue(machine, 'groupPolicy', encodeDword(1)),
    { ...local, ...over('groupPolicy', 'wrong-type') },
  ],
  [
    'a number as policy in an export',
    withValue(exported, 'groupPolicy', encodeDword(1)),
    { ...local, certain: false, ...over('groupPolicy', 'wrong-type') },
  ],
  [
    'a number in MDM in an export',
    withValue(exported, 'mdm', encodeDword(1)),
    { ...local, certain: false, ...over('mdm', 'wrong-type') },
  ],
  [
    'strings as policy in an export',
    withValue(exported, 'groupPolicy', strings),
    { ...local, certain: false, ...over('groupPolicy', 'wrong-type') },
  ],
  [
    'strings as policy that Windows answers without',
    withValue(machine, 'groupPolicy', strings),
    { ...local, ...over('groupPolicy', 'wrong-type') },
  ],
  [
    'strings as policy that Windows answers with',
    answering(withValue(machine, 'groupPolicy', strings), B),
    { ...groupPolicy, certain: false },
  ],
  [
    'strings as policy that the local list holds as well',
    withValue(machine, 'groupPolicy', encodeMultiString([A])),
    { ...local, ...over('groupPolicy', 'wrong-type') },
  ],
  [
    'an expandable text in an export',
    withValue(exported, 'groupPolicy', expandable),
    { ...local, certain: false, ...over('groupPolicy', 'wrong-type') },
  ],
  [
    'an expandable text that Windows answers with',
    answering(withValue(machine, 'groupPolicy', expandable), B),
    { ...groupPolicy, certain: false },
  ],
  ['strings in MDM in an export', withValue(exported, 'mdm', strings), { ...mdm, certain: false }],
  [
    'strings in MDM that Windows answers with',
    answering(withValue(machine, 'mdm', strings), B),
    { ...mdm, certain: false },
  ],
  [
    'strings in MDM that Windows answers without',
    withValue(machine, 'mdm', strings),
    { ...local, ...over('mdm', 'wrong-type') },
  ],
  [
    'an export without the policy',
    withoutKey(exported, 'groupPolicy'),
    { ...local, certain: false, ...over('groupPolicy', 'not-in-export') },
  ],
  [
    'the same with the answer of Windows',
    withoutKey(machine, 'groupPolicy'),
    { ...local, certain: false, ...over('groupPolicy', 'not-in-export') },
  ],
  [
    'an export with MDM and without the policy',
    withoutKey(withValue(exported, 'mdm', text), 'groupPolicy'),
    { ...mdm, certain: false, ...over('groupPolicy', 'not-in-export') },
  ],
  [
    'an export without MDM and with the policy',
    withoutKey(withValue(exported, 'groupPolicy', text), 'mdm', 'local'),
    groupPolicy,
  ],
  [
    'an export of the local list alone',
    withoutKey(exported, 'groupPolicy', 'mdm'),
    {
      layer: 'local',
      certain: false,
      passedOver: [
        { layer: 'groupPolicy', reason: 'not-in-export' },
        { layer: 'mdm', reason: 'not-in-export' },
      ],
    },
  ],
  ['an export that lacks the local list', withoutKey(exported, 'local'), local],
  [
    'a policy that Windows ignores, and a local value of another type',
    answering(withValue(withValue(machine, 'local', encodeDword(1)), 'groupPolicy', strings)),
    { ...local, ...over('groupPolicy', 'wrong-type') },
  ],
])('%s', (_, configuration, expected) => {
  expect(findGoverningLayer(configuration)).toEqual(expected);
});
