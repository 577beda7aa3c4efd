/** How a run ends: one document, a true exit code, one sentence, whatever happens. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import { describe, expect, it } from 'vitest';
import { en } from '../../lib/messages/en';
import { writeRegFile } from '../../lib/registry-files/reg-file';
import { SimulatedMachine } from '../../lib/simulation/simulated-machine';
import { faultyText, makeBackup } from '../support/gpo';
import { run, useFolder } from './run';

const folder = useFolder();
const machine = '--simulate ws2022';
const old = '--simulate win8.1-2012r2';
const ajv = new Ajv2020({ strict: false, validateFormats: false });
const main = join(__dirname, '..', '..', 'lib', 'cli', 'main.ts');

async function readDocument(text: string) {
  expect(text).toMatch(/^[\x20-\x7e\n]+$/);
  const document = JSON.parse(text) as { kind: string; outcome: string; code?: string };
  const schema = JSON.parse((await run(`schema ${document.kind}`)).stdout);
  expect(ajv.validate(schema, document), JSON.stringify(ajv.errors)).toBe(true);
  return document;
}

describe('under --json every end is one document', () => {
  it.each<[string, number, object]>([
    ['', 2, { outcome: 'bad-input', code: 'COMMAND_LINE' }],
    ['status --from nowhere.reg', 2, { outcome: 'bad-input', code: 'FILE_ACCESS' }],
    ['policy scan nowhere', 2, { outcome: 'bad-input', code: 'FILE_ACCESS' }],
    ['policy file nowhere.pol', 2, { outcome: 'bad-input', code: 'FILE_ACCESS' }],
    [`restore ${machine}`, 2, { outcome: 'bad-input', code: 'BACKUP_NOT_FOUND' }],
    [`restore --list ${machine}`, 0, { kind: 'backups', outcome: 'done' }],
    [`restore --set-aside ${machine}`, 0, { kind: 'set-aside', outcome: 'nothing-to-do' }],
    [`disable ${machine} --not-elevated`, 4, { outcome: 'not-elevated' }],
    [`selfcheck --deep ${machine} --not-elevated`, 4, { outcome: 'not-elevated' }],
    [`policy local --repair ${machine} --not-elevated`, 4, { outcome: 'not-elevated' }],
    [`status ${machine}`, 0, { kind: 'status', outcome: 'done' }],
    [`status --check ${machine}`, 1, { kind: 'status', outcome: 'dhe-offered' }],
    [`disable --dry-run ${machine}`, 0, { kind: 'disable', outcome: 'done' }],
    [`disable ${machine}`, 0, { kind: 'disable', outcome: 'changed' }],
    [`disable --strict ${old}`, 8, { kind: 'disable', outcome: 'refused' }],
    [`selfcheck ${machine}`, 0, { kind: 'selfcheck', outcome: 'done' }],
    ['schema', 0, { kind: 'schemas', outcome: 'done' }],
    ['completion powershell', 0, { kind: 'completion', outcome: 'done' }],
    ['probe 127.0.0.1:1', 10, { kind: 'probe', outcome: 'undecided' }],
    ['probe --hosts nowhere.txt', 2, { outcome: 'bad-input', code: 'FILE_ACCESS' }],
  ])('%s', async (commandLine, exitCode, expected) => {
    const told = await run(`--json ${commandLine}`);
    expect(await readDocument(told.stdout)).toMatchObject(expected);
    expect([told.exitCode, told.stderr]).toEqual([exitCode, '']);
  });

  it('an export that does not show the list is undecided with --check', async () => {
    const file = folder('nothing.reg');
    const key = 'HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002';
    writeFileSync(file, writeRegFile([{ kind: 'key', key }]));
    const { exitCode, stdout } = await run(`status --check --json --from ${file}`);
    expect([exitCode, JSON.parse(stdout).outcome]).toEqual([10, 'undecided']);
  });
});

describe('a fault of this program', () => {
  const broken = { loadBinding: () => JSON.parse('{') };
  const wrong = {
    loadBinding: () => {
      throw new TypeError('x is not a function');
    },
  };

  it.each([
    ['a SyntaxError', broken],
    ['a TypeError', wrong],
  ])('%s is unexpected, with its stack on stderr', async (_, host) => {
    const { exitCode, stderr } = await run('status', { host });
    expect(exitCode).toBe(11);
    expect(stderr).toMatch(/^Unexpected, a fault of this program: .*\n.*Error.*\n +at /);
    const json = await run('status --json', { host });
    expect(await readDocument(json.stdout)).toMatchObject({ kind: 'error', outcome: 'unexpected', code: 'UNEXPECTED' });
    expect(json.stderr).toMatch(/\n +at /);
    expect((await run('status --exit-codes installer', { host })).exitCode).toBe(1603);
  });

  it('midway through a search leaves a whole document, or whole lines', async () => {
    for (const name of ['{1}', '{2}', '{3}']) makeBackup(join(folder('gpos'), name), faultyText);
    let calls = 0;
    const host = {
      showProgress: () => {
        calls += 1;
        if (calls === 4) throw new RangeError('broken midway');
      },
    };
    const { exitCode, stdout, stderr } = await run(`policy scan --json ${folder('gpos')}`, { host });
    expect(exitCode).toBe(11);
    expect(await readDocument(stdout)).toMatchObject({
      outcome: 'unexpected',
      error: { code: 'UNEXPECTED' },
      policies: [{ folder: '{1}' }, { folder: '{2}' }],
    });
    expect(stderr).toContain('at ');
    calls = 0;
    const lines = await run(`policy scan --ndjson ${folder('gpos')}`, { host });
    const kinds: string[] = [];
    for (const line of lines.stdout.trimEnd().split('\n')) kinds.push((await readDocument(line)).kind);
    expect([lines.exitCode, kinds]).toEqual([11, ['scanned-policy', 'scanned-policy', 'error']]);
  });
});

it('policy scan --ndjson prints a line each, and the tally', async () => {
  makeBackup(join(folder('lines'), '{1}'), faultyText);
  const { stdout, exitCode } = await run(`policy scan --ndjson ${folder('lines')}`);
  const documents = await Promise.all(stdout.trimEnd().split('\n').map(readDocument));
  expect(exitCode).toBe(0);
  expect(documents).toMatchObject([
    { kind: 'scanned-policy', policy: { folder: '{1}', verdict: 'needs-repair' } },
    { kind: 'policy-tally', tally: { policies: 1 } },
  ]);
});

describe('what it costs', () => {
  const cost = en.cost['loses-forward-secret-gcm-for-rsa'](['client', 'server'], []);

  it('is told by the real run as by the dry run', async () => {
    for (const words of ['--dry-run', '--yes']) {
      const { stdout } = await run(`disable ${words} ${old}`);
      expect(stdout).toContain(`${en.costs} ${cost}`);
    }
    const asked = await run(`disable ${old}`, { answer: 'y' });
    expect(asked.stderr).toContain(cost);
  });

  it('is told where an edit is written', async () => {
    await run(`status ${old} --save ${folder('old.json')}`);
    const { stdout } = await run(`disable --from ${folder('old.json')} --out ${folder('old.reg')}`);
    expect(stdout).toContain(cost);
  });
});

describe('where the output cannot be written', () => {
  const full = { flush: async () => 'ENOSPC' };

  it('the exit code still tells the truth about the change', async () => {
    const words = `${machine} --state ${folder('full.json')}`;
    const { exitCode, stderr } = await run(`disable --yes --exit-codes installer ${words}`, { host: full });
    expect([exitCode, stderr]).toEqual([3010, `${en.notShown('ENOSPC')}\n`]);
    expect((await run(`status --check ${words}`)).exitCode).toBe(0);
    expect((await run(`disable --yes --exit-codes installer ${words}`, { host: full })).exitCode).toBe(0);
    expect((await run(`status ${words}`, { host: full })).exitCode).toBe(2);
  });

  it.skipIf(!existsSync('/dev/full'))('on a full disk: one sentence, and no stack', () => {
    const words = ['disable', '--yes', ...machine.split(' '), '--state', folder('disk.json')];
    for (const [command, exitCode] of [
      [words, 0],
      [['status', ...machine.split(' ')], 2],
      [['suites', '--json'], 2],
    ] as const) {
      const program = [process.execPath, '--import', 'tsx', main, ...command];
      const { status, stderr } = spawnSync('sh', ['-c', 'exec "$@" > /dev/full', 'sh', ...program], {
        encoding: 'utf8',
      });
      expect([status, stderr]).toEqual([exitCode, `${en.notShown('ENOSPC')}\n`]);
    }
    expect(readFileSync(folder('disk.json'), 'utf8')).not.toContain('"in-progress"');
  });

  it('a state file that cannot be written leaves one document', async () => {
    const state = join(folder('no-such-folder'), 'machine.json');
    const { exitCode, stdout } = await run(`disable --json ${machine} --state ${state}`);
    expect(exitCode).toBe(2);
    expect(await readDocument(stdout)).toMatchObject({ kind: 'error', code: 'FILE_ACCESS' });
  });
});

describe.skipIf(process.platform === 'win32')('what is no file', () => {
  it.each(['status --from', 'policy file', 'policy text --file', 'probe --hosts'])(
    '%s refuses it, and does not wait for it',
    async (words) => {
      mkdirSync(folder(''), { recursive: true });
      const pipe = folder(`pipe-${words.replaceAll(' ', '')}`);
      expect(spawnSync('mkfifo', [pipe]).status).toBe(0);
      for (const file of [pipe, '/dev/zero']) {
        const { exitCode, stderr } = await run(`${words} ${file}`);
        expect([exitCode, stderr]).toEqual([2, `${file} could not be read: a device or a pipe is no file.\n`]);
      }
    },
  );
});

describe('open({ forChange }) alone decides', () => {
  const connect = (elevated: boolean) => {
    const simulated = new SimulatedMachine({ windows: 'ws2022', groupPolicy: faultyText });
    simulated.setLocalPolicy(faultyText);
    return {
      simulated,
      host: { loadBinding: () => simulated.connect({ elevated }), findSteering: async () => 'NODE_OPTIONS' },
    };
  };

  it.each([
    'policy local --repair',
    'policy local --undo',
    'restore --yes',
    'disable --local-list --yes',
    'selfcheck --deep --yes',
    'restore --set-aside',
  ])('%s changes nothing in a steered process', async (commandLine) => {
    const { simulated, host } = connect(true);
    const before = JSON.stringify(simulated);
    const { exitCode, stderr } = await run(commandLine, { host });
    expect(exitCode).toBe(8);
    expect(stderr).toContain('NODE_OPTIONS');
    expect(JSON.stringify(simulated)).toBe(before);
  });

  it.each(['policy local', 'restore --list', 'disable --dry-run', 'selfcheck', 'status'])(
    '%s only reads, so that it may',
    async (commandLine) => {
      const { host } = connect(false);
      expect([0, 3, 10]).toContain((await run(commandLine, { host })).exitCode);
    },
  );

  it.each(['policy local --repair', 'restore --yes', 'disable --local-list --yes', 'selfcheck --deep --yes'])(
    '%s ends with 4 without rights, before anything is written',
    async (commandLine) => {
      const { simulated, host } = connect(false);
      const before = JSON.stringify(simulated);
      expect((await run(commandLine, { host: { loadBinding: host.loadBinding } })).exitCode).toBe(4);
      expect(JSON.stringify(simulated)).toBe(before);
    },
  );
});

describe('agreeing', () => {
  const words = () => `${machine} --state ${folder('agree.json')}`;

  it('is asked for where nobody can be asked, and nothing is changed', async () => {
    for (const command of ['disable', 'restore', 'selfcheck --deep']) {
      const { exitCode, stdout, stderr } = await run(`${command} ${words()}`);
      expect([exitCode, stdout]).toEqual([2, '']);
      expect(stderr).toContain('--yes');
    }
    expect((await run(`status --check ${words()}`)).exitCode).toBe(1);
  });

  it('is done with --yes, as a program that reads JSON, or at a terminal', async () => {
    expect((await run(`disable --yes ${words()}`)).exitCode).toBe(0);
    expect((await run(`restore ${words()}`, { answer: 'n' })).exitCode).toBe(0);
    expect((await run(`status --check ${words()}`)).exitCode).toBe(0);
    expect((await run(`restore ${words()}`, { answer: 'y' })).stdout).toContain('Put 2 suites back');
    expect((await run(`disable --json ${words()}`)).exitCode).toBe(0);
    expect((await run(`restore --json ${words()}`)).exitCode).toBe(0);
    expect((await run(`status --check ${words()}`)).exitCode).toBe(1);
  });

  it('is needed for nothing where there is nothing to do', async () => {
    expect((await run(`disable ${machine} --simulate-policy TLS_RSA_WITH_AES_128_CBC_SHA`)).exitCode).not.toBe(2);
  });
});

it('a local GPO that was repaired prints no steps to do by hand', async () => {
  const words = `policy local ${machine} --simulate-policy`;
  const shown = await run(words, { args: [faultyText] });
  expect(shown.stdout).toContain(en.deploy.groupPolicy);
  const repaired = await run(`${words} ${faultyText} --repair`);
  expect(repaired.exitCode).toBe(0);
  expect(repaired.stdout).toContain(en.policy.localDone.repair.changed);
  expect(repaired.stdout).not.toContain(en.deploy.groupPolicy);
});

it('counts one as one', async () => {
  const one = await run(`status ${machine} --simulate-policy TLS_DHE_RSA_WITH_AES_256_GCM_SHA384,`);
  for (const text of [
    one.stdout,
    en.policy.summary('REG_SZ', 1, 1, 1),
    en.changed(1, 'x'),
    en.wouldRemove(1, 2),
    en.faults(1),
    en.policy.tally({ policies: 1, setting: 1, needRepair: 1, preferences: 1, refused: 0, written: 1, skipped: 0 }),
  ]) {
    expect(text).not.toMatch(/(?<!\d)1 (?:DHE suites|faults|cipher suites|suites|characters|policies)/);
  }
});

it('restore that is refused names what drifted', async () => {
  const words = `${machine} --state ${folder('drift.json')}`;
  await run(`disable --yes ${words}`);
  const simulated = SimulatedMachine.fromJSON(JSON.parse(readFileSync(folder('drift.json'), 'utf8')));
  const binding = simulated.connect({ elevated: true });
  binding.addContextFunction('TLS_SOMEBODYS_OWN', 0);
  writeFileSync(folder('drift.json'), JSON.stringify(simulated));
  const { exitCode, stderr } = await run(`restore --yes ${words}`);
  expect(exitCode).toBe(8);
  expect(stderr).toContain('New: TLS_SOMEBODYS_OWN.');
});
