/** The shape of every sentence that a person reads, by room. Each language has a folder of the same shape. */
import type { Doubt, FindingData, FindingId, Severity } from '../assessment/assess';
import type { Drift } from '../change/restore';
import type * as errors from '../errors';
import type { ComparisonDoubt } from '../evidence/compare-evidence';
import type { Concern } from '../evidence/evidence-gate';
import type { ZeroCase } from '../evidence/fault-tally';
import type { FaultReason, FaultValue } from '../evidence/judge-fault';
import type { RemovalId, RemovalReason } from '../evidence/judge-peers';
import type { LineProblem } from '../evidence/observation';
import type { SourceForm } from '../evidence/recognise-source';
import type { Drift as FleetDrift, ReportedMachine } from '../fleet/roll-up';
import type { LocalUndo } from '../group-policy/change-local-policy';
import type { PolicyOwner } from '../group-policy/local-policy';
import type { PolicyFileVerdict } from '../group-policy/policy-file';
import type { Cost } from '../policy/judge-policy-text';
import type { PolicyTextFaultKind } from '../policy/policy-text';
import type { ClientDoubt, ClientFault, ClientVerdict, ServedCase, ServedConnection } from '../probe/judge-client';
import type { ExpectedRate, MeasureFinding } from '../probe/measure-peer';
import type { CaseId, CaseResult, Fault, InconclusiveReason, Verdict } from '../probe/probe-report';
import type { GroupWeakness } from '../probe/weak-group';
import type { Effect, EffectReason } from '../windows/suite-effect';
import type { LookId, MeaningId, SymptomId } from '../windows/symptoms';
import type { Role } from '../windows/versions';

type Errors = {
  [Name in keyof typeof errors]: (typeof errors)[Name] extends (new (
    ...parameters: never[]
  ) => infer Thrown extends { readonly code: string })
    ? Thrown
    : never;
}[keyof typeof errors];

export type ErrorCode = Errors['code'];

/** A sentence for each error; where there is none, the error's own English is shown. */
export type ErrorSentences = { readonly [Code in ErrorCode]: (error: Extract<Errors, { code: Code }>) => string };

/** What was found on a machine. */
export interface AssessmentMessages {
  /** Sentences one after another. */
  readonly join: (sentences: readonly string[]) => string;
  readonly layer: Readonly<Record<'groupPolicy' | 'mdm' | 'local', string>>;
  readonly finding: {
    readonly [Id in Exclude<FindingId, 'removal-costs'>]: (data: FindingData[Id], messages: Messages) => string;
  };
  readonly severity: Readonly<Record<Severity, string>>;
  readonly next: Readonly<Record<'disable' | 'export' | 'policy', string>>;
  readonly columns: readonly string[];
  /** Of a list that is too long for a screen. */
  readonly suitesLeftOut: (count: number) => string;
}

/** What suites do on the Windows at hand, and what a list without some of them costs. */
export interface EffectsMessages {
  readonly verdict: Readonly<
    Record<'dhe-offered' | 'no-dhe-offered', (counts: OfferCounts, system: string | null) => string>
  >;
  /** Instead of a verdict: why there is none. */
  readonly unknown: Readonly<Record<Doubt, string>>;
  readonly effects: Readonly<Record<Effect, string>>;
  readonly effectReason: {
    readonly [Id in EffectReason['id']]: (reason: Extract<EffectReason, { readonly id: Id }>) => string;
  };
  readonly cost: Readonly<Record<Cost['id'], (roles: readonly Role[], peers: readonly string[]) => string>>;
  readonly removalCosts: (costs: string) => string;
  /** Where several are too long for a screen. */
  readonly costsLeftOut: (count: number) => string;
}

/** How many of a list's entries do what. */
export interface OfferCounts {
  readonly listed: number;
  readonly works: number;
  readonly mayWork: number;
  readonly dhe: number;
}

/** What is wrong with a policy text, and where a corrected one goes. */
export interface PolicyTextMessages {
  readonly fault: Readonly<Record<PolicyTextFaultKind, string>>;
  readonly faults: (count: number) => string;
  readonly faultColumns: readonly string[];
  readonly schannelSpells: (name: string, write: string) => string;
  readonly withoutSpelling: (names: string) => string;
  readonly tooLong: (length: number, limit: number, expendable: string) => string;
  readonly deploy: Readonly<Record<'groupPolicy' | 'mdm', string>>;
}

/** What was done to the list, or why not. */
export interface ChangeMessages {
  readonly wouldRemove: (count: number, kept: number) => string;
  /** No suite goes; the value gets the type that Windows documents. */
  readonly wouldRetype: (kept: number) => string;
  readonly changed: (count: number, backupId: string) => string;
  readonly nothingToDo: string;
  readonly nothingInForce: (count: number) => string;
  readonly refused: (costs: string) => string;
  /** A text that was only looked at. */
  readonly textRefused: (costs: string) => string;
  readonly governed: (layer: string) => string;
  readonly costs: string;
  readonly failedUndone: (cause: string) => string;
  readonly failedUndoIncomplete: (cause: string, backupId: string) => string;
  readonly restored: (count: number, backupId: string) => string;
  readonly trialWouldEnd: string;
  readonly wouldRestore: (names: string, backupId: string) => string;
  readonly nothingToRestore: string;
  readonly drifted: (drift: Drift) => string;
  /** The list was restored, and is not in force while this layer governs. */
  readonly restoredUnderPolicy: (layer: string) => string;
  readonly setAside: (entries: readonly string[]) => string;
  readonly restartFirst: string;
  readonly trialEnded: string;
  readonly noBackups: string;
  readonly damagedBackup: string;
  readonly backupColumns: readonly string[];
  readonly regFileWritten: (file: string) => string;
  /** Inside the .reg file. */
  readonly regFileComment: string;
  readonly ask: string;
  /** Null for the newest backup. */
  readonly askRestore: (backupId: string | null) => string;
  readonly forgiven: string;
}

/** Group Policy: files, folders, the local GPO. */
export interface GroupPolicyMessages {
  readonly policy: {
    readonly verdict: Readonly<Record<PolicyFileVerdict, string>>;
    readonly summary: (type: string | null, length: number, suites: number, dhe: number) => string;
    readonly corrected: (length: number) => string;
    readonly written: (file: string, kept: string | null) => string;
    readonly otherNames: (count: number) => string;
    readonly version: Readonly<Record<'raised' | 'in-directory', string>>;
    readonly repairNeedsTarget: string;
    readonly owner: Readonly<Record<PolicyOwner, (domainGpos: readonly string[]) => string>>;
    readonly localDone: Readonly<
      Record<'repair' | 'undo', Readonly<Record<Exclude<LocalUndo['kind'], 'nothing-to-do'>, string>>>
    >;
    readonly localInterrupted: string;
    readonly repairOrUndo: string;
    readonly holds: Readonly<Record<'yes' | 'no', string>>;
    readonly gpupdateNeedsChange: string;
    readonly repairNeedsFolder: string;
    readonly scanned: (verdict: PolicyFileVerdict, dhe: number, faults: number) => string;
    readonly skipped: string;
    readonly noPolicies: (folder: string) => string;
    readonly tally: (
      counts: Readonly<
        Record<'policies' | 'setting' | 'needRepair' | 'preferences' | 'refused' | 'written' | 'skipped', number>
      >,
    ) => string;
    readonly importCopies: string;
    readonly staleReport: string;
  };
}

/** What a probe found out about a server. */
export interface ProbeMessages {
  readonly probe: {
    readonly weakness: Readonly<Record<GroupWeakness, string>>;
    readonly notAffected: (peer: string, rfc: string) => string;
    readonly affected: (peer: string, faults: readonly string[], percent: string, oneIn: number) => string;
    readonly noDheOffered: (peer: string, refusals: number) => string;
    readonly inconclusive: (peer: string, reason: string) => string;
    readonly advice: Readonly<Record<Verdict['id'], string | null>>;
    readonly fault: Readonly<Record<Fault, string>>;
    readonly reason: Readonly<Record<InconclusiveReason, string>>;
    readonly address: (address: string) => string;
    readonly chance: (oneIn: string) => string;
    readonly server: (tls: string, suite: string, group: string, bits: number) => string;
    readonly ownGroup: string;
    readonly weakGroup: (bits: number) => string;
    readonly reusesKey: string;
    readonly ownPublicZeros: Readonly<Record<'padded' | 'short' | 'short-in-tls-1.3' | 'not-seen', string>>;
    readonly requiresExtendedMasterSecret: string;
    readonly hunt: (connections: number, zeros: number, failures: number) => string;
    readonly case: Readonly<Record<CaseId, string>>;
    readonly outcome: Readonly<Record<CaseResult['outcome'], string>>;
    readonly result: Readonly<Record<CaseResult['result'], string>>;
    readonly stage: Readonly<Record<CaseResult['stage'], string>>;
    readonly columns: readonly string[];
    readonly lengths: string;
    readonly measureColumns: readonly string[];
    readonly measured: Readonly<Record<Exclude<MeasureFinding, 'fits'>, string>>;
    readonly expected: (percents: readonly string[]) => string;
    readonly fits: (values: readonly ExpectedRate[]) => string;
  };
}

/** What the listening side found out about its clients. */
export interface ListenMessages {
  readonly listen: {
    readonly listening: (place: string, url: string, isLoopback: boolean) => string;
    readonly notAffected: (client: string) => string;
    readonly affected: (client: string, faults: string, percent: string, oneIn: number) => string;
    readonly noDheOffered: (client: string) => string;
    readonly inconclusive: (client: string, reason: string) => string;
    readonly advice: Readonly<Record<ClientVerdict['id'], string | null>>;
    readonly fault: Readonly<Record<ClientFault, string>>;
    readonly reason: Readonly<Record<ClientDoubt, string>>;
    readonly case: Readonly<Record<ServedCase | 'none', string>>;
    readonly result: Readonly<Record<ServedConnection['result'], string>>;
    readonly sharedSecretZero: string;
    readonly columns: readonly string[];
    readonly odds: (handshakes: number, percent: string, needed: number) => string;
    readonly nobody: string;
    readonly turnedAway: (count: number) => string;
  };
}

/** What logs, events and captures tell. */
/** Schannel's own logging. */
export interface EventLoggingMessages {
  readonly logging: {
    readonly level: (level: number | null, logsHandshakes: boolean) => string;
    readonly wrongType: (found: string) => string;
    readonly awaitsRestart: Readonly<Record<'yes' | 'unknown', string>>;
    readonly set: (startedAt: string, before: number | null) => string;
    readonly until: (time: string) => string;
    readonly isOver: (time: string) => string;
    readonly changed: Readonly<Record<'on' | 'off', string>>;
    readonly done: Readonly<Record<'kept' | 'nothing-to-do' | 'not-ours' | 'forgotten', string>>;
    readonly costs: (systemLogMegabytes: number | null) => string;
    readonly failedUndone: (cause: string) => string;
    readonly failedUndoIncomplete: (cause: string) => string;
    readonly ask: Readonly<Record<'on' | 'off', string>>;
  };
}

export interface EvidenceMessages {
  readonly evidence: {
    readonly verdict: Readonly<
      Record<'dhe-seen' | 'no-dhe-seen' | 'unknown', (counts: { dhe: number; seen: number; peers: number }) => string>
    >;
    readonly period: (first: string, last: string) => string;
    readonly judgedBy: (suites: number) => string;
    readonly notJudged: string;
    readonly removal: Readonly<Record<RemovalId, string>>;
    readonly reason: Readonly<Record<RemovalReason, string>>;
    readonly removalCounts: (id: RemovalId, peers: number) => string;
    readonly columns: readonly string[];
    readonly role: Readonly<Record<'client' | 'server' | 'both', string>>;
    readonly nobody: string;
    readonly unnamed: string;
    readonly more: (peers: number) => string;
    readonly form: Readonly<Record<SourceForm, string>>;
    readonly sourceColumns: readonly string[];
    readonly requests: string;
    readonly untold: (source: string, lines: number) => string;
    readonly malformed: (source: string, count: number, first: number, problems: readonly string[]) => string;
    readonly problemCount: (problem: string, count: number) => string;
    readonly cutPackets: string;
    readonly problem: Readonly<Record<LineProblem, string>>;
    readonly cutShort: (source: string, reason: string) => string;
    readonly skipped: (files: number) => string;
    readonly interrupted: string;
    readonly leftOut: (seen: number) => string;
    readonly failures: string;
    readonly failureColumns: readonly string[];
    readonly page: Readonly<
      Record<
        | 'title'
        | 'otherLanguage'
        | 'theme'
        | 'overTime'
        | 'faultTitle'
        | 'tableTitle'
        | 'sources'
        | 'filter'
        | 'failed'
        | 'first'
        | 'count',
        string
      >
    >;
    readonly refused: string;
    readonly concern: Readonly<Record<Exclude<Concern['id'], 'peer'>, string>>;
    readonly pageWritten: (file: string) => string;
    readonly compared: {
      readonly verdict: Readonly<Record<'nothing-broke' | 'these-broke' | 'too-little', string>>;
      readonly doubt: Readonly<Record<ComparisonDoubt, string>>;
      readonly windows: (hours: string, before: string, after: string) => string;
      readonly columns: readonly string[];
      readonly event: (event: number) => string;
      readonly broke: string;
      readonly newPeersThatFail: string;
      readonly missing: string;
    };
    readonly fault: {
      readonly fits: (values: string) => string;
      readonly doesNotFit: (reason: string) => string;
      readonly tooLittle: (reason: string) => string;
      readonly notCompared: (handshakes: number) => string;
      readonly value: Readonly<Record<FaultValue, string>>;
      readonly case: Readonly<Record<ZeroCase, string>>;
      readonly reason: Readonly<Record<FaultReason, string>>;
      readonly columns: readonly string[];
      readonly dhe: string;
      readonly ecdhe: string;
      readonly plain: string;
      readonly expected: (percents: readonly string[]) => string;
      readonly peers: (names: string) => string;
    };
  };
}

/** What many machines come to together. */
export interface FleetMessages {
  readonly fleet: {
    readonly summary: (counts: { machines: number; offering: number; unknown: number }) => string;
    readonly verdict: Readonly<Record<ReportedMachine['verdict'], string>>;
    readonly layer: Readonly<Record<ReportedMachine['layer'], string>>;
    readonly restart: Readonly<Record<ReportedMachine['restart'], string>>;
    readonly removal: Readonly<Record<ReportedMachine['removal'], string>>;
    readonly drift: Readonly<Record<FleetDrift, string>>;
    readonly unknownVersion: string;
    readonly restartCounts: (advised: number, perhaps: number) => string;
    readonly lockedOut: (machines: number) => string;
    readonly duplicates: (records: number) => string;
    readonly unread: (count: number) => string;
    readonly otherFiles: (files: number) => string;
    readonly changed: (changes: string, missing: number) => string;
    readonly missing: (hosts: string, more: number) => string;
    readonly layerColumns: readonly string[];
    readonly versionColumns: readonly string[];
    readonly gpoColumns: readonly string[];
    readonly machineColumns: readonly string[];
    readonly more: (machines: number) => string;
    readonly page: Readonly<
      Record<'title' | 'machines' | 'notes' | 'filter' | 'count' | 'time' | 'drift' | 'verdict', string>
    >;
  };
}

/** What a symptom is, what it can mean, and what to look at. */
export interface ExplainMessages {
  readonly explain: {
    readonly symptom: Readonly<Record<SymptomId, string>>;
    readonly meaning: Readonly<Record<MeaningId, string>>;
    readonly look: Readonly<Record<LookId, string>>;
  };
}

/** A sentence for each error. */
export interface ErrorsMessages {
  readonly error: Partial<ErrorSentences>;
}

/** What is wrong with a command line. Options are spelled as there, such as `--dry-run`. */
export type CommandLineProblem =
  | { readonly kind: 'no-command' }
  | { readonly kind: 'unknown-command'; readonly found: string }
  | { readonly kind: 'unknown-option'; readonly option: string; readonly command: string }
  | { readonly kind: 'no-value'; readonly option: string }
  | { readonly kind: 'no-flag'; readonly option: string }
  | { readonly kind: 'repeated'; readonly option: string }
  | {
      readonly kind: 'wrong-choice';
      readonly option: string;
      readonly found: string;
      readonly choices: readonly string[];
    }
  | ({ readonly kind: 'wrong-integer' } & OutOfBounds)
  | ({ readonly kind: 'wrong-seconds' } & OutOfBounds)
  | { readonly kind: 'wrong-time'; readonly option: string; readonly found: string }
  | { readonly kind: 'excluded'; readonly option: string; readonly other: string }
  | { readonly kind: 'needs'; readonly option: string; readonly others: readonly string[] }
  | { readonly kind: 'no-machine'; readonly option: string; readonly command: string }
  | { readonly kind: 'no-operand'; readonly operand: string }
  | { readonly kind: 'too-many-operands'; readonly found: string }
  | { readonly kind: 'unknown-schema'; readonly found: string; readonly known: readonly string[] }
  | { readonly kind: 'unknown-symptom'; readonly found: string; readonly known: readonly string[] }
  | { readonly kind: 'needs-consent' };

interface OutOfBounds {
  readonly option: string;
  readonly found: string;
  readonly least: number;
  readonly most: number;
}

/** What belongs to the command line itself. */
export interface CommandLineMessages {
  readonly suiteColumns: readonly string[];
  readonly askDeepCheck: string;
  readonly unexpected: (found: string) => string;
  readonly notShown: (reason: string) => string;
  readonly problem: {
    readonly [Kind in CommandLineProblem['kind']]: (
      problem: Extract<CommandLineProblem, { readonly kind: Kind }>,
    ) => string;
  };
  readonly help: Readonly<
    Record<
      | 'usage'
      | 'examples'
      | 'commands'
      | 'options'
      | 'everywhere'
      | 'program'
      | 'request'
      | 'exitCodes'
      | 'changes'
      | 'may-change'
      | 'outcome'
      | 'more',
      string
    >
  > & {
    readonly sentence: (summary: string) => string;
    readonly choices: (choices: readonly string[]) => string;
    readonly standard: (value: string) => string;
  };
}

export interface Messages
  extends AssessmentMessages,
    EffectsMessages,
    PolicyTextMessages,
    ChangeMessages,
    GroupPolicyMessages,
    ProbeMessages,
    ListenMessages,
    EvidenceMessages,
    FleetMessages,
    EventLoggingMessages,
    ExplainMessages,
    ErrorsMessages,
    CommandLineMessages {}
