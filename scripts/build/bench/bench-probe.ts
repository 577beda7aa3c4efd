/** The probe's part of `npm run bench`: the search for a key, and a verdict against counting ordinary handshakes. */
import { execFileSync, spawn } from 'node:child_process';
import { createDiffieHellmanGroup } from 'node:crypto';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { power, toBigInt } from '../../../lib/probe/finite-field';
import { findKey } from '../../../lib/probe/key-search';
import { measurePeer } from '../../../lib/probe/measure-peer';
import { probePeer } from '../../../lib/probe/probe-peer';
import { median, report } from './bench-report';

const port = 44_330;

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

/** Against OpenSSL's server on loopback, with a 2,048-bit group. `folder` takes its certificate. */
export async function benchProbe(folder: string): Promise<void> {
  await measureSearch('modp14', 2048, 500);
  await measureSearch('modp16', 4096, 1_000);
  await measureSearch('modp18', 8192, 4_000);
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const request = 'req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost'.split(' ');
  execFileSync('openssl', [...request, '-keyout', key, '-out', certificate], { stdio: 'ignore' });
  const serve = `s_server -accept 127.0.0.1:${port} -tls1_2 -quiet -cipher DHE:ECDHE`.split(' ');
  const server = spawn('openssl', [...serve, '-key', key, '-cert', certificate], { stdio: 'ignore' });
  try {
    await untilOpen();
    const start = performance.now();
    const { cases } = await probePeer({ host: '127.0.0.1', port });
    report('a verdict, 2048 bits, on loopback', performance.now() - start, 'ms', 1_500);
    report('  handshakes', cases.length, '', 12);
    const { dhe, ecdhe } = await measurePeer({ host: '127.0.0.1', port, count: 1_024, perSecond: 100_000 });
    const counted = dhe.handshakes + ecdhe.handshakes;
    report('  times as many handshakes by counting 2,048', counted / cases.length, '×');
    report('  handshakes, as a share of those of counting 2,048', cases.length / counted, '×', 0.01);
  } finally {
    server.kill();
  }
}

async function untilOpen(): Promise<void> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const isOpen = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1');
      socket
        .once('error', () => resolve(false))
        .once('connect', () => {
          socket.destroy();
          resolve(true);
        });
    });
    if (isOpen) return;
    await wait(100);
  }
  throw new Error('openssl s_server did not start');
}
