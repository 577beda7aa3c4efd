/** Installs what tests need, where that can be done without asking: as root on Debian or Ubuntu. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { forgetAnswers, type Need, packagesOf, unpackedFolder } from './test-needs';

export function installDebianPackages(needs: readonly Need[]): void {
  const packages = packagesOf(needs);
  const unpacked = needs.flatMap((one) => one.unpacked ?? []);
  if (packages.length + unpacked.length === 0 || process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return;
  const all = [...packages, ...unpacked];
  process.stdout.write(`Installing what the tests need: apt-get install ${all.join(' ')}\n`);
  apt(['update']);
  withoutStartingServices(() => {
    // A release that lacks one of them must not keep the others away.
    if (install(packages) !== undefined) {
      for (const one of new Set(needs)) report(one.what, install(one.packages));
    }
    for (const one of unpacked) report(one, fetch(one));
  });
  forgetAnswers();
}

const install = (packages: readonly string[]) => apt(['install', '--yes', '--no-install-recommends', ...packages]);

/** The package as a file, and installed the libraries that it is linked with. */
function fetch(name: string): string | undefined {
  mkdirSync(unpackedFolder, { recursive: true });
  const { stdout } = spawnSync('apt-cache', ['depends', name], { encoding: 'utf8' });
  const libraries = [...stdout.matchAll(/^ {2}Depends: (lib\S+)$/gm)].map(([, library = '']) => library);
  return install(libraries) ?? apt(['download', name], unpackedFolder);
}

function report(what: string, failure: string | undefined): void {
  if (failure !== undefined) process.stdout.write(`${what} could not be installed: ${failure}\n`);
}

const policy = '/usr/sbin/policy-rc.d';

/** Debian Policy, 9.3.3: the packages ask this program whether they may start their services. */
function withoutStartingServices(act: () => void): void {
  const isOurs = !existsSync(policy);
  if (isOurs) writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    act();
  } finally {
    if (isOurs) rmSync(policy);
  }
}

/** Answers with what went wrong. */
function apt(words: readonly string[], folder?: string): string | undefined {
  const { status, stderr, error } = spawnSync('apt-get', ['--quiet', '-o', 'DPkg::Lock::Timeout=600', ...words], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    maxBuffer: 64 * 1024 * 1024,
  });
  return status === 0 ? undefined : (error?.message ?? stderr).trim();
}
