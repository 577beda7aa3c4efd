/** Every form that people hold, in every command that takes one. */
import { writeFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { canRun } from '../../scripts/build/test/test-needs';
import { run, useFolder } from '../cli/run';
import { hexOf, makeHive } from '../support/registry-hive';
import { clean, dhe, dirty, type Sample, samples as texts } from './samples';

const folder = useFolder();
/** What hivex makes of them. */
const hives: readonly Sample[] = [
  {
    name: 'the hive SYSTEM',
    layer: 'local',
    write: (names) =>
      makeHive(folder('SYSTEM'), {
        'ControlSet001\\Control\\Cryptography\\Configuration\\Local\\SSL\\00010002': [
          { name: 'Functions', data: hexOf(7, `${names.join('\0')}\0\0`) },
        ],
        Select: [{ name: 'Current', data: 'dword:1' }],
      }),
  },
  {
    name: 'the hive SOFTWARE',
    layer: 'groupPolicy',
    write: (names) =>
      makeHive(folder('SOFTWARE'), {
        Microsoft: [],
        'Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002': [
          { name: 'Functions', data: hexOf(1, `${names.join(',')}\0`) },
        ],
      }),
  },
];
const samples = [...texts, ...(canRun('hivex') ? hives : [])];

interface Case {
  readonly command: string;
  readonly judge: (sample: Sample, file: string) => Promise<void>;
}

/** What every command has to make of a list with one DHE suite in it. */
const cases: readonly Case[] = [
  {
    command: 'status',
    judge: async ({ layer }, file) => {
      const { exitCode, stdout } = await run(`status --check --json --from ${file}`);
      const document = JSON.parse(stdout);
      expect(document).toMatchObject({ verdict: 'dhe-offered', listed: dirty, dheSuites: [dhe] });
      if (layer !== 'enumerated') expect(document.governance.layer).toBe(layer);
      expect(exitCode).toBe(1);
    },
  },
  {
    command: 'disable --from',
    judge: async ({ layer }, file) => {
      const { exitCode, stdout, stderr } = await run(`disable --from ${file}`);
      if (layer === 'enumerated') {
        // Which layer would have to change, the list in force does not tell.
        expect([exitCode, stdout]).toEqual([2, '']);
        expect(stderr).toContain('which layer');
      } else if (layer === 'local') expect([exitCode, stdout]).toEqual([0, expect.stringContaining(`- ${dhe}`)]);
      else expect([exitCode, stdout.split('\n')]).toEqual([3, expect.arrayContaining([textFor(layer)])]);
    },
  },
  {
    command: 'policy text --file',
    judge: async (_, file) => {
      expect(await run(`policy text --file ${file}`)).toMatchObject({ exitCode: 0, stdout: `${clean.join(',')}\n` });
    },
  },
  {
    command: 'policy text',
    judge: async ({ write }) => {
      const { exitCode, stdout } = await run('policy text --separator ;', { stdin: write(dirty) });
      expect([exitCode, stdout]).toEqual([0, `${clean.join(';')}\n`]);
    },
  },
  {
    command: 'policy file',
    judge: async ({ layer }, file) => {
      const { exitCode, stdout } = await run(`policy file ${file} --check --json`);
      expect(JSON.parse(stdout)).toMatchObject({
        verdict: 'needs-repair',
        layer: layer === 'mdm' ? layer : 'groupPolicy',
        order: { list: dirty, dheSuites: [dhe], corrected: { list: clean, text: textFor(layer) } },
      });
      expect(exitCode).toBe(1);
    },
  },
  {
    command: 'suites --from',
    judge: async ({ layer }, file) => {
      const { exitCode, stdout } = await run(`suites --layer ${layer} --json --from ${file}`);
      expect(JSON.parse(stdout).suites.map(({ name }: { name: string }) => name)).toEqual(dirty);
      expect(exitCode).toBe(0);
    },
  },
];

const textFor = (layer: Sample['layer']) => clean.join(layer === 'mdm' ? ';' : ',');

let pairs = 0;
afterAll(() => process.stdout.write(`${pairs} pairs of a form and a command\n`));

describe.each(samples)('$name', (sample) => {
  const file = (names: readonly string[]) => {
    const path = folder(`input-${samples.indexOf(sample)}-${names.length}`);
    writeFileSync(path, sample.write(names));
    return path;
  };

  it.each(cases)('$command', async ({ judge }) => {
    await judge(sample, file(dirty));
    pairs += 1;
  });

  it('without DHE is never accused, and never called clean where it is not known', async () => {
    const path = file(clean);
    // An item that sets the order too is a finding of its own.
    expect((await run(`policy file ${path} --check`)).exitCode).toBe(sample.name === 'a preference item' ? 1 : 0);
    const { stdout } = await run(`status --json --from ${path}`);
    const { verdict, doubt, governance, listed } = JSON.parse(stdout);
    expect(listed).toEqual(clean);
    expect([verdict, doubt]).toEqual(
      governance.certain ? ['no-dhe-offered', null] : ['unknown', 'governing-layer-uncertain'],
    );
  });
});
