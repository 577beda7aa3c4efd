/** Installs what tests need, where that can be done without asking: as root on Debian or Ubuntu. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { forgetAnswers, type Need, packagesOf } from './test-needs';

export function installDebianPackages(needs: readonly Need[]): void {
  const packages = packagesOf(needs);
  if (packages.length === 0 || process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return;
  process.stdout.write(`Installing what the tests need: apt-get install ${packages.join(' ')}\n`);
  apt('update');
  // A release that lacks one of them must not keep the others away.
  if (install(packages) !== undefined) {
    for (const one of new Set(needs)) {
      const failure = install(one.packages);
      if (failure !== undefined) process.stdout.write(`${one.what} could not be installed: ${failure}\n`);
    }
  }
  forgetAnswers();
}

const install = (packages: readonly string[]) => apt('install', '--yes', '--no-install-recommends', ...packages);

/** Answers with what went wrong. */
function apt(...words: readonly string[]): string | undefined {
  const { status, stderr, error } = spawnSync('apt-get', ['--quiet', '-o', 'DPkg::Lock::Timeout=600', ...words], {
    encoding: 'utf8',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    maxBuffer: 64 * 1024 * 1024,
  });
  return status === 0 ? undefined : (error?.message ?? stderr).trim();
}
