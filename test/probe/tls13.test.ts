/** The probe in TLS 1.3, against a server that is faulty in each way. OpenSSL is in `real-servers`. */
import { describe, expect, it } from 'vitest';
import { probePeer } from '../../lib/probe/probe-peer';
import { FaultyTls13Peer, type Tls13Faults } from './faulty-tls13-peer';

/** So many that luck is no question. */
const probe = ({ connect }: FaultyTls13Peer, hunt = 5_000) =>
  probePeer({ host: 'test', port: 1, tls: '1.3', connect, hunt, timeoutMilliseconds: 60_000 });

const affected = (fault: string) => ({ id: 'affected', faults: [fault] });
const inconclusive = (reason: string) => ({ id: 'inconclusive', reason });

describe('the probe in TLS 1.3', () => {
  it.each<[string, Tls13Faults, object]>([
    ['stripping zeros', { sharedSecret: 'strip' }, { ...affected('strips-zeros'), chance: 0 }],
    ['signing nonsense', { signsNonsense: true }, inconclusive('signature-invalid')],
    ['refusing finite fields', { alert: 40 }, { id: 'no-dhe-offered', refusals: 22 }],
    [
      'closing in its flight, where it has chosen such a group',
      { cutsFlight: true },
      inconclusive('connections-refused'),
    ],
    ['refusing the version', { alert: 70 }, inconclusive('version-refused')],
    ['refusing the name', { alert: 112 }, inconclusive('server-name-required')],
  ])('%s has its verdict', async (_, faults, expected) => {
    expect((await probe(new FaultyTls13Peer(faults))).verdict).toMatchObject(expected);
  });

  it.each<[string, Tls13Faults, object]>([
    ['sending its own value short', { ownPublic: 'short' }, affected('sends-short-public')],
    ['sending its own value padded', { ownPublic: 'padded' }, inconclusive('shared-secret-not-seen')],
    ['refusing padded public values', { refusesPaddedPublic: true }, affected('refuses-padded-public')],
  ])('%s has its verdict without a hunt', async (_, faults, expected) => {
    expect((await probe(new FaultyTls13Peer(faults), 0)).verdict).toMatchObject(expected);
  });

  it('says how likely chance alone is what it accuses a server of', async () => {
    const { verdict } = await probe(new FaultyTls13Peer({ sharedSecret: 'garble' }));
    expect(verdict).toMatchObject({ ...affected('fails-on-zeros'), chance: expect.any(Number) });
    expect((verdict as { chance: number }).chance).toBeGreaterThan(0);
    expect((verdict as { chance: number }).chance).toBeLessThanOrEqual(1 / 100_000);
  });

  it('says so where too few handshakes failed for proof', async () => {
    let verdict: unknown;
    // As many connections as show one zero or two, more often than not.
    for (let tries = 0; tries < 20 && verdict === undefined; tries += 1) {
      const report = await probe(new FaultyTls13Peer({ sharedSecret: 'garble' }), 300);
      if (report.cases.some(({ id }) => id === 'shared-secret-zero-kept')) verdict = report.verdict;
      if ((verdict as { id?: string })?.id === 'affected') verdict = undefined;
    }
    expect(verdict).toEqual(inconclusive('shared-secret-zero-unconfirmed'));
  });

  it('sees a zero also where the server has one key for all connections, and says that it has', async () => {
    const { verdict, server } = await probe(new FaultyTls13Peer({ reusesKey: true }));
    expect([verdict, server?.reusesKey]).toEqual([{ id: 'not-affected' }, true]);
  });
});
