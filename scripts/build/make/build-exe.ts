/**
 * `npm run build:exe`: `build/windows/schannel-dhe.exe`, Node 22 with the bundled command line inside, and the addon
 * and its DSC manifest beside it. Asks for no elevation: `status` works without.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import type { NtExecutable } from 'resedit';
import { addonDigestAsset } from '../../../lib/binding/load-native-binding';
import { dscManifestName, makeDscManifest } from '../../../lib/cli/commands/dsc/manifest';
import { steeringVariables } from '../../../lib/cli/steering-variables';
import { alignSections } from './align-sections';
import { asFunction, bundleCommandLine, libraryNames } from './bundle-command-line';
import { makeByteCodeUnderWine } from './byte-code-under-wine';
import { buildFolder, installNodeVersions, nodeExecutable } from './node-versions';

const root = join(__dirname, '..', '..', '..');
const { version, description } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<
  'version' | 'description',
  string
>;

const addon = join(root, 'prebuilds', 'win32-x64', 'schannel_dhe.node');

const manifest = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<assembly xmlns="urn:schemas-microsoft-com:asm.v1" manifestVersion="1.0">
  <trustInfo xmlns="urn:schemas-microsoft-com:asm.v3"><security><requestedPrivileges>
    <requestedExecutionLevel level="asInvoker" uiAccess="false"/>
  </requestedPrivileges></security></trustInfo>
  <compatibility xmlns="urn:schemas-microsoft-com:compatibility.v1"><application>
    <supportedOS Id="{1f676c76-80e1-4239-95bb-83d0f6d0da78}"/>
    <supportedOS Id="{8e0f7a12-bfb3-4fe8-b9a5-48fd50a15a9a}"/>
  </application></compatibility>
  <application xmlns="urn:schemas-microsoft-com:asm.v3"><windowsSettings>
    <longPathAware xmlns="http://schemas.microsoft.com/SMI/2016/WindowsSettings">true</longPathAware>
  </windowsSettings></application>
</assembly>
`;

/** The executable as a blob of Node's own format, made by the very version that will run it. */
async function makeBlob(folder: string): Promise<Buffer> {
  const [main, output, config, digest] = ['cli.cjs', 'cli.blob', 'sea.json', 'addon.sha256'].map((name) =>
    join(folder, name),
  ) as [string, string, string, string];
  writeFileSync(digest, createHash('sha256').update(readFileSync(addon)).digest('hex'));
  await build({
    entryPoints: [join(root, 'lib', 'cli', 'start-executable.ts')],
    outfile: main,
    bundle: true,
    platform: 'node',
    target: 'node22',
    format: 'cjs',
    minify: true,
    legalComments: 'none',
    logLevel: 'warning',
  });
  writeFileSync(
    config,
    JSON.stringify({
      // Node keeps the path of the script in the blob, and where it is built must not tell.
      main: basename(main),
      output: basename(output),
      disableExperimentalSEAWarning: true,
      // NODE_OPTIONS is nothing to it.
      execArgv: [],
      execArgvExtension: 'none',
      assets: { ...(await writeScripts(join(folder, 'cli'))), [addonDigestAsset]: digest },
    }),
  );
  const host = nodeExecutable('host22');
  chmodSync(host, 0o755);
  const words = ['--experimental-sea-config', config];
  const { status, stderr } = spawnSync(host, words, { encoding: 'utf8', cwd: folder });
  if (status !== 0) throw new Error(stderr);
  return readFileSync(output);
}

/** What looks and changes runs through: byte code of all would make the executable larger by more than two percent. */
const withByteCode =
  /^(core|machine|native|change|shared|readers|declarations|policy|policy-value|local-policy|rooms-en|ja|rest)\.js\.cache$/;

/** The files of the command line, the libraries among them, and their byte code; the path of each by its name. */
async function writeScripts(folder: string): Promise<Record<string, string>> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  const { files } = await bundleCommandLine('node22');
  for (const [name, text] of files) writeFileSync(join(folder, name), text);
  for (const library of libraryNames) {
    const name = `${library}.js`;
    writeFileSync(join(folder, name), asFunction(readFileSync(join(root, 'dist', name), 'utf8')));
  }
  const byteCode = join(folder, 'byte-code');
  mkdirSync(byteCode);
  await makeByteCodeUnderWine(folder, byteCode);
  const inFolder = (path: string, ending: string) =>
    readdirSync(path)
      .filter((name) => name.endsWith(ending))
      .map((name) => [name, join(path, name)] as const);
  for (const name of libraryNames) {
    const path = join(folder, `${name}.js`);
    writeFileSync(`${path}.gz`, gzipSync(readFileSync(path), { level: 9 }));
    rmSync(path);
  }
  return Object.fromEntries([
    ...['.js', '.gz'].flatMap((ending) => inFolder(folder, ending)),
    ...inFolder(byteCode, '.cache').filter(([name]) => withByteCode.test(name)),
  ]);
}

/** Node looks for the blob only where this mark in it ends in 1 (Node's documentation, "Single executable applications"). */
function throwFuse(node: Buffer): void {
  const fuse = 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2:0';
  const at = node.indexOf(fuse);
  if (at === -1 || node.includes(fuse, at + 1)) throw new Error('expected the fuse once in node.exe');
  node.write('1', at + fuse.length - 1, 'latin1');
}

/**
 * OpenSSL and Node's compiled part read these before the first line of ours, and load libraries and byte code by them: the
 * names that they ask for become empty, and nothing has an empty name. A name in the start-up snapshot is another matter:
 * V8 puts its length before it.
 */
function closeVariables(node: Buffer): void {
  for (const { name, readBy } of steeringVariables) {
    if (readBy !== 'native') continue;
    const literals: number[] = [];
    for (let at = node.indexOf(`\0${name}\0`); at !== -1; at = node.indexOf(`\0${name}\0`, at + 1)) {
      if (node.readUInt32LE(at - 3) !== name.length) literals.push(at + 1);
    }
    const [literal, ...others] = literals;
    if (literal === undefined || others.length > 0) throw new Error(`expected ${name} once in node.exe`);
    node.fill(0, literal, literal + name.length);
  }
}

/** Static imports come from System32 alone, whatever lies beside the executable (/DEPENDENTLOADFLAG of the linker). */
function loadFromSystem32Alone(executable: NtExecutable): void {
  const [loadConfig, dependentLoadFlags, searchSystem32] = [10, 78, 0x800] as const; // winnt.h, libloaderapi.h
  const { virtualAddress } = executable.newHeader.optionalHeaderDataDirectory.get(loadConfig);
  const section = executable.getSectionByEntry(loadConfig);
  if (!section?.data) throw new Error('expected a load configuration in node.exe');
  const at = virtualAddress - section.info.virtualAddress + dependentLoadFlags;
  new DataView(section.data).setUint16(at, searchSystem32, true);
}

async function makeExecutable(): Promise<void> {
  const { NtExecutable, NtExecutableResource, Resource } = await import('resedit');
  const work = join(buildFolder, 'exe');
  mkdirSync(work, { recursive: true });
  installNodeVersions();
  process.chdir(root);
  const blob = await makeBlob(work);
  const node = readFileSync(nodeExecutable('node22'));
  throwFuse(node);
  closeVariables(node);

  const executable = NtExecutable.from(node, { ignoreCert: true });
  loadFromSystem32Alone(executable);
  const resources = NtExecutableResource.from(executable);
  const [rcData, versionInfo, manifestType] = [10, 16, 24];
  resources.entries = resources.entries.filter(({ type }) => type !== versionInfo && type !== manifestType);
  const info = Resource.VersionInfo.createEmpty();
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  info.setFileVersion(major, minor, patch, 0, 1033);
  info.setProductVersion(major, minor, patch, 0, 1033);
  info.setStringValues(
    { lang: 1033, codepage: 1200 },
    {
      FileDescription: description,
      ProductName: 'schannel-dhe',
      OriginalFilename: 'schannel-dhe.exe',
      FileVersion: version,
      ProductVersion: version,
    },
  );
  info.outputToResourceEntries(resources.entries);
  resources.entries.push(
    { type: manifestType, id: 1, lang: 1033, codepage: 1200, bin: toArrayBuffer(Buffer.from(manifest)) },
    { type: rcData, id: 'NODE_SEA_BLOB', lang: 1033, codepage: 1200, bin: toArrayBuffer(blob) },
  );
  resources.outputResource(executable);
  alignSections(executable);
  writeFileSync(join(buildFolder, 'schannel-dhe.exe'), Buffer.from(executable.generate()));
  copyFileSync(addon, join(buildFolder, 'schannel_dhe.node'));
  const dsc = makeDscManifest(version, 'schannel-dhe', []);
  writeFileSync(join(buildFolder, dscManifestName), `${JSON.stringify(dsc, null, 2)}\n`);
}

function toArrayBuffer(bytes: Buffer): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}

void makeExecutable();
