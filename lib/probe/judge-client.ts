/** From what a client did with each public value of ours to a verdict on that client. */
import { type Group, zeroByteRate } from './finite-field';
import type { VerdictOn } from './probe-peer';

/** What the server's own public value was like. */
export type ServedCase = 'control' | 'server-public-zero-short' | 'server-public-zero-padded';

export const servedCases: readonly ServedCase[] = ['control', 'server-public-zero-short', 'server-public-zero-padded'];

/** How one connection of a client ended. */
export interface ServedConnection {
  /** The client's address. */
  readonly client: string;
  /** Null where the client came to no offer of a DHE suite. */
  readonly case: ServedCase | null;
  /**
   * `kept-zeros`: its Finished was made from a shared secret with its leading zeros. `wrong-keys`: it was made from something
   * else still.
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
    | 'kept-zeros';
  /** The alert's number (RFC 5246, 7.2), the system's error code, or what is wrong with which message. */
  readonly detail: string | null;
  /** `connected` before a ClientHello was read, `hello` until the client's key was, `key` after. */
  readonly stage: 'connected' | 'hello' | 'key';
  readonly suite: string | null;
  /** Whether luck made the shared secret begin with a zero byte; null where no key came. */
  readonly sharedSecretZero: boolean | null;
  readonly milliseconds: number;
}

/** As with a server, and for the server's public value: which form of one with a leading zero the client refuses. */
export type ClientFault =
  | 'keeps-zeros'
  | 'fails-on-zeros'
  | 'refuses-short-server-public'
  | 'refuses-padded-server-public';

export type ClientDoubt =
  | 'no-handshake'
  | 'no-tls-1.2'
  | 'certificate-refused'
  | 'control-failed'
  | 'unstable'
  | 'too-few-connections'
  | 'shared-secret-not-seen';

export type ClientVerdict = VerdictOn<ClientFault, ClientDoubt>;

export interface Tally {
  readonly completed: number;
  readonly failed: number;
}

export interface ClientReport {
  readonly client: string;
  readonly verdict: ClientVerdict;
  readonly connections: number;
  /** Handshakes whose shared secret did not begin with a zero byte. */
  readonly cases: Readonly<Record<ServedCase, Tally>>;
  readonly sharedSecret: SharedSecretReport;
}

export interface SharedSecretReport {
  /** Handshakes that came as far as a shared secret. */
  readonly handshakes: number;
  /** Of these, the ones whose shared secret began with a zero byte. */
  readonly zeros: Tally;
  /** The chance that so many handshakes show at least one, 0 to 1. */
  readonly chance: number;
  /** After so many handshakes it passes 99 %. */
  readonly handshakesFor99: number;
}

/** bad_certificate to certificate_unknown, and unknown_ca (RFC 5246, 7.2.2). */
const certificateAlerts = ['42', '43', '44', '45', '46', '48'];

/** Counts what one client did; its size does not depend on how much that is. */
export class ClientTally {
  #connections = 0;
  #handshakes = 0;
  #keptZeros = 0;
  #withoutDhe = 0;
  #withoutTls12 = 0;
  #refusedCertificates = 0;
  readonly #cases: Record<ServedCase, { completed: number; failed: number }> = {
    control: { completed: 0, failed: 0 },
    'server-public-zero-short': { completed: 0, failed: 0 },
    'server-public-zero-padded': { completed: 0, failed: 0 },
  };
  readonly #zeros = { completed: 0, failed: 0 };

  add({ case: id, result, detail, sharedSecretZero }: ServedConnection): void {
    this.#connections += 1;
    if (result === 'no-dhe-offered') this.#withoutDhe += 1;
    if (result === 'no-tls-1.2') this.#withoutTls12 += 1;
    if (id === null) return;
    if (sharedSecretZero !== null) this.#handshakes += 1;
    if (result === 'alert' && certificateAlerts.includes(detail ?? '')) {
      this.#refusedCertificates += 1;
      return;
    }
    const isCompleted = result === 'completed';
    if (result === 'kept-zeros') this.#keptZeros += 1;
    // Where both values begin with a zero, a failure belongs to neither for sure.
    if (sharedSecretZero === true && !isCompleted && result !== 'kept-zeros' && id !== 'control') return;
    const tally = sharedSecretZero === true ? this.#zeros : this.#cases[id];
    tally[isCompleted ? 'completed' : 'failed'] += 1;
  }

  report(client: string, group: Group): ClientReport {
    const rate = zeroByteRate(group);
    return {
      client,
      verdict: this.#judge(rate),
      connections: this.#connections,
      cases: this.#cases,
      sharedSecret: {
        handshakes: this.#handshakes,
        zeros: this.#zeros,
        chance: 1 - (1 - rate) ** this.#handshakes,
        handshakesFor99: Math.ceil(Math.log(0.01) / Math.log1p(-rate)),
      },
    };
  }

  #judge(rate: number): ClientVerdict {
    const inconclusive = (reason: ClientDoubt): ClientVerdict => ({ id: 'inconclusive', reason });
    const short = this.#cases['server-public-zero-short'];
    const padded = this.#cases['server-public-zero-padded'];
    const { control } = this.#cases;
    const tallies = [control, short, padded];
    if ([...tallies, this.#zeros].every((tally) => tally.completed + tally.failed === 0)) {
      if (this.#refusedCertificates > 0) return inconclusive('certificate-refused');
      if (this.#withoutDhe > 0) return { id: 'no-dhe-offered' };
      return inconclusive(this.#withoutTls12 > 0 ? 'no-tls-1.2' : 'no-handshake');
    }
    if (control.completed === 0 && control.failed > 0) return inconclusive('control-failed');
    if ([...tallies, this.#zeros].some(({ completed, failed }) => completed > 0 && failed > 0)) {
      return inconclusive('unstable');
    }
    if (control.completed === 0) return inconclusive('too-few-connections');
    const secretFaults: ClientFault[] =
      this.#zeros.failed === 0 ? [] : [this.#keptZeros > 0 ? 'keeps-zeros' : 'fails-on-zeros'];
    const publicFaults: ClientFault[] = [
      ...(short.failed > 0 ? (['refuses-short-server-public'] as const) : []),
      ...(padded.failed > 0 ? (['refuses-padded-server-public'] as const) : []),
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
    return this.#zeros.completed > 0 ? { id: 'not-affected' } : inconclusive('shared-secret-not-seen');
  }
}
