/**
 * What is inside of a file of the release, as CycloneDX has it. npm lists what is installed here; what of that a bundle took
 * is told by the licences that lie in it, and what is not of npm is told by the system's packages and the lock file.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { contentUuid } from '../make/content-uuid';
import { packageOfLibrary, type Target } from '../make/linked-libraries';
import { nodeExecutable } from '../make/node-versions';
import { runProgram } from '../make/run-program';
import { sourceDate } from '../make/source-date';
import { type BundledPackage, readLicences } from '../make/third-party-licences';
import { npm } from '../pack/packed-package';
import { root } from './release-environment';

export interface Component {
  readonly 'bom-ref': string;
  readonly type: string;
  readonly name: string;
  readonly version: string;
  readonly purl?: string;
  readonly [field: string]: unknown;
}

interface Dependency {
  readonly ref: string;
  readonly dependsOn?: readonly string[];
}

export interface Sbom {
  readonly metadata: { readonly component: Component; readonly [field: string]: unknown };
  readonly components: readonly Component[];
  readonly dependencies: readonly Dependency[];
  readonly [field: string]: unknown;
}

/** Beside our own code. */
export interface Contents {
  /** The text of the licences that lie in it. */
  readonly licences: string;
  /** For which addons are compiled; their compiler's libraries are linked into them. */
  readonly targets: readonly Target[];
  readonly node: boolean;
  readonly nsis: boolean;
}

let installed: Sbom | undefined;

/** Of all that is installed here, with the hashes of the lock file. */
function readInstalled(): Sbom {
  installed ??= JSON.parse(npm(root, 'sbom', '--sbom-format', 'cyclonedx')) as Sbom;
  return installed;
}

export function makeSbom(file: string, contents: Contents): string {
  const { $schema, bomFormat, specVersion, version, metadata, components, dependencies } = readInstalled();
  const bundled = readLicences(contents.licences).map((one) => ownComponent(one, components));
  const others = [
    ...contents.targets.flatMap(compilerLibraries),
    ...(contents.node ? [nodeComponent()] : []),
    ...(contents.nsis ? [debianComponent('nsis-common', 'zlib')] : []),
  ];
  const included = [...bundled, ...others];
  const refs = new Set(included.map((one) => one['bom-ref']));
  const among = dependencies
    .filter(({ ref }) => refs.has(ref))
    .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter((one) => refs.has(one)) }));
  const indirect = new Set(among.flatMap(({ dependsOn }) => dependsOn));
  const { name: _, scope, purl, ...own } = metadata.component;
  const component = {
    ...own,
    type: 'application',
    // npm gives the name of the folder.
    name: JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).name,
    ...(file.endsWith('.tgz') ? { purl } : {}),
    hashes: [{ alg: 'SHA-256', content: createHash('sha256').update(readFileSync(file)).digest('hex') }],
    properties: [{ name: 'schannel-dhe:file', value: basename(file) }],
  };
  const draft = {
    bomFormat,
    specVersion,
    version,
    metadata: { ...metadata, timestamp: new Date(sourceDate() * 1000).toISOString(), component },
    components: included,
    dependencies: [
      { ref: own['bom-ref'], dependsOn: [...refs].filter((ref) => !indirect.has(ref)) },
      ...among,
      ...others.map((one) => ({ ref: one['bom-ref'] })),
    ],
  };
  const serialNumber = `urn:uuid:${contentUuid(createHash('sha256').update(JSON.stringify(draft)))}`;
  return `${JSON.stringify({ $schema, serialNumber, ...draft }, null, 2)}\n`;
}

/** As npm describes it; to npm it is needed for development alone, and here it ships. */
function ownComponent({ name, version }: BundledPackage, components: readonly Component[]): Component {
  const found = components.find((one) => one.name === name && one.version === version);
  if (found === undefined) throw new Error(`npm sbom does not list ${name} ${version}: npm ci, and build again`);
  const { properties, ...component } = found;
  return component as Component;
}

/** What `-static` links into an addon. */
function compilerLibraries(target: Target): readonly Component[] {
  const packageOf = (library: string) => packageOfLibrary(target, library);
  const gcc = 'GPL-3.0-or-later WITH GCC-exception-3.1';
  return [
    debianComponent(packageOf('libstdc++.a'), gcc),
    debianComponent(packageOf('libgcc.a'), gcc),
    // Its licences differ from file to file.
    debianComponent(packageOf('libmingwex.a')),
  ];
}

function debianComponent(name: string, licence?: string): Component {
  const [version = '', architecture = ''] = runProgram(
    'dpkg-query',
    '--show',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the format of dpkg-query
    '--showformat=${Version} ${Architecture}',
    name,
  ).split(' ');
  const distribution = /^ID="?(\w+)"?$/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? 'debian';
  const purl = `pkg:deb/${distribution}/${encodeURIComponent(name)}@${encodeURIComponent(version)}?arch=${architecture}`;
  const licences = licence === undefined ? {} : { licenses: [{ expression: licence }] };
  return { 'bom-ref': purl, type: 'library', name, version, purl, ...licences };
}

/** Node as npm's registry has it, and what is compiled into it, which it tells of itself. */
function nodeComponent(): Component {
  const { packages } = JSON.parse(
    readFileSync(join(__dirname, '..', 'make', 'node-versions', 'package-lock.json'), 'utf8'),
  ) as { packages: Record<string, { name: string; version: string }> };
  const { name = '', version = '' } = packages['node_modules/node22'] ?? {};
  const versions = JSON.parse(runProgram(nodeExecutable('host22'), '-p', 'JSON.stringify(process.versions)'));
  if (versions.node !== version) throw new Error(`expected Node ${version} for Linux too, found ${versions.node}`);
  // Numbers of interfaces and of data.
  const { node, modules, napi, unicode, cldr, tz, ...parts } = versions as Record<string, string>;
  const purl = `pkg:npm/${name}@${version}`;
  return {
    'bom-ref': purl,
    type: 'platform',
    name: 'node',
    version,
    cpe: `cpe:2.3:a:nodejs:node.js:${version}:*:*:*:*:*:*:*`,
    purl,
    description: 'node.exe, in which this program lies; the hash is that of the file before',
    hashes: [
      {
        alg: 'SHA-256',
        content: createHash('sha256')
          .update(readFileSync(nodeExecutable('node22')))
          .digest('hex'),
      },
    ],
    licenses: [{ license: { id: 'MIT' } }],
    components: Object.entries(parts).map(([part, partVersion]) => ({
      'bom-ref': `${purl}#${part}`,
      type: 'library',
      name: part,
      version: partVersion,
    })),
  };
}
