/** What `probe` says of servers on loopback, in both languages. */
import { createServer, type Server } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { run } from '../cli/run';
import { FaultyPeer, makeGroup, type PeerFaults } from './faulty-peer';

const group = makeGroup(512, 0xff);
const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function serve(faults: PeerFaults): Promise<number> {
  const peer = new FaultyPeer(group, faults);
  const server = createServer((socket) => peer.serve(socket)).listen(0, '127.0.0.1');
  servers.push(server);
  await new Promise((resolve) => server.once('listening', resolve));
  return (server.address() as { port: number }).port;
}

it.each<[string, PeerFaults, string, string]>([
  ['a small group', {}, 'WARNING: a group of 512 bits can be broken', '警告: 512 ビットのグループは解読される'],
  ['a reused key', { ownKeys: 1 }, 'the Raccoon attack needs that', 'Raccoon 攻撃'],
  ['a short value of its own', { ownPublic: 'short' }, 'Windows before 10 1607', 'Windows 10 1607'],
  ['a padded value of its own', { ownPublic: 'padded' }, 'with leading zero bytes.', '0 のバイトを付けて送信'],
  ['odds', { refuses: 'short' }, 'would fall just so in 1 of', '偶然このように並ぶのは'],
  ['an alert by its name', { refuses: 'short' }, 'alert (50, decode_error)', 'アラート (50, decode_error)'],
  ['the stage', { refuses: 'short' }, 'after the key', '鍵の送信後'],
  ['with whom it fails', { sharedSecret: 'keep' }, 'it fails with peers that strip them', '削除する相手との接続に失敗'],
  [
    'how many refusals clear a server',
    { instead: 'close', answersOthers: true },
    '(14 connections, all refused)',
    '14 回の接続すべてで拒否',
  ],
])('%s is shown', async (_, faults, english, japanese) => {
  const port = await serve(faults);
  expect((await run(`probe 127.0.0.1:${port}`)).stdout).toContain(english);
  expect((await run(`probe 127.0.0.1:${port} --language ja`)).stdout).toContain(japanese);
});

it('a hunt that saw nothing is inconclusive, and says what to do', async () => {
  const port = await serve({});
  const { stdout, exitCode } = await run(`probe 127.0.0.1:${port} --hunt 3`);
  expect([stdout.includes('a larger --hunt'), exitCode]).toEqual([true, 10]);
  expect(stdout).not.toContain('--hunt 2000');
});
