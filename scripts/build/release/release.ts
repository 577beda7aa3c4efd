/**
 * `npm run release [-- --url <address>]`: `build/release`, all that is published of a version, with what is inside of each
 * file and the hashes of all. With the address where the files will lie, what winget takes of the MSI too.
 */
import { createHash } from 'node:crypto';
import { chmodSync, copyFileSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { dscManifestName } from '../../../lib/cli/commands/dsc/manifest';
import { version } from '../../../package.json';
import { buildInstallers } from '../make/build-installers';
import { buildFolder, installNodeVersions } from '../make/node-versions';
import { dateFiles, filesOf } from '../make/source-date';
import { licencesName, programLicences } from '../make/third-party-licences';
import { packChocolatey } from '../pack/pack-chocolatey';
import { packPowerShell } from '../pack/pack-powershell';
import { writeWinget } from '../pack/pack-winget';
import { npm } from '../pack/packed-package';
import { makeZip, readFolder } from './archive';
import { requireCommit, requireNeeds, root, runCommand, useReleaseEnvironment } from './release-environment';
import { releaseContents, releaseFiles, sumsName } from './release-files';
import { makeSbom } from './sbom';

export const releaseFolder = join(root, 'build', 'release');

const inRelease = (name: string) => join(releaseFolder, name);
const inBuild = (name: string) => join(buildFolder, name);
const dist = (name: string) => join(root, 'dist', name);

/** Makes all of it anew: what an older build left behind must not get in. */
function build(): void {
  rmSync(join(root, 'prebuilds'), { recursive: true, force: true });
  // `npm run build` makes byte code for each Node that is there.
  installNodeVersions();
  for (const name of ['build', 'build:windows', 'build:exe']) npm(root, 'run', name);
  buildInstallers();
}

/** npm keeps the rights of each file, which are the umask of whoever cloned and built. */
export function packNpm(folder: string): void {
  const [{ files }] = JSON.parse(npm(root, 'pack', '--dry-run', '--json', '--ignore-scripts'));
  for (const { path } of files as { path: string }[]) {
    const file = join(root, path);
    chmodSync(file, statSync(file).mode & 0o100 ? 0o755 : 0o644);
  }
  npm(root, 'pack', '--ignore-scripts', '--pack-destination', folder);
}

/** @param folder where the module is laid out */
export function zipPowerShell(file: string, folder: string): void {
  const entries = [...readFolder(packPowerShell(false, folder))].map(
    ([name, content]) => [`SchannelDhe/${name}`, content] as const,
  );
  writeFileSync(file, makeZip(new Map(entries)));
}

function zipExecutable(file: string): void {
  const sources = {
    ...programLicences,
    [dscManifestName]: inBuild(dscManifestName),
    'schannel-dhe.exe': inBuild('schannel-dhe.exe'),
    'schannel_dhe.node': inBuild('schannel_dhe.node'),
  };
  writeFileSync(file, makeZip(new Map(Object.entries(sources).map(([name, path]) => [name, readFileSync(path)]))));
}

/** In the form of sha256sum, which `shasum -a 256` takes too. */
export function writeSums(folder: string): void {
  const lines = filesOf(folder)
    .filter((name) => name !== sumsName)
    .map(
      (name) =>
        `${createHash('sha256')
          .update(readFileSync(join(folder, name)))
          .digest('hex')}  ${name}\n`,
    );
  writeFileSync(join(folder, sumsName), lines.join(''));
}

function release(url: string | undefined): void {
  const commit = requireCommit();
  requireNeeds();
  useReleaseEnvironment();
  build();
  rmSync(releaseFolder, { recursive: true, force: true });
  mkdirSync(releaseFolder, { recursive: true });
  packNpm(releaseFolder);
  zipExecutable(inRelease(releaseFiles.executable));
  zipPowerShell(inRelease(releaseFiles.module), join(root, 'build', 'powershell', 'SchannelDhe'));
  copyFileSync(inBuild('setup.exe'), inRelease(releaseFiles.setup));
  copyFileSync(inBuild('setup.msi'), inRelease(releaseFiles.msi));
  const chocolatey = packChocolatey(inRelease(releaseFiles.msi), join(root, 'build', 'chocolatey'));
  copyFileSync(chocolatey, inRelease(basename(chocolatey)));
  if (url !== undefined) {
    const address = new URL(releaseFiles.msi, url.endsWith('/') ? url : `${url}/`).href;
    writeWinget(inRelease(releaseFiles.msi), address, inRelease('winget'));
  }
  const licences = readFileSync(dist(licencesName), 'utf8');
  for (const [name, contents] of Object.entries(releaseContents)) {
    writeFileSync(inRelease(`${name}.cdx.json`), makeSbom(inRelease(name), { licences, ...contents }));
  }
  dateFiles(filesOf(releaseFolder).map(inRelease));
  writeSums(releaseFolder);
  process.stdout.write(`${releaseFolder}: version ${version} of commit ${commit}\n`);
  process.stdout.write(readFileSync(inRelease(sumsName), 'utf8'));
}

if (require.main === module) {
  void runCommand(() => release(parseArgs({ options: { url: { type: 'string' } } }).values.url));
}
