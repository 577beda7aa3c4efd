import { expect, it } from 'vitest';
import { run } from './run';

const machine = '--simulate win10-1607-ws2016';

it('policy local says who set the order, and repairs nothing that is not its own', async () => {
  expect(await run(`policy local ${machine} --repair`)).toMatchObject({ exitCode: 0 });
  const governed = `${machine} --simulate-policy TLS_DHE_RSA_WITH_AES_128_CBC_SHA,TLS_RSA_WITH_AES_128_CBC_SHA`;
  const shown = await run(`policy local ${governed}`);
  expect(shown).toMatchObject({ exitCode: 0 });
  expect(shown.stdout).toContain('no known owner');
  expect((await run(`policy local ${governed} --repair`)).exitCode).toBe(3);
  expect((await run(`policy local ${governed} --gpupdate`)).exitCode).toBe(2);
});
