import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { rareDheSuites, unspokenDheSuites } from '../../lib/cipher-suite/dhe-suites';
import { writeClientHello, writeOrdinaryHello } from '../../lib/probe/client-hello';
import { tls10, tls12, tls13 } from '../../lib/probe/wire';

// RFC 7685: some old load balancers never answer those.
it('no ClientHello has 256 to 511 bytes', () => {
  const ids = [...rareDheSuites.map(({ id }) => id), ...unspokenDheSuites.keys()];
  const lengths = Array.from({ length: 255 }, (_, index) => {
    const serverName = 'n'.repeat(index + 1);
    const offer = (count: number) =>
      writeClientHello({
        random: randomBytes(32),
        version: tls12,
        suiteIds: ids.slice(0, count),
        serverName,
        extensions: [],
      });
    const ordinary = [tls12, tls13].map((highest) => writeOrdinaryHello(serverName, { lowest: tls10, highest }));
    return [offer(1), offer(40), offer(ids.length), ...ordinary].map((hello) => hello.length);
  }).flat();
  expect(lengths.filter((length) => length > 255 && length < 512)).toEqual([]);
  expect(lengths.filter((length) => length < 256).length).toBeGreaterThan(100);
  expect(lengths).toContain(512);
});
