/** `disable --unless-seen`: who would be left with nothing stands in the way, by name. */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { readConfiguration } from '../../lib/configuration/read-configuration';
import { judgeReliance } from '../../lib/evidence/evidence-gate';
import type { Evidence } from '../../lib/evidence/gather-evidence';
import { remainingList } from '../../lib/evidence/remaining-list';
import { encodeString } from '../../lib/registry-files/registry-value';
import { SimulatedMachine } from '../../lib/simulation/simulated-machine';
import { hostNameKey } from '../../lib/windows/registry-places';
import { run, useFolder } from '../cli/run';

const folder = useFolder();

// A week after what was seen: evidence grows old.
beforeAll(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-12-01T00:00:00Z') });
});
afterAll(() => {
  vi.useRealTimers();
});
const machine = '--simulate win10-1607-ws2016';
const head = [
  ...['frame.time_epoch', 'tcp.stream', 'ip.src', 'ip.dst', 'tcp.srcport', 'tcp.dstport', 'tls.record.content_type'],
  ...[
    'tls.handshake.type',
    'tls.handshake.version',
    'tls.handshake.ciphersuite',
    'tls.handshake.p',
    'tls.handshake.ys',
  ],
].join('\t');

/** A handshake with DHE of each client, which also offers these suites. */
function capture(clients: Readonly<Record<string, string>>): string {
  const lines = Object.entries(clients).flatMap(([client, offer], stream) => [
    ['1795511104.1', stream, client, '192.0.2.10', 50000, 443, 22, 1, '0x0303', `0x009e${offer}`, '', ''],
    ['1795511104.2', stream, '192.0.2.10', client, 443, 50000, 22, '2,11,12,14', '0x0303', '0x009e', 'ffa1', 'a1a1'],
    ['1795511104.3', stream, '192.0.2.10', client, 443, 50000, '20,22', '', '', '', '', ''],
  ]);
  return [head, ...lines.map((fields) => fields.join('\t'))].join('\n');
}

function schannelEvent(id: number): string {
  const system = `<Provider Name="Schannel"/><EventID>${id}</EventID><TimeCreated SystemTime="2026-11-24T09:05:04Z"/>`;
  const data = '<EventData><Data Name="Protocol">TLS 1.2</Data></EventData>';
  return `<Event xmlns="http://schemas.microsoft.com/win/2004/08/events/event"><System>${system}</System>${data}</Event>`;
}

async function gather(clients: Readonly<Record<string, string>>, on = machine): Promise<string> {
  writeFileSync(folder('handshakes.tsv'), capture(clients));
  const { stdout } = await run(`evidence ${folder('handshakes.tsv')} --local 192.0.2.10 --json ${on}`);
  writeFileSync(folder('evidence.json'), stdout);
  return folder('evidence.json');
}

const disable = (evidence: string, more = '') => run(`disable --yes --unless-seen ${evidence} ${more || machine}`);

it('removes where everybody keeps something, and writes down what it relied on', async () => {
  const file = await gather({ '198.51.100.7': ',0xc02f', '198.51.100.8': ',0x003c' });
  const state = `${machine} --state ${folder('machine.json')}`;
  const { exitCode, stdout } = await disable(file, `${state} --json`);
  expect(exitCode).toBe(0);
  const sha256 = createHash('sha256').update(readFileSync(file)).digest('hex');
  const reliance = { sha256, first: '2026-11-24T09:05:04.100Z', seen: 2, peersWithDhe: 2 };
  expect(JSON.parse(stdout)).toMatchObject({ outcome: 'changed', evidence: { ...reliance, concerns: [] } });
  const { stdout: snapshot } = await run(`status --save ${folder('snapshot.json')} ${state} --json`);
  expect(JSON.parse(snapshot).verdict).toBe('no-dhe-offered');
  expect(JSON.parse(readFileSync(folder('snapshot.json'), 'utf8')).change).toMatchObject({
    operation: 'disable',
    evidence: reliance,
  });
});

it('refuses where a peer offers DHE alone, names it, and changes nothing', async () => {
  const removal = { id: 'left-with-nothing', reason: null };
  const file = await gather({ '198.51.100.7': ',0xc02f', '198.51.100.9': '' });
  const state = `${machine} --state ${folder('refused.json')}`;
  const { exitCode, stdout } = await disable(file, `${state} --json`);
  expect(exitCode).toBe(8);
  const document = JSON.parse(stdout);
  expect(document).toMatchObject({
    outcome: 'refused',
    evidence: { concerns: [{ id: 'peer', client: '198.51.100.9', port: 443, removal }] },
  });
  expect(document.message).toContain('198.51.100.9, 443: left with nothing');
  expect((await run(`status --check ${state}`)).exitCode).toBe(1);
  const told = await disable(file);
  expect([told.exitCode, told.stdout]).toEqual([8, '']);
  expect(told.stderr).toContain(`198.51.100.9, 443: left with nothing`);
  expect((await disable(file, `${machine} --language ja`)).stderr).toContain(`198.51.100.9, 443: 接続できなくなる`);
  // Also what is only shown, and what is left to a policy.
  expect((await disable(file, `${machine} --dry-run`)).exitCode).toBe(8);
  expect((await disable(file, `${machine} --best-effort`)).exitCode).toBe(0);
  expect((await disable(file, `${machine} --exit-codes installer`)).exitCode).toBe(1603);
});

it.each([
  ['judged on another Windows', { '198.51.100.7': ',0xc02f' }, '--simulate ws2025', 'judged by another list'],
  ['judged by no list', { '198.51.100.7': ',0xc02f' }, '', 'judged by another list'],
  ['that saw nothing', {}, machine, 'nothing that was seen'],
] as const)('refuses evidence %s', async (_, clients, on, sentence) => {
  const { exitCode, stderr } = await disable(await gather(clients, on));
  expect([exitCode, stderr.includes(sentence)]).toEqual([8, true]);
});

it.each([
  ['of which a line could not be read', `${capture({ '198.51.100.7': ',0xc02f' })}\n1`, 'not all of it could be read'],
  // What Schannel writes down unless it is told to write more.
  ['of failures alone', schannelEvent(36874), 'nothing that was seen'],
])('evidence %s does not clear the removal', async (_, text, sentence) => {
  writeFileSync(folder('source'), text);
  const { stdout } = await run(`evidence ${folder('source')} --local 192.0.2.10 --json ${machine}`);
  expect(JSON.parse(stdout).verdict).not.toBe('no-dhe-seen');
  writeFileSync(folder('evidence.json'), stdout);
  const { exitCode, stderr } = await disable(folder('evidence.json'));
  expect([exitCode, stderr.includes(sentence)]).toEqual([8, true]);
});

it.each([
  ['of last year', { first: '2025-01-01T00:00:00.000Z', last: '2025-01-01T00:00:00.000Z' }, 8, 'three months ago'],
  ['that somebody made shorter', { peers: [] }, 2, '$.peers'],
])('evidence %s does not clear it', async (_, changes, code, sentence) => {
  const file = await gather({ '198.51.100.7': ',0xc02f' });
  writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), ...changes }));
  const { exitCode, stderr } = await disable(file);
  expect([exitCode, stderr]).toEqual([code, expect.stringContaining(sentence)]);
});

it('evidence of a machine of another name does not clear it', () => {
  const concernsOf = (here: string | null, there: string | null) => {
    const simulated = new SimulatedMachine({ windows: 'win10-1607-ws2016' });
    if (here !== null) simulated.setValue(hostNameKey, 'Hostname', encodeString(here));
    const remaining = remainingList(readConfiguration(simulated.connect()));
    const seen = { keyExchanges: { ECDHE: 1 }, leftOut: 0 };
    const evidence = { judgedBy: { ...remaining, host: there }, totals: seen, peers: [], sources: [], skipped: [] };
    return judgeReliance({ ...evidence, interrupted: false, last: null } as unknown as Evidence, remaining, new Date());
  };
  expect(concernsOf('web1', 'web2')).toEqual([{ id: 'other-machine' }]);
  expect(concernsOf('web1', 'WEB1')).toEqual([]);
  expect(concernsOf('web1', null)).toEqual([]);
  expect(concernsOf(null, 'web1')).toEqual([]);
});

it('where nothing is offered there is nothing to refuse', async () => {
  const file = await gather({ '198.51.100.9': '' });
  const words = `${machine} --simulate-policy TLS_RSA_WITH_AES_128_CBC_SHA`;
  expect((await disable(file, words)).exitCode).toBe(0);
});

it.each([
  ['no JSON', 'x', 'found no JSON'],
  ['another document', '{"kind":"status"}', 'expected what "evidence --json" printed'],
])('%s is no evidence', async (_, text, sentence) => {
  writeFileSync(folder('evidence.json'), text);
  const { exitCode, stderr } = await disable(folder('evidence.json'));
  expect([exitCode, stderr.includes(sentence)]).toEqual([2, true]);
});
