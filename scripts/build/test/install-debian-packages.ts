/** Installs what tests need, where that can be done without asking: as root on Debian or Ubuntu. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
    forgetAnswers();
    const tooOld = packagesOf(needs.filter(({ isMet }) => !isMet()));
    if (tooOld.length > 0) report(tooOld.join(', '), installBackports(tooOld));
  });
  forgetAnswers();
}

/** From where Debian keeps newer versions for its release; the system's own list of sources stays as it is. */
function installBackports(packages: readonly string[]): string | undefined {
  const { stdout } = spawnSync('sh', ['-c', '. /etc/os-release && echo "$VERSION_CODENAME"'], { encoding: 'utf8' });
  const [release, suite] = [stdout.trim(), `${stdout.trim()}-backports`];
  const format = '$(RELEASE) $(REPO_URI)';
  const { stdout: targets } = spawnSync('apt-get', ['indextargets', '--format', format], { encoding: 'utf8' });
  const address = new RegExp(`^${release} (\\S+)$`, 'm').exec(targets)?.[1];
  if (address === undefined) return `no source of ${release} is known`;
  const folder = mkdtempSync(join(tmpdir(), 'schannel-dhe-'));
  try {
    const list = join(folder, 'sources.list');
    const own = '/etc/apt/sources.list';
    const line = `deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] ${address} ${suite} main\n`;
    writeFileSync(list, `${existsSync(own) ? readFileSync(own, 'utf8') : ''}\n${line}`);
    process.stdout.write(`Looking for newer versions in ${suite}: ${packages.join(' ')}\n`);
    const source = ['-o', `Dir::Etc::SourceList=${list}`];
    return apt([...source, 'update']) ?? install(packages, [...source, '--target-release', suite]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function install(packages: readonly string[], options: readonly string[] = []): string | undefined {
  return apt([...options, 'install', '--yes', '--no-install-recommends', ...packages]);
}

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
