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

it('policy local --repair is judged for the Windows that it is in force on: nothing that works there is refused', async () => {
  const machine = '--simulate win8.1-2012r2 --simulate-policy';
  const onlyTls13 = `${machine} TLS_AES_256_GCM_SHA384,TLS_DHE_RSA_WITH_AES_256_GCM_SHA384`;
  const refused = await run(`policy local ${onlyTls13} --repair --json`);
  expect(refused.exitCode).toBe(8);
  expect(JSON.parse(refused.stdout)).toMatchObject({ done: 'nothing-to-do', judgement: { verdict: 'refused' } });

  const left = `${machine} TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,TLS_DHE_RSA_WITH_AES_256_GCM_SHA384,TLS_RSA_WITH_AES_128_CBC_SHA`;
  const repaired = await run(`policy local ${left} --repair`);
  expect(repaired.exitCode).toBe(0);
  expect(repaired.stdout).toContain('The last forward-secret GCM suites for RSA certificates go');
  const ecdsa = `${machine} TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256_P256,TLS_DHE_RSA_WITH_AES_256_GCM_SHA384 --repair`;
  expect((await run(`policy local ${ecdsa}`)).exitCode).toBe(8);
  expect((await run(`policy local ${ecdsa} --ecdsa-only`)).exitCode).toBe(0);
});
