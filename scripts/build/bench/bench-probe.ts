/** The probe's part of `npm run bench`: the search for a key, a verdict, and the same by counting ordinary handshakes. */
import { createDiffieHellmanGroup } from 'node:crypto';
import { ffdheGroup, power, toBigInt } from '../../../lib/probe/finite-field';
import { findKey } from '../../../lib/probe/key-search';
import { measurePeer } from '../../../lib/probe/measure-peer';
import { probePeer } from '../../../lib/probe/probe-peer';
import type { ProbeReport } from '../../../lib/probe/probe-report';
import { freePort, ServerFolder } from '../../../test/probe/server-process';
import { median, report } from './bench-report';

async function measureSearch(name: string, bits: number, limit: number): Promise<void> {
  const p = toBigInt(createDiffieHellmanGroup(name).getPrime());
  const group = { p, g: 2n, length: bits / 8 };
  const serverPublic = power(2n, 2n ** 255n + 12_345n, p);
  const times: number[] = [];
  for (let run = 0; run < 15; run += 1) {
    const start = performance.now();
    await findKey(group, serverPublic, { clientPublic: 0, sharedSecret: 2 });
    times.push(performance.now() - start);
  }
  report(`search for two zero bytes, ${bits} bits`, median(times), 'ms', limit);
}

/** Against OpenSSL's server on loopback. `next` goes on with the server. */
async function measureVerdict(
  bits: 2048 | 4096 | 8192,
  limit: number,
  next: (port: number, report: ProbeReport) => Promise<void> = async () => {},
): Promise<void> {
  const folder = new ServerFolder();
  try {
    const port = await freePort();
    const files = ['-key', folder.file('key.pem'), '-cert', folder.file('cert.pem')];
    const parameters = ['-dhparam', folder.writeParameters(ffdheGroup(bits))];
    const args = `s_server -accept 127.0.0.1:${port} -tls1_2 -quiet -cipher DHE:ECDHE`.split(' ');
    await folder.start(port, { command: 'openssl', args: [...args, ...files, ...parameters] });
    const times: number[] = [];
    let last: ProbeReport | undefined;
    for (let run = 0; run < 3; run += 1) {
      const start = performance.now();
      last = await probePeer({ host: '127.0.0.1', port });
      if (last.verdict.id !== 'not-affected') throw new Error(`A healthy server was judged ${last.verdict.id}.`);
      times.push(performance.now() - start);
    }
    report(`a verdict, ${bits} bits, on loopback`, median(times), 'ms', limit);
    if (last !== undefined) await next(port, last);
  } finally {
    await folder.end();
    folder.remove();
  }
}

export async function benchProbe(): Promise<void> {
  await measureSearch('modp14', 2048, 500);
  await measureSearch('modp16', 4096, 1_000);
  await measureSearch('modp18', 8192, 4_000);
  await measureVerdict(2048, 1_500, async (port, { cases }) => {
    report('  handshakes', cases.length, '', 7);
    const { dhe, ecdhe } = await measurePeer({ host: '127.0.0.1', port, count: 1_024, perSecond: 100_000 });
    const counted = dhe.handshakes + ecdhe.handshakes;
    report('  times as many handshakes by counting 2,048', counted / cases.length, '×');
    report('  handshakes, as a share of those of counting 2,048', cases.length / counted, '×', 0.01);
  });
  await measureVerdict(4096, 3_000);
  await measureVerdict(8192, 12_000);
}
