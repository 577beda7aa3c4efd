/** What can go wrong in a simulated process: any call fails in three ways, and the process dies after any write. */
/** Everything a binding can be asked, by the name of the Windows function or part behind it. */
export type BindingOperation =
  | 'enumContextFunctions'
  | 'removeContextFunction'
  | 'addContextFunction'
  | 'readRegistryValue'
  | 'registryKeyWriteTime'
  | 'bootTime'
  | 'stateStore.read'
  | 'stateStore.write'
  | 'stateStore.delete'
  | 'stateStore.list'
  | 'acquireMachineLock'
  | 'localPolicy.read'
  | 'localPolicy.replace'
  | 'registryEditor.setValue'
  | 'registryEditor.deleteValue'
  | 'registryEditor.deleteEmptyKey'
  | 'refreshComputerPolicy'
  | 'readSchannelEvents'
  | 'isElevated';

export interface InjectedFault {
  readonly operation: BindingOperation;
  /** The n-th call from now on, from 1. */
  readonly call: number;
  /** `fails` before anything happened, `fails-late` after it did, `pretends` success without doing anything. */
  readonly effect: 'fails' | 'fails-late' | 'pretends';
  /** An NTSTATUS for the three CNG functions, a system error number for the others (a file then fails with EIO). */
  readonly status: number;
}

/** Thrown by every call of a process that `dieAfterWrite` ended; no code of ours may catch it and go on. */
export class SimulatedProcessDeath extends Error {
  override readonly name = 'SimulatedProcessDeath';
}
