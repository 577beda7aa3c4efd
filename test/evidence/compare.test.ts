/** What happened after a change: logs of two days before and after it, with known differences. */
import { writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { run, useFolder } from '../cli/run';

const folder = useFolder();

interface Day {
  /** Calls of each client, by its key exchange. */
  readonly calls: Readonly<Record<string, string>>;
  /** Events by their id. */
  readonly events?: Readonly<Record<number, number>>;
}

const event = (id: number, time: string) =>
  `<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='Schannel'/><EventID>${id}</EventID><TimeCreated SystemTime='${time}Z'/><Computer>web1</Computer></System><UserData><EventXML xmlns='LSA_NS'><AlertDesc>40</AlertDesc></EventXML></UserData></Event>\n`;

/** An IIS log of one day, a line a client and hour, and the events of that day. */
function write(name: string, first: number, days: readonly Day[]): void {
  const lines = ['#Fields: date time c-ip s-port crypt-protocol crypt-keyexchange'];
  let events = '';
  days.forEach(({ calls, events: counts = {} }, index) => {
    const date = `2026-11-${first + index}`;
    for (let hour = 0; hour < 24; hour += 1) {
      for (const [client, exchange] of Object.entries(calls)) {
        lines.push(`${date} ${String(hour).padStart(2, '0')}:00:01 ${client} 443 400 ${exchange}`);
      }
    }
    for (const [id, count] of Object.entries(counts)) {
      for (let number = 0; number < count; number += 1) {
        events += event(Number(id), `${date}T12:${String(number % 60).padStart(2, '0')}:00`);
      }
    }
  });
  writeFileSync(folder(`${name}.log`), `${lines.join('\n')}\n`);
  writeFileSync(folder(`${name}.xml`), events || '<Events></Events>');
}

async function compare() {
  const files = (name: string) => [`${name}.log`, `${name}.xml`].map(folder);
  const words = [
    ...files('before').flatMap((file) => ['--before', file]),
    ...files('after').flatMap((file) => ['--after', file]),
  ];
  const { stdout, stderr, exitCode } = await run('evidence --json --check', { args: words });
  expect(stderr).toBe('');
  const texts = await Promise.all(
    ['en', 'ja'].map((language) => run(`evidence --language ${language}`, { args: words })),
  );
  return { exitCode, ...JSON.parse(stdout), texts: texts.map((one) => one.stdout) };
}

const usual = { '198.51.100.7': 'aa02', '198.51.100.8': 'ae06' };
const changed = { '198.51.100.7': 'ae06', '198.51.100.8': 'ae06' };
const some = { 36874: 4, 36888: 2 };

it('nothing broke where all come again and no more fail', async () => {
  write('before', 10, [
    { calls: usual, events: some },
    { calls: usual, events: some },
  ]);
  write('after', 20, [
    { calls: changed, events: some },
    { calls: changed, events: some },
  ]);
  const { exitCode, verdict, doubts, events, windows, texts } = await compare();
  expect([exitCode, verdict, doubts]).toEqual([0, 'nothing-broke', []]);
  expect(events).toMatchObject([
    { event: 36873, before: 0, after: 0, chance: 1 },
    { event: 36874, before: 8, after: 8 },
    { event: 36887, before: 0, after: 0 },
    { event: 36888, before: 4, after: 4 },
  ]);
  expect(windows).toMatchObject({ hours: 47, after: { from: '2026-11-20T00:00:01.000Z' } });
  expect(texts[0]).toContain('Nothing broke');
  expect(texts[1]).toContain('問題は起きていません');
});

it('failures that chance does not bring are a break', async () => {
  write('before', 10, [
    { calls: usual, events: some },
    { calls: usual, events: some },
  ]);
  write('after', 20, [
    { calls: changed, events: { 36874: 40 } },
    { calls: changed, events: some },
  ]);
  expect(await compare()).toMatchObject({ exitCode: 1, verdict: 'these-broke', doubts: [] });
});

it('a longer window is cut to the length of the other', async () => {
  // The failures of the first days have no counterpart.
  write('before', 10, Array(5).fill({ calls: usual, events: { 36874: 1 } }));
  write('after', 20, [{ calls: changed }, { calls: changed, events: { 36874: 2 } }]);
  const { verdict, events } = await compare();
  expect(verdict).toBe('nothing-broke');
  expect(events[1]).toMatchObject({ before: 2, after: 2 });
});

it.each([
  ['short-window', usual, changed, {}, 1],
  ['peers-missing', usual, { '198.51.100.8': 'ae06' }, {}, 2],
  ['more-failures', usual, changed, { 36874: 2 }, 2],
] as const)('%s is too little to say that nothing broke', async (doubt, before, after, events, days) => {
  write('before', 10, Array(2).fill({ calls: before }));
  write('after', 20, Array(2).fill({ calls: after, events }));
  if (days === 1) write('after', 20, [{ calls: after }]);
  if (days === 1) writeFileSync(folder('after.log'), (await lines('after.log')).slice(0, 20).join('\n'));
  expect(await compare()).toMatchObject({ exitCode: 10, verdict: 'too-little', doubts: [doubt] });
});

it.each([
  ['the same days', 'before', 'before'],
  ['the days of the other', 'after', 'before'],
])('%s are no before and after', async (_, before, after) => {
  write('before', 10, Array(2).fill({ calls: changed }));
  write('after', 20, Array(2).fill({ calls: changed, events: { 36874: 40 } }));
  const words = ['--before', folder(`${before}.log`), '--after', folder(`${after}.log`)];
  const { stdout, exitCode } = await run('evidence --json --check', { args: words });
  expect([exitCode, JSON.parse(stdout).doubts]).toEqual([10, ['windows-overlap']]);
});

it('what still negotiates DHE proves nothing of a change', async () => {
  write('before', 10, Array(2).fill({ calls: usual }));
  write('after', 20, Array(2).fill({ calls: usual }));
  expect(await compare()).toMatchObject({ exitCode: 10, verdict: 'too-little', doubts: ['dhe-still-used'] });
});

async function lines(name: string): Promise<string[]> {
  const { readFileSync } = await import('node:fs');
  return readFileSync(folder(name), 'utf8').split('\n');
}

const zeek = (day: number, rows: readonly (readonly [string, string, boolean])[]) =>
  Array.from({ length: 25 }, (_, hour) =>
    rows.map(([client, cipher, established]) =>
      JSON.stringify({
        ts: Date.UTC(2026, 10, day, hour) / 1000,
        'id.orig_h': client,
        'id.resp_h': '192.0.2.10',
        'id.resp_p': 443,
        ...(established ? { cipher } : { last_alert: 'handshake_failure' }),
        version: 'TLSv12',
        established,
      }),
    ),
  )
    .flat()
    .join('\n');
const [dhe, ecdhe] = ['TLS_DHE_RSA_WITH_AES_128_GCM_SHA256', 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256'];

it('a peer that succeeded and only fails since is named', async () => {
  writeFileSync(
    folder('b.json'),
    zeek(10, [
      ['198.51.100.7', dhe, true],
      ['198.51.100.8', dhe, true],
    ]),
  );
  writeFileSync(
    folder('a.json'),
    zeek(20, [
      ['198.51.100.7', dhe, false],
      ['198.51.100.8', ecdhe, true],
      ['198.51.100.9', dhe, false],
    ]),
  );
  const { stdout } = await run(`evidence --json --before ${folder('b.json')} --after ${folder('a.json')}`);
  expect(JSON.parse(stdout)).toMatchObject({
    outcome: 'done',
    verdict: 'these-broke',
    broke: [{ client: '198.51.100.7', seen: 25, failed: 25 }],
    newPeersThatFail: [{ client: '198.51.100.9' }],
    missing: [],
  });
});

it('a peer that now fails half of the time leaves a doubt', async () => {
  writeFileSync(folder('b.json'), zeek(10, [['198.51.100.7', ecdhe, true]]));
  const half = [true, false].map((established) => ['198.51.100.7', ecdhe, established] as const);
  writeFileSync(folder('a.json'), zeek(20, half));
  const { stdout } = await run(`evidence --json --before ${folder('b.json')} --after ${folder('a.json')}`);
  expect(JSON.parse(stdout)).toMatchObject({ verdict: 'too-little', doubts: ['more-failures'], broke: [] });
});
