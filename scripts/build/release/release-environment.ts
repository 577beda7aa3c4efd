/** What a release needs, and what must not tell on it. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { sourceDate } from '../make/source-date';
import { installDebianPackages } from '../test/install-debian-packages';
import { canRun, describeMissing, missing } from '../test/test-needs';

export const root = join(__dirname, '..', '..', '..');

/** These add to what compilers, npm and Node are told. */
const steering = ['CFLAGS', 'CXXFLAGS', 'CPPFLAGS', 'LDFLAGS', 'NODE_OPTIONS', 'CPATH', 'LIBRARY_PATH'];

/** For this process and all that it starts. */
export function useReleaseEnvironment(): void {
  for (const name of steering) delete process.env[name];
  Object.assign(process.env, { TZ: 'UTC', LC_ALL: 'C.UTF-8', SOURCE_DATE_EPOCH: String(sourceDate()) });
  process.umask(0o022);
}

/** Refuses where something is missing: without Wine, say, the executable would be another one. */
export function requireNeeds(): void {
  installDebianPackages(missing('a release'));
  if (!canRun('a release')) throw new Error(describeMissing('a release').trim());
}

/** Refuses what no commit tells of. Answers with the commit. */
export function requireCommit(): string {
  const git = (...words: readonly string[]) => execFileSync('git', words, { cwd: root, encoding: 'utf8' }).trim();
  const changes = git('status', '--porcelain', '--untracked-files=normal');
  if (changes !== '') {
    throw new Error(
      `expected what was committed and nothing else, so that anybody can build the same; found changes:\n${changes}\nCommit them, or put them aside with "git stash --include-untracked".`,
    );
  }
  return git('rev-parse', 'HEAD');
}

/** The sentence of an error, without its stack: what went wrong is said in it. */
export async function runCommand(act: () => void | Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
    process.exitCode = 1;
  }
}
