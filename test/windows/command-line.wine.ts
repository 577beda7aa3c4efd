/** The bundled command line in real processes, on every node.exe. */
import { type ChildProcess, spawn } from 'node:child_process';
import { copyFileSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { denyWriting, nodes, readLocalList, resetMachine } from './machine';
import { startProgram } from './start-program';

const root = join(__dirname, '..', '..');
const cli = join(root, 'dist', 'cli.js');
const folder = mkdtempSync(join(tmpdir(), 'schannel-dhe-'));
const list = [
  'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
  'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384',
  'TLS_RSA_WITH_AES_128_CBC_SHA',
  'TLS_DHE_DSS_WITH_AES_128_CBC_SHA',
];
const clean = list.filter((name) => !name.startsWith('TLS_DHE_'));

function run(host: string, ...args: readonly string[]) {
  const { status, stdout, stderr } = startProgram(host, args);
  return { status, stdout, stderr };
}

beforeEach(() => resetMachine({ local: list }));

describe.each(nodes)('the command line on $name', ({ path: node }) => {
  const schannelDhe = (...args: readonly string[]) => run(node, cli, ...args);

  it('disables and restores, with the exit codes of installers', () => {
    expect(schannelDhe('status', '--check').status).toBe(1);
    expect(schannelDhe('disable', '--dry-run').status).toBe(0);
    expect(readLocalList()).toEqual(list);
    expect(schannelDhe('disable', '--yes', '--exit-codes', 'installer')).toMatchObject({ status: 3010, stderr: '' });
    expect(readLocalList()).toEqual(clean);
    expect(schannelDhe('disable', '--yes', '--exit-codes', 'installer').status).toBe(0);
    expect(schannelDhe('status', '--check').status).toBe(0);
    expect(schannelDhe('restore', '--yes', '--exit-codes', 'installer').status).toBe(3010);
    expect(readLocalList()).toEqual(list);
  });

  it('leaves a machine alone that a policy governs', () => {
    resetMachine({ local: list, groupPolicy: `${list.join('、')}` });
    const { status, stdout } = schannelDhe('disable');
    expect(status).toBe(3);
    expect(stdout).toContain(`\n${clean.join(',')}\n`);
    expect(readLocalList()).toEqual(list);
  });

  it('speaks Japanese', () => {
    expect(schannelDhe('status', '--language', 'ja').stdout).toContain('この Windows では');
  });

  it('without the right to write, changes nothing and says so', () => {
    denyWriting();
    expect(schannelDhe('status').status).toBe(0);
    expect(schannelDhe('disable', '--yes').status).toBe(4);
    expect(schannelDhe('disable', '--yes', '--exit-codes', 'installer').status).toBe(5);
    expect(readLocalList()).toEqual(list);
  });

  it('finds this Windows as believed, in every respect that it can ask about', () => {
    const { status, stdout } = schannelDhe('selfcheck', '--deep', '--yes');
    const { checks } = JSON.parse(stdout) as { checks: { id: string; verdict: string }[] };
    expect(checks.filter(({ verdict }) => verdict === 'differs' || verdict === 'not-run')).toEqual([]);
    expect([status, checks.length]).toEqual([0, 37]);
    expect(readLocalList()).toEqual(list);
  });

  it('runs in a host of another name', () => {
    const host = join(folder, 'installer-tool.exe');
    copyFileSync(node, host);
    expect(run(host, cli, 'status', '--check').status).toBe(1);
  });
});

const node = process.execPath;
const library = JSON.stringify(join(root, 'dist', 'index.js'));

/** A script beside the tests: arguments to node hold no quotes. */
function writeScript(name: string, source: string): string {
  const file = join(folder, name);
  writeFileSync(
    file,
    `const { ${'loadNativeBinding, readConfiguration, planDisable, applyPlan, restoreBackup'} } = require(${library});\n${source}`,
  );
  return file;
}

describe('changes in several processes', () => {
  it('waits for the one that runs, and gives up with 1618', async () => {
    const holder: ChildProcess = spawn(
      node,
      [
        writeScript(
          'hold.cjs',
          'loadNativeBinding().acquireMachineLock(0); console.log("held"); setTimeout(() => {}, 60_000);',
        ),
      ],
      { stdio: ['ignore', 'pipe', 'ignore'] },
    );
    await new Promise((resolve) => holder.stdout?.once('data', resolve));
    expect(run(node, cli, 'disable', '--yes', '--exit-codes', 'installer').status).toBe(1618);
    expect(readLocalList()).toEqual(list);
    // The system gives the lock back when its holder dies.
    const ended = new Promise((resolve) => holder.once('exit', resolve));
    holder.kill();
    await ended;
    expect(run(node, cli, 'disable', '--yes').status).toBe(0);
    expect(readLocalList()).toEqual(clean);
  });

  // Backup, record, one write for each suite, record.
  const deaths = (['disable', 'restore'] as const).flatMap((operation) =>
    Array.from({ length: operation === 'disable' ? 5 : 4 }, (_, index) => [operation, index + 1] as const),
  );

  it.each(deaths)('a process that dies in %s after write %d leaves what one command mends', (operation, write) => {
    if (operation === 'restore') expect(run(node, cli, 'disable', '--yes').status).toBe(0);
    const script = writeScript(
      'die.cjs',
      `const binding = loadNativeBinding();
      let left = ${write};
      const dying = (member) => (...parameters) => {
        const result = member(...parameters);
        left -= 1;
        if (left === 0) process.kill(process.pid, 'SIGKILL');
        return result;
      };
      binding.removeContextFunction = dying(binding.removeContextFunction);
      binding.addContextFunction = dying(binding.addContextFunction);
      binding.stateStore.write = dying(binding.stateStore.write);
      ${operation === 'disable' ? 'applyPlan(binding, planDisable(readConfiguration(binding)));' : 'restoreBackup(binding);'}
      process.exitCode = 77;`,
    );
    const death = run(node, script);
    expect([death.status === 77, death.stderr]).toEqual([false, '']);
    const left = readLocalList();
    expect(list.filter((name) => left.includes(name))).toEqual(left);
    const mend = write % 2 === 0 ? 'disable' : 'restore';
    const { status, stderr } = run(node, cli, mend, '--yes');
    // Where it died before the first backup had a record, there is a backup that restores to what is there.
    expect([status, stderr]).toEqual([0, '']);
    expect(readLocalList()).toEqual(mend === 'disable' ? clean : list);
    expect(run(node, cli, 'status', '--json').stdout).not.toContain('interrupted-change');
  });
});
