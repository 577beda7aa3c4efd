/** What it means that a server refuses a ClientHello with DHE suites. */

import { rareDheSuites, unspokenDheSuites } from '../cipher-suite/dhe-suites';
import { chanceThatAllFail } from '../statistics/fisher';
import type { CaseResult } from './probe-report';
import { Doubt, type Trials } from './trials';
import { tls10, tls11 } from './wire';

const protocolVersion = '70';
const unrecognizedName = '112';

/** Alerts by which a server says that it shares nothing of what was offered: handshake_failure, protocol_version, insufficient_security. */
const plainRefusals = ['40', protocolVersion, '71'];

/** Where none says so, no offer is no more than a guess that each closed connection supports. */
const mostChance = 1 / 1_000;
const mostRounds = 12;

export function isRefusedHello({ result, stage }: CaseResult): boolean {
  return stage === 'hello' && (result === 'alert' || result === 'closed');
}

/** RFC 5246, 7.2.2: protocol_version. What it offers in another version was not tried. */
export function refusesVersion({ result, stage, detail }: CaseResult): boolean {
  return stage === 'hello' && result === 'alert' && detail === protocolVersion;
}

/**
 * Finds an offer that the server takes, and leaves it in `trials`. `no-dhe-offered` where it takes none of the suites and yet
 * answers an ordinary ClientHello.
 *
 * @throws Doubt where that is not known
 */
export async function findOffer(
  trials: Trials,
  refused: CaseResult,
  mayTryOlder: boolean,
): Promise<'found' | 'no-dhe-offered'> {
  const isNameMissing = ({ detail }: CaseResult) => detail === unrecognizedName;
  if (isNameMissing(refused)) throw new Doubt('server-name-required');
  if (!mayTryOlder && refusesVersion(refused)) throw new Doubt('version-refused');
  const usual = trials.offer;
  const takes = async (id: 'control-in-older-version' | 'control-with-rare-suites', offer: typeof usual) => {
    trials.offer = offer;
    const { result, stage, outcome } = await trials.once(id);
    if (result === 'suite-not-spoken') throw new Doubt(result);
    if (outcome === 'passed' || stage === 'key') return true;
    trials.offer = usual;
    return false;
  };
  if (refusesVersion(refused)) {
    for (const highest of [tls11, tls10]) {
      if (await takes('control-in-older-version', { ...usual, versions: { lowest: tls10, highest } })) return 'found';
    }
  }
  const rare = { ...usual, suites: rareDheSuites, unspoken: unspokenDheSuites };
  let refusals = 1;
  for (let round = 0; round < mostRounds; round += 1) {
    if (round % 2 === 0 && (await takes('control-with-rare-suites', rare))) return 'found';
    if (round % 2 === 1) {
      const again = await trials.once('control');
      if (again.outcome === 'passed' || again.stage === 'key') return 'found';
    }
    const last = trials.results.at(-1);
    const ordinary = await trials.ordinaryHello();
    if (isNameMissing(ordinary)) throw new Doubt('server-name-required');
    if (ordinary.outcome !== 'passed') throw new Doubt('refuses-everybody');
    if (last === undefined || !isRefusedHello(last)) throw new Doubt('unstable');
    refusals += 1;
    const isPlain = [refused, last].every(
      ({ result, detail }) => result === 'alert' && plainRefusals.includes(detail ?? ''),
    );
    if (isPlain || chanceThatAllFail(refusals, refusals, refusals + round + 1) <= mostChance) return 'no-dhe-offered';
  }
  throw new Doubt('unstable');
}
