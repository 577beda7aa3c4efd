/** The single executable and the installers around it. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { denyWriting, readLocalList, resetMachine } from './machine';

const home = join(__dirname, '..', '..', '..');
const executable = join(home, 'schannel-dhe.exe');
const installed = 'C:\\Program Files\\schannel-dhe';
const list = [
  'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
  'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384',
  'TLS_RSA_WITH_AES_128_CBC_SHA',
];
const clean = list.filter((name) => !name.startsWith('TLS_DHE_'));

const run = (file: string, args: readonly string[], environment: NodeJS.ProcessEnv = {}) =>
  spawnSync(file, args, { encoding: 'utf8', env: { ...process.env, ...environment }, timeout: 60_000 });

/** An installer starts services that outlive it, and would keep a pipe open; NSIS takes `_?=` without quotes alone. */
const install = (file: string, ...args: readonly string[]) =>
  spawnSync(file, args, { stdio: 'ignore', timeout: 60_000, windowsVerbatimArguments: true }).status;

beforeEach(() => resetMachine({ local: list }));

describe('the single executable', () => {
  it('disables and restores', () => {
    expect(run(executable, ['status', '--check']).status).toBe(1);
    expect(run(executable, ['disable', '--yes', '--exit-codes', 'installer'])).toMatchObject({ status: 3010, stderr: '' });
    expect(readLocalList()).toEqual(clean);
    expect(run(executable, ['restore', '--yes']).status).toBe(0);
    expect(readLocalList()).toEqual(list);
  });

  it('changes nothing while NODE_OPTIONS could steer it', () => {
    const environment = { NODE_OPTIONS: '--no-warnings' };
    expect(run(executable, ['status'], environment).status).toBe(0);
    const { status, stderr } = run(executable, ['disable', '--yes'], environment);
    expect([status, stderr]).toEqual([8, expect.stringContaining('NODE_OPTIONS')]);
    expect(run(executable, ['restore', '--yes'], environment).status).toBe(8);
    expect(readLocalList()).toEqual(list);
  });

  it('ends with 0 and says why where it may only try', () => {
    resetMachine({ local: list, groupPolicy: list.join(',') });
    const { status, stdout } = run(executable, ['disable', '--best-effort', '--json', '--exit-codes', 'installer']);
    expect([status, JSON.parse(stdout).outcome]).toEqual([0, 'governed-by-policy']);
  });
});

describe('the NSIS installer', () => {
  it('installs, disables, passes 3010 on, and restores when its uninstaller is asked to', () => {
    expect(install(join(home, 'setup.exe'), '/S')).toBe(3010);
    expect(readLocalList()).toEqual(clean);
    expect(install(join(home, 'setup.exe'), '/S')).toBe(0);
    expect(install(`${installed}\\uninstall.exe`, '/S', '/RESTORE', `_?=${installed}`)).toBe(3010);
    expect(readLocalList()).toEqual(list);
    expect(existsSync(`${installed}\\schannel-dhe.exe`)).toBe(false);
  });

  it('leaves the list as it is when it is uninstalled silently', () => {
    install(join(home, 'setup.exe'), '/S');
    expect(install(`${installed}\\uninstall.exe`, '/S', `_?=${installed}`)).toBe(0);
    expect(readLocalList()).toEqual(clean);
  });

  it('installs under a policy, and leaves nothing behind where the change fails', () => {
    resetMachine({ local: list, groupPolicy: list.join(',') });
    expect(install(join(home, 'setup.exe'), '/S')).toBe(0);
    install(`${installed}\\uninstall.exe`, '/S', `_?=${installed}`);
    resetMachine({ local: list });
    denyWriting();
    expect(install(join(home, 'setup.exe'), '/S')).toBe(5);
    expect(existsSync(`${installed}\\schannel-dhe.exe`)).toBe(false);
    expect(readLocalList()).toEqual(list);
  });
});

describe('the MSI', () => {
  const folder = mkdtempSync(join(tmpdir(), 'schannel-dhe-'));
  const msiexec = (...args: readonly string[]) => {
    const log = join(folder, 'msi.log');
    const status = install('msiexec.exe', ...args, '/qn', '/norestart', '/l*v', log);
    return { status, log: readFileSync(log, 'latin1').replaceAll('\0', '') };
  };
  const package_ = join(home, 'setup.msi');

  it('installs, disables, and asks for a restart; uninstalls, and restores only when asked to', () => {
    const { status, log } = msiexec('/i', package_);
    expect(status).toBe(3010);
    expect(log).toContain('Removed 1 DHE suites');
    expect(readLocalList()).toEqual(clean);
    msiexec('/x', package_);
    expect(readLocalList()).toEqual(clean);
    msiexec('/i', package_);
    msiexec('/x', package_, 'RESTORE=1');
    expect(readLocalList()).toEqual(list);
    expect(existsSync(`${installed}\\schannel-dhe.exe`)).toBe(false);
  });

  it('rolls the list back when the installation fails, and nothing else', () => {
    expect([0, 3010]).not.toContain(msiexec('/i', join(home, 'failing.msi')).status);
    expect(readLocalList()).toEqual(list);
    expect(existsSync(`${installed}\\schannel-dhe.exe`)).toBe(false);
    // What was clean before stays clean: the backup of an earlier change is none of its business.
    run(executable, ['disable', '--yes']);
    msiexec('/i', join(home, 'failing.msi'));
    expect(readLocalList()).toEqual(clean);
  });
});
