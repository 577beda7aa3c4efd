/** `probe --hosts`: many targets in flat memory, and the ones that fail do not stop the rest. */

import { createServer, type Socket } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { runCli } from '../../lib/cli/run-cli';
import { probePeer } from '../../lib/probe/probe-peer';
import { run } from '../cli/run';
import { FaultyPeer, makeGroup } from './faulty-peer';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

async function serve(host: string) {
  const peer = new FaultyPeer(makeGroup(512, 0xff));
  const load = { now: 0, most: 0 };
  const server = createServer((socket: Socket) => {
    load.now += 1;
    load.most = Math.max(load.most, load.now);
    socket.once('close', () => {
      load.now -= 1;
    });
    peer.serve(socket);
  }).listen(0, host);
  await new Promise((resolve, reject) => server.once('listening', resolve).once('error', reject));
  return { port: (server.address() as { port: number }).port, load, server };
}

it('probes 200 hosts in flat memory, a JSON line each', async () => {
  const { port, load, server } = await serve('127.0.0.1');
  const targets = Array.from({ length: 200 }, () => `127.0.0.1:${port}`);
  targets.splice(50, 2, '127.0.0.1:1', 'no host at all');
  const kinds: string[] = [];
  const heap: number[] = [];
  const exitCode = await runCli({
    argv: ['probe', '--hosts', '-', '--timeout', '60'],
    locale: 'en',
    colour: false,
    loadBinding: () => {
      throw new Error('not asked for');
    },
    write: (line) => {
      expect(line.endsWith('\n') && !line.slice(0, -1).includes('\n')).toBe(true);
      const { kind, verdict } = JSON.parse(line);
      kinds.push(verdict?.reason ?? verdict?.id ?? kind);
      if (kinds.length % 20 !== 0) return;
      collect();
      heap.push(process.memoryUsage().heapUsed);
    },
    writeError: () => {},
    readStdin: async () => Buffer.from(targets.join('\n')),
    ask: undefined,
  });
  server.close();
  const count = (kind: string) => kinds.filter((one) => one === kind).length;
  expect([count('not-affected'), count('unreachable'), count('error'), exitCode]).toEqual([198, 1, 1, 2]);
  expect(load.most).toBeLessThanOrEqual(8 + 8);
  expect(((heap.at(-1) ?? 0) - (heap[0] ?? 0)) / 1024 / 1024).toBeLessThan(2);
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
