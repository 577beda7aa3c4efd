/** `dsc get|test|set|schema` as an engine calls them; the schemas of the manifest and of the lines are Microsoft's. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import { beforeEach, describe, expect, it } from 'vitest';
import { applyPlan } from '../../lib/change/apply';
import { planDisable } from '../../lib/change/plan';
import { makeDscManifest } from '../../lib/cli/commands/dsc/manifest';
import { exitTable } from '../../lib/cli/exit-code';
import { readConfiguration } from '../../lib/configuration/read-configuration';
import { SimulatedMachine } from '../../lib/simulation/simulated-machine';
import { type RunOptions, run, useFolder } from '../cli/run';
import { die } from '../support/die';

const folder = useFolder();
const fixture = (name: string) => JSON.parse(readFileSync(join(__dirname, '..', 'fixtures', 'dsc', name), 'utf8'));
const versions = ['v3', 'v3.1'] as const;
const manifest = makeDscManifest('0.1.0', 'schannel-dhe', []) as {
  readonly exitCodes: Readonly<Record<string, string>>;
  readonly schema: { readonly embedded: { readonly properties: object } };
  readonly set: object;
};
const checkers = Object.fromEntries(
  versions.flatMap((version) =>
    ['manifest', 'stdout-get', 'stdout-test', 'stdout-set'].map((name) => [
      `${name}.${version}`,
      new Ajv2020({ strict: false, logger: false }).compile(fixture(`${name}.${version}.json`)),
    ]),
  ),
);
const isInstance = new Ajv2020({ strict: false, logger: false }).compile(manifest.schema.embedded);

describe.each(versions)('the manifest, by the schema of %s', (version) => {
  const check = checkers[`manifest.${version}`] as NonNullable<(typeof checkers)[string]>;

  it.each([
    ['beside the executable', manifest],
    ['in the npm package', makeDscManifest('0.1.0', 'node', ['cli.js'])],
  ])('passes %s', (_, one) => {
    expect(check(one), JSON.stringify(check.errors)).toBe(true);
  });

  it('would fail with what older engines cannot read', () => {
    expect(check(fixture('only-3.2.dsc.resource.json'))).toBe(false);
    const whatIf = { ...manifest.set, args: ['dsc', 'set', { whatIfArg: '--what-if' }] };
    expect(check({ ...manifest, set: whatIf })).toBe(false);
  });
});

it('the manifest has what every engine since 3.0 reads, and nothing later', () => {
  expect(JSON.stringify(manifest)).not.toMatch(/whatIf|condition|implementsPretest|requireSecurityContext/);
  const codes = new Set(Object.values(exitTable).map(([code]) => String(code)));
  // 1 is what --check and the like end with.
  expect(Object.keys(manifest.exitCodes)).toEqual([...codes].filter((code) => code !== '1'));
  // A regular expression of ECMAScript is none of Rust.
  expect(JSON.stringify(manifest.schema)).not.toMatch(/"(pattern|format)":/);
});

let machine: string;
beforeEach(({ task }) => {
  machine = `--simulate ws2022 --state ${folder(task.id)}.json`;
});
const windows2012 = '--simulate win8.1-2012r2';
const policy = 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,TLS_DHE_RSA_WITH_AES_256_GCM_SHA384';
const correct = 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384';

/** One run; whatever it writes is what the contract says. */
async function dsc(operation: 'get' | 'test' | 'set', words: string, stated: object | string, options?: RunOptions) {
  const stdin = typeof stated === 'string' ? stated : JSON.stringify(stated);
  const { exitCode, stdout, stderr } = await run(`dsc ${operation} ${words}`, { stdin, ...options });
  expect(stdout + stderr).toMatch(/^[\x20-\x7e\n]*$/);
  expect(manifest.exitCodes).toHaveProperty([String(exitCode)]);
  const [lines, traces] = [stdout, stderr].map((text) =>
    text
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line)),
  ) as [object[], { error?: string; info?: string }[]];
  for (const version of versions) {
    const check = checkers[`stdout-${operation}.${version}`];
    for (const line of lines) expect(check?.(line), JSON.stringify(check?.errors)).toBe(true);
  }
  if (exitCode === 0) {
    expect(lines).toHaveLength(operation === 'get' ? 1 : 2);
    expect(isInstance(lines[0]), JSON.stringify(isInstance.errors)).toBe(true);
    if (typeof stated === 'object') expect(isInstance(stated)).toBe(true);
  } else {
    expect([lines, traces]).toEqual([[], [{ error: expect.stringMatching(/./) }]]);
  }
  const [state = {}, diff] = lines as [Record<string, unknown>?, string[]?];
  return { exitCode, state, diff, traces };
}

const withoutDhe = { dheOffered: false };

describe('a machine whose local list offers DHE', () => {
  it('is not as stated, is changed once, and is as stated from then on', async () => {
    expect((await dsc('get', machine, withoutDhe)).state).toMatchObject({
      dheOffered: true,
      scope: 'effective',
      verdict: 'dhe-offered',
      governedBy: 'local',
      restartAdvised: false,
    });
    const tested = await dsc('test', machine, withoutDhe);
    expect([tested.state['_inDesiredState'], tested.diff]).toEqual([false, ['dheOffered']]);
    expect(tested.traces).toEqual([{ info: expect.stringContaining('DHE') }]);

    const set = await dsc('set', machine, withoutDhe);
    expect(set.diff).toEqual(['dheOffered']);
    expect(set.state).toMatchObject({ ...withoutDhe, dheSuites: [], restartAdvised: true });
    expect(set.state['_restartRequired']).toEqual([{ system: expect.stringMatching(/./) }]);

    const again = await dsc('set', machine, withoutDhe);
    expect([again.diff, '_restartRequired' in again.state]).toEqual([[], false]);
    const testedAgain = await dsc('test', machine, withoutDhe);
    expect([testedAgain.state['_inDesiredState'], testedAgain.diff, testedAgain.traces]).toEqual([true, [], []]);
    // By the very change that `disable` makes.
    expect(JSON.parse((await run(`restore --list --json ${machine}`)).stdout).backups).toHaveLength(1);
    expect((await run(`restore --yes ${machine}`)).exitCode).toBe(0);
    expect((await dsc('get', machine, '')).state['dheOffered']).toBe(true);
  });

  it('takes what it answered as a statement', async () => {
    await dsc('set', machine, withoutDhe);
    const { state } = await dsc('get', machine, '');
    expect((await dsc('test', machine, state)).state['_inDesiredState']).toBe(true);
  });

  it('is refused what the guard refuses, and what strict does', async () => {
    expect((await dsc('set', windows2012, { ...withoutDhe, strict: true })).exitCode).toBe(8);
    expect((await dsc('set', windows2012, withoutDhe)).exitCode).toBe(0);
  });

  it('stays as it is for a user without rights, who may look', async () => {
    const user = '--simulate ws2022 --not-elevated';
    expect((await dsc('set', user, withoutDhe)).exitCode).toBe(4);
    expect((await dsc('test', user, withoutDhe)).state['_inDesiredState']).toBe(false);
  });
});

describe('under a policy', () => {
  it.each(['--simulate-policy', '--simulate-mdm'])(
    'set fails with its sentence, and changes nothing: %s',
    async (by) => {
      const words = `${machine} ${by}=${by.endsWith('mdm') ? policy.replaceAll(',', ';') : policy}`;
      await run(`status ${words}`);
      const file = words.split(' ')[3] as string;
      const before = readFileSync(file, 'utf8');
      const { exitCode, traces } = await dsc('set', words, withoutDhe);
      expect([exitCode, traces[0]?.error]).toEqual([3, expect.stringContaining(`\n${correct}\n`)]);
      expect(readFileSync(file, 'utf8')).toBe(before);
    },
  );

  it('that offers none the machine is as stated, whatever its own list holds', async () => {
    const words = `${windows2012} --simulate-policy=${correct}`;
    const { state, diff } = await dsc('test', words, withoutDhe);
    expect([state, diff]).toEqual([expect.objectContaining({ governedBy: 'groupPolicy', _inDesiredState: true }), []]);
    expect((await dsc('set', words, withoutDhe)).diff).toEqual([]);
    expect((await dsc('test', words, { ...withoutDhe, scope: 'localList' })).diff).toEqual(['dheOffered']);
  });

  it('the list of the machine itself can be stated', async () => {
    const words = `${machine} --simulate-policy=${policy}`;
    const stated = { ...withoutDhe, scope: 'localList' };
    expect((await dsc('get', words, stated)).state).toMatchObject({ dheOffered: true, verdict: 'dhe-offered' });
    const set = await dsc('set', words, stated);
    expect(set).toMatchObject({ exitCode: 0, diff: ['dheOffered'], state: { ...stated, verdict: 'dhe-offered' } });
    expect(await dsc('set', words, stated)).toMatchObject({ exitCode: 0, diff: [] });
    expect((await dsc('test', words, stated)).state['_inDesiredState']).toBe(true);
    // Of the list in force that says nothing.
    expect((await dsc('test', words, withoutDhe)).state['_inDesiredState']).toBe(false);
  });

  it('whose effect is not known, the machine is not as stated', async () => {
    const words = `${windows2012} --simulate-policy=TLS_NOT_KNOWN`;
    expect((await dsc('get', words, '')).state).toMatchObject({ dheOffered: null, verdict: 'unknown' });
    expect((await dsc('test', words, withoutDhe)).diff).toEqual(['dheOffered']);
    expect((await dsc('set', words, withoutDhe)).exitCode).not.toBe(0);
  });
});

it('FIPS mode hides the suites of a list, and the list is left alone', async () => {
  const words = '--simulate ws2022 --simulate-fips';
  expect((await dsc('test', words, withoutDhe)).state).toMatchObject({ dheOffered: false, _inDesiredState: true });
  expect((await dsc('set', words, withoutDhe)).diff).toEqual([]);
});

describe('a change that fails', () => {
  it.each([
    ['is undone', 5, 'fails', false],
    ['and cannot be undone', 9, 'fails', true],
    ['and cannot be undone, with no DHE suite left', 9, 'fails-late', true],
  ] as const)('%s', async (_, code, effect, isUndoBroken) => {
    const binding = new SimulatedMachine({ windows: 'ws2022' }).connect();
    const status = 0xc0000022;
    // Of two suites.
    binding.injectFault({ operation: 'removeContextFunction', call: 2, effect, status });
    if (isUndoBroken) binding.injectFault({ operation: 'addContextFunction', call: 1, effect: 'fails', status });
    expect((await dsc('set', '', withoutDhe, { host: { loadBinding: () => binding } })).exitCode).toBe(code);
  });

  it('to show its result has not failed as a change', async () => {
    const simulated = new SimulatedMachine({ windows: 'ws2022' });
    const binding = simulated.connect();
    // Looked at, read again under the lock, proved, looked at.
    binding.injectFault({ operation: 'enumContextFunctions', call: 4, effect: 'fails', status: 0xc0000022 });
    expect((await dsc('set', '', withoutDhe, { host: { loadBinding: () => binding } })).exitCode).toBe(10);
    expect(simulated.enumerate().filter((name) => name.startsWith('TLS_DHE_'))).toEqual([]);
  });

  it('midway is brought to its end', async () => {
    const simulated = new SimulatedMachine({ windows: 'ws2022' });
    die(simulated, 3, (process) => applyPlan(process, planDisable(readConfiguration(process))));
    const host = { loadBinding: () => simulated.connect() };
    expect((await dsc('set', '', withoutDhe, { host })).diff).toEqual(['dheOffered']);
    expect((await dsc('set', '', withoutDhe, { host })).diff).toEqual([]);
    expect((await run('status --json', { host })).stdout).not.toContain('interrupted-change');
  });

  it('at its last write leaves a machine that is as stated, and a record to close', async () => {
    const simulated = new SimulatedMachine({ windows: 'ws2022' });
    const removals = planDisable(readConfiguration(simulated.connect())).steps.length;
    die(simulated, 2 + removals, (process) => applyPlan(process, planDisable(readConfiguration(process))));
    const host = { loadBinding: () => simulated.connect() };
    expect((await run('status --json', { host })).stdout).toContain('interrupted-change');
    expect((await dsc('set', '', withoutDhe, { host })).diff).toEqual([]);
    expect((await run('status --json', { host })).stdout).not.toContain('interrupted-change');
  });
});

describe('what is stated', () => {
  it.each([
    ['no JSON', '{'],
    ['no object', '[]'],
    ['another member', { ...withoutDhe, suites: [] }],
    ['another type', { dheOffered: 'false' }],
    ['another scope', { ...withoutDhe, scope: 'local' }],
    ['more than any instance holds', ' '.repeat(2 ** 20 + 1)],
  ])('is refused by every operation: %s', async (_, stated) => {
    for (const operation of ['get', 'test', 'set'] as const) {
      expect((await dsc(operation, machine, stated)).exitCode).toBe(2);
    }
    expect(existsSync(machine.split(' ')[3] as string)).toBe(false);
  });

  it.each(['', {}, { dheOffered: true }, { dheOffered: null }, { scope: 'localList' }])(
    'is no state to bring about: %j',
    async (stated) => {
      expect((await dsc('get', machine, stated)).exitCode).toBe(0);
      for (const operation of ['test', 'set'] as const) {
        const { exitCode, traces } = await dsc(operation, machine, stated);
        expect([exitCode, traces[0]?.error]).toEqual([2, expect.stringContaining('$.dheOffered')]);
      }
    },
  );

  it('may begin with a byte order mark', async () => {
    expect((await dsc('test', machine, `\ufeff${JSON.stringify(withoutDhe)}\r\n`)).exitCode).toBe(0);
  });
});

it('speaks Japanese in ASCII', async () => {
  const { traces } = await dsc('set', `--language ja ${machine} --simulate-policy=${policy}`, withoutDhe);
  expect(traces[0]?.error).toContain('グループ ポリシー');
});

// On a Windows it would be the real one.
it.runIf(process.platform !== 'win32')('without Windows every operation says so', async () => {
  for (const operation of ['get', 'test', 'set'] as const) {
    expect((await dsc(operation, '', withoutDhe)).exitCode).toBe(6);
  }
});

it('has lines of its own, so --json is refused as one document', async () => {
  const { exitCode, stdout } = await run(`dsc test --json ${machine}`, { stdin: JSON.stringify(withoutDhe) });
  expect([exitCode, JSON.parse(stdout)]).toEqual([2, expect.objectContaining({ code: 'COMMAND_LINE' })]);
});

it('dsc schema prints the schema of the manifest', async () => {
  const { stdout } = await run('dsc schema');
  expect(JSON.parse(stdout)).toEqual(manifest.schema.embedded);
});
