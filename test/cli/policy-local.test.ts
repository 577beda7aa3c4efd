import { expect, it } from 'vitest';
import { run } from './run';

const machine = '--simulate win10-1607-ws2016';

it('policy local says who set the order, repairs the local GPO of that machine, and sees whether it holds', async () => {
  expect(await run(`policy local ${machine} --repair`)).toMatchObject({ exitCode: 0 });
  const governed = `${machine} --simulate-policy TLS_DHE_RSA_WITH_AES_128_CBC_SHA,TLS_RSA_WITH_AES_128_CBC_SHA`;
  const shown = await run(`policy local ${governed}`);
  expect(shown).toMatchObject({ exitCode: 0 });
  expect(shown.stdout).toContain('the one that the local GPO sets');
  const repaired = await run(`policy local ${governed} --repair --gpupdate --json`);
  expect(repaired.exitCode).toBe(0);
  expect(JSON.parse(repaired.stdout)).toMatchObject({ outcome: 'changed', done: 'changed', holds: true });
  expect((await run(`policy local ${governed} --gpupdate`)).exitCode).toBe(2);
});
