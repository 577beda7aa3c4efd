/** Logs of every source: exact counts, in every encoding, whatever is between the lines. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FileAccessError, InvalidInputError, ProgramNotFoundError } from '../../lib/errors';
import { savedEvidenceSchema } from '../../lib/evidence/evidence-schema';
import { type Evidence, gatherEvidence } from '../../lib/evidence/gather-evidence';
import { gather } from './gather';

const fixture = (name: string) => readFileSync(`test/fixtures/evidence/${name}`);

const find = (evidence: Evidence, wanted: Partial<Evidence['peers'][number]>) =>
  evidence.peers.filter((peer) =>
    Object.entries(wanted).every(([key, value]) => peer[key as keyof typeof peer] === value),
  );

/** With a byte order mark, as Windows writes it. */
function encode(text: string, encoding: string): Uint8Array {
  if (encoding === 'utf-8') return Buffer.from(text);
  if (encoding === 'utf-8 with a mark') return Buffer.from(`\ufeff${text}`);
  const little = Buffer.from(`${encoding.endsWith('without a mark') ? '' : '\ufeff'}${text}`, 'utf16le');
  return encoding === 'utf-16be' ? Buffer.from(little).swap16() : little;
}

const encodings = ['utf-8', 'utf-8 with a mark', 'utf-16le', 'utf-16le without a mark', 'utf-16be'];

const event = (id: number, fields: Readonly<Record<string, string>>, { asEventData = false, more = '' } = {}) => {
  const names = Object.entries(fields);
  const data = asEventData
    ? `<EventData>${names.map(([name, value]) => `<Data Name='${name}'>${value}</Data>`).join('')}</EventData>`
    : `<UserData><EventXML xmlns='LSA_NS'>${names.map(([name, value]) => `<${name}>${value}</${name}>`).join('')}</EventXML></UserData>`;
  return `<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='Schannel' Guid='{1f678132-5938-4686-9fdc-c8ff68f15c85}'/><EventID>${id}</EventID><TimeCreated SystemTime='2026-11-24T09:05:03.1234567Z'/><Computer>web&amp;1.example.com</Computer></System>${data}${more}</Event>`;
};

const negotiated = (type: string, suite: string, name = '') =>
  event(36880, { Type: type, Protocol: 'TLS 1.2', CipherSuite: suite, ExchangeStrength: '2048', TargetName: name });

describe('events of Schannel', () => {
  it.each(['schannel-events.concatenated.xml', 'schannel-events.rooted.xml', 'schannel-events.utf16le-bom.xml'])(
    '%s',
    async (name) => {
      const evidence = await gather({ [name]: fixture(name) });
      expect(evidence.sources).toMatchObject([{ form: 'schannel-events', observations: 12, malformed: { count: 0 } }]);
      expect(evidence.verdict).toBe('dhe-seen');
      expect(find(evidence, { name: 'sql01.example.com' })).toMatchObject([
        { role: 'client', seen: 1, keyExchanges: { DHE: 1 }, onlyDhe: true },
        { role: null, failed: 1, keyExchanges: { unknown: 1 } },
      ]);
      // 0x6b is a DHE suite that Schannel never had.
      expect(evidence.totals.keyExchanges).toEqual({ DHE: 3, ECDHE: 1, 'TLS 1.3': 1, unknown: 7 });
      expect(evidence.failureEvents).toEqual([
        { event: 36874, alert: null, count: 2 },
        { event: 36888, alert: 40, count: 1 },
        { event: 36888, alert: 20, count: 1 },
        { event: 36887, alert: 40, count: 1 },
        { event: 36887, alert: 51, count: 1 },
        { event: 36873, alert: null, count: 1 },
      ]);
    },
  );

  it.each(encodings)('in %s, rooted or not, up to 100,000 of them, are counted exactly', async (encoding) => {
    const one = [
      negotiated('client', '0x9f', 'a.example'),
      negotiated('server', '0xc030'),
      event(36880, { Type: 'client', CipherSuite: '0x1301', Protocol: 'TLS 1.3' }, { asEventData: true }),
      event(
        36887,
        { AlertDesc: '40' },
        { more: "<RenderingInfo Culture='ja-JP'><Message>致命的な &lt;Event&gt; </Message></RenderingInfo>" },
      ),
      '<Event xmlns="x"><System><Provider Name="Kernel-Power"/><EventID>36880</EventID></System></Event>',
    ].join('\r\n');
    const times = encoding === 'utf-8' ? 20_000 : 1_000;
    const text = encoding.startsWith('utf-16')
      ? `<?xml version="1.0"?><Events>${one.repeat(times)}</Events>`
      : one.repeat(times);
    const evidence = await gather({ log: encode(text, encoding) });
    expect(evidence.totals).toMatchObject({
      seen: 4 * times,
      keyExchanges: { DHE: times, ECDHE: times, 'TLS 1.3': times, unknown: times },
    });
    expect(evidence.failureEvents).toEqual([{ event: 36887, alert: 40, count: times }]);
    expect(find(evidence, { role: 'client', client: 'web&1.example.com' }).length).toBe(2);
    expect(evidence.sources[0]?.malformed.count).toBe(0);
  });

  it('that are malformed are counted and named, and cost the others nothing', async () => {
    const cut = negotiated('client', '0x9f').slice(0, 300);
    const text = [
      negotiated('client', '0x9f'),
      cut,
      negotiated('client', '0x9f'),
      negotiated('client', 'none'),
      negotiated('client', '0x9f').replace('</System>', ''),
      negotiated('client', '0x9f').replace('2026-11-24', 'then'),
      negotiated('client', '0x9f'),
      cut,
    ].join('\n');
    const evidence = await gather({ log: text });
    expect(evidence.totals.keyExchanges).toEqual({ DHE: 3 });
    expect(evidence.sources[0]?.malformed).toEqual({
      count: 5,
      problems: { 'cut-off': 2, 'unknown-value': 1, 'not-xml': 1, 'no-time': 1 },
      first: [
        { number: 2, problem: 'cut-off' },
        { number: 4, problem: 'unknown-value' },
        { number: 5, problem: 'not-xml' },
        { number: 6, problem: 'no-time' },
        { number: 8, problem: 'cut-off' },
      ],
    });
  });

  it('one that never ends fills no memory', async () => {
    const evidence = await gather({
      log: `<Events><Event x="${'y'.repeat(5_000_000)}">${negotiated('client', '0x9f')}`,
    });
    expect(evidence.totals.keyExchanges).toEqual({ DHE: 1 });
    expect(evidence.sources[0]?.malformed.count).toBeGreaterThan(0);
  });
});

/** What one line of an IIS log adds. */
function countWordByWord(
  names: readonly string[],
  line: string,
  expected: { readonly peers: Record<string, number>; malformed: number; untold: number },
): void {
  if (!names.includes('crypt-keyexchange')) {
    if (line.trim() !== '') expected.untold += 1;
    return;
  }
  const words = line.split(' ');
  const word = (name: string) => words[names.indexOf(name)];
  const exchange = word('crypt-keyexchange')?.toLowerCase() ?? '';
  const kinds: Readonly<Record<string, string>> = { aa02: 'DHE', ae06: 'ECDHE', '0': 'unknown', beef: 'unknown' };
  if (words.length !== names.length) {
    if (line !== '') expected.malformed += 1;
  } else if (exchange !== '-') {
    const time = Date.parse(`${names.includes('date') ? word('date') : '2026-11-23'}T${word('time')}Z`);
    const kind = word('crypt-protocol') === '1000' ? 'TLS 1.3' : kinds[exchange];
    if (Number.isNaN(time) || kinds[exchange] === undefined) expected.malformed += 1;
    else {
      const port = names.includes('s-port') ? Number(word('s-port')) : null;
      const peer = `${word('c-ip') ?? null} ${port} ${kind}`;
      expected.peers[peer] = (expected.peers[peer] ?? 0) + 1;
    }
  }
}

describe('IIS logs', () => {
  it('with fields that change midway', async () => {
    const evidence = await gather({ log: fixture('u_ex261124_x.log') });
    expect(evidence.sources).toMatchObject([{ form: 'iis-log', observations: 5, untold: 0, malformed: { count: 0 } }]);
    expect(evidence.totals.keyExchanges).toEqual({ DHE: 3, ECDHE: 1, RSA: 1 });
    expect(find(evidence, { client: '2001:db8::7' })).toMatchObject([
      { role: 'server', port: 443, first: '2026-11-24T00:00:06.000Z', protocols: { 'TLS 1.2': 1 } },
    ]);
    // What a client offers is in no such log.
    expect(evidence.peers.filter((peer) => peer.keyExchanges.DHE !== undefined).map((peer) => peer.removal)).toEqual(
      Array(3).fill({ id: 'unknown', reason: 'no-list' }),
    );
  });

  it.each([...encodings, 'Windows-932'])('in %s, up to 100,000 lines, are counted exactly', async (encoding) => {
    const names = 'date time c-ip cs-uri-stem s-port CRYPT_PROTOCOL TLS_KeyExchange';
    const head = `#Software: Microsoft Internet Information Services 10.0\r\n#Fields: ${names}\r\n`;
    const lines = [
      '2026-11-24 00:00:04 198.51.100.7 /注文 443 400 aa02',
      '2026-11-24 01:00:04 198.51.100.7 /注文 443 0x400 0xAE06',
      '2026-11-24 02:00:04 198.51.100.8 / 443 1000 0',
      '2026-11-24 03:00:04 198.51.100.9 / 80 - -',
    ];
    const times = encoding === 'utf-8' ? 25_000 : 2_500;
    const text = head + `${lines.join('\r\n')}\r\n`.repeat(times);
    const bytes =
      encoding === 'Windows-932'
        ? Buffer.from(text.replaceAll('注文', '\x92\x8d\x95\xb6'), 'latin1')
        : encode(text, encoding);
    const evidence = await gather({ log: bytes });
    expect(evidence.totals).toMatchObject({
      seen: 3 * times,
      keyExchanges: { DHE: times, ECDHE: times, 'TLS 1.3': times },
    });
    expect(evidence.sources[0]).toMatchObject({ observations: 3 * times, malformed: { count: 0 } });
    expect(evidence.timeline).toEqual([
      { time: '2026-11-24T00:00:00.000Z', dhe: times, others: 0, failed: 0 },
      { time: '2026-11-24T01:00:00.000Z', dhe: 0, others: times, failed: 0 },
      { time: '2026-11-24T02:00:00.000Z', dhe: 0, others: times, failed: 0 },
    ]);
    expect(find(evidence, { client: '198.51.100.7' })).toMatchObject([{ seen: 2 * times, onlyDhe: false }]);
  });

  it('without the fields tell nothing, and malformed lines are named', async () => {
    const text = [
      '2026-11-24 00:00:04 early',
      '#Fields: date time c-ip',
      '2026-11-24 00:00:04 198.51.100.7',
      '#Fields: date time c-ip crypt-keyexchange',
      '2026-11-24 00:00:04 198.51.100.7',
      '2026-11-24 00:00:04 198.51.100.7 aa02zz',
      '2026-13-24 00:00:04 198.51.100.7 ae06',
      '2026-11-24 00:00:05 198.51.100.7 ae06',
      'x'.repeat(2_000_000),
      '2026-11-24 00:00:06 198.51.100.7 ae06',
    ].join('\n');
    const evidence = await gather({
      log: `#Version: 1.0\n#Software: Microsoft Internet Information Services 8.5\n${text}`,
    });
    expect(evidence.sources[0]).toEqual({
      source: 'log',
      form: 'iis-log',
      observations: 2,
      untold: 1,
      malformed: {
        count: 5,
        problems: { 'no-header': 1, 'field-count': 1, 'unknown-value': 1, 'no-time': 1, 'too-long': 1 },
        first: [
          { number: 3, problem: 'no-header' },
          { number: 7, problem: 'field-count' },
          { number: 8, problem: 'unknown-value' },
          { number: 9, problem: 'no-time' },
          { number: 11, problem: 'too-long' },
        ],
      },
      problem: null,
    });
    expect(evidence.verdict).toBe('unknown');
  });

  it('of many clients at once are counted exactly, and in a window that begins within an hour', async () => {
    const [clients, rounds] = [33_000, 3];
    const lines = ['#Fields: time c-ip date crypt-protocol crypt-keyexchange'];
    for (let round = 0; round < rounds; round += 1) {
      for (let client = 0; client < clients; client += 1) {
        const exchange = client % 4 === 0 ? 'aa02' : 'ae06';
        lines.push(`0${round}:30:00 10.${client >> 8}.${client & 255}.7 2026-11-24 400 ${exchange}`);
        if (round === 2) lines.push(`02:30:01 10.${client >> 8}.${client & 255}.7 2026-11-24 400 ${exchange}`);
      }
    }
    const text = lines.join('\r\n');
    const whole = await gather({ log: text });
    expect(whole.totals).toMatchObject({
      seen: 4 * clients,
      keyExchanges: { DHE: clients, ECDHE: 3 * clients },
      peers: clients,
    });
    expect(whole.peers.every(({ seen }) => seen === 4)).toBe(true);
    expect(find(whole, { client: '10.1.2.7' })).toMatchObject([
      { first: '2026-11-24T00:30:00.000Z', last: '2026-11-24T02:30:01.000Z' },
    ]);
    const window = { from: Date.parse('2026-11-24T02:30:01Z'), to: Date.parse('2026-11-24T03:30:00Z') };
    const cut = await gather({ log: text }, { window });
    expect([cut.totals.seen, cut.first, cut.last, cut.sources[0]?.observations]).toEqual([
      clients,
      '2026-11-24T02:30:01.000Z',
      '2026-11-24T02:30:01.000Z',
      4 * clients,
    ]);
  });

  it('count what no log should hold: control characters, and fields of any length', async () => {
    const rows = [
      `${'\0'.repeat(64)}10.0.0.1 443 400 aa02`,
      `${'\0'.repeat(128)}10.0.0.1 443 400 aa02`,
      `10.0.0.1 443 400 aa02`,
      `${'x'.repeat(5_000)} 443 400 aa02`,
      `\x1b[31m 443 400 aa02`,
      `注文 443 400 aa02`,
      `10.0.0.2 ${'9'.repeat(300)} 400 aa02`,
    ].map((row) => `2026-11-24 00:00:04 ${row}`);
    const text = `#Fields: date time c-ip s-port crypt-protocol crypt-keyexchange\n${rows.join('\n')}\n`;
    const evidence = await gather({ log: text + text });
    expect(evidence.totals).toMatchObject({ seen: 14, keyExchanges: { DHE: 14 } });
    expect(find(evidence, { client: '注文' })).toMatchObject([{ seen: 2 }]);
    expect(find(evidence, { client: '10.0.0.2' })).toMatchObject([{ seen: 2, port: null }]);
  });

  it('take no line for another, wherever its blanks are', async () => {
    const text = [
      '#Date: 2026-11-24 00:00:00',
      '#Fields: time c-ip s-port crypt-keyexchange',
      '00:00:01 10.0.0.1 443 aa02',
      '00:00:01 10.0.0.14 43 aa02',
      '00:00:01 10.0.0.1 443 aa02 ',
      '00:00:01  10.0.0.1 443 aa02',
      '#Date: 2026-11-25 00:00:00',
      '00:00:01 10.0.0.1 443 aa02',
      '',
      '00:00:01 10.0.0.1 443 -',
      '00:00:01 10.0.0.1 443 aa02',
    ].join('\n');
    const evidence = await gather({ log: text });
    expect(evidence.peers).toMatchObject([
      { client: '10.0.0.1', port: 443, seen: 3, first: '2026-11-24T00:00:01.000Z', last: '2026-11-25T00:00:01.000Z' },
      { client: '10.0.0.14', port: 43, seen: 1 },
    ]);
    expect(evidence.sources[0]?.malformed).toEqual({
      count: 2,
      problems: { 'field-count': 2 },
      first: [
        { number: 5, problem: 'field-count' },
        { number: 6, problem: 'field-count' },
      ],
    });
  });

  const columns = ['date', 'time', 's-ip', 'cs-uri-stem', 's-port', 'c-ip', 'cs(User-Agent)', 'sc-status'];
  const crypt = ['crypt-protocol', 'crypt-cipher', 'crypt-keyexchange'];
  const values: Readonly<Record<string, readonly string[]>> = {
    date: ['2026-11-24', '2026-11-24', '2026-11-25', 'never'],
    time: ['00:00:01', '00:00:02', '01:00:00', '5'],
    'c-ip': [
      '10.0.0.1',
      '10.0.0.14',
      '2001:db8::1',
      '2001:0db8:0000:0000:0000:0000:0000:0001%12345678901234567890',
      '-',
    ],
    's-port': ['443', '43', '4'],
    'crypt-protocol': ['400', '1000', '-'],
    'crypt-keyexchange': ['aa02', 'AE06', '0', '-', 'beef', 'none'],
  };
  const others = [
    '/',
    '-',
    '200',
    '!',
    'a\tb',
    '注文',
    '',
    'x'.repeat(90),
    'Mozilla/5.0+(Windows+NT+10.0;+Win64;+x64)',
  ];
  const log = fc
    .tuple(fc.subarray(columns), fc.subarray(crypt, { minLength: 1 }), fc.boolean(), fc.boolean())
    .map(([some, last, isMixed, isBack]) =>
      isMixed ? [...last, ...some] : [...(isBack ? some.reverse() : some), ...last],
    )
    .chain((names) =>
      fc.record({
        names: fc.constant(names),
        rows: fc.array(
          fc.record({
            texts: fc.tuple(...names.map((name) => fc.constantFrom(...(values[name] ?? others)))),
            more: fc.constantFrom('', '', '', ' ', ' x', '\r'),
          }),
          { maxLength: 20 },
        ),
      }),
    );

  it('are read as who reads them word by word would, whatever the fields', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(log, { minLength: 1, maxLength: 3 }),
        fc.constantFrom('\n', '\r\n'),
        async (parts, end) => {
          const lines = ['#Software: Microsoft Internet Information Services 10.0', '#Date: 2026-11-23 00:00:00'];
          const expected = { peers: {} as Record<string, number>, malformed: 0, untold: 0 };
          for (const { names, rows } of parts) {
            lines.push(`#Fields: ${names.join(' ')}`);
            for (const { texts, more } of rows) {
              const line = texts.join(' ') + more;
              lines.push(line);
              if (line === '' || line.startsWith('#')) continue;
              countWordByWord(names, (line + end).replace(/\r?\n$/, ''), expected);
            }
          }
          const evidence = await gather({ log: lines.join(end) + end });
          const peers = evidence.peers.flatMap(({ client, port, keyExchanges }) =>
            Object.entries(keyExchanges).map(([id, count]) => [`${client} ${port} ${id}`, count]),
          );
          expect({
            peers: Object.fromEntries(peers),
            malformed: evidence.sources[0]?.malformed.count,
            untold: evidence.sources[0]?.untold,
          }).toEqual(expected);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('clear nobody where a line could not tell', async () => {
    const head = '#Fields: date time c-ip crypt-keyexchange\n2026-11-24 00:00:04 198.51.100.7 ae06\n';
    expect((await gather({ log: head })).verdict).toBe('no-dhe-seen');
    expect((await gather({ log: `${head}2026-11-24 00:00:04 198.51.100.7 beef\n` })).verdict).toBe('unknown');
    expect((await gather({ log: '#Fields: date time c-ip crypt-keyexchange\n' })).verdict).toBe('unknown');
  });
});

describe('Exchange logs', () => {
  it('of either role', async () => {
    const evidence = await gather({ log: fixture('RECV2026112409-1.LOG') });
    expect(evidence.sources).toMatchObject([{ form: 'exchange-log', observations: 3, malformed: { count: 0 } }]);
    expect(find(evidence, { client: '198.51.100.33' })).toMatchObject([
      { role: 'server', port: 25, keyExchanges: { DHE: 1 }, protocols: { 'TLS 1.2': 1 } },
    ]);
    expect(find(evidence, { role: 'client' })).toMatchObject([
      { server: '198.51.100.35', keyExchanges: { ECDHE: 1 }, protocols: { 'TLS 1.0': 1 } },
    ]);
  });
});

const zeekTsv = (rows: readonly string[]) =>
  [
    '#separator \\x09',
    '#set_separator\t,',
    '#empty_field\t(empty)',
    '#unset_field\t-',
    '#path\tssl',
    '#fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tversion\tcipher\tserver_name\tlast_alert\testablished',
    '#types\ttime\tstring\taddr\tport\taddr\tport\tstring\tstring\tstring\tstring\tbool',
    ...rows,
    '#close\t2026-11-24-10-00-00',
  ].join('\n');

describe('Zeek logs', () => {
  const rows: [string, string, string, string, boolean][] = [
    ['TLSv12', 'TLS_DHE_RSA_WITH_AES_128_GCM_SHA256', 'a.example', '-', true],
    ['TLSv12', 'TLS_DHE_RSA_WITH_CAMELLIA_128_CBC_SHA', 'a.example', 'bad_record_mac', false],
    ['TLSv12', 'TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256', 'a.example', '-', true],
    ['TLSv13', 'TLS_AES_128_GCM_SHA256', '-', '-', true],
    ['TLSv12', 'TLS_DH_RSA_WITH_AES_128_CBC_SHA', '-', '-', false],
  ];
  const counts = (each: number) => ({ DHE: 2 * each, ECDHE: each, 'TLS 1.3': each, other: each });

  it('as TSV, 100,000 lines', async () => {
    const times = 20_000;
    const lines = rows.map(([version, cipher, name, alert, established]) =>
      [
        '1795511104.5',
        'C1',
        '192.0.2.1',
        '5000',
        '198.51.100.1',
        '443',
        version,
        cipher,
        name,
        alert,
        established ? 'T' : 'F',
      ].join('\t'),
    );
    const evidence = await gather({ log: zeekTsv(Array(times).fill(lines.join('\n'))) });
    expect(evidence.sources).toMatchObject([{ form: 'zeek-tsv', observations: 5 * times, malformed: { count: 0 } }]);
    // One of the two with DHE failed, and one of the others.
    expect(evidence.timeline).toEqual([
      { time: '2026-11-24T09:00:00.000Z', dhe: 2 * times, others: 3 * times, failed: times },
    ]);
    expect(evidence.totals.keyExchanges).toEqual(counts(times));
    expect(find(evidence, { name: 'a.example' })).toMatchObject([
      { seen: 3 * times, failed: times, server: '198.51.100.1' },
    ]);
  });

  it('that hold connections without a ServerHello clear the others all the same', async () => {
    const [ecdhe, none] = ['TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256\tx\t-\tT', '-\tx\t-\tF'];
    const lines = [ecdhe, none].map((end) => `1795511104.5\tC1\t192.0.2.1\t1\t198.51.100.1\t443\tTLSv12\t${end}`);
    const evidence = await gather({ log: zeekTsv(lines) });
    expect(evidence).toMatchObject({
      verdict: 'no-dhe-seen',
      totals: { seen: 2, keyExchanges: { ECDHE: 1, unknown: 1 } },
    });
    const without = zeekTsv(lines).replace('\tcipher\t', '\tcolour\t');
    expect(await gather({ log: without })).toMatchObject({ verdict: 'unknown', sources: [{ untold: 2 }] });
  });

  it('with another separator and another mark for nothing, in another order of fields', async () => {
    const header = ['#separator \\x2c', '#set_separator,|', '#unset_field,(none)', '#path,ssl'];
    const fields = '#fields,cipher,server_name,established,id.orig_h,ts';
    const line = 'TLS_DHE_RSA_WITH_AES_128_GCM_SHA256,(none),T,192.0.2.1,1795511104.5';
    const evidence = await gather({ log: [...header, fields, line].join('\r\n') });
    expect(evidence.sources).toMatchObject([{ form: 'zeek-tsv', observations: 1, malformed: { count: 0 } }]);
    expect(evidence.peers).toMatchObject([{ client: '192.0.2.1', name: null, keyExchanges: { DHE: 1 } }]);
  });

  it('as JSON whose names were made objects', async () => {
    const id = { orig_h: '192.0.2.1', orig_p: 5000, resp_h: '198.51.100.1', resp_p: 443 };
    const entry = { ts: 1795511104.5, id, cipher: 'TLS_DHE_RSA_WITH_AES_128_GCM_SHA256', established: true };
    const evidence = await gather({ log: JSON.stringify(entry) });
    expect(evidence.sources).toMatchObject([{ form: 'zeek-json', observations: 1 }]);
    expect(evidence.peers).toMatchObject([
      { client: '192.0.2.1', server: '198.51.100.1', port: 443, keyExchanges: { DHE: 1 } },
    ]);
  });

  it('as JSON of another log clear nobody', async () => {
    const entry = { ts: 1795511104.5, 'id.orig_h': '192.0.2.1', 'id.resp_h': '198.51.100.1', service: 'ssl' };
    const evidence = await gather({ log: JSON.stringify(entry) });
    expect(evidence).toMatchObject({
      verdict: 'unknown',
      sources: [{ form: 'zeek-json', observations: 0, untold: 1 }],
    });
  });

  it('as JSON, 10,000 lines', async () => {
    const times = 2_000;
    const lines = rows.map(([version, cipher, name, alert, established]) =>
      JSON.stringify({
        ts: 1795511104.5,
        'id.orig_h': '192.0.2.1',
        'id.orig_p': 5000,
        'id.resp_h': '198.51.100.1',
        'id.resp_p': 443,
        version,
        cipher,
        ...(name !== '-' && { server_name: name }),
        ...(alert !== '-' && { last_alert: alert }),
        established,
      }),
    );
    const evidence = await gather({ log: `${Array(times).fill(lines.join('\n')).join('\n')}\n{"ts":` });
    expect(evidence.sources).toMatchObject([
      { form: 'zeek-json', observations: 5 * times, malformed: { count: 1, first: [{ problem: 'not-json' }] } },
    ]);
    expect(evidence.totals.keyExchanges).toEqual(counts(times));
  });
});

describe('what could not be read', () => {
  const log = '#Fields: date time c-ip crypt-keyexchange\n2026-11-24 00:00:04 198.51.100.7 ae06\n';

  it.each([
    [new InvalidInputError('b', undefined, 'evidence-source', 'other-text'), 'no-dhe-seen'],
    // Old logs are packed.
    [new InvalidInputError('b', undefined, 'evidence-source', 'archive'), 'unknown'],
    [new InvalidInputError('b', undefined, 'evidence-source', 'event-log'), 'unknown'],
    [new FileAccessError('b', 'read', 'EACCES'), 'unknown'],
    [new ProgramNotFoundError('tshark', ['/a']), 'unknown'],
  ])('clears nobody: %s', async (error, verdict) => {
    const inputs = [{ log }, { b: error }].flatMap((one) =>
      Object.entries(one).map(([source, content]) => ({
        source,
        isNamed: false,
        open: async function* () {
          if (typeof content !== 'string') throw content;
          yield Buffer.from(content);
        },
        openCapture: () => {
          throw error;
        },
      })),
    );
    expect(await gatherEvidence(inputs, { remaining: null })).toMatchObject({
      verdict,
      skipped: [{ code: error.code }],
    });
  });

  it('because somebody ended it clears nobody', async () => {
    expect(await gather({ log }, { signal: AbortSignal.abort() })).toMatchObject({
      verdict: 'unknown',
      interrupted: true,
    });
  });
});

describe('what is none of them', () => {
  it.each([
    ['nothing', ''],
    ['archive', '\x1f\x8b\x08'],
    ['event-log', 'ElfFile\0'],
    ['other-text', 'Hello.'],
    ['other-text', '{"a": 1}'],
    ['other-text', '<html>'],
    ['binary', 'ab\0\x01c'],
  ])('%s is refused', async (found, text) => {
    await expect(gather({ log: Buffer.from(text, 'latin1') })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      expected: 'evidence-source',
      found,
    });
  });
});

/** Of one handshake, as tshark writes it. */
const frames = [
  'frame.time_epoch\ttcp.stream\tip.src\tip.dst\ttcp.srcport\ttcp.dstport\ttls.record.content_type\ttls.handshake.type\ttls.handshake.ciphersuite\ttls.handshake.p\ttls.handshake.ys',
  '1795511104.1\t0\t192.0.2.1\t192.0.2.2\t5000\t443\t22\t1\t0x009e,0xc02f\t\t',
  '1795511104.2\t0\t192.0.2.2\t192.0.2.1\t443\t5000\t22\t2,11,12,14\t0x009e\tffa1\ta1a1',
  '1795511104.3\t0\t192.0.2.2\t192.0.2.1\t443\t5000\t20,22\t\t\t\t',
].join('\n');

it.each(encodings)('what tshark prints may be in %s', async (encoding) => {
  const evidence = await gather({ frames: encode(frames.replaceAll('\n', '\r\n'), encoding) });
  expect(evidence.sources).toMatchObject([{ form: 'tshark-columns', observations: 1, malformed: { count: 0 } }]);
  expect(evidence.peers).toMatchObject([
    { client: '192.0.2.1', server: '192.0.2.2', keyExchanges: { DHE: 1 }, failed: 0 },
  ]);
});

describe('whatever is done to them', () => {
  const samples = [
    fixture('schannel-events.concatenated.xml'),
    fixture('schannel-events.utf16le-bom.xml'),
    fixture('u_ex261124_x.log'),
    fixture('RECV2026112409-1.LOG'),
    Buffer.from(frames),
    Buffer.from(zeekTsv(['1795511104.5\tC1\t192.0.2.1\t1\t198.51.100.1\t443\tTLSv12\tx\ty\t-\tT'])),
  ];
  const pieces = ['\n', '\t', '#Fields: ', '<Event ', '</Event>', '"', ',', '\0', '<!DOCTYPE a>', '&a;', '{'].map(
    (text) => Buffer.from(text),
  );
  const edit = fc.record({
    at: fc.nat(20_000),
    remove: fc.nat(60),
    insert: fc.oneof(fc.uint8Array({ maxLength: 4 }), fc.constantFrom(...pieces)),
  });

  it('they are read to their end, or refused as none of them', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...samples),
        fc.array(edit, { minLength: 1, maxLength: 6 }),
        async (sample, edits) => {
          let bytes = Buffer.from(sample);
          for (const { at, remove, insert } of edits) {
            bytes = Buffer.concat([bytes.subarray(0, at), insert, bytes.subarray(at + remove)]);
          }
          const evidence = await gather({ log: bytes }).catch((error) => {
            expect(error).toMatchObject({ code: 'INVALID_INPUT', expected: 'evidence-source' });
          });
          if (!evidence) return;
          expect(evidence.totals.seen).toBe(evidence.sources[0]?.observations);
          const saved = { schemaVersion: 1, kind: 'evidence', outcome: 'done', ...evidence };
          expect(savedEvidenceSchema.safeParse(saved).error).toBe(undefined);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
