/** Whoever judges a policy value says the same of it: the assessment, the plan, `policy file` and `policy text`. */
import { writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { assess } from '../../lib/assessment/assess';
import { planDisable } from '../../lib/change/plan';
import { readConfiguration } from '../../lib/configuration/read-configuration';
import { writeRegistryPol } from '../../lib/registry-files/registry-pol';
import {
  encodeMultiString,
  encodeString,
  RegistryType,
  type RegistryValue,
} from '../../lib/registry-files/registry-value';
import { SimulatedMachine } from '../../lib/simulation/simulated-machine';
import { run, useFolder } from '../cli/run';
import { orderSetting } from '../support/registry-pol';

const folder = useFolder();
const A = 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384';
const B = 'TLS_RSA_WITH_AES_128_CBC_SHA';
const D = 'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384';

type Say = 'in-order' | 'needs-repair' | 'refused';

/** Each with what all say, and whether somebody must doubt what Windows makes of it. */
const values: readonly (readonly [title: string, value: RegistryValue, say: Say, isDoubtful: boolean])[] = [
  ['a sound text', encodeString(`${A},${B}`), 'in-order', false],
  ['a comma at the end', encodeString(`${A},${B},`), 'in-order', false],
  ['two commas at the end', encodeString(`${A},,`), 'needs-repair', true],
  ['a comma in front', encodeString(`,${A}`), 'needs-repair', true],
  ['a second mention', encodeString(`${A},${A}`), 'needs-repair', false],
  ['a blank', encodeString(`${A}, ${B}`), 'needs-repair', true],
  ['full-width commas', encodeString(`${A}、${D}`), 'needs-repair', true],
  ['DHE', encodeString(`${A},${D}`), 'needs-repair', false],
  ['DHE in small letters', encodeString(`${A},${D.toLowerCase()}`), 'needs-repair', true],
  ['an unknown name', encodeString(`${A},TLS_FOO_BAR`), 'in-order', false],
  ['DHE alone', encodeString(D), 'refused', false],
  ['names of OpenSSL', encodeString('ECDHE-RSA-AES256-GCM-SHA384'), 'refused', true],
  ['DHE in an unknown name', encodeString(`${A},TLS_DHE_FOO_BAR`), 'needs-repair', true],
  ['DHE inside of one', encodeString(`${A},FOO_DHE_BAR`), 'refused', true],
  ['nothing', encodeString(''), 'refused', true],
  ['a comma', encodeString(','), 'refused', true],
  ['a blank alone', encodeString(' '), 'refused', true],
  ['signs', encodeString('----'), 'refused', true],
  ['REG_MULTI_SZ', encodeMultiString([A, B]), 'needs-repair', true],
  ['REG_MULTI_SZ with DHE', encodeMultiString([A, D]), 'needs-repair', true],
  ['an empty REG_MULTI_SZ', encodeMultiString([]), 'refused', true],
  ['REG_EXPAND_SZ', { ...encodeString(`${A},${B}`), type: RegistryType.expandString }, 'needs-repair', true],
];

it.each(values)('of %s', async (_, value, say, isDoubtful) => {
  const file = folder('order.pol');
  writeFileSync(file, writeRegistryPol([{ ...orderSetting(''), ...value }]));
  const filed = JSON.parse((await run(`policy file --json ${file}`)).stdout);
  expect(filed.verdict).toBe(say);

  const texted = await run('policy text --json -', { stdin: filed.order.text });
  const { text } = JSON.parse(texted.stdout);
  expect(texted.exitCode).toBe(say === 'refused' ? 8 : 0);
  expect(text).toBe(say === 'refused' ? null : filed.order.corrected.text);

  const machine = new SimulatedMachine({ windows: 'ws2022', local: [A, B] });
  machine.setGroupPolicy(value);
  const read = readConfiguration(machine.connect());
  // As an export shows it: nobody could ask CNG, and the version is not known.
  const configuration = { ...read, enumerated: null, windows: { ...read.windows, build: null } };
  const assessment = assess(configuration);
  expect(assessment.doubt !== null || assessment.verdict === 'dhe-offered').toBe(
    isDoubtful || filed.order.dheSuites.length > 0,
  );
  const offers = filed.order.dheSuites.length > 0;
  if (offers || isDoubtful) expect(assessment.verdict).not.toBe('no-dhe-offered');
  const isAccused = assessment.findings.some(({ id }) => /^policy-(text-malformed|wrong-type|empty)$/.test(id));
  expect(isAccused).toBe(isDoubtful);

  const plan = planDisable(configuration);
  if (plan.governingLayer === 'local') {
    // Passed over, since Windows may well do so; the assessment knows no more than that.
    expect([assessment.governance.certain, assessment.verdict]).toEqual([false, 'unknown']);
  } else {
    expect(plan.verdict).toBe(
      { 'in-order': 'nothing-to-do', 'needs-repair': 'governed-by-policy', refused: 'refused' }[say],
    );
    if (plan.policy !== null && say !== 'refused') expect(plan.policy.text).toBe(text);
  }
});
