import { isSea } from 'node:sea';

/**
 * The environment variables by which whoever starts a Node program decides what runs in it, or where it reads and writes:
 * with an elevated process's rights. The list is complete for Node 20 and 22 (a test compares it with the names that their
 * executables hold); variables that only change output, proxies, certificates of connections or the terminal are not in it.
 *
 * - `node.exe` heeds those of the start before any line of ours, so only the caller can prevent them: start it with an
 *   environment of your own making, as the PowerShell module and the installers do.
 * - The single executable is built without what `native` names (`npm run build:exe`), and refuses to change anything while
 *   any of them is set.
 */
export interface SteeringVariable {
  readonly name: string;
  readonly does: 'runs-code' | 'loads-library' | 'reads-files' | 'writes-files';
  /** `start`: before the first line of this program. `later`: a refusal comes in time. */
  readonly heeded: 'start' | 'later';
  /** What reads it: Node's compiled part, or its JavaScript. */
  readonly readBy: 'native' | 'script';
}

export const steeringVariables: readonly SteeringVariable[] = [
  { name: 'NODE_OPTIONS', does: 'runs-code', heeded: 'start', readBy: 'native' },
  { name: 'NODE_COMPILE_CACHE', does: 'runs-code', heeded: 'start', readBy: 'native' },
  { name: 'NODE_PATH', does: 'runs-code', heeded: 'later', readBy: 'script' },
  { name: 'NODE_REPL_EXTERNAL_MODULE', does: 'runs-code', heeded: 'later', readBy: 'native' },
  { name: 'OPENSSL_CONF', does: 'loads-library', heeded: 'start', readBy: 'native' },
  { name: 'OPENSSL_CONF_INCLUDE', does: 'loads-library', heeded: 'start', readBy: 'native' },
  { name: 'OPENSSL_ENGINES', does: 'loads-library', heeded: 'start', readBy: 'native' },
  { name: 'OPENSSL_MODULES', does: 'loads-library', heeded: 'start', readBy: 'native' },
  { name: 'NODE_EXTRA_CA_CERTS', does: 'reads-files', heeded: 'start', readBy: 'native' },
  { name: 'NODE_ICU_DATA', does: 'reads-files', heeded: 'start', readBy: 'native' },
  { name: 'ICU_TIMEZONE_FILES_DIR', does: 'reads-files', heeded: 'start', readBy: 'native' },
  { name: 'NODE_V8_COVERAGE', does: 'writes-files', heeded: 'later', readBy: 'native' },
  { name: 'NODE_REDIRECT_WARNINGS', does: 'writes-files', heeded: 'later', readBy: 'native' },
];

/**
 * The first of them that is set, for the single executable: inside Node's own the user chose to run Node, with whatever
 * settings; this one must not be steered.
 */
export function findSteeringVariable(environment: Readonly<Record<string, string | undefined>>): string | undefined {
  if (!isSea()) return undefined;
  return steeringVariables.find(({ name }) => (environment[name] ?? '') !== '')?.name;
}
