/** From cases to the verdict on a server. */
import type { LookupFunction } from 'node:net';
import type { Duplex } from 'node:stream';
import { accuse } from './accusation';
import type { ClientIdentity } from './client-identity';
import { describeServer } from './describe-server';
import { findControl } from './find-control';
import { isRefusedHello } from './judge-refusal';
import { huntOwnPublicValue } from './own-public-value';
import { Interrupted, reasonOf } from './peer-connection';
import type { CaseResult, Fault, HuntReport, InconclusiveReason, ProbeReport, Verdict } from './probe-report';
import { requireRange } from './require-range';
import { anyVersion } from './server-flight';
import type { StartTls } from './starttls';
import { Doubt, type HandshakeCaseId, reasonNotTested, Trials, usualOffer } from './trials';
import { tls10, tls11, tls12 } from './wire';

/** What the probe speaks. */
export type TlsVersion = '1.0' | '1.1' | '1.2' | '1.3';

/** Whom to probe, and how patiently. */
export interface ProbeOptions {
  readonly host: string;
  /** 1 to 65,535. */
  readonly port: number;
  /** What the server is asked for by name; the host where left out. */
  readonly serverName?: string;
  /** For each handshake, 100 to 600,000 milliseconds that the peer is waited for; 5,000 where left out. */
  readonly timeoutMilliseconds?: number;
  /** Between two connections, 0 to 600,000 milliseconds; 0 where left out. A server that refuses one gets longer ones by itself. */
  readonly pauseMilliseconds?: number;
  /** Ends the probe at once, `AbortSignal.timeout` after a total time; what is known by then is the report. */
  readonly signal?: AbortSignal;
  /** What to say before TLS begins; TLS at once where left out. */
  readonly startTls?: StartTls;
  /** This version and no other; 1.2, or a lower one that the server insists on, where left out. */
  readonly tls?: TlsVersion;
  /** Shown to a server that asks for a certificate. */
  readonly identity?: ClientIdentity;
  /**
   * Up to so many more connections, 0 to 100,000, until the server's own public value begins with a zero byte. In TLS 1.3, where
   * the client's key comes first, up to so many until the shared secret does: 1,500 where left out.
   */
  readonly hunt?: number;
  /** Leads from the host's name to addresses; the system does where left out. */
  readonly lookup?: LookupFunction;
  /** Makes a connection; TCP to host and port where left out. */
  readonly connect?: () => Promise<Duplex>;
}

const versions = {
  '1.0': { lowest: tls10, highest: tls10 },
  '1.1': { lowest: tls11, highest: tls11 },
  '1.2': { lowest: tls12, highest: tls12 },
} as const;

/**
 * Decides whether a server has the leading-zero fault: seven handshakes where it has none. Sends nothing but handshakes, and
 * trusts no certificate. Never throws for what the peer does.
 *
 * @throws InvalidArgumentError for a port or a time outside of its range
 */
export async function probePeer(options: ProbeOptions): Promise<ProbeReport> {
  const { host, port, timeoutMilliseconds = 5_000, pauseMilliseconds = 0, hunt, tls, signal } = options;
  requireRange(port, 1, 65_535, 'a port');
  requireRange(hunt ?? 0, 0, 100_000, 'a number of connections');
  requireRange(timeoutMilliseconds, 100, 600_000, 'milliseconds');
  requireRange(pauseMilliseconds, 0, 600_000, 'milliseconds');
  const settings = { ...options, timeoutMilliseconds, pauseMilliseconds, serverName: options.serverName ?? host };
  if (tls === '1.3') return (await import('./probe-tls13.js')).probeTls13({ ...settings, hunt: hunt ?? 1_500 });
  const trials = new Trials(settings, { ...usualOffer, versions: tls === undefined ? anyVersion : versions[tls] });
  const found: Findings = { faults: [], requiresExtendedMasterSecret: false, hunt: null };
  const verdict = await decide(trials, { hunt: hunt ?? 0, mayTryOlder: tls === undefined }, found, signal);
  const server = await describeServer(trials, found.requiresExtendedMasterSecret);
  return { host, port, address: trials.address ?? null, verdict, server, cases: trials.results, hunt: found.hunt };
}

interface Findings {
  readonly faults: Fault[];
  requiresExtendedMasterSecret: boolean;
  hunt: HuntReport | null;
}

async function decide(
  trials: Trials,
  { hunt, mayTryOlder }: { readonly hunt: number; readonly mayTryOlder: boolean },
  found: Findings,
  signal: AbortSignal | undefined,
): Promise<Verdict> {
  const conclude = (doubt: InconclusiveReason): Verdict =>
    found.faults.length > 0 ? accuse(trials, found.faults) : { id: 'inconclusive', reason: doubt };
  try {
    const control = await findControl(trials, mayTryOlder);
    if (control !== 'found') return { id: 'no-dhe-offered', ...control };
    void trials.weakness();
    const untested = await runCases(trials, found);
    const own = await huntOwnPublicValue(trials, hunt, (report) => {
      found.hunt = report;
    });
    if (own.fault !== undefined) {
      trials.chance = Math.max(trials.chance, own.chance);
      found.faults.push(own.fault);
    }
    if (found.faults.length > 0) return accuse(trials, found.faults);
    const doubt = untested ?? (trials.areOfSeveralServers ? 'several-servers' : own.doubt);
    return doubt === undefined ? { id: 'not-affected' } : { id: 'inconclusive', reason: doubt };
  } catch (error) {
    // What is proved by then stays proved.
    if (error instanceof Doubt) return conclude(error.reason);
    if (error instanceof Interrupted) return conclude(reasonOf(signal));
    throw error;
  }
}

/** Undefined where every case was tested, and else why one was not. */
async function runCases(trials: Trials, found: Findings): Promise<InconclusiveReason | undefined> {
  let untested: InconclusiveReason | undefined;
  const fails = async (id: Parameters<Trials['passes']>[0]): Promise<boolean> => {
    const outcome = await trials.passes(id);
    const result = trials.results.at(-1)?.result ?? 'timeout';
    if (outcome === 'not-tested') untested ??= reasonNotTested(result);
    return outcome === 'failed';
  };
  const name = async (kept: HandshakeCaseId, names: Readonly<Record<CaseResult['outcome'], Fault>>) => {
    // Proved already, whatever becomes of the next connections.
    found.faults.push(names['not-tested']);
    found.faults.splice(-1, 1, names[await trials.passesOnce(kept)]);
  };
  const { extendedMasterSecret = false } = trials.seen.findLast(({ server }) => server !== undefined)?.server ?? {};
  if (extendedMasterSecret) found.requiresExtendedMasterSecret = await requiresExtendedMasterSecret(trials);
  if (await fails('client-public-zero-short')) found.faults.push('refuses-short-public');
  if (await fails('client-public-zero-padded')) found.faults.push('refuses-padded-public');
  const secretFaults = found.faults.length;
  if (await fails('shared-secret-zero')) await name(...faultNames.zeros);
  const plain = 'shared-secret-zero-without-extended-master-secret';
  if (found.requiresExtendedMasterSecret) trials.leaveOut(plain);
  // Where the server does not know the extension, the case before was without it already.
  else if (extendedMasterSecret && found.faults.length === secretFaults && (await fails(plain))) {
    await name(...faultNames.zerosWithoutExtendedMasterSecret);
  }
  if (found.faults.length === secretFaults && (await fails('shared-secret-two-zeros'))) {
    await name(...faultNames.twoZeros);
  }
  return untested;
}

/** The case that tells one fault from another, and the fault for each outcome of it. */
const faultNames = {
  zeros: [
    'shared-secret-zero-kept',
    { passed: 'keeps-zeros', failed: 'fails-on-zeros', 'not-tested': 'refuses-stripped-zeros' },
  ],
  zerosWithoutExtendedMasterSecret: [
    'shared-secret-zero-kept-without-extended-master-secret',
    {
      passed: 'keeps-zeros-without-extended-master-secret',
      failed: 'fails-on-zeros-without-extended-master-secret',
      'not-tested': 'refuses-stripped-zeros-without-extended-master-secret',
    },
  ],
  twoZeros: [
    'shared-secret-two-zeros-kept',
    { passed: 'keeps-two-zeros', failed: 'fails-on-two-zeros', 'not-tested': 'refuses-stripped-two-zeros' },
  ],
} as const;

/** Refusals that prove the rule, between handshakes with the extension that pass: alerts, and mere ends of a connection. */
const refusalsThatProve = { alert: 3, closed: 6 } as const;
const mostFailures = 3;

/** Refused at the hello, that is (RFC 7627, 5.3). @throws Doubt where it neither refuses nor completes such a handshake */
async function requiresExtendedMasterSecret(trials: Trials): Promise<boolean> {
  for (let [refusals, failures] = [0, 0]; ; ) {
    const control = await trials.once('control-without-extended-master-secret');
    if (control.outcome === 'passed') {
      trials.count(1, 0);
      return false;
    }
    if (isRefusedHello(control)) {
      refusals += 1;
      await trials.controls('control-again');
      if (refusals >= refusalsThatProve[control.result === 'alert' ? 'alert' : 'closed']) return true;
      continue;
    }
    failures += 1;
    trials.count(0, control.outcome === 'failed' ? 1 : 0);
    if (failures === mostFailures) {
      throw new Doubt(control.outcome === 'failed' ? 'control-failed' : reasonNotTested(control.result));
    }
    if (control.outcome === 'not-tested') await trials.restAfter(failures);
  }
}
