/** Probes of healthy and of faulty servers while every core is busy with something else. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { bitLength, type FfdheBits, ffdheGroup, type Group } from '../../lib/probe/finite-field';
import { inWindow } from '../../lib/probe/in-window';
import { type ProbeOptions, probePeer } from '../../lib/probe/probe-peer';
import type { Verdict } from '../../lib/probe/probe-report';
import { canRun, environment, type Group as NeedGroup } from '../../scripts/build/test/test-needs';
import { FaultyPeer, type PeerFaults } from './faulty-peer';
import { ownGroups } from './own-groups';
import { accepts, freePort, ServerFolder } from './server-process';

export type Tally = Record<Verdict['id'], number> & { readonly reasons: Map<string, number> };

export interface LoadResult {
  readonly healthy: Tally;
  readonly faulty: Tally;
}

const group1024 = ownGroups[0]?.[1] ?? ffdheGroup(2048);
/** Of a hundred probes; the large ones take their time. */
const shares: readonly (readonly [Group, number])[] = [
  [group1024, 20],
  [ffdheGroup(2048), 45],
  [ffdheGroup(3072), 17],
  [ffdheGroup(4096), 14],
  [ffdheGroup(8192), 4],
];

const faults: readonly PeerFaults[] = [
  { sharedSecret: 'keep' },
  { sharedSecret: 'garble' },
  { sharedSecret: 'keep-two' },
  { sharedSecret: 'keep', onlyWithoutExtendedMasterSecret: true },
  { refuses: 'short' },
  { refuses: 'padded' },
  { ownPublic: 'short', signs: 'other-form' },
];

/** As `probe --hosts` does with its defaults: eight at once, five seconds a handshake. */
export async function probeUnderLoad(
  healthyProbes: number,
  faultyProbes: number,
  onProgress: (done: number) => void = () => {},
  busyThreads = availableParallelism(),
): Promise<LoadResult> {
  const folder = new ServerFolder();
  const servers = await startHealthyServers(folder);
  const busy = Array.from({ length: busyThreads }, () => new Worker('for (;;);', { eval: true }));
  try {
    const results = { healthy: newTally(), faulty: newTally() };
    let done = 0;
    for await (const [kind, verdict] of inWindow(jobs(servers.ports, healthyProbes, faultyProbes), runJob, window)) {
      const tally = results[kind];
      tally[verdict.id] += 1;
      if (verdict.id === 'inconclusive')
        tally.reasons.set(verdict.reason, (tally.reasons.get(verdict.reason) ?? 0) + 1);
      done += 1;
      onProgress(done);
    }
    return results;
  } finally {
    await Promise.all(busy.map((worker) => worker.terminate()));
    for (const child of servers.children) child.kill('SIGKILL');
    folder.remove();
  }
}

const window = { atOnce: 8, ordered: false };

interface Job {
  readonly kind: 'healthy' | 'faulty';
  readonly options: ProbeOptions;
}

async function runJob({ kind, options }: Job): Promise<readonly [Job['kind'], Verdict]> {
  return [kind, (await probePeer(options)).verdict];
}

function newTally(): Tally {
  return { 'not-affected': 0, affected: 0, 'no-dhe-offered': 0, inconclusive: 0, reasons: new Map() };
}

/** Both kinds mixed, each group by its share. */
function* jobs(ports: ReadonlyMap<Group, readonly number[]>, healthy: number, faulty: number): Generator<Job> {
  const groups = shares.flatMap(([group, share]) => Array.from({ length: share }, () => group));
  for (let index = 0; index < Math.max(healthy, faulty); index += 1) {
    // 37 and 100 have no common divisor: every group comes in turn.
    const group = groups[(index * 37) % groups.length] as Group;
    const choice = ports.get(group) ?? [];
    const port = choice[index % choice.length];
    if (index < healthy && port !== undefined) yield { kind: 'healthy', options: { host: '127.0.0.1', port } };
    if (index >= faulty) continue;
    const peer = new FaultyPeer(bitLength(group.p) > 3072 ? ffdheGroup(2048) : group, faults[index % faults.length]);
    yield { kind: 'faulty', options: { host: 'faulty', port: 1, connect: peer.connect } };
  }
}

async function startHealthyServers(folder: ServerFolder) {
  const children: ChildProcess[] = [];
  const ports = new Map<Group, number[]>();
  const [key, certificate] = [folder.file('key.pem'), folder.file('cert.pem')];
  // HAProxy has no setting for it, and leaves DHE out where a group is too small.
  const withSmallGroups = folder.write(
    'openssl.cnf',
    'openssl_conf = all\n[all]\nssl_conf = ssl\n[ssl]\nsystem_default = default',
    '[default]\nCipherString = DEFAULT@SECLEVEL=0',
  );
  const start = async (
    needs: NeedGroup,
    group: Group,
    command: string,
    prepare: (port: number) => readonly string[],
  ) => {
    if (!canRun(needs)) return;
    const port = await freePort();
    const env = { ...environment(), OPENSSL_CONF: withSmallGroups };
    children.push(spawn(command, prepare(port), { stdio: 'ignore', cwd: folder.path, env }));
    ports.set(group, [...(ports.get(group) ?? []), port]);
    for (let attempt = 0; attempt < 600 && !(await accepts(port)); attempt += 1) {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  };
  const store = folder.file('store.p12');
  const words = ['pkcs12', '-export', '-passout', 'pass:secret', '-inkey', key, '-in', certificate, '-out', store];
  execFileSync('openssl', words);
  for (const [group] of shares) {
    const bits = bitLength(group.p) as FfdheBits | 1024;
    const parameters = folder.writeJoined(`dh-${bits}.pem`, folder.writeParameters(group));
    await start('OpenSSL', group, 'openssl', (port) => [
      ...['s_server', '-accept', `127.0.0.1:${port}`, '-tls1_2', '-quiet', '-cipher', 'DHE:@SECLEVEL=0'],
      ...['-key', key, '-cert', certificate, '-dhparam', parameters],
    ]);
    await start('GnuTLS', group, 'gnutls-serv', (port) => [
      ...['--port', String(port), '--http', '--disable-client-cert', '--quiet'],
      '--priority=NORMAL:-VERS-ALL:+VERS-TLS1.2:-KX-ALL:+DHE-RSA',
      ...[`--x509keyfile=${key}`, `--x509certfile=${certificate}`, `--dhparams=${parameters}`],
    ]);
    await start('HAProxy', group, 'haproxy', (port) => [
      ...['-db', '-q', '-f'],
      folder.write(
        `haproxy-${bits}.cfg`,
        'global\n ssl-default-bind-ciphers DHE:@SECLEVEL=0\n ssl-default-bind-options ssl-max-ver TLSv1.2',
        'defaults\n mode http\n timeout client 60s\n timeout server 60s\n timeout connect 60s',
        `frontend one\n bind 127.0.0.1:${port} ssl crt ${folder.writeJoined(`both-${bits}.pem`, key, certificate, parameters)}`,
        ' http-request return status 200',
      ),
    ]);
    await start('Java JSSE', group, 'java', (port) => [
      '-Xmx128m',
      ...[`-Dgroup={${group.p.toString(16)},${group.g.toString(16)}}`, `-Djdk.tls.ephemeralDHKeySize=${bits}`],
      ...[join(__dirname, 'JsseServer.java'), store, 'secret', 'TLS_DHE_RSA_WITH_AES_128_GCM_SHA256', String(port)],
    ]);
  }
  return { children, ports };
}
