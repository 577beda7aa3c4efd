/** `evidence --logging` and `evidence --events`. */
import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { run, useFolder } from './run';

const folder = useFolder();
const machine = (name: string) => `--simulate ws2022 --state ${folder(name)}`;

describe('evidence --logging', () => {
  it('shows, sets for a time, prolongs and puts back', async () => {
    const here = machine('one.json');
    const show = async (words: string) => {
      const { exitCode, stdout, stderr } = await run(`evidence --logging ${words} --json ${here}`);
      expect(stderr).toBe('');
      return { exitCode, ...JSON.parse(stdout) };
    };
    expect(await show('status')).toMatchObject({
      kind: 'event-logging',
      exitCode: 0,
      operation: 'status',
      done: null,
      level: null,
      logsHandshakes: false,
      record: null,
    });
    const set = await show('on --for 2h');
    expect(set).toMatchObject({ outcome: 'changed', done: 'changed', level: 5, awaitsRestart: 'yes', isOver: false });
    expect(Date.parse(set.record.until) - Date.now()).toBeGreaterThan(7_100_000);
    expect(await show('on --for 3d')).toMatchObject({ outcome: 'done', done: 'kept' });
    expect((await run(`status ${here}`)).stdout).toContain('evidence --logging off');
    expect(await show('off')).toMatchObject({ outcome: 'changed', level: null, record: null });
    expect(await show('off')).toMatchObject({ outcome: 'nothing-to-do' });
  });

  it.each([
    ['en', 'Nothing runs in the background', 'a restart now'],
    ['ja', '自動では元に戻りません', '再起動が必要'],
  ])('says in %s what it costs and that nothing puts it back by itself', async (language, promise, cost) => {
    const here = machine(`${language}.json`);
    const { exitCode, stdout } = await run(`evidence --logging on --for 2h --yes --language ${language} ${here}`);
    expect(exitCode).toBe(0);
    expect(stdout).toContain(promise);
    expect(stdout).toContain(cost);
    const installer = await run(`evidence --logging off --yes --exit-codes installer ${here}`);
    expect(installer.exitCode).toBe(3010);
  });

  it.each(['en', 'ja'])('tells times in %s as the clock of this machine shows them', async (language) => {
    const here = `--language ${language} ${machine(`times-${language}.json`)}`;
    const set = await run(`evidence --logging on --for 2h --yes ${here}`);
    const later = [await run(`evidence --logging status ${here}`), await run(`status ${here}`)];
    for (const { stdout } of [set, ...later]) {
      expect(stdout.match(/\d{4}-\d\d-\d\d \d\d:\d\d [+-]\d\d:\d\d/g)).toHaveLength(2);
      expect(stdout).not.toMatch(/\dT\d/);
      // A space stands between Japanese and what is ASCII, and nowhere within Japanese.
      expect(stdout).not.toMatch(/ログ に|\)です/);
    }
  });

  it('asks, and changes nothing where the answer is no or nobody can be asked', async () => {
    const here = machine('asked.json');
    expect((await run(`evidence --logging on ${here}`, { answer: 'n' })).exitCode).toBe(0);
    expect((await run(`evidence --logging on ${here}`)).exitCode).toBe(2);
    expect(JSON.parse((await run(`evidence --logging status --json ${here}`)).stdout)).toMatchObject({ level: null });
    expect((await run(`evidence --logging on ${here}`, { answer: 'y' })).stdout).toContain('was set');
  });

  it('needs elevation to change, and none to show', async () => {
    const here = machine('plain.json');
    expect((await run(`evidence --logging on --yes --not-elevated ${here}`)).exitCode).toBe(4);
    expect((await run(`evidence --logging status --not-elevated ${here}`)).exitCode).toBe(0);
  });

  it.each([
    '--logging status --for 2h',
    '--logging on --for 2',
    '--logging on --for 0h',
    '--logging on --for 99999d',
    '--logging on --events',
    '--logging on a.log',
    '--logging status --yes',
    '--for 2h a.log',
    '--logging',
  ])('refuses %s', async (words) => {
    const { exitCode } = await run(`evidence ${words} ${machine('refused.json')}`);
    expect(exitCode).toBe(2);
    expect(existsSync(folder('refused.json'))).toBe(false);
  });
});

describe('evidence --events', () => {
  it('reads the events of the machine, which may be none', async () => {
    const { exitCode, stdout } = await run('evidence --events --json --simulate ws2022');
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      verdict: 'unknown',
      sources: [{ source: 'System', form: 'schannel-events', observations: 0 }],
    });
  });

  it('is for Windows', async () => {
    if (process.platform === 'win32') return;
    expect((await run('evidence --events')).exitCode).toBe(6);
  });
});
