/** `--request`: what programs that host this one say over stdin. */
import { describe, expect, it } from 'vitest';
import { run } from './run';

const request = (content: unknown) => run('--request', { stdin: JSON.stringify(content) });

describe('--request', () => {
  it('does what the command line does, whatever stands in the texts', async () => {
    const text = '"TLS_RSA_WITH_AES_128_CBC_SHA"、$(x) TLS_DHE_RSA_WITH_AES_128_CBC_SHA';
    const { stdout, exitCode } = await request({ arguments: ['policy', 'text', '--json', text] });
    expect(JSON.parse(stdout)).toMatchObject({ kind: 'policy-text', removed: ['TLS_DHE_RSA_WITH_AES_128_CBC_SHA'] });
    expect(exitCode).toBe(0);
    expect(stdout).toBe((await run('policy text --json', { args: [text] })).stdout);
  });

  it('hands the input on, and never asks', async () => {
    const input = 'TLS_RSA_WITH_AES_128_CBC_SHA;\n'.repeat(30_000);
    const { stdout } = await request({ arguments: ['policy', 'text', '-'], input });
    expect(stdout).toBe('TLS_RSA_WITH_AES_128_CBC_SHA\n');
    const { stdout: changed } = await run('--request', {
      stdin: '\ufeff{"arguments":["disable","--yes","--simulate","ws2022"]}',
      answer: 'n',
    });
    expect(changed).toMatch(/Removed/);
  });

  it('hands the input on to a command that streams it', async () => {
    const host = {
      streamStdin: () => {
        throw new Error('the request itself came from there');
      },
    };
    const stdin = JSON.stringify({ arguments: ['probe', '--hosts', '-'], input: 'no host' });
    const { stdout, exitCode } = await run('--request', { stdin, host });
    expect([exitCode, stdout]).toEqual([2, expect.stringContaining('"targets":1')]);
  });

  it('answers many requests in one process, each with its own end', async () => {
    const requests = [
      { arguments: ['policy', 'text', '-'], input: 'TLS_RSA_WITH_AES_128_CBC_SHA;' },
      { arguments: ['status', '--from', 'nowhere.reg', '--json'] },
      { arguments: ['no-such-command'] },
    ];
    const { stdout, exitCode } = await request({ requests });
    const answers = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(exitCode).toBe(0);
    expect(answers.map((answer) => answer.exitCode)).toEqual([0, 2, 2]);
    expect(answers[0].output).toBe('TLS_RSA_WITH_AES_128_CBC_SHA\n');
    expect(JSON.parse(answers[1].output)).toMatchObject({ code: 'FILE_ACCESS' });
    expect(answers[2].errors).toMatch(/no-such-command/);
    expect((await request({ requests: [] })).stdout).toBe('');
  });

  it.each([
    ['no JSON', 'status'],
    ['a list', '["status"]'],
    ['a number among the words', '{"arguments":[1]}'],
    ['too many words', JSON.stringify({ arguments: Array(101).fill('x') })],
    ['an input that is no text', '{"arguments":[],"input":1}'],
    ['null', 'null'],
    ['a bad one among many', '{"requests":[{"arguments":[]},{"arguments":1}]}'],
    ['too many requests', JSON.stringify({ requests: Array(100_001).fill(0) })],
  ])('%s is refused, in JSON', async (_, stdin) => {
    const { stdout, exitCode } = await run('--request', { stdin });
    expect(JSON.parse(stdout)).toMatchObject({ kind: 'error', code: 'INVALID_INPUT' });
    expect(exitCode).toBe(2);
  });
});
