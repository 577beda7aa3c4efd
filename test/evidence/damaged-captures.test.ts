/** Captures that lack something, or have it twice or in another order: none of that is a failure of a handshake. */
import { execFileSync, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Evidence } from '../../lib/evidence/gather-evidence';
import { canRun } from '../../scripts/build/test/test-needs';
import { run, useFolder } from '../cli/run';
import { freePort, ServerFolder } from '../probe/server-process';
import { Capture, machine } from './packet-capture';

const folder = useFolder();

interface Packet {
  readonly number: number;
  readonly length: number;
  /** Of the handshake messages in it. */
  readonly types: string;
}

describe.runIf(canRun('captures'))('a capture of two DHE handshakes, and of one session that is resumed', () => {
  const servers = new ServerFolder();
  let file: string;
  let packets: readonly Packet[];
  /** Of the first handshake. */
  let firstPackets: readonly Packet[];

  beforeAll(async () => {
    file = folder('whole.pcapng');
    const port = await freePort();
    const session = servers.file('session.pem');
    const files = ['-key', servers.file('key.pem'), '-cert', servers.file('cert.pem')];
    const server = spawn('openssl', ['s_server', '-accept', `${machine}:${port}`, '-quiet', ...files], {
      stdio: 'ignore',
    });
    const ask = async (...more: readonly string[]) => {
      const words = ['-tls1_2', '-cipher', 'DHE-RSA-AES128-GCM-SHA256', ...more];
      const client = spawn('openssl', ['s_client', '-connect', `${machine}:${port}`, ...words]);
      let printed = '';
      client.stdout.on('data', (text) => {
        printed += text;
      });
      client.stdin.on('error', () => {}).end('Q\n');
      await new Promise((resolve) => client.once('exit', resolve));
      return printed;
    };
    while (!(await ask()).includes('Cipher is DHE-RSA')) await new Promise((resolve) => setTimeout(resolve, 100));
    const capture = await Capture.start(file);
    await ask();
    await ask('-sess_out', session);
    expect(await ask('-sess_in', session)).toContain('Reused');
    await capture.end();
    server.kill();
    const columns = ['frame.number', 'frame.len', 'tls.handshake.type'].flatMap((field) => ['-e', field]);
    const told = execFileSync('tshark', ['-n', '-r', file, '-Y', `tcp.port == ${port}`, '-T', 'fields', ...columns]);
    packets = `${told}`
      .trimEnd()
      .split('\n')
      .map((line) => {
        const [number, length, types = ''] = line.split('\t');
        return { number: Number(number), length: Number(length), types };
      });
    const hellos = packets.filter(({ types }) => types === '1');
    firstPackets = packets.filter(({ number }) => number < (hellos[1]?.number ?? 0));
  });

  afterAll(() => servers.remove());

  async function read(changed: string): Promise<Evidence> {
    const { stdout } = await run(`evidence ${changed} --json`);
    return JSON.parse(stdout);
  }

  function failuresOf({ peers, fault }: Evidence): number {
    return peers.reduce((sum, { failed }) => sum + failed, 0) + fault.dhe.failed + fault.ecdhe.failed;
  }

  const edited = (name: string, ...words: readonly string[]) => {
    execFileSync('editcap', [...words.slice(0, -1), file, folder(name), ...words.slice(-1)].filter(Boolean));
    return folder(name);
  };

  it('has two key exchanges, and says why the third is not among them', async () => {
    const { totals, fault } = await read(file);
    expect(totals.keyExchanges).toEqual({ DHE: 3 });
    expect(fault.dhe).toMatchObject({ completed: 2, failed: 0 });
    expect((await run(`evidence ${file}`)).stdout).toContain('Not in the table: 1 with DHE');
    expect((await run(`evidence ${file} --language ja`)).stdout).toContain('表に含まれない DHE: 1 件');
  });

  it.each([1500, 700, 260, 80])('cut to %i bytes a packet names the cut, and its reason is true', async (length) => {
    const cut = edited('cut.pcapng', '-s', String(length), '');
    const evidence = await read(cut);
    const shortened = packets.filter((packet) => packet.length > length).length;
    expect(evidence.sources[0]?.malformed.problems['cut-packet']).toBe(shortened);
    expect(failuresOf(evidence)).toBe(0);
    const reason = evidence.totals.keyExchanges.DHE === undefined ? 'no-dhe' : 'exchange-not-seen';
    expect(evidence.fault.verdict).toEqual({ id: 'too-little', reason });
    expect(evidence.verdict).toBe(reason === 'no-dhe' ? 'unknown' : 'dhe-seen');
    const { stdout } = await run(`evidence ${cut}`);
    expect(stdout).toContain(`packet captured in part (${shortened})`);
    expect(stdout).toContain('dumpcap -s 0');
    await run(`evidence ${cut} --html ${folder('cut.html')}`);
    const page = readFileSync(folder('cut.html'), 'utf8');
    expect(page).toContain(`packet captured in part (${shortened})`);
    expect(page).toContain(`途中までしかキャプチャされていないパケット (${shortened} 件)`);
    expect((await run(`evidence ${cut} --language ja`)).stdout).toContain(
      `途中までしかキャプチャされていないパケット (${shortened} 件)`,
    );
  });

  it('without any one of its packets has no failure', async () => {
    for (const { number } of firstPackets) {
      const evidence = await read(edited('without.pcapng', String(number)));
      expect([number, failuresOf(evidence), evidence.totals.keyExchanges.DHE ?? 0]).toEqual([
        number,
        0,
        expect.toBeOneOf([2, 3]),
      ]);
    }
  }, 120_000);

  it('from any of its packets on, or up to any of them, has no failure', async () => {
    const [first, last] = [packets[0]?.number ?? 0, packets.at(-1)?.number ?? 0];
    for (const { number } of firstPackets) {
      expect([number, failuresOf(await read(edited('later.pcapng', `${first}-${number}`)))]).toEqual([number, 0]);
      expect([number, failuresOf(await read(edited('earlier.pcapng', `${number}-${last}`)))]).toEqual([number, 0]);
    }
  }, 240_000);

  it('tells of DHE also without the client hellos, and then not what else was offered', async () => {
    const hellos = packets.filter(({ types }) => types === '1').map(({ number }) => String(number));
    execFileSync('editcap', [file, folder('answers.pcapng'), ...hellos]);
    const { stdout } = await run(
      `evidence ${folder('answers.pcapng')} --local ${machine} --json --simulate win10-1607-ws2016`,
    );
    const { totals, peers } = JSON.parse(stdout) as Evidence;
    expect(totals.keyExchanges).toEqual({ DHE: 3 });
    expect(peers.map(({ failed, server }) => [failed, server])).toEqual([[0, machine]]);
  });

  it('twice in one, or with packets that overtook one another, is the same', async () => {
    const whole = await read(file);
    execFileSync('mergecap', ['-w', folder('twice.pcapng'), file, file]);
    const twice = await read(folder('twice.pcapng'));
    expect([twice.totals, twice.fault]).toEqual([whole.totals, whole.fault]);
    const answer = firstPackets.findIndex(({ types }) => types.startsWith('2,'));
    // The client's key ahead of the server's hello.
    const key = firstPackets.findIndex(({ types }, index) => index > answer && types.startsWith('16'));
    const order = firstPackets.map(({ number }) => number);
    [order[answer], order[key]] = [order[key] ?? 0, order[answer] ?? 0];
    const parts = order.map((number, index) => {
      const part = folder(`part${index}.pcapng`);
      execFileSync('editcap', ['-r', file, part, String(number)]);
      return part;
    });
    execFileSync('mergecap', ['-a', '-w', folder('overtaken.pcapng'), ...parts]);
    const overtaken = await read(folder('overtaken.pcapng'));
    expect([failuresOf(overtaken), overtaken.totals.keyExchanges]).toEqual([0, { DHE: 1 }]);
  });
});
