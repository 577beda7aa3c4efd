/** Whether what is said to be inside of a release is: by the schema of CycloneDX, by the files, and by the imports of the source. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type Spec, Validation } from '@cyclonedx/cyclonedx-library';
import { readImportGraph } from '../make/import-graph';
import { licencesName, readLicences } from '../make/third-party-licences';
import { type Entries, readArchive } from './archive';
import { root } from './release-environment';
import { releaseFiles } from './release-files';
import type { Component, Sbom } from './sbom';

/** The faults of all of them, a line each. */
export async function checkSboms(folder: string): Promise<readonly string[]> {
  const program = readArchive(join(folder, releaseFiles.executable)) ?? new Map<string, Uint8Array>();
  const faults: string[] = [];
  for (const name of Object.values(releaseFiles)) {
    // The installers hold the program of the archive, and its licences lie there.
    const isOwn = name === releaseFiles.npm || name === releaseFiles.module;
    faults.push(...(await checkSbom(join(folder, name), isOwn ? undefined : program)));
  }
  return [...faults, ...installerFaults(folder, program)];
}

/** @param program what lies in the file, where it is not an archive that holds it */
export async function checkSbom(path: string, program?: Entries): Promise<readonly string[]> {
  const text = readFileSync(`${path}.cdx.json`, 'utf8');
  const sbom = JSON.parse(text) as Sbom;
  const inside = program ?? readArchive(path) ?? new Map<string, Uint8Array>();
  const file = readFileSync(path);
  const faults = [
    ...(await schemaFaults(text, sbom)),
    ...hashFaults(sbom, file),
    ...packageFaults(sbom, inside, await importedPackages()),
    ...binaryFaults(sbom, inside, file),
  ];
  return faults.map((fault) => `${basename(path)}.cdx.json: ${fault}`);
}

async function schemaFaults(text: string, { specVersion }: Sbom): Promise<readonly string[]> {
  const errors = await new Validation.JsonStrictValidator(specVersion as Spec.Version).validate(text);
  return errors === null ? [] : [`against the schema of CycloneDX ${specVersion}: ${JSON.stringify(errors)}`];
}

function hashFaults({ metadata }: Sbom, file: Uint8Array): readonly string[] {
  const content = createHash('sha256').update(file).digest('hex');
  const isOf = JSON.stringify(metadata.component['hashes']) === JSON.stringify([{ alg: 'SHA-256', content }]);
  return isOf ? [] : ['describes another file, by its SHA-256'];
}

let imported: Promise<readonly string[]> | undefined;

function importedPackages(): Promise<readonly string[]> {
  imported ??= followImports();
  return imported;
}

/** What esbuild reaches from the source: another way than the one by which the bundles were made. */
async function followImports(): Promise<readonly string[]> {
  const metafile = await readImportGraph(['lib/index.ts', 'lib/cli/main.ts', 'lib/simulation/simulated-machine.ts']);
  const folders = Object.keys(metafile.inputs).flatMap((id) => /^node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id)?.[0] ?? []);
  // A header file of C++ is imported by none of them.
  return [...new Set([...folders, 'node_modules/node-addon-api'])].map((one) => {
    const { name, version } = JSON.parse(readFileSync(join(root, one, 'package.json'), 'utf8'));
    return `${name} ${version}`;
  });
}

function packageFaults(sbom: Sbom, inside: Entries, imported: readonly string[]): readonly string[] {
  const claimed = sbom.components.filter(({ type, purl }) => type !== 'platform' && purl?.startsWith('pkg:npm/'));
  const names = claimed.map(({ name, version }) => `${name} ${version}`);
  const licences = [...inside].find(([name]) => name.endsWith(licencesName))?.[1] ?? Buffer.of();
  const licensed = readLicences(Buffer.from(licences).toString()).map(({ name, version }) => `${name} ${version}`);
  const without = (some: readonly string[], others: readonly string[]) => some.filter((one) => !others.includes(one));
  return [
    ...without(names, licensed).map((one) => `names ${one}, and ${licencesName} does not`),
    ...without(licensed, names).map((one) => `does not name ${one}, and ${licencesName} does`),
    ...without(names, imported).map((one) => `names ${one}, which nothing imports`),
    ...without(imported, names).map((one) => `does not name ${one}, which the source imports`),
  ];
}

/** What leaves a text in a binary: whether it is named where the text is, and nowhere else. */
function binaryFaults({ components }: Sbom, inside: Entries, file: Uint8Array): readonly string[] {
  const addonOf = (folder: string) =>
    [...inside].find(([name]) => name.endsWith(`${folder}/schannel_dhe.node`) || name === 'schannel_dhe.node')?.[1];
  const compiled = [
    ['x86-64', addonOf('win32-x64')],
    ['i686', inside.has('schannel_dhe.node') ? undefined : addonOf('win32-ia32')],
  ] as const;
  const node = inside.get('schannel-dhe.exe');
  const expected = [
    ...compiled.flatMap(([target, addon]) => [
      [`g%2B%2B-mingw-w64-${target}`, addon, 'basic_string'] as const,
      [`/gcc-mingw-w64-${target}`, addon, 'basic_string'] as const,
      [`/mingw-w64-${target}`, addon, 'Mingw-w64 runtime failure'] as const,
    ]),
    ['/nsis-common@', file, 'Nullsoft.NSIS.exehead'] as const,
  ];
  const platform = components.find(({ type }) => type === 'platform');
  const parts = (platform?.['components'] ?? []) as readonly Component[];
  return [
    ...expected.flatMap(([purl, binary, text]) => {
      const isNamed = components.some((one) => one.purl?.includes(purl));
      const isInside = binary !== undefined && Buffer.from(binary).includes(text);
      if (isNamed === isInside) return [];
      return [
        isNamed
          ? `names ${purl}, and its "${text}" is not inside`
          : `does not name ${purl}, and its "${text}" is inside`,
      ];
    }),
    ...((platform === undefined) === (node === undefined)
      ? []
      : ['names Node where it is not, or does not where it is']),
    ...[...(platform === undefined ? [] : [{ ...platform, version: `v${platform.version}` }]), ...parts]
      .filter(({ version }) => node !== undefined && !Buffer.from(node).includes(version))
      .map(({ name, version }) => `names ${name} ${version}, and the executable does not hold that version`),
  ];
}

function installerFaults(folder: string, program: Entries): readonly string[] {
  const installed = [...(readArchive(join(folder, releaseFiles.msi)) ?? [])].map(([, content]) => content);
  return ['schannel-dhe.exe', 'schannel_dhe.node']
    .filter((name) => !installed.some((content) => Buffer.compare(content, program.get(name) ?? Buffer.of()) === 0))
    .map((name) => `${releaseFiles.msi}: its ${name} is not the one in ${releaseFiles.executable}`);
}
