/** The public API. `schannel-dhe/simulated` holds the simulated machine. */
export {
  type Assessment,
  type AssessOptions,
  assess,
  type Doubt,
  type Finding,
  type FindingData,
  type FindingId,
  type Severity,
} from './assessment/assess';
export { loadNativeBinding } from './binding/load-native-binding';
export type {
  ContractAnswer,
  LocalPolicyFile,
  LocalPolicyFiles,
  MachineLock,
  RegistryEditor,
  SchannelBinding,
  StateStore,
} from './binding/schannel-binding';
export { type ApplyOutcome, applyPlan } from './change/apply';
export {
  type EventLogging,
  type EventLoggingChange,
  readEventLogging,
  restoreEventLogging,
  setEventLogging,
} from './change/event-logging';
export { type ChangePlan, type PlanOptions, type PolicyCorrection, planDisable } from './change/plan';
export { type RestoreOptions, type RestoreOutcome, restoreBackup } from './change/restore';
export type { TransactionOptions, TransactionResult } from './change/transaction';
export { type CipherSuite, catalog, findSuite, isDheSuite } from './cipher-suite/cipher-suite';
export type { PlacedSuite } from './cipher-suite/suite-list';
export type {
  ChangeRecord,
  Configuration,
  EventLoggingRecord,
  LayerId,
  LayerSnapshot,
} from './configuration/configuration';
export { findGoverningLayer, type Governance } from './configuration/governing-layer';
export { readRegExport } from './configuration/offline-configuration';
export { parseConfiguration } from './configuration/parse';
export { readConfiguration } from './configuration/read-configuration';
export { type Backup, listBackups, type StoredBackup } from './configuration/stored-backups';
export * from './errors';
export {
  compareEvidence,
  type EqualWindows,
  type EvidenceComparison,
  equalWindows,
} from './evidence/compare-evidence';
export { type Evidence, type EvidenceInput, type GatherOptions, gatherEvidence } from './evidence/gather-evidence';
export type { CaptureReader, SourceReport } from './evidence/read-source';
export { type RemainingList, remainingList } from './evidence/remaining-list';
export { findTshark, openTshark } from './evidence/tshark';
export { findSources, type SourceFile } from './files/find-sources';
export { type MachineInput, type MachineSink, nameOfPlace, type Place, readMachines } from './fleet/read-machines';
export { type MachineRecord, parseRecord, type RecordOptions, recordOf } from './fleet/record';
export { type FleetCounts, FleetTally, type ReportedMachine } from './fleet/roll-up';
export {
  type LocalPolicyChange,
  type LocalRepair,
  type LocalUndo,
  readLocalPolicyChange,
  repairLocalPolicy,
  undoLocalPolicy,
} from './group-policy/change-local-policy';
export {
  type LocalPolicy,
  type LocalPolicyOptions,
  type PolicyOwner,
  readLocalPolicy,
} from './group-policy/local-policy';
export {
  type CipherSuiteOrder,
  judgePolicyFile,
  type PolicyFileJudgement,
  type PolicyFileOptions,
  type PolicyFileVerdict,
  repairPolicyFile,
} from './group-policy/policy-file';
export { type ScannedPolicy, type ScanOptions, scanPolicies } from './group-policy/scan';
export { openConfiguration, openConfigurations } from './inputs/open-configuration';
export {
  type Cost,
  isRefusal,
  judgePolicyText,
  judgePolicyValue,
  type PolicyDoubt,
  type PolicyJudgement,
  type PolicyJudgementOptions,
} from './policy/judge-policy-text';
export {
  formatPolicyText,
  measurePolicyText,
  type PolicySeparator,
  type PolicyTextFault,
  type PolicyTextLength,
  type RepairedPolicyText,
  repairPolicyText,
  shortenPolicyList,
} from './policy/policy-text';
export type { ClientIdentity } from './probe/client-identity';
export type { KeyLengths, Stage } from './probe/handshake';
export type {
  ClientDoubt,
  ClientFault,
  ClientReport,
  ClientVerdict,
  ServedCase,
  ServedConnection,
  SharedSecretReport,
  Tally,
} from './probe/judge-client';
export { type ListenOptions, type ListenReport, listenForClients } from './probe/listen-for-clients';
export {
  type ExpectedRate,
  type MeasureFinding,
  type Measurement,
  type MeasureOptions,
  type MeasureReport,
  measurePeer,
} from './probe/measure-peer';
export { type FailedProbe, type ProbeManyOptions, probeMany } from './probe/probe-many';
export { type ProbeOptions, probePeer, type TlsVersion } from './probe/probe-peer';
export type {
  CaseId,
  CaseResult,
  Fault,
  HuntReport,
  InconclusiveReason,
  ProbeReport,
  ServerReport,
  Verdict,
  VerdictOn,
} from './probe/probe-report';
export { type IdentityInput, readIdentity } from './probe/read-identity';
export { identityOf, type ServerIdentity } from './probe/server-identity';
export type { StartTls } from './probe/starttls';
export type { GroupBits, GroupWeakness } from './probe/weak-group';
export {
  findRegistryPolValue,
  type RegistryPolEntry,
  type RegistryPolSetting,
  readRegistryPol,
  replaceRegistryPolEntry,
  writeRegistryPol,
} from './registry-files/registry-pol';
export { type ConvertedList, convertList } from './windows/convert-list';
export { type EffectCost, type EffectCostId, type KnownPeer, peers as knownPeers } from './windows/effect-costs';
export type { LeadingZeroFix } from './windows/leading-zero-fix';
export type { SchannelSettings } from './windows/schannel-settings-schema';
export {
  type Conditions,
  type Effect,
  type EffectReason,
  judgeSuites,
  type SuiteEffect,
} from './windows/suite-effect';
export { findSymptoms, type Symptom } from './windows/symptoms';
export { type WindowsDefaults, type WindowsVersionId, windowsDefaults } from './windows/versions';
