/** What an administrator sees at once: a terminal as it is opened, of 80 columns and 24 lines. */
import stringWidth from 'fast-string-width';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { run, useFolder } from './run';

const folder = useFolder();

function linesTaken(text: string): number {
  const lines = text.trimEnd().split('\n');
  return lines.reduce((sum, line) => sum + Math.max(1, Math.ceil(stringWidth(line) / 80)), 0);
}

describe.each(['en', 'ja'])('status, %s', (language) => {
  const words = (version: string) => `status --language ${language} --simulate ${version}`;

  it.each(['win10-1607-ws2016', 'win8.1-2012r2', 'ws2022'])('fits a screen on %s', async (version) => {
    const { stdout } = await run(words(version));
    // One line is the command, and one the next prompt.
    expect(linesTaken(stdout)).toBeLessThanOrEqual(22);
    const { dheSuites } = JSON.parse((await run(`${words(version)} --json`)).stdout) as { dheSuites: string[] };
    for (const name of dheSuites) expect(stdout).toContain(name);
    expect(stdout).toContain('KB4557473');
  });

  it('ends as it begins where all suites take more than a screen', async () => {
    const { stdout } = await run(`${words('win10-1607-ws2016')} --all`);
    expect(linesTaken(stdout)).toBeGreaterThan(24);
    expect(stdout).toContain('TLS_RSA_WITH_NULL_SHA');
    const lines = stdout.trimEnd().split('\n');
    expect(lines.slice(-3)).toEqual([lines[0], '', expect.stringContaining('schannel-dhe disable')]);
  });
});

it('shows a list that fits, a name that nobody knows, and every suite where asked', async () => {
  const small = await run('status --simulate ws2022 --simulate-policy', {
    args: ['TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,TLS_AES_128_GCM_SHA256'],
  });
  expect(small.stdout).toContain('TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384');
  const names = (await run('suites --windows win10-1607-ws2016 --json')).stdout.match(/TLS_\w+/g) ?? [];
  const unknown = { args: [[...names, 'TLS_NOBODY_KNOWS'].join(',')] };
  expect((await run('status --simulate win10-1607-ws2016 --simulate-policy', unknown)).stdout).toMatch(
    /^33 +TLS_NOBODY_KNOWS/m,
  );
  expect((await run('status --all --json --simulate ws2022')).exitCode).toBe(2);
});

describe('a time', () => {
  const zone = process.env['TZ'];
  beforeEach(() => {
    process.env['TZ'] = 'Asia/Kolkata';
  });
  afterEach(() => {
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
  });

  it('is told as the clock of this machine shows it, with its offset', async () => {
    const machine = `--simulate ws2022 --state ${folder('machine.json')}`;
    await run(`disable --yes ${machine}`);
    const [id = '', made = ''] =
      /^(\w+)Z +(\S+ \S+ \S+)/m.exec((await run(`restore --list ${machine}`)).stdout)?.slice(1) ?? [];
    expect(made).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d \+05:30$/);
    const utc = id.replace(/(....)(..)(..)T(..)(..)(..)/, '$1-$2-$3T$4:$5:00Z');
    expect(new Date(made.replace(' ', 'T').replace(' ', '')).toISOString()).toBe(new Date(utc).toISOString());
  });
});
