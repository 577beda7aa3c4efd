/** Real servers that begin without TLS, each with DHE alone. */
import { expect, it } from 'vitest';
import { probePeer } from '../../lib/probe/probe-peer';
import { freePort, has } from './server-process';
import { startTlsServers } from './starttls-servers';
import { useServerFolder } from './use-server-folder';

const folder = useServerFolder();
const isRoot = process.getuid?.() === 0;

for (const { command, packages, installed = command, asRoot, protocols, prepare, environment } of startTlsServers(
  folder,
)) {
  const needs = `${asRoot === true ? 'as root, ' : ''}apt-get install ${packages}`;
  const canRun = has(installed) && (isRoot || asRoot !== true);
  it.skipIf(!canRun).each(protocols)(`${command} (${needs}), %s`, async (protocol) => {
    const port = await freePort();
    await folder.start(port, command, prepare(port, protocol), environment?.());
    const { verdict, server } = await probePeer({
      host: '127.0.0.1',
      port,
      startTls: protocol,
      serverName: 'localhost',
      timeoutMilliseconds: 60_000,
    });
    expect(verdict).toEqual({ id: 'not-affected' });
    expect(server?.suite).toBe('TLS_DHE_RSA_WITH_AES_128_GCM_SHA256');
  });
}
