/** A machine on which the search for two zeros takes its time, and a server that minds that time alone. */
import { setTimeout as wait } from 'node:timers/promises';
import { expect, it, vi } from 'vitest';
import { probePeer } from '../../lib/probe/probe-peer';
import { FaultyPeer, makeGroup, type PeerFaults } from './faulty-peer';

const searchMilliseconds = 600;

vi.mock('../../lib/probe/key-search', async (readOriginal) => {
  const original = await readOriginal<typeof import('../../lib/probe/key-search')>();
  const findKey: typeof original.findKey = async (group, serverPublic, wanted, limits) => {
    if (wanted.sharedSecret === 2) await wait(searchMilliseconds);
    return original.findKey(group, serverPublic, wanted, limits);
  };
  return { ...original, findKey };
});

const verdictOn = async (faults: PeerFaults) => {
  const { connect } = new FaultyPeer(makeGroup(512, 0xff), faults);
  return (await probePeer({ host: 'test', port: 1, connect, timeoutMilliseconds: 60_000 })).verdict;
};

it('accuses no server that turns down a key for the time that it took', { timeout: 120_000 }, async () => {
  const patienceMilliseconds = searchMilliseconds - 100;
  expect(await verdictOn({ patienceMilliseconds })).toEqual({ id: 'inconclusive', reason: 'unstable' });
});

it('still accuses a server that turns it down for its zeros', { timeout: 120_000 }, async () => {
  expect(await verdictOn({ sharedSecret: 'keep-two' })).toMatchObject({ id: 'affected', faults: ['keeps-two-zeros'] });
});
