/** What the refusal of a ClientHello means: another offer finds a server that takes it, or it takes none of them. */
import { randomInt } from 'node:crypto';
import { rareDheSuites, unspokenDheSuites } from '../cipher-suite/dhe-suites';
import { chanceThatAllFail } from '../statistics/fisher';
import type { VersionRange } from './client-hello';
import type { CaseResult } from './probe-report';
import { Doubt, type HelloOffer, mostChanceOfHarmless, type Trials } from './trials';
import { tls10, tls11 } from './wire';

const mostOrdinaryHellosForProof = 24;

const protocolVersion = '70';
const unrecognizedName = '112';

export function isRefusedHello({ result, stage }: CaseResult): boolean {
  return stage === 'hello' && (result === 'alert' || result === 'closed');
}

/** RFC 5246, 7.2.2: protocol_version. What it offers in another version was not tried. */
export function refusesVersion({ result, stage, detail }: CaseResult): boolean {
  return stage === 'hello' && result === 'alert' && detail === protocolVersion;
}

/** RFC 6066, 3: unrecognized_name. */
export function refusesName({ result, detail }: CaseResult): boolean {
  return result === 'alert' && detail === unrecognizedName;
}

type OfferId =
  | 'control'
  | 'control-with-named-groups'
  | 'control-with-rare-suites'
  | 'control-with-rare-suites-and-named-groups';

/** Each offer once, so that a server of one kind is found at once. The ordinary hello tells whether it answers anybody. */
const firstRound = [
  'control-with-named-groups',
  'control-with-rare-suites',
  'control-with-rare-suites-and-named-groups',
  'ordinary-hello',
] as const;

/**
 * Behind one address there may be several servers: with the first round and the hello before it the usual suites are refused
 * ten times, which a pool half of which takes them does in 1 of 1,024 times. In a random order, since such pools take turns.
 */
const laterRounds: readonly (OfferId | 'ordinary-hello')[] = [
  ...Array.from({ length: 4 }, () => ['control', 'control-with-named-groups'] as const).flat(),
  'control-with-rare-suites',
  'control-with-rare-suites-and-named-groups',
  ...Array.from({ length: 3 }, () => 'ordinary-hello' as const),
];

/**
 * Finds an offer that the server takes, and leaves it in `trials`; else how many were refused, where it yet answers ordinary
 * ClientHellos, in the version that was asked for too.
 *
 * @throws Doubt where that is not known
 */
export async function findOffer(
  trials: Trials,
  refused: CaseResult,
  mayTryOlder: boolean,
): Promise<'found' | { readonly refusals: number }> {
  if (refusesName(refused)) throw new Doubt('server-name-required');
  if (!mayTryOlder && refusesVersion(refused)) throw new Doubt('version-refused');
  const usual = trials.offer;
  let refusals = 1;
  const takes = async (id: OfferId | 'control-in-older-version', offer: HelloOffer): Promise<boolean> => {
    trials.offer = offer;
    const { result, stage, outcome } = await trials.once(id);
    if (result === 'suite-not-spoken') {
      // A server that goes by its own order may have one of the others too.
      if (offer.unspoken.size > 0 && (await takes(id, { ...offer, unspoken: usual.unspoken }))) return true;
      throw new Doubt(result);
    }
    // Whatever became of it: the server went on with one of the suites.
    if (outcome === 'passed' || stage !== 'hello') return true;
    trials.offer = usual;
    refusals += 1;
    return false;
  };
  if (refusesVersion(refused)) {
    for (const highest of [tls11, tls10]) {
      for (const namedGroups of [false, true]) {
        const offer = { ...usual, versions: { lowest: tls10, highest }, namedGroups };
        if (await takes('control-in-older-version', offer)) return 'found';
      }
    }
  }
  const rare = { ...usual, suites: rareDheSuites, unspoken: unspokenDheSuites };
  const offers: Readonly<Record<OfferId, HelloOffer>> = {
    control: usual,
    'control-with-named-groups': { ...usual, namedGroups: true },
    'control-with-rare-suites': rare,
    'control-with-rare-suites-and-named-groups': { ...rare, namedGroups: true },
  };
  for (const id of [...firstRound, ...shuffled(laterRounds)]) {
    if (id === 'ordinary-hello') {
      const ordinary = await trials.ordinaryHello();
      if (refusesName(ordinary)) throw new Doubt('server-name-required');
      if (ordinary.outcome !== 'passed') throw new Doubt('refuses-everybody');
      continue;
    }
    if (await takes(id, offers[id])) return 'found';
    const last = trials.results.at(-1);
    if (last === undefined || !isRefusedHello(last)) throw new Doubt('unstable');
  }
  await confirmRefusals(trials, refusals, mayTryOlder ? undefined : usual.versions);
  return { refusals };
}

/**
 * That so many refusals are no chance: 14 of them between four answers to ordinary hellos are one in 3,060 where the server
 * refuses no such hello. Where it refuses some of these too, more of them tell. And that it speaks the version at all.
 *
 * @throws Doubt where it is chance, or the server does not speak that version
 */
export async function confirmRefusals(
  trials: Trials,
  refusals: number,
  version: VersionRange | undefined,
): Promise<void> {
  for (let left = mostOrdinaryHellosForProof; ; left -= 1) {
    const ordinary = trials.results.filter(({ id }) => id === 'ordinary-hello');
    const refused = refusals + ordinary.filter(({ outcome }) => outcome !== 'passed').length;
    if (chanceThatAllFail(refusals, refused, refusals + ordinary.length) <= mostChanceOfHarmless) break;
    if (left === 0 || (await trials.ordinaryHello()).outcome !== 'passed') throw new Doubt('unstable');
  }
  if (version === undefined) return;
  if ((await trials.ordinaryHello(version)).outcome !== 'passed') throw new Doubt('version-refused');
}

export function shuffled<Item>(items: readonly Item[]): Item[] {
  const left = [...items];
  return items.flatMap(() => left.splice(randomInt(left.length), 1));
}
