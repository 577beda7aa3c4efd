/** Machines of a fleet: installed and left as they are, looked at, held to evidence, changed, and put back. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { version } from '../../package.json';
import { home, installed, msiexec, run, unsteered } from './installers';
import { type MachineOptions, readLocalList, resetMachine } from './machine';
import { startProgram } from './start-program';

const folder = mkdtempSync(join(tmpdir(), 'schannel-dhe-'));
const package_ = join(home, 'setup.msi');
const program = `${installed}\\schannel-dhe.exe`;
const module = `C:\\Program Files\\WindowsPowerShell\\Modules\\SchannelDhe\\${version}`;
const schannelDhe = (...words: readonly string[]) => run(program, words);

/** In the words of `msiexec /fa`, which Wine 8 understands of a product alone. */
const repair = (...words: readonly string[]) =>
  msiexec('/i', package_, 'REINSTALL=ALL', 'REINSTALLMODE=amus', ...words);

/** Wine 8 leaves the separator of an entry that it takes away. */
function machinePath(): readonly string[] {
  const key = 'HKLM\\SYSTEM\\CurrentControlSet\\Control\\Session Manager\\Environment';
  const { stdout } = startProgram('reg.exe', ['query', key, '/v', 'PATH']);
  const value = /REG_(?:EXPAND_)?SZ\s+(.*)/.exec(stdout)?.[1] ?? '';
  return value
    .trim()
    .split(';')
    .filter((entry) => entry !== '');
}

const gcm = 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256';
const dhe = 'TLS_DHE_RSA_WITH_AES_128_GCM_SHA256';
const cbc = 'TLS_RSA_WITH_AES_128_CBC_SHA';

/** A handshake of DHE with a client that also offers these suites, as tshark prints it. */
function observe(name: string, offer: string): string {
  const fields = ['frame.time_epoch', 'tcp.stream', 'ip.src', 'ip.dst', 'tcp.srcport', 'tcp.dstport'];
  const tls = ['tls.record.content_type', 'type', 'version', 'ciphersuite', 'p', 'ys'];
  // Evidence that is old is refused.
  const now = Math.floor(Date.now() / 1000) - 60;
  const lines = [
    [...fields, ...tls.map((one, index) => (index === 0 ? one : `tls.handshake.${one}`))],
    [`${now}.1`, 0, '198.51.100.7', '192.0.2.10', 50000, 443, 22, 1, '0x0303', `0x009e${offer}`, '', ''],
    [`${now}.2`, 0, '192.0.2.10', '198.51.100.7', 443, 50000, 22, '2,11,12,14', '0x0303', '0x009e', 'ffa1', 'a1a1'],
    [`${now}.3`, 0, '192.0.2.10', '198.51.100.7', 443, 50000, '20,22', '', '', '', '', ''],
  ];
  const [capture, evidence] = [join(folder, `${name}.tsv`), join(folder, `${name}.json`)];
  writeFileSync(capture, lines.map((line) => line.join('\t')).join('\n'));
  const { status, stdout, stderr } = schannelDhe('evidence', capture, '--local', '192.0.2.10', '--json');
  expect([status, stderr]).toEqual([0, '']);
  writeFileSync(evidence, stdout);
  return evidence;
}

/** The record that is carried away, as the roll-up judges it: the exit code of each, and what it comes to. */
function recorded() {
  const record = schannelDhe('status', '--record', '--check');
  const file = join(folder, 'record.json');
  writeFileSync(file, record.stdout);
  const { status, stdout } = schannelDhe('report', file, '--check', '--json');
  const [machine] = JSON.parse(stdout).machines;
  return { exitCodes: [record.status, status], verdict: machine.verdict, layer: machine.layer };
}

/** As an engine starts it: by the manifest that it found, in the manifest's folder. */
function engine(operation: 'get' | 'test' | 'set', stated: object) {
  const file = readdirSync(installed).find((name) => name.endsWith('.dsc.resource.json')) ?? '';
  const manifest = JSON.parse(readFileSync(`${installed}\\${file}`, 'utf8'));
  const { executable, args } = manifest[operation] as { executable: string; args: string[] };
  const ended = startProgram(`${installed}\\${executable}.exe`, args, {
    cwd: installed,
    env: unsteered,
    input: JSON.stringify(stated),
  });
  const lines = ended.stdout.split('\n').slice(0, -1);
  return { status: ended.status, lines: lines.map((line) => JSON.parse(line)), stderr: ended.stderr };
}

const machines: [string, MachineOptions][] = [
  ['with a list of its own', { local: [gcm, dhe, cbc] }],
  ['with other suites', { local: [dhe, cbc, 'TLS_DHE_DSS_WITH_AES_128_CBC_SHA', gcm] }],
  ['under a policy', { local: [gcm, dhe], groupPolicy: [gcm, dhe, cbc].join(',') }],
];

describe.each(machines)('a machine %s', (_, options) => {
  const list = options.local;
  const clean = list.filter((name) => !name.startsWith('TLS_DHE_'));
  const isGoverned = options.groupPolicy !== undefined;
  const pathBefore = machinePath();

  beforeAll(() => resetMachine(options));
  afterAll(() => void msiexec('/x', package_));

  it('keeps its list where the MSI is only to install', () => {
    expect(msiexec('/i', package_, 'DISABLE=0').status).toBe(0);
    expect(readLocalList()).toEqual(list);
    expect(machinePath()).toEqual([...pathBefore, `${installed}\\`]);
    expect(existsSync(`${installed}\\licences.txt`)).toBe(true);
    expect(existsSync(`${module}\\SchannelDhe.psd1`)).toBe(true);
    expect(existsSync(`${module}\\ja-JP\\SchannelDhe-help.xml`)).toBe(true);
  });

  it('keeps it in a repair', () => {
    expect(repair().status).toBe(0);
    expect(readLocalList()).toEqual(list);
  });

  it('keeps it in an update, of which one version is left', () => {
    expect(msiexec('/i', join(home, 'newer.msi')).status).toBe(0);
    expect(readLocalList()).toEqual(list);
    expect([existsSync(program), existsSync(module)]).toEqual([true, false]);
    expect(msiexec('/x', join(home, 'newer.msi')).status).toBe(0);
    expect([existsSync(program), machinePath()]).toEqual([false, pathBefore]);
    expect(msiexec('/i', package_, 'DISABLE=0').status).toBe(0);
  });

  it('tells what it offers', () => {
    const layer = isGoverned ? 'groupPolicy' : 'local';
    expect(recorded()).toEqual({ exitCodes: [1, 1], verdict: 'dhe-offered', layer });
    const { status, lines } = engine('test', { dheOffered: false });
    expect([status, lines[0]._inDesiredState, lines[1]]).toEqual([0, false, ['dheOffered']]);
  });

  it('is refused a change that evidence speaks against', () => {
    const evidence = observe('alone', '');
    expect(schannelDhe('disable', '--yes', '--unless-seen', evidence).status).toBe(8);
    expect(readLocalList()).toEqual(list);
  });

  if (isGoverned) {
    it('is left to its policy, by every way', () => {
      const evidence = observe('kept', ',0xc02f');
      expect(schannelDhe('disable', '--yes', '--unless-seen', evidence).status).toBe(3);
      const { status, lines, stderr } = engine('set', { dheOffered: false });
      expect([status, lines]).toEqual([3, []]);
      expect(JSON.parse(stderr).error).toContain([gcm, cbc].join(','));
      expect(readLocalList()).toEqual(list);
    });
    return;
  }

  it('is changed once where all peers keep something, and put back', () => {
    const evidence = observe('kept', ',0xc02f');
    const words = ['disable', '--yes', '--unless-seen', evidence, '--exit-codes', 'installer'];
    expect(schannelDhe(...words).status).toBe(3010);
    expect(readLocalList()).toEqual(clean);
    expect(recorded()).toEqual({ exitCodes: [0, 0], verdict: 'no-dhe-offered', layer: 'local' });
    expect(schannelDhe(...words).status).toBe(0);
    expect(engine('set', { dheOffered: false }).lines[1]).toEqual([]);
    expect(schannelDhe('restore', '--yes').status).toBe(0);
    expect(readLocalList()).toEqual(list);
  });

  it('is changed once by DSC, and put back', () => {
    expect(engine('set', { dheOffered: false })).toMatchObject({
      status: 0,
      lines: [{ dheOffered: false }, ['dheOffered']],
    });
    expect(readLocalList()).toEqual(clean);
    expect(engine('test', { dheOffered: false }).lines[1]).toEqual([]);
    expect(engine('set', { dheOffered: false }).lines[1]).toEqual([]);
    expect(schannelDhe('restore', '--yes').status).toBe(0);
    expect(readLocalList()).toEqual(list);
  });

  it('is changed by the MSI when it is told to later', () => {
    expect(repair('DISABLE=1').status).toBe(3010);
    expect(readLocalList()).toEqual(clean);
    expect(msiexec('/x', package_, 'RESTORE=1').status).toBe(3010);
    expect(readLocalList()).toEqual(list);
    expect([existsSync(program), existsSync(module), machinePath()]).toEqual([false, false, pathBefore]);
  });
});
