/** What a probe finds out about a server. */
import type { KeyLengths, Stage } from './handshake';
import type { GroupWeakness } from './weak-group';

/** What was tried. Scripts may compare them. */
export type CaseId =
  | 'control'
  | 'control-in-older-version'
  | 'control-with-named-groups'
  | 'control-with-rare-suites'
  | 'control-with-rare-suites-and-named-groups'
  | 'ordinary-hello'
  | 'control-without-extended-master-secret'
  | 'client-public-zero-short'
  | 'client-public-zero-padded'
  | 'shared-secret-zero'
  | 'shared-secret-zero-kept'
  | 'shared-secret-zero-without-extended-master-secret'
  | 'shared-secret-zero-kept-without-extended-master-secret'
  | 'shared-secret-two-zeros'
  | 'shared-secret-two-zeros-kept'
  | 'control-again'
  | 'server-public-zero';

/** One handshake, or one that was left out. */
export interface CaseResult {
  readonly id: CaseId;
  /**
   * Only `failed` accuses, and only `passed` clears. `not-tested`: it never came to the point, as where there is no such key,
   * the time was up, or the connection ended before the client's key was sent.
   */
  readonly outcome: 'passed' | 'failed' | 'not-tested';
  readonly result:
    | 'completed'
    | 'alert'
    | 'closed'
    | 'timeout'
    | 'unreachable'
    | 'malformed'
    /** Asked in its own protocol, the server did not go on to TLS. */
    | 'starttls-refused'
    /** It was completed, and its parameters were signed by another key, or other parameters were. */
    | 'bad-signature'
    | 'suite-not-spoken'
    | 'no-such-key'
    | 'search-too-slow'
    /** The server enforces the extended master secret, so that there is nothing to test without it. */
    | 'left-out';
  /** The alert's number (RFC 5246, 7.2), the system's error code, the suite, or what is wrong with which message. */
  readonly detail: string | null;
  /** `hello` until the server answers with a handshake, `flight` after, `key` once the client sent its key. */
  readonly stage: Stage;
  readonly milliseconds: number;
  /** Null where no key was chosen. */
  readonly lengths: KeyLengths | null;
}

/** On a server or on a client: what it does wrong, or why nobody can tell. */
export type VerdictOn<PeerFault, Doubt> =
  | { readonly id: 'not-affected' }
  | {
      readonly id: 'affected';
      readonly faults: readonly PeerFault[];
      /** The share of connections expected to fail with peers that do otherwise, from the actual p, and the same as "1 in N". */
      readonly failureRate: number;
      readonly oneIn: number;
    }
  | { readonly id: 'no-dhe-offered' }
  | { readonly id: 'inconclusive'; readonly reason: Doubt };

/** About one server: only what failed accuses, and only what passed clears. */
export type Verdict =
  | Exclude<VerdictOn<Fault, InconclusiveReason>, { readonly id: 'affected' | 'no-dhe-offered' }>
  | {
      readonly id: 'no-dhe-offered';
      /** Connections in which it was offered, each of which was refused. */
      readonly refusals: number;
    }
  | (Extract<VerdictOn<Fault, never>, { readonly id: 'affected' }> & {
      /** Of the fault that is proved least: the chance that failures without a cause fell just so (Fisher's exact test). */
      readonly chance: number;
    });

/**
 * `keeps-…`: it takes the shared secret with its leading zeros. `fails-on-…`: it does so neither with them nor without.
 * `refuses-stripped-…`: not without them; with them was not tested. `refuses-…-public`: the form of a client's public value.
 * `signs-other-public`: it signs its own public value in the form that it does not send. `strips-zeros`: in TLS 1.3, where they
 * stay.
 */
export type Fault =
  | 'keeps-zeros'
  | 'fails-on-zeros'
  | 'keeps-zeros-without-extended-master-secret'
  | 'fails-on-zeros-without-extended-master-secret'
  | 'keeps-two-zeros'
  | 'fails-on-two-zeros'
  | 'refuses-short-public'
  | 'refuses-padded-public'
  | 'fails-on-own-public-zero'
  | 'signs-other-public'
  | 'refuses-stripped-zeros'
  | 'refuses-stripped-zeros-without-extended-master-secret'
  | 'refuses-stripped-two-zeros'
  | 'strips-zeros'
  | 'sends-short-public';

/** Why it is not known whether a server is affected. */
export type InconclusiveReason =
  | 'unreachable'
  | 'no-such-host'
  | 'timeout'
  | 'malformed'
  | 'starttls-refused'
  | 'control-failed'
  | 'signature-invalid'
  | 'certificate-required'
  | 'server-name-required'
  /** It refuses the one version that it was to be asked in. */
  | 'version-refused'
  | 'refuses-everybody'
  | 'suite-not-spoken'
  | 'unstable'
  | 'connections-refused'
  /** They take turns at the address, and differ: each would have to pass every case. */
  | 'several-servers'
  | 'no-such-key'
  | 'search-too-slow'
  | 'own-public-zero-unconfirmed'
  /** It was hunted for. */
  | 'own-public-zero-not-seen'
  /** The same, so often that the server makes none, or breaks before it sends one. */
  | 'own-public-zero-withheld'
  /** The same, and the server has a few keys alone, which it uses time and again. */
  | 'own-key-reused'
  /** TLS 1.3: no shared secret began with a zero byte. */
  | 'shared-secret-not-seen'
  /** TLS 1.3: too few handshakes failed in which it did. */
  | 'shared-secret-zero-unconfirmed'
  | 'interrupted'
  /** The signal was that of a total time. */
  | 'total-time';

/** All that was seen of one server. */
export interface ProbeReport {
  readonly host: string;
  readonly port: number;
  /** The one that all connections went to; null where none was made, or they were made by the caller. */
  readonly address: string | null;
  readonly verdict: Verdict;
  readonly server: ServerReport | null;
  readonly cases: readonly CaseResult[];
  /** Null where no public value of the server's was hunted for. */
  readonly hunt: HuntReport | null;
}

/** What a server told of itself. */
export interface ServerReport {
  /** `1.0` to `1.3`. */
  readonly tls: string;
  readonly suite: string;
  /** `ffdhe2048`, `modp14` and the like; null for a group of the server's own. */
  readonly group: string | null;
  readonly groupBits: number;
  /** What makes a group weak whose size alone looks well; null where nothing was found. */
  readonly weakness: GroupWeakness | null;
  /** Whether it used one key for several connections (Raccoon needs that). */
  readonly reusesKey: boolean;
  /** How it sends a public value of its own that begins with a zero byte; null where none was seen. */
  readonly ownPublicZeros: 'padded' | 'short' | null;
  readonly extendedMasterSecret: boolean;
  /** It refuses a client that does not offer the extended master secret. */
  readonly requiresExtendedMasterSecret: boolean;
  readonly encryptThenMac: boolean;
  readonly asksForCertificate: boolean;
}

/** The hunt for a public value of the server that begins with a zero byte. */
export interface HuntReport {
  /** Made beyond those of the cases. */
  readonly connections: number;
  /** Of all connections, those in which the server's public value began with a zero byte. */
  readonly zeros: number;
  /** Connections of the hunt that did not end in a completed handshake. */
  readonly failures: number;
}
