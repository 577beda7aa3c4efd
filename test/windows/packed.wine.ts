/** The very package that users install, on Windows. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { nodes, readLocalList, resetMachine } from './machine';
import { startProgram } from './start-program';

const folder = join(__dirname, '..', '..', '..', 'packed');

it.each(nodes)('is required and changes the list on $name', ({ path }) => {
  resetMachine({ local: ['TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384', 'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384'] });
  const file = join(folder, 'use.cjs');
  writeFileSync(
    file,
    `const { loadNativeBinding, readConfiguration, planDisable, applyPlan } = require('schannel-dhe');
    const binding = loadNativeBinding();
    console.log(applyPlan(binding, planDisable(readConfiguration(binding))).kind);`,
  );
  expect(startProgram(path, [file])).toMatchObject({ stdout: 'changed\n', status: 0 });
  expect(readLocalList()).toEqual(['TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384']);
});
