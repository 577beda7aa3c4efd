/** `probe --hosts`: many targets in flat memory, and the ones that fail do not stop the rest. */

import { spawn } from 'node:child_process';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import dns from 'node:dns';
import { writeFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it, vi } from 'vitest';
import { runCli } from '../../lib/cli/run-cli';
import type { InvalidArgumentError } from '../../lib/errors';
import { AddressLimit } from '../../lib/probe/address-limit';
import { serverNameOf } from '../../lib/probe/client-hello';
import { probeMany } from '../../lib/probe/probe-many';
import { probePeer } from '../../lib/probe/probe-peer';
import { run, useFolder } from '../cli/run';
import { FaultyPeer, makeGroup } from './faulty-peer';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const path = useFolder();

async function serve(host: string) {
  const peer = new FaultyPeer(makeGroup(512, 0xff));
  const server = createServer((socket) => peer.serve(socket)).listen(0, host);
  await new Promise((resolve, reject) => server.once('listening', resolve).once('error', reject));
  return { port: (server.address() as { port: number }).port, server };
}

interface Hosts {
  readonly lines: readonly {
    readonly kind: string;
    readonly port?: number;
    readonly verdict?: { id: string; reason?: string };
  }[];
  readonly heap: readonly number[];
  readonly exitCode: number;
}

async function runHosts(targets: Iterable<string>, ...options: readonly string[]): Promise<Hosts> {
  const lines: Hosts['lines'][number][] = [];
  const heap: number[] = [];
  const exitCode = await runCli({
    argv: ['probe', '--hosts', '-', ...options],
    locale: 'en',
    colour: false,
    loadBinding: () => {
      throw new Error('not asked for');
    },
    write: (line) => {
      expect(line.endsWith('\n') && !line.slice(0, -1).includes('\n')).toBe(true);
      lines.push(JSON.parse(line));
      if (lines.length % 20 !== 0) return;
      collect();
      heap.push(process.memoryUsage().heapUsed);
    },
    writeError: () => {},
    readStdin: async () => Buffer.alloc(0),
    streamStdin: async function* () {
      for (const target of targets) yield Buffer.from(`${target}\n`);
    },
    ask: undefined,
  });
  return { lines, heap, exitCode };
}

it('probes 200 hosts in flat memory, a JSON line each', {
  timeout: 120_000,
}, async () => {
  const { port, server } = await serve('127.0.0.1');
  const targets = Array.from({ length: 200 }, (_, index) =>
    index % 2 === 0 ? `127.0.0.1:${port}` : `localhost:${port}`,
  );
  targets.splice(50, 2, '127.0.0.1:1', 'no host at all');
  const { lines, heap, exitCode } = await runHosts(targets);
  server.close();
  const kinds = lines.map(({ kind, verdict }) => verdict?.reason ?? verdict?.id ?? kind);
  const count = (kind: string) => kinds.filter((one) => one === kind).length;
  expect([count('not-affected'), count('unreachable'), count('error'), exitCode]).toEqual([198, 1, 1, 2]);
  expect([kinds[50], kinds[51], kinds.at(-1)]).toEqual(['unreachable', 'error', 'probe-summary']);
  expect(lines.at(-1)).toMatchObject({
    targets: 200,
    errors: 1,
    skipped: 0,
    interrupted: false,
    verdicts: { 'not-affected': 198, inconclusive: 1 },
  });
  expect(((heap.at(-1) ?? 0) - (heap[0] ?? 0)) / 1024 / 1024).toBeLessThan(2);
});

it('keeps the order, gives it up with --unordered, and leaves out what --resume knows', {
  timeout: 60_000,
}, async () => {
  const quick = await serve('127.0.0.1');
  const silent = createServer(() => {}).listen(0, '127.0.0.1');
  await new Promise((resolve) => silent.once('listening', resolve));
  const { port } = silent.address() as { port: number };
  const targets = [`127.0.0.1:${port}`, `127.0.0.1:${quick.port}`];
  const ports = ({ lines }: Hosts) => lines.slice(0, -1).map((line) => line.port);
  const ordered = await runHosts(targets, '--timeout', '0.3');
  expect(ports(ordered)).toEqual([port, quick.port]);
  const file = path('earlier.ndjson');
  writeFileSync(file, `${ordered.lines.map((line) => JSON.stringify(line)).join('\n')}\n{"kind":"pro`);
  expect(ports(await runHosts(targets, '--timeout', '0.3', '--unordered'))).toEqual([quick.port, port]);
  const resumed = await runHosts([...targets, '127.0.0.1:1'], '--resume', file);
  expect(ports(resumed)).toEqual([1]);
  expect(resumed.lines.at(-1)).toMatchObject({ targets: 3, skipped: 2 });
  quick.server.close();
  silent.close();
});

it('ends as the earlier run did over the targets that --resume leaves out', async () => {
  const file = path('verdicts.ndjson');
  const report = (id: string) => JSON.stringify({ kind: 'probe', host: '127.0.0.1', port: 1, verdict: { id } });
  for (const [lines, exitCode, skipped] of [
    [[report('affected')], 1, 1],
    [[report('inconclusive')], 10, 1],
    [[report('not-affected')], 0, 1],
    [[report('affected'), report('not-affected')], 0, 1],
    [['{"kind":"probe","host":"127.0.0.1","port":1,"verdict":null}', 'null', '"text"'], 10, 0],
    // A word that is no verdict clears nobody.
    [[report('cleared')], 10, 0],
    [[report('constructor')], 10, 0],
    [[''], 10, 0],
    [['{"schemaVersion":1,"kind":"pro'], 10, 0],
  ] as const) {
    writeFileSync(file, `${lines.join('\n')}\n`);
    const resumed = await runHosts(['127.0.0.1:1'], '--resume', file, '--timeout', '0.1');
    expect([lines, resumed.exitCode, resumed.lines.at(-1)]).toMatchObject([lines, exitCode, { skipped }]);
  }
});

it('clears nobody where it is given no target', async () => {
  for (const targets of [[], ['', '# none yet']]) {
    const { lines, exitCode } = await runHosts(targets);
    expect([lines, exitCode]).toMatchObject([[{ kind: 'probe-summary', targets: 0, outcome: 'undecided' }], 10]);
  }
});

it.each([
  ['the targets themselves', '127.0.0.1:1\n'],
  ['lines of another command', '{"schemaVersion":1,"kind":"policy-scan-finding"}\n{"kind":"probe"}\n'],
])('refuses to resume from %s', async (_, text) => {
  const [file, targets] = [path('foreign.txt'), path('targets.txt')];
  writeFileSync(targets, '127.0.0.1:1\n');
  writeFileSync(file, text);
  const { exitCode, stdout, stderr } = await run(`probe --hosts ${targets} --resume ${file}`);
  expect([exitCode, stdout]).toEqual([2, '']);
  expect(stderr).toContain(`${file}, line 1: expected`);
  expect((await run(`probe --hosts ${targets} --resume ${file} --language ja`)).stderr).toContain('1 行目');
});

it.each([
  'host,1433',
  'host\\instance',
  'server：443',
  'a"b',
  'user@server',
  '-5',
  'a%20b',
  'a\0b',
  'x'.repeat(300),
  '[fe80::g]',
])('takes %s for no target', async (target) => {
  const { exitCode, stderr } = await run('probe --timeout 0.1', { args: ['--', target] });
  expect([exitCode, stderr.includes('expected a host, host:port')]).toEqual([2, true]);
});

it.each(['', 'a b', '127.0.0.1', '.'])('refuses the name "%s", which no server can be asked for', async (name) => {
  const told = await run('probe 127.0.0.1:1', { args: [`--server-name=${name}`] });
  expect([told.exitCode, told.stderr.includes('expected the name of a server')]).toEqual([2, true]);
});

it('takes no more servers from whoever stops listening to the reports', async () => {
  let isClosed = false;
  const servers = async function* () {
    try {
      for (;;) yield { host: '127.0.0.1', port: 1, connect: new FaultyPeer(makeGroup(512, 0xff)).connect };
    } finally {
      isClosed = true;
    }
  };
  for await (const _ of probeMany(servers())) break;
  await vi.waitFor(() => expect(isClosed).toBe(true));
});

it('gives a report on each of the servers that it is handed as a library', async () => {
  const peers = [{}, { sharedSecret: 'keep' }, {}] as const;
  const servers = peers.map((faults) => {
    const peer = new FaultyPeer(makeGroup(512, 0xff), faults);
    return { host: '127.0.0.1', port: 1, connect: peer.connect };
  });
  const verdicts: string[] = [];
  const refused = { host: '127.0.0.1', port: 70_000 };
  for await (const one of probeMany([...servers.slice(0, 1), refused, ...servers.slice(1)])) {
    verdicts.push('verdict' in one ? one.verdict.id : `${one.port} ${(one.error as InvalidArgumentError).code}`);
  }
  expect(verdicts).toEqual(['not-affected', '70000 INVALID_ARGUMENT', 'affected', 'not-affected']);
});

it('has four connections at once to one address, whatever it is called', async () => {
  const peer = new FaultyPeer(makeGroup(512, 0xff));
  let [now, most] = [0, 0];
  const connect = async () => {
    const stream = await peer.connect();
    now += 1;
    most = Math.max(most, now);
    const destroy = stream.destroy.bind(stream);
    stream.destroy = (error) => {
      if (!stream.destroyed) now -= 1;
      return destroy(error);
    };
    return stream;
  };
  const names = ['127.0.0.1', 'localhost'];
  const servers = Array.from({ length: 16 }, (_, index) => ({ host: names[index % 2] ?? '', port: 1, connect }));
  for await (const one of probeMany(servers)) expect(one).toMatchObject({ verdict: { id: 'not-affected' } });
  expect(most).toBe(4);
});

describe('a name that leads to several addresses', () => {
  /** Answers as a name server does, each time with the next of these lists. */
  const answerInTurn = (...lists: readonly (readonly string[])[]) => {
    let asked = 0;
    return vi.spyOn(dns, 'lookup').mockImplementation(((
      name: string,
      options: { all?: boolean },
      done: (...answer: unknown[]) => void,
    ) => {
      const addresses = name.endsWith('.example') ? (lists[asked++ % lists.length] ?? []) : [name];
      const found = addresses.map((address) => ({ address, family: 4 }));
      if (options.all === true) done(null, found);
      else done(null, found[0]?.address, 4);
    }) as never);
  };

  /** The most connections at once that one of the two addresses has had. */
  const mostAtOnce = async (hasSecond: boolean, lists: readonly (readonly string[])[]) => {
    const peer = new FaultyPeer(makeGroup(512, 0xff));
    const now = new Map<string, number>();
    let most = 0;
    const count = (address: string, change: 1 | -1) => {
      now.set(address, (now.get(address) ?? 0) + change);
      most = Math.max(most, now.get(address) ?? 0);
    };
    // At the client's end: a server hears of an end when the next connection may have come.
    const watch = (message: unknown) => {
      const { socket } = message as { socket: Socket };
      socket.once('connect', () => {
        const address = socket.remoteAddress ?? '';
        count(address, 1);
        const destroy = socket.destroy.bind(socket);
        socket.destroy = (error) => {
          if (!socket.destroyed) count(address, -1);
          return destroy(error);
        };
      });
    };
    const listen = async (address: string, on: number) => {
      // Long enough for the others to come.
      const server = createServer((socket) => setTimeout(() => peer.serve(socket), 20)).listen(on, address);
      await new Promise((resolve, reject) => server.once('listening', resolve).once('error', reject));
      return server;
    };
    const first = await listen('127.0.0.1', 0);
    const { port } = first.address() as { port: number };
    const second = hasSecond ? await listen('127.0.0.2', port) : undefined;
    const targets = Array.from({ length: 24 }, (_, index) => (index % 2 === 0 ? 'pool.example' : '127.0.0.1'));
    const lookup = answerInTurn(...lists);
    subscribe('net.client.socket', watch);
    const { lines } = await runHosts(
      targets.map((host) => `${host}:${port}`),
      '--timeout',
      '60',
    );
    unsubscribe('net.client.socket', watch);
    lookup.mockRestore();
    first.close();
    second?.close();
    expect(new Set(lines.slice(0, -1).map(({ verdict }) => verdict?.id))).toEqual(new Set(['not-affected']));
    return most;
  };

  it.each<[string, boolean, (readonly string[])[]]>([
    ['another one each time', true, [['127.0.0.1'], ['127.0.0.2']]],
    ['both at once, of which the first answers nobody', false, [['127.0.0.2', '127.0.0.1']]],
  ])('%s: four connections at once to each address', { timeout: 60_000 }, async (_, hasSecond, lists) => {
    expect(await mostAtOnce(hasSecond, lists)).toBeLessThanOrEqual(4);
  });

  it('is not waited for once the time is up', { timeout: 60_000 }, async () => {
    const lookup = vi.spyOn(dns, 'lookup').mockImplementation((() => {}) as never);
    try {
      const { lines } = await runHosts(['silent.example'], '--total', '0.5');
      expect(lines[0]?.verdict).toEqual({ id: 'inconclusive', reason: 'total-time' });
    } finally {
      lookup.mockRestore();
    }
  });
});

it('counts an address once, however it is written', async () => {
  const limit = new AddressLimit(1);
  let [now, most] = [0, 0];
  const work = async () => {
    most = Math.max(most, ++now);
    await new Promise((resolve) => setTimeout(resolve, 50));
    now -= 1;
  };
  await Promise.all(['::1', '0:0:0:0:0:0:0:1', '::0001'].map((host) => limit.run(host, work)));
  await Promise.all(['127.0.0.1', '::ffff:127.0.0.1', '::ffff:7f00:1'].map((host) => limit.run(host, work)));
  expect(most).toBe(1);
});

it('ends with --total, whatever memory was collected meanwhile', { timeout: 30_000 }, async () => {
  const silent = createServer(() => {}).listen(0, '127.0.0.1');
  await new Promise((resolve) => silent.once('listening', resolve));
  const { port } = silent.address() as { port: number };
  const collecting = setInterval(collect, 50);
  const { stdout } = await run(`probe 127.0.0.1:${port} --total 1 --timeout 600`);
  clearInterval(collecting);
  expect(stdout).toContain('the time for all of it (--total) was up');
  silent.close();
});

it('ends with --total, also where more targets may follow', { timeout: 120_000 }, async () => {
  const main = join(__dirname, '..', '..', 'lib', 'cli', 'main.ts');
  const words = ['--import', 'tsx', main, 'probe', '--hosts', '-', '--total', '1'];
  const child = spawn(process.execPath, words, { stdio: ['pipe', 'pipe', 'ignore'] });
  child.stdin.write('127.0.0.1:1\n');
  let stdout = '';
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  const exitCode = await new Promise((resolve) => child.once('exit', resolve));
  expect(JSON.parse(stdout.trim().split('\n').at(-1) ?? '')).toMatchObject({ interrupted: true });
  expect(exitCode).toBe(10);
});

it('keeps to the address that it found first, where a name leads to another one each time', async () => {
  const group = makeGroup(512, 0xff);
  const [healthy, faulty] = [new FaultyPeer(group), new FaultyPeer(group, { sharedSecret: 'keep' })];
  const first = createServer((socket) => healthy.serve(socket)).listen(0, '127.0.0.1');
  await new Promise((resolve) => first.once('listening', resolve));
  const { port } = first.address() as { port: number };
  const second = createServer((socket) => faulty.serve(socket)).listen(port, '127.0.0.2');
  await new Promise((resolve) => second.once('listening', resolve));
  let asked = 0;
  // A name server that gives its addresses in turn, as many do.
  const lookup = vi.spyOn(dns, 'lookup').mockImplementation(((
    _: string,
    options: { all?: boolean },
    done: (...answer: unknown[]) => void,
  ) => {
    const address = `127.0.0.${(asked++ % 2) + 1}`;
    if (options.all === true) done(null, [{ address, family: 4 }]);
    else done(null, address, 4);
  }) as never);
  const { verdict, address } = await probePeer({ host: 'pool.example', port });
  expect([verdict.id, address, faulty.connections]).toEqual(['not-affected', '127.0.0.1', 0]);
  const { stdout } = await run(`probe pool.example:${port}`);
  expect(stdout).toContain('All connections went to 127.0.0.');
  lookup.mockRestore();
  first.close();
  second.close();
});

it('asks for a name in ASCII, without a final dot, and for none by an address', () => {
  expect(
    ['bücher.example', 'example.com.', '例え.テスト', '127.0.0.1', '::1', '', '.', 'my_host'].map(serverNameOf),
  ).toEqual([
    'xn--bcher-kva.example',
    'example.com',
    'xn--r8jz45g.xn--zckzah',
    undefined,
    undefined,
    undefined,
    undefined,
    'my_host',
  ]);
});

it('probes an IPv6 address in brackets', async () => {
  const { port, server } = await serve('::1');
  const { stdout, exitCode } = await run(`probe [::1]:${port}`);
  expect([stdout.startsWith(`[::1]:${port} is not affected`), exitCode]).toEqual([true, 0]);
  expect((await probePeer({ host: '::1', port })).verdict).toEqual({ id: 'not-affected' });
  server.close();
});

it.each([
  ['probe nosuchhost.invalid', 'check the spelling', 10],
  ['probe nosuchhost.invalid --language ja', 'つづりを確認', 10],
  ['probe host:99999', 'with a port from 1 to 65535', 2],
  ['probe host:99999 --language ja', 'ポートは 1 から 65535', 2],
  ['probe --listen 70000', 'an integer from 1 to 65535', 2],
  ['probe x --listen 44444', '--listen and <target> exclude each other', 2],
])('%s says what to do', async (commandLine, words, exitCode) => {
  const result = await run(commandLine);
  expect(result.stdout + result.stderr).toContain(words);
  expect(result.exitCode).toBe(exitCode);
});
