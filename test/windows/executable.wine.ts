/** The single executable and the installers around it. */
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  linkSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { steeringVariables } from '../../lib/cli/steering-variables';
import { executable, home, install, installed, msiexec, run } from './installers';
import { denyWriting, nodes, readLocalList, resetMachine, setLocalList } from './machine';

const list = [
  'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
  'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384',
  'TLS_RSA_WITH_AES_128_CBC_SHA',
];
const clean = list.filter((name) => !name.startsWith('TLS_DHE_'));

const twoDhe = [...list, 'TLS_DHE_DSS_WITH_AES_128_CBC_SHA'];
/** The second removal fails, and so does the first write of the undo; the next one would succeed. */
const halfUndone = { local: twoDhe, failingWrites: 0b110 };

beforeEach(() => resetMachine({ local: list }));

describe('the single executable', () => {
  it('disables and restores', () => {
    expect(run(executable, ['status', '--check']).status).toBe(1);
    expect(run(executable, ['disable', '--yes', '--exit-codes', 'installer'])).toMatchObject({
      status: 3010,
      stderr: '',
    });
    expect(readLocalList()).toEqual(clean);
    expect(run(executable, ['restore', '--yes']).status).toBe(0);
    expect(readLocalList()).toEqual(list);
  });

  it.each(steeringVariables)('changes nothing while $name is set', ({ name }) => {
    const { status, stderr } = run(executable, ['disable', '--yes'], { [name]: '1' });
    expect([status, stderr]).toEqual([8, expect.stringContaining(name)]);
    expect(readLocalList()).toEqual(list);
  });

  it('restores nothing while one is set, and shows everything', () => {
    const environment = { NODE_OPTIONS: '--no-warnings' };
    expect(run(executable, ['disable', '--yes']).status).toBe(0);
    expect(run(executable, ['restore', '--yes'], environment).status).toBe(8);
    expect(readLocalList()).toEqual(clean);
    expect(run(executable, ['status'], environment).status).toBe(0);
  });

  it('is not steered before its first line, as Node is', () => {
    const folder = mkdtempSync(join(tmpdir(), 'steer-'));
    const [script, config] = [join(folder, 'script.cjs'), join(folder, 'openssl.cnf')];
    writeFileSync(script, `require('node:fs').writeFileSync(${JSON.stringify(join(folder, 'required'))}, '')`);
    writeFileSync(
      config,
      'nodejs_conf = init\n[init]\nproviders = all\n[all]\nnone = none\n[none]\nmodule = none.dll\nactivate = 1\n',
    );
    const runsCode = { NODE_OPTIONS: `--require=${script.replaceAll('\\', '/')}` };
    const writes = { NODE_COMPILE_CACHE: join(folder, 'cache'), NODE_V8_COVERAGE: join(folder, 'coverage') };
    const loads = { OPENSSL_CONF: config };
    const entries = () => readdirSync(folder).filter((name) => name !== 'script.cjs' && name !== 'openssl.cnf');
    expect(run(executable, ['status', '--check'], { ...runsCode, ...writes, ...loads }).status).toBe(1);
    expect(entries()).toEqual([]);
    // Node itself heeds every one of them.
    const node = nodes.find(({ name }) => name === 'node22')?.path ?? '';
    expect(run(node, [script], { ...runsCode, ...writes }).status).toBe(0);
    expect(entries().sort()).toEqual(['cache', 'coverage', 'required']);
    expect(run(node, ['-e', '0']).status).toBe(0);
    expect(run(node, ['-e', '0'], loads).status).not.toBe(0);
  });

  it('loads its own addon and no other', () => {
    const folder = mkdtempSync(join(tmpdir(), 'planted-'));
    const [copy, addon] = [join(folder, 'schannel-dhe.exe'), join(folder, 'schannel_dhe.node')];
    linkSync(executable, copy);
    copyFileSync(join(home, 'schannel_dhe.node'), addon);
    expect(run(copy, ['status']).status).toBe(0);
    // One that would work as well, but for a byte at its end.
    appendFileSync(addon, '0');
    const { status, stdout } = run(copy, ['status', '--json']);
    expect([status, JSON.parse(stdout)]).toEqual([8, expect.objectContaining({ code: 'ADDON_MISMATCH' })]);
    rmSync(addon);
    expect(JSON.parse(run(copy, ['status', '--json']).stdout).code).toBe('NATIVE_BINDING_NOT_LOADED');
  });

  it('ends with 0 and says why where it may only try', () => {
    resetMachine({ local: list, groupPolicy: list.join(',') });
    const { status, stdout } = run(executable, ['disable', '--best-effort', '--json', '--exit-codes', 'installer']);
    expect([status, JSON.parse(stdout).outcome]).toEqual([0, 'governed-by-policy']);
  });
});

/** Names in an executable that look like variables of the environment, as its own code reads them. */
function variablesIn(node: Buffer): Set<string> {
  const text = node.toString('latin1');
  const literals = [...text.matchAll(/\0((?:NODE|OPENSSL|SSL|ICU|UV)_[A-Z0-9_]+|QLOGDIR|CTLOG_FILE)(?=\0)/g)]
    // In the start-up snapshot V8 writes the length of a string before it, and one of a script is found in its source.
    .filter(({ index, 1: name = '' }) => node.readUInt32LE(index - 3) !== name.length);
  const read = [...text.matchAll(/\benv\.([A-Z][A-Z0-9_]+)/g)];
  return new Set([...literals, ...read].map(([, name = '']) => name));
}

/**
 * What is read and steers nothing: output, terminals, proxies, certificates of connections, the channel to a Node parent
 * (where nobody listens), tuning; and what is no variable.
 */
const harmless =
  /^(NODE_(DEBUG\w*|DISABLE_COLORS|DISABLE_COMPILE_CACHE|COMPILE_CACHE_PORTABLE|PENDING_\w+|PRESERVE_SYMLINKS\w*|NO_WARNINGS|NO_READLINE|REPL_(MODE|HISTORY\w*)|USE_ENV_PROXY|USE_SYSTEM_CA|TLS_REJECT_UNAUTHORIZED|SKIP_PLATFORM_CHECK|CLUSTER_SCHED_POLICY|CHANNEL_\w+|UNIQUE_ID|INSPECT_RESUME_ON_START|MANY_ACCEPTS|TEST_CONTEXT|SEA_BLOB|PERFORMANCE_\w+)|OPENSSL_(EC_\w+|VERSION_NUMBER)|SSL_\w+|ICU_(ENABLE_\w+|NO_USER_DATA_OVERRIDE)|UV_\w+|QLOGDIR|CI|CI_NAME|COLORTERM|FORCE_COLOR|NO_COLOR|TERM\w*|TMUX|TEAMCITY_VERSION|HTTPS?_PROXY|NO_PROXY|UNDICI_NO_FG|JEST_WORKER_ID|WATCH_REPORT_DEPENDENCIES|USERPROFILE|TEMP|TMP)$/;

// The executable is built on one of these; the list speaks of no other.
const listed = nodes.filter(({ name }) => name === 'node20' || name === 'node22');

it.each(listed)('every variable that $name reads is known', ({ path }) => {
  const found = variablesIn(readFileSync(path));
  const unknown = [...found].filter((name) => !harmless.test(name));
  expect(unknown.filter((name) => steeringVariables.every((known) => known.name !== name))).toEqual([]);
  expect(unknown.length).toBeGreaterThan(10);
});

describe('the NSIS installer', () => {
  it('installs, disables, passes 3010 on, and restores when its uninstaller is asked to', () => {
    const licences = `${installed}\\licences.txt`;
    expect(install(join(home, 'setup.exe'), '/S')).toBe(3010);
    expect(readLocalList()).toEqual(clean);
    expect(readFileSync(licences, 'utf8')).toContain('Node.js is licensed for use');
    expect(install(join(home, 'setup.exe'), '/S')).toBe(0);
    expect(install(`${installed}\\uninstall.exe`, '/S', '/RESTORE', `_?=${installed}`)).toBe(3010);
    expect(readLocalList()).toEqual(list);
    expect([`${installed}\\schannel-dhe.exe`, licences].map(existsSync)).toEqual([false, false]);
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

describe('the NSIS installer, when things are not as they should be', () => {
  const uninstall = (...args: readonly string[]) =>
    install(`${installed}\\uninstall.exe`, '/S', ...args, `_?=${installed}`);

  it('keeps the program where a change is half undone', () => {
    resetMachine(halfUndone);
    expect(install(join(home, 'setup.exe'), '/S')).toBe(1603);
    expect(readLocalList()).not.toEqual(twoDhe);
    expect(run(`${installed}\\schannel-dhe.exe`, ['restore', '--yes']).status).toBe(0);
    expect(readLocalList()).toEqual(twoDhe);
    uninstall();
  });

  it('uninstalls with /RESTORE where nothing is to be put back, and where the list drifted', () => {
    resetMachine({ local: clean });
    expect(install(join(home, 'setup.exe'), '/S')).toBe(0);
    expect(uninstall('/RESTORE')).toBe(0);
    expect(existsSync(`${installed}\\schannel-dhe.exe`)).toBe(false);
    resetMachine({ local: list });
    install(join(home, 'setup.exe'), '/S');
    const drifted = [...clean].reverse();
    setLocalList(drifted);
    expect(uninstall('/RESTORE')).toBe(0);
    expect([readLocalList(), existsSync(`${installed}\\schannel-dhe.exe`)]).toEqual([drifted, false]);
  });
});

describe('the MSI', () => {
  const package_ = join(home, 'setup.msi');

  it('installs, disables, and asks for a restart; uninstalls, and restores only when asked to', () => {
    const { status, log } = msiexec('/i', package_);
    expect(status).toBe(3010);
    expect(log).toContain('Removed 1 DHE suite;');
    expect(readLocalList()).toEqual(clean);
    // It changed nothing, so it asks for no restart, also in the same boot.
    expect(msiexec('/x', package_).status).toBe(0);
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

  it('uninstalls with RESTORE=1 where nothing is to be put back, and where the list drifted', () => {
    resetMachine({ local: clean });
    expect(msiexec('/i', package_).status).toBe(0);
    expect(msiexec('/x', package_, 'RESTORE=1').status).toBe(0);
    expect(existsSync(`${installed}\\schannel-dhe.exe`)).toBe(false);
    resetMachine({ local: list });
    msiexec('/i', package_);
    const drifted = [...clean].reverse();
    setLocalList(drifted);
    expect(msiexec('/x', package_, 'RESTORE=1').status).toBe(0);
    expect([readLocalList(), existsSync(`${installed}\\schannel-dhe.exe`)]).toEqual([drifted, false]);
  });

  it('rolls back what a failing change left half undone', () => {
    resetMachine(halfUndone);
    const { status, log } = msiexec('/i', join(home, 'failing.msi'));
    expect([0, 3010]).not.toContain(status);
    expect(log).toContain('failed-undo-incomplete');
    expect(readLocalList()).toEqual(twoDhe);
  });
});
