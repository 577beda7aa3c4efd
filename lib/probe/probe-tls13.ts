/**
 * The probe in TLS 1.3, where the shared secret and the public values keep their leading zeros (RFC 8446, 4.2.8.1, 7.4.1). The
 * client's key goes first, so that no shared secret can be chosen: it is waited for, at one ServerHello a try.
 */

import { accuse } from './accusation';
import { describeServer } from './describe-server';
import { ffdheGroup, ffdheGroupIds, findExponents } from './finite-field';
import { confirmRefusals, isRefusedHello, refusesName, refusesVersion, shuffled } from './judge-refusal';
import { Interrupted, reasonOf } from './peer-connection';
import type { CaseResult, Fault, HuntReport, InconclusiveReason, ProbeReport, Verdict } from './probe-report';
import { anyVersion } from './server-flight';
import { type NamedGroup, shakeHandsTls13 } from './tls13-handshake';
import {
  beginsWithZero,
  Doubt,
  hasPassed,
  reasonNotTested,
  type Shake,
  type TrialOptions,
  Trials,
  usualOffer,
} from './trials';
import { tls13 } from './wire';

type Tls13Options = TrialOptions & { readonly hunt: number };

/** Another key for each connection: there are servers that have one for all of theirs. */
interface ChosenKeys {
  readonly group: NamedGroup;
  readonly plain: ReturnType<typeof findExponents>;
  readonly withZero: ReturnType<typeof findExponents>;
}

export async function probeTls13(options: Tls13Options): Promise<ProbeReport> {
  const { host, port, serverName, identity, signal } = options;
  let keys: ChosenKeys | undefined;
  let stripped = false;
  const shake: Shake = async (stream, id) => {
    if (keys === undefined) throw new TypeError('Expected a group before the first handshake.');
    const isPublicCase = id === 'client-public-zero-padded';
    const { exponent, publicValue: clientPublic } = (isPublicCase ? keys.withZero : keys.plain).next().value;
    const onlyWithZero = id === 'shared-secret-zero-kept';
    const request = { serverName, group: keys.group, exponent, clientPublic, onlyWithZero, identity };
    const result = await shakeHandsTls13(stream, request);
    stripped ||= result.stripped;
    // This key was in the ClientHello: whoever refuses that may have refused the key.
    return isPublicCase && result.kind !== 'no-such-key' ? { ...result, stage: 'key' } : result;
  };
  const trials = new Trials(options, { ...usualOffer, versions: anyVersion }, shake);
  const faults: Fault[] = [];
  let hunt: HuntReport | null = null;
  const judge = async (): Promise<Verdict> => {
    const offer = await findGroup(trials, (group) => {
      keys = { group, plain: findExponents(group, 0), withZero: findExponents(group, 1) };
    });
    if (offer !== 'found') return { id: 'no-dhe-offered', ...offer };
    if ((await trials.passes('client-public-zero-padded')) === 'failed') faults.push('refuses-padded-public');
    const outcome = await waitForZero(
      trials,
      options.hunt,
      () => stripped,
      (report) => {
        hunt = report;
      },
    );
    if (stripped) faults.push('strips-zeros');
    else if (outcome === 'failed') faults.push('fails-on-zeros');
    if (trials.seen.some(({ server }) => server !== undefined && server.serverPublicLength < server.group.length)) {
      faults.push('sends-short-public');
    }
    if (faults.length > 0) return accuse(trials, faults);
    return outcome === 'passed' ? { id: 'not-affected' } : { id: 'inconclusive', reason: 'shared-secret-not-seen' };
  };
  const conclude = (reason: InconclusiveReason): Verdict =>
    faults.length > 0 ? accuse(trials, faults) : { id: 'inconclusive', reason };
  let verdict: Verdict;
  try {
    verdict = await judge();
  } catch (error) {
    if (error instanceof Doubt) verdict = conclude(error.reason);
    else if (error instanceof Interrupted) verdict = conclude(reasonOf(signal));
    else throw error;
  }
  const server = await describeServer(trials, false);
  return { host, port, address: trials.address ?? null, verdict, server, cases: trials.results, hunt };
}

const groupBits = [2048, 3072, 4096, 6144, 8192] as const;

/** As `findOffer` does it: a server that takes the group that nearly all have hides in 1 of 1,024 pools of two. */
const laterRounds: readonly ((typeof groupBits)[number] | 'ordinary-hello')[] = [
  ...groupBits.flatMap((bits) => Array.from({ length: bits === 2048 ? 9 : 2 }, () => bits)),
  ...Array.from({ length: 3 }, () => 'ordinary-hello' as const),
];

const mostControls = 3;

/**
 * Offers one group after another, the smallest first, and all of them again in a random order; else how many were refused.
 *
 * @throws Doubt where the server answers nobody
 */
async function findGroup(
  trials: Trials,
  choose: (group: NamedGroup) => void,
): Promise<'found' | { readonly refusals: number }> {
  let refusals = 0;
  for (const offer of [...groupBits, 'ordinary-hello' as const, ...shuffled(laterRounds)]) {
    if (offer === 'ordinary-hello') {
      if ((await trials.ordinaryHello()).outcome !== 'passed') throw new Doubt('refuses-everybody');
      continue;
    }
    choose({ ...ffdheGroup(offer), id: ffdheGroupIds[offer] });
    const control = await tryGroup(trials);
    if (control.outcome === 'passed') return 'found';
    refusals += 1;
  }
  await confirmRefusals(trials, refusals, { lowest: tls13, highest: tls13 });
  return { refusals };
}

/** Passed or refused. @throws Doubt for any other end */
async function tryGroup(trials: Trials): Promise<CaseResult> {
  for (let attempt = 1; ; attempt += 1) {
    let control = await trials.once('control');
    if (control.outcome === 'not-tested' && !isRefusedHello(control)) control = await trials.attempt('control');
    if (control.outcome === 'passed') trials.count(1, 0);
    if (refusesVersion(control)) throw new Doubt('version-refused');
    if (refusesName(control)) throw new Doubt('server-name-required');
    if (control.outcome === 'passed' || isRefusedHello(control)) return control;
    if (control.outcome === 'not-tested') {
      throw new Doubt(control.result === 'unreachable' ? control.result : reasonNotTested(control.result));
    }
    trials.count(0, 1);
    if (attempt === mostControls) {
      throw new Doubt(control.result === 'bad-signature' ? 'signature-invalid' : 'control-failed');
    }
  }
}

/** Until a shared secret with a zero passes, or enough of them fail. @throws Doubt where some do this and some do that */
async function waitForZero(
  trials: Trials,
  most: number,
  isStripped: () => boolean,
  tell: (hunt: HuntReport) => void,
): Promise<'passed' | 'failed' | 'not-seen'> {
  let [connections, failures, passed, failed] = [0, 0, 0, 0];
  let zeros = trials.seen.filter(({ server }) => server !== undefined && beginsWithZero(server)).length;
  while (connections < most) {
    const { result, outcome, stage } = await trials.hunt('shared-secret-zero-kept');
    connections += 1;
    const { server, result: last } = trials.seen.at(-1) ?? {};
    if (server !== undefined && beginsWithZero(server)) zeros += 1;
    const isZero = result !== 'no-such-key' && stage === 'key';
    if (!isZero && result !== 'no-such-key') failures += 1;
    tell({ connections, zeros, failures });
    if (isZero && last !== undefined) trials.results.push(last);
    if (outcome === 'passed') passed += 1;
    if (outcome === 'failed') failed += 1;
    if (hasPassed(passed, failed)) return 'passed';
    // Keys made from the stripped secret prove themselves.
    if (isStripped()) return 'failed';
    if (outcome !== 'failed' || passed > 0) continue;
    await trials.controls('control-again');
    if (await trials.areProof(failed)) return 'failed';
  }
  if (passed + failed > 0) throw new Doubt(passed > 0 ? 'unstable' : 'shared-secret-zero-unconfirmed');
  return 'not-seen';
}
