/** What a plan would do to lists that are not simply those of a machine at work. */
import { describe, expect, it } from 'vitest';
import { fingerprintOf, planDisable } from '../../lib/change/plan';
import { restoreBackup } from '../../lib/change/restore';
import { readConfiguration } from '../../lib/configuration/read-configuration';
import { encodeMultiString, encodeString } from '../../lib/registry-files/registry-value';
import type { SimulatedMachine } from '../../lib/simulation/simulated-machine';
import { registryPlaces } from '../../lib/windows/registry-places';
import { die } from '../support/die';
import { boot, clean, disable, list, planFor } from './machine';

const exportOf = (machine: SimulatedMachine) =>
  ({ ...readConfiguration(machine.connect()), source: 'export', enumerated: null }) as const;

describe('under a clean policy', () => {
  it('the local list is left alone', () => {
    expect(planFor(boot({ groupPolicy: clean.join(',') }).connect())).toMatchObject({
      verdict: 'nothing-to-do',
      steps: [],
    });
  });

  it('a removal that was interrupted before is brought to its end', () => {
    const machine = boot();
    die(machine, 3, disable);
    machine.setDomainPolicy(clean.join(','));
    const plan = planFor(machine.connect());
    expect(plan).toMatchObject({ verdict: 'change', governingLayer: 'groupPolicy' });
    expect(plan.steps.map(({ name }) => name)).toEqual([list[2]]);
  });

  it('a restore that was interrupted before is not: what it brought back is under the policy', () => {
    const machine = boot();
    disable(machine.connect());
    die(machine, 2, (process) => restoreBackup(process));
    machine.setDomainPolicy(clean.join(','));
    expect(planFor(machine.connect())).toMatchObject({ verdict: 'nothing-to-do', steps: [] });
  });
});

describe('a list that was written as one text', () => {
  const written = (options: object = {}) => {
    const machine = boot({ local: clean, ...options });
    machine.setValue(registryPlaces.local.key, registryPlaces.local.valueName, encodeString(clean.join(',')));
    return machine;
  };

  it('is given its type by an edit of the export, though no suite goes', () => {
    expect(planDisable(exportOf(written()))).toMatchObject({
      verdict: 'change',
      steps: [],
      before: clean,
      after: clean,
    });
  });

  it('is not touched on the machine itself, nor where a policy governs it', () => {
    expect(planFor(written().connect()).verdict).toBe('nothing-to-do');
    expect(planDisable(exportOf(written({ groupPolicy: clean.join(',') }))).verdict).toBe('nothing-to-do');
  });
});

describe('a policy', () => {
  const dhe = [...clean, list[0] as string];

  it('is corrected also where its text is clean and CNG still answers with DHE', () => {
    const configuration = readConfiguration(boot({ groupPolicy: clean.join(',') }).connect());
    const behind = { ...configuration, enumerated: dhe };
    expect(planDisable(behind)).toMatchObject({ verdict: 'governed-by-policy', policy: { text: clean.join(',') } });
    expect(planDisable(configuration)).toMatchObject({ verdict: 'nothing-to-do', policy: null });
  });
});

it('the fingerprint is another one for another value of a layer, which CNG may not have read yet', () => {
  const machine = boot();
  const before = fingerprintOf(readConfiguration(machine.connect()));
  machine.setValue(registryPlaces.local.key, registryPlaces.local.valueName, encodeMultiString(clean));
  expect(fingerprintOf(readConfiguration(machine.connect()))).not.toBe(before);
});

describe('a name in which DHE hides', () => {
  const hidden = 'ＴＬＳ＿ＤＨＥ＿ＲＳＡ＿ＷＩＴＨ＿ＡＥＳ＿１２８＿ＣＢＣ＿ＳＨＡ';
  const cost = { id: 'dhe-in-unknown-name', roles: [], peers: [], windows: null };

  it('is not called clean where nothing can be removed', () => {
    const plan = planFor(boot({ local: [...clean, hidden] }).connect());
    expect(plan).toMatchObject({ verdict: 'refused', refusals: [cost], warnings: [] });
    expect(plan.refusals).toEqual([cost]);
  });

  it('is warned of where other suites go, and where an export is given its type', () => {
    const plan = planFor(boot({ local: [...list, hidden] }).connect());
    expect(plan).toMatchObject({ verdict: 'change', refusals: [], warnings: [cost] });
    const machine = boot({ local: clean });
    const text = encodeString([...clean, hidden].join(','));
    machine.setValue(registryPlaces.local.key, registryPlaces.local.valueName, text);
    expect(planDisable(exportOf(machine))).toMatchObject({
      verdict: 'change',
      steps: [],
      refusals: [],
      warnings: [cost],
    });
  });
});

it('says nothing of steps where the registry holds DHE suites that Windows has not read yet', () => {
  const machine = boot({ local: clean });
  machine.setValue(registryPlaces.local.key, registryPlaces.local.valueName, encodeMultiString(list));
  const held = {
    kind: 'plan',
    verdict: 'restart-first',
    steps: [],
    before: clean,
    after: clean,
    expectedEnumeration: clean,
  };
  expect(planFor(machine.connect())).toMatchObject(held);
  // Some of them it has read.
  const half = boot({ local: list.slice(1) });
  half.setValue(registryPlaces.local.key, registryPlaces.local.valueName, encodeMultiString(list));
  expect(planFor(half.connect())).toMatchObject({ verdict: 'restart-first', steps: [], after: list.slice(1) });
});

describe('a plan for an export', () => {
  it('expects no answer of CNG', () => {
    expect(planDisable(exportOf(boot())).expectedEnumeration).toEqual([]);
  });

  it('of unknown version is judged for the version that is named', () => {
    const modern = exportOf(boot({ windows: 'ws2022', local: [...list.slice(0, 1), 'TLS_AES_256_GCM_SHA384'] }));
    const unknown = { ...modern, windows: { ...modern.windows, build: null } };
    expect(planDisable(unknown, { windows: 'win8.1-2012r2' }).verdict).toBe('refused');
  });
});
