/** Real servers that begin without TLS, each with DHE alone. */
import { expect, it } from 'vitest';
import { probePeer } from '../../lib/probe/probe-peer';
import { canRun, groups } from '../../scripts/build/test/test-needs';
import { freePort } from './server-process';
import { startTlsServers } from './starttls-servers';
import { useServerFolder } from './use-server-folder';

const folder = useServerFolder();

for (const { group, protocols, prepare } of startTlsServers(folder)) {
  if (!(group in groups)) continue;
  it.runIf(canRun(group)).each(protocols)(`${group}, %s`, async (protocol) => {
    const port = await freePort();
    await folder.start(port, prepare(port, protocol));
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
