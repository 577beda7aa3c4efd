/**
 * `npx tsx scripts/build/show/probe-table.ts`: starts each server that this machine has, probes it, and writes peers, truth and verdict
 * into `lib/probe/README.md`; the row of one that this machine has not stays. Ends with 1 where a verdict is not the truth.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { probePeer } from '../../../lib/probe/probe-peer';
import type { ProbeReport } from '../../../lib/probe/probe-report';
import { freePort, ServerFolder } from '../../../test/probe/server-process';
import { type StartTlsServer, startTlsServers } from '../../../test/probe/starttls-servers';
import { type TlsServer, tlsServers } from '../../../test/probe/tls-servers';
import { canRun, describeMissing, type Group } from '../test/test-needs';

const readme = join(__dirname, '..', '..', '..', 'lib', 'probe', 'README.md');
const [begin, end] = ['<!-- peers: begin -->', '<!-- peers: end -->'];

interface Row {
  readonly name: string;
  readonly truth: string;
  /** Undefined where it was not run. */
  readonly report: ProbeReport | undefined;
}

async function probeAll(): Promise<readonly Row[]> {
  const rows: Row[] = [];
  const run = async (
    name: string,
    truth: string,
    group: Group,
    judge: (folder: ServerFolder, port: number) => Promise<ProbeReport>,
  ) => {
    if (!canRun(group)) {
      process.stdout.write(describeMissing(group));
      rows.push({ name, truth, report: undefined });
      return;
    }
    const folder = new ServerFolder();
    try {
      const report = await judge(folder, await freePort());
      rows.push({ name, truth, report });
      process.stdout.write(`${name}: ${report.verdict.id}, ${truth} expected\n`);
    } catch (error) {
      process.stdout.write(`NOT RUN: ${name}: ${(error as Error).message}\n`);
      rows.push({ name, truth, report: undefined });
    } finally {
      await folder.end();
      folder.remove();
    }
  };
  const patient = { host: '127.0.0.1', serverName: 'localhost', timeoutMilliseconds: 60_000 };
  const own = new ServerFolder();
  for (const [index, { group, name = group, truth }] of tlsServers(own).entries()) {
    await run(name, truth, group, async (folder, port) => {
      const { command, prepare } = tlsServers(folder)[index] as TlsServer;
      await folder.start(port, { command, args: prepare(port) });
      return probePeer({ ...patient, port });
    });
  }
  for (const [index, { group, protocols }] of startTlsServers(own).entries()) {
    for (const protocol of protocols) {
      await run(`${group}, --starttls ${protocol}`, 'not-affected', group, async (folder, port) => {
        const { prepare } = startTlsServers(folder)[index] as StartTlsServer;
        await folder.start(port, prepare(port, protocol));
        return probePeer({ ...patient, port, startTls: protocol });
      });
    }
  }
  own.remove();
  return rows;
}

function table(rows: readonly Row[], before: string): string {
  const earlier = before.split('\n');
  const lines = rows.flatMap(({ name, truth, report }) => {
    if (report === undefined) return earlier.filter((line) => line.startsWith(`| ${name} |`));
    const { verdict, server, cases } = report;
    const own = server?.ownPublicZeros ?? '';
    const extension = server === null ? '' : server.extendedMasterSecret ? 'yes' : 'no';
    const group = server === null ? '' : (server.group ?? `own, ${server.groupBits}`);
    return `| ${name} | ${truth} | ${verdict.id} | ${cases.length} | ${group} | ${extension} | ${own} |`;
  });
  const head =
    '| peer | truth | verdict | handshakes | group | extended master secret | own zero seen, sent |\n|---|---|---|---|---|---|---|';
  return `${head}\n${lines.join('\n')}`;
}

async function main(): Promise<void> {
  const rows = await probeAll();
  const text = readFileSync(readme, 'utf8');
  const [from, to] = [text.indexOf(begin) + begin.length, text.indexOf(end)];
  writeFileSync(readme, `${text.slice(0, from)}\n${table(rows, text.slice(from, to))}\n${text.slice(to)}`);
  if (rows.some(({ truth, report }) => report !== undefined && report.verdict.id !== truth)) process.exitCode = 1;
}

void main();
