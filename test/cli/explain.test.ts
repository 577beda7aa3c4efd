import { describe, expect, it } from 'vitest';
import { en } from '../../lib/messages/en';
import { ja } from '../../lib/messages/ja';
import { symptoms } from '../../lib/windows/symptoms';
import { run } from './run';

const explain = (symptom: string, words = '') => run(`explain${words}`, { args: [symptom] });

describe('explain', () => {
  it.each(symptoms.map(({ id, numbers, phrases }) => [id, String(numbers[0] ?? phrases[0])] as const))(
    '%s: %s leads to what to look at, in both languages',
    async (id, text) => {
      for (const [words, messages] of [
        ['', en],
        [' --language ja', ja],
      ] as const) {
        const { exitCode, stdout } = await explain(text, words);
        expect(exitCode).toBe(0);
        expect(stdout).toContain(messages.explain.symptom[id]);
        const { meanings, sources } = symptoms.find((one) => one.id === id) as (typeof symptoms)[number];
        for (const one of meanings) {
          expect(stdout).toContain(messages.explain.meaning[one.id]);
          for (const look of one.look) expect(stdout).toContain(messages.explain.look[look]);
        }
        for (const source of sources) expect(stdout).toContain(source);
      }
    },
  );

  it.each([
    ['-2146893007', 'algorithm-mismatch'],
    ['SEC_E_ALGORITHM_MISMATCH', 'algorithm-mismatch'],
    ['0x80072746', 'connection-reset'],
    ['ECONNRESET', 'connection-reset'],
  ] as const)('knows %s, as other programs write it', async (text, id) => {
    const { exitCode, stdout } = await explain(text);
    expect(exitCode).toBe(0);
    expect(stdout).toContain(en.explain.symptom[id]);
  });

  it('takes a message as it was copied', async () => {
    const { stdout } = await explain('An existing connection was forcibly closed by the remote host. (36888)');
    expect(stdout).toContain(en.explain.symptom['connection-reset']);
    expect(stdout).toContain(en.explain.symptom['event-36888']);
  });

  it('ends with 2 and what is known where it knows nothing', async () => {
    const { exitCode, stdout, stderr } = await explain('blue \u001b[31mscreen');
    expect([exitCode, stdout]).toEqual([2, '']);
    for (const known of ['36871', '0x80090331', '10054']) expect(stderr).toContain(known);
    expect(stderr).not.toContain('\u001b');
    expect((await explain('blue screen', ' --language ja')).stderr).toContain('情報はありません');
  });
});
