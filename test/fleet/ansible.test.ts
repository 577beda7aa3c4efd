/** The role and the playbook, by Ansible itself and by its linter. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { canRun } from '../../scripts/build/test/test-needs';

const folder = join(__dirname, '..', '..', 'scripts', 'fleet', 'ansible');

it.runIf(canRun('Ansible'))('ansible-lint finds no fault, in its strictest profile', () => {
  const words = [
    '--offline',
    '--profile',
    'production',
    '--strict',
    '--nocolor',
    'schannel-dhe.yml',
    'roles/schannel_dhe',
  ];
  const { status, stdout, stderr } = spawnSync('ansible-lint', words, { cwd: folder, encoding: 'utf8' });
  expect([status, stdout], stderr).toEqual([0, '']);
});
