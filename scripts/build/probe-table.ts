/**
 * `npx tsx scripts/build/probe-table.ts`: starts each server that this machine has, probes it, and writes peers, truth and verdict
 * into `lib/probe/README.md`. Ends with 1 where a verdict is not the truth.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { probePeer } from '../../lib/probe/probe-peer';
import type { ProbeReport } from '../../lib/probe/probe-report';
import { freePort, has, ServerFolder } from '../../test/probe/server-process';
import { startTlsServers } from '../../test/probe/starttls-servers';
import { commandLine, isInstalled, tlsServers } from '../../test/probe/tls-servers';

const readme = join(__dirname, '..', '..', 'lib', 'probe', 'README.md');
const [begin, end] = ['<!-- peers: begin -->', '<!-- peers: end -->'];

interface Row {
  readonly name: string;
  readonly truth: string;
  readonly report: ProbeReport;
}

async function probeAll(): Promise<readonly Row[]> {
  const rows: Row[] = [];
  const run = async (
    name: string,
    truth: string,
    judge: (folder: ServerFolder, port: number) => Promise<ProbeReport>,
  ) => {
    const folder = new ServerFolder();
    try {
      const report = await judge(folder, await freePort());
      rows.push({ name, truth, report });
      process.stdout.write(`${name}: ${report.verdict.id}, ${truth} expected\n`);
    } catch (error) {
      process.stdout.write(`NOT RUN: ${name}: ${(error as Error).message}\n`);
    } finally {
      await folder.end();
      folder.remove();
    }
  };
  const patient = { host: '127.0.0.1', serverName: 'localhost', timeoutMilliseconds: 60_000 };
  for (const { name } of tlsServers(new ServerFolder())) {
    await run(name, truthOf(name), async (folder, port) => {
      const server = tlsServers(folder).find((one) => one.name === name);
      if (server === undefined || !isInstalled(server)) throw new Error(`apt-get install ${server?.packages}`);
      const { command, args } = commandLine(server, port, folder);
      await folder.start(port, command, args);
      return probePeer({ ...patient, port });
    });
  }
  for (const { command, protocols } of startTlsServers(new ServerFolder())) {
    for (const protocol of protocols) {
      const name = `${command.split('/').at(-1)}, --starttls ${protocol}`;
      await run(name, 'not-affected', async (folder, port) => {
        const server = startTlsServers(folder).find((one) => one.command === command);
        if (server === undefined || !has(server.installed ?? command))
          throw new Error(`apt-get install ${server?.packages}`);
        await folder.start(port, command, server.prepare(port, protocol), server.environment?.());
        return probePeer({ ...patient, port, startTls: protocol });
      });
    }
  }
  return rows;
}

function truthOf(name: string): string {
  return tlsServers(new ServerFolder()).find((one) => one.name === name)?.truth ?? '';
}

function table(rows: readonly Row[]): string {
  const lines = rows.map(({ name, truth, report: { verdict, server, cases } }) => {
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
  const [before, after] = [text.slice(0, text.indexOf(begin) + begin.length), text.slice(text.indexOf(end))];
  writeFileSync(readme, `${before}\n${table(rows)}\n${after}`);
  if (rows.some(({ truth, report }) => report.verdict.id !== truth)) process.exitCode = 1;
}

void main();
