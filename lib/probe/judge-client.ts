/** From what a client did with each public value of ours to a verdict on that client. */

import { chanceThatAllFail } from '../statistics/fisher';
import { zeroByteRate } from '../statistics/zero-byte-rate';
import type { Group } from './finite-field';
import type { VerdictOn } from './probe-report';

/**
 * What the client was served with: a group in which nearly each shared secret begins with one zero byte or more, one in which
 * each begins with one, and in the group of a standard a public value of the server with or without a zero byte at its front.
 */
export type ServedCase =
  | 'shared-secret-zeros'
  | 'shared-secret-one-zero'
  | 'control'
  | 'server-public-zero-short'
  | 'server-public-zero-padded';

const weakCases = ['shared-secret-zeros', 'shared-secret-one-zero'] as const;
const publicCases = ['server-public-zero-short', 'server-public-zero-padded'] as const;
export const servedCases: readonly ServedCase[] = [...weakCases, 'control', ...publicCases];

/** How one connection of a client ended. */
export interface ServedConnection {
  /** The client's address. */
  readonly client: string;
  /** Null where the client came to no offer of a DHE suite. */
  readonly case: ServedCase | null;
  /**
   * `completed`: its Finished was right. `kept-zeros`: that was made from a shared secret with its leading zeros. `wrong-keys`:
   * it was made from something else still. `unlucky-key`: its key led to 1, which says nothing.
   */
  readonly result:
    | 'completed'
    | 'alert'
    | 'closed'
    | 'timeout'
    | 'malformed'
    | 'no-dhe-offered'
    | 'no-tls-1.2'
    | 'wrong-keys'
    | 'kept-zeros'
    | 'unlucky-key';
  /** The alert's number (RFC 5246, 7.2), the system's error code, or what is wrong with which message. */
  readonly detail: string | null;
  /** `connected` before a ClientHello was read, `hello` until the client's key was, `key` after. */
  readonly stage: 'connected' | 'hello' | 'key';
  readonly suite: string | null;
  /** Whether the shared secret begins with a zero byte; null where no key came. */
  readonly sharedSecretZero: boolean | null;
  readonly milliseconds: number;
}

/** As with a server, and for the server's public value: which form of one with a leading zero the client refuses. */
export type ClientFault =
  | 'keeps-zeros'
  | 'fails-on-zeros'
  | 'refuses-short-server-public'
  | 'refuses-padded-server-public';

/** Why nothing is said about a client. */
export type ClientDoubt =
  | 'no-handshake'
  | 'no-tls-1.2'
  | 'certificate-refused'
  | 'control-failed'
  | 'unstable'
  | 'too-few-connections'
  | 'shared-secret-not-seen';

/** About one client. */
export type ClientVerdict = VerdictOn<ClientFault, ClientDoubt>;

/** How often a case was served, and how often the handshake was completed. */
export interface Tally {
  readonly completed: number;
  readonly failed: number;
}

/** All that was seen of one client. */
export interface ClientReport {
  readonly client: string;
  readonly verdict: ClientVerdict;
  readonly connections: number;
  /** Of the last three, handshakes whose shared secret did not begin with a zero byte. */
  readonly cases: Readonly<Record<ServedCase, Tally>>;
  readonly sharedSecret: SharedSecretReport;
}

/** Whether shared secrets with a zero in front told a fault. */
export interface SharedSecretReport {
  /** Handshakes whose shared secret began with a zero byte. */
  readonly zeros: Tally;
  /** Handshakes in the group of a standard that came as far as a shared secret. */
  readonly handshakes: number;
  /** The chance that so many show at least one zero, 0 to 1. */
  readonly chance: number;
  /** After so many handshakes it passes 99 %. */
  readonly handshakesFor99: number;
}

/** bad_certificate to certificate_unknown, and unknown_ca (RFC 5246, 7.2.2). */
const certificateAlerts = ['42', '43', '44', '45', '46', '48'];

/** A client that refuses a weak group once may have had a key that led to 1. */
const fewestRefusals = 2;
/** An accusation takes failures that chance brings about less often than this, between handshakes that have no cause to fail. */
const mostChance = 1 / 1_000;
const fewestFailures = 4;
const controlsForFailure = 3;

/** Counts what one client did, and chooses what it is served with next; its size does not depend on how much that is. */
export class ClientTally {
  #connections = 0;
  #handshakes = 0;
  #keptZeros = 0;
  #withoutDhe = 0;
  #withoutTls12 = 0;
  #refusedCertificates = 0;
  /** Handshakes that ended before the client's key: some clients give up where that would be 1. */
  readonly #refusals = { 'shared-secret-zeros': 0, 'shared-secret-one-zero': 0 };
  readonly #cases: Record<ServedCase, { completed: number; failed: number }> = {
    'shared-secret-zeros': { completed: 0, failed: 0 },
    'shared-secret-one-zero': { completed: 0, failed: 0 },
    control: { completed: 0, failed: 0 },
    'server-public-zero-short': { completed: 0, failed: 0 },
    'server-public-zero-padded': { completed: 0, failed: 0 },
  };
  readonly #zeros = { completed: 0, failed: 0 };

  /** What tells most, after what is known. */
  next(): ServedCase {
    const { control } = this.#cases;
    const weak = this.#isSecretKnown() ? [] : weakCases.filter((id) => this.#refusals[id] < fewestRefusals);
    const tallies = [...publicCases.map((id) => this.#cases[id]), this.#zeros];
    const failures = tallies.map(({ completed, failed }) => (completed > 0 ? 0 : Math.min(failed, fewestFailures)));
    // Keys made from the zeros prove themselves.
    const controls = this.#keptZeros > 0 ? 1 : controlsForFailure * Math.max(...failures);
    if (control.completed + control.failed < controls) return 'control';
    const [first] = weak;
    if (first !== undefined) return weak.find((id) => this.#cases[id].failed === 0) ?? first;
    const unknown = publicCases.find((id) => {
      const { completed, failed } = this.#cases[id];
      return completed === 0 && failed < fewestFailures;
    });
    if (unknown !== undefined) return unknown;
    // Whatever else there is to see, luck has to show it.
    const inTurn = ['control', ...publicCases] as const;
    return inTurn[this.#connections % inTurn.length] ?? 'control';
  }

  add({ case: id, result, detail, stage, sharedSecretZero }: ServedConnection): void {
    this.#connections += 1;
    if (result === 'no-dhe-offered') this.#withoutDhe += 1;
    if (result === 'no-tls-1.2') this.#withoutTls12 += 1;
    if (id === null || result === 'unlucky-key' || result === 'timeout') return;
    const isWeak = id === 'shared-secret-zeros' || id === 'shared-secret-one-zero';
    if (sharedSecretZero !== null && !isWeak) this.#handshakes += 1;
    if (result === 'alert' && certificateAlerts.includes(detail ?? '')) {
      this.#refusedCertificates += 1;
      return;
    }
    const isCompleted = result === 'completed';
    if (isWeak && stage === 'hello' && (result === 'alert' || result === 'closed')) this.#refusals[id] += 1;
    if (isWeak && sharedSecretZero !== true) return;
    if (result === 'kept-zeros') this.#keptZeros += 1;
    // Where both values begin with a zero, a failure belongs to neither for sure.
    const isPublicZero = id === 'server-public-zero-short' || id === 'server-public-zero-padded';
    if (sharedSecretZero === true && !isCompleted && result !== 'kept-zeros' && isPublicZero) return;
    const end = isCompleted ? 'completed' : 'failed';
    if (sharedSecretZero === true) this.#zeros[end] += 1;
    if (sharedSecretZero !== true || isWeak) this.#cases[id][end] += 1;
  }

  report(client: string, group: Group): ClientReport {
    const rate = zeroByteRate(group);
    return {
      client,
      verdict: this.#judge(rate),
      connections: this.#connections,
      cases: this.#cases,
      sharedSecret: {
        zeros: this.#zeros,
        handshakes: this.#handshakes,
        chance: 1 - (1 - rate) ** this.#handshakes,
        handshakesFor99: Math.ceil(Math.log(0.01) / Math.log1p(-rate)),
      },
    };
  }

  #isSecretKnown(): boolean {
    const { completed, failed } = this.#zeros;
    return completed > 0 || this.#keptZeros > 0 || failed >= fewestFailures;
  }

  #judge(rate: number): ClientVerdict {
    const inconclusive = (reason: ClientDoubt): ClientVerdict => ({ id: 'inconclusive', reason });
    const short = this.#cases['server-public-zero-short'];
    const padded = this.#cases['server-public-zero-padded'];
    const { control } = this.#cases;
    const tallies = [control, short, padded, this.#zeros];
    if (tallies.every(({ completed, failed }) => completed + failed === 0)) {
      if (this.#refusedCertificates > 0) return inconclusive('certificate-refused');
      if (this.#withoutDhe > 0) return { id: 'no-dhe-offered' };
      if (Object.values(this.#refusals).some((count) => count > 0)) return inconclusive('too-few-connections');
      return inconclusive(this.#withoutTls12 > 0 ? 'no-tls-1.2' : 'no-handshake');
    }
    // A Finished that fits the keys with zeros alone needs no other proof.
    const keepsZeros = this.#keptZeros > 0 && this.#zeros.completed === 0;
    if (!keepsZeros) {
      if (control.completed === 0 && control.failed > 0) return inconclusive('control-failed');
      if (tallies.some(({ completed, failed }) => completed > 0 && failed > 0)) return inconclusive('unstable');
    }
    // Whatever failed and completed too has ended this already.
    const completed = tallies.reduce((sum, tally) => sum + tally.completed, 0);
    const failedEnough = ({ failed }: Tally) =>
      control.completed > 0 &&
      failed >= fewestFailures &&
      chanceThatAllFail(failed, failed, failed + completed) <= mostChance;
    const secretFaults: ClientFault[] = keepsZeros
      ? ['keeps-zeros']
      : failedEnough(this.#zeros)
        ? ['fails-on-zeros']
        : [];
    const publicFaults: ClientFault[] = [
      ...(failedEnough(short) ? (['refuses-short-server-public'] as const) : []),
      ...(failedEnough(padded) ? (['refuses-padded-server-public'] as const) : []),
    ];
    if (secretFaults.length + publicFaults.length > 0) {
      // Each of the two values begins with a zero by itself.
      const values = Math.min(secretFaults.length, 1) + Math.min(publicFaults.length, 1);
      const failureRate = 1 - (1 - rate) ** values;
      return {
        id: 'affected',
        faults: [...secretFaults, ...publicFaults],
        failureRate,
        oneIn: Math.round(1 / failureRate),
      };
    }
    if (short.completed === 0 || padded.completed === 0) return inconclusive('too-few-connections');
    if (this.#zeros.completed > 0) return { id: 'not-affected' };
    return inconclusive(this.#zeros.failed > 0 ? 'too-few-connections' : 'shared-secret-not-seen');
  }
}
