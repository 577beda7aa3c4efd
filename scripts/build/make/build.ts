/** Makes `dist/`: bundles without run-time dependencies, and the type declarations. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { dscManifestName, makeDscManifest } from '../../../lib/cli/commands/dsc/manifest';
import { describeDocument, loadDocuments } from '../../../lib/cli/document';
import { commands } from '../../../lib/cli/run-cli';
import { version } from '../../../package.json';
import { bundleCommandLine } from './bundle-command-line';
import { schemasOnDemand } from './bundle-plugins';
import { makeDistByteCode } from './byte-code';
import { licencesName, writeLicences } from './third-party-licences';

const root = join(__dirname, '..', '..', '..');
process.chdir(root);
rmSync('dist', { recursive: true, force: true });

/** The simulation throws the very error classes of the main bundle, so that `instanceof` holds across both. */
const sharedErrors: Plugin = {
  name: 'shared-errors',
  setup({ onResolve }) {
    onResolve({ filter: /\/errors$/ }, () => ({ path: './index.js', external: true }));
  },
};

/** A library that few commands need stays a file of its own, so that the others do not pay for compiling it. */
const onDemand: Plugin = {
  name: 'on-demand',
  setup({ onResolve }) {
    onResolve({ filter: /^(zod|node-forge)$/ }, ({ path }) => ({
      path: `./${path}.js`,
      external: true,
    }));
  },
};

/** The folders of every package that a bundle took something from. */
const bundled = new Set<string>();

async function bundle(entryPoints: Record<string, string>, plugins: Plugin[] = []): Promise<void> {
  const { metafile } = await build({
    entryPoints,
    metafile: true,
    plugins,
    outdir: 'dist',
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    minify: true,
    legalComments: 'none',
    external: ['*.node'],
    logLevel: 'warning',
  });
  for (const input of Object.keys(metafile.inputs)) noteBundled(input);
}

function noteBundled(module: string): void {
  const folder = /^node_modules\/(?:@[^/]+\/)?[^/]+/.exec(module)?.[0];
  if (folder !== undefined) bundled.add(folder);
}

function declareTypes(): void {
  // A declaration of a file that is no more would travel on.
  rmSync('build/types', { recursive: true, force: true });
  const tsc = join(dirname(createRequire(__filename).resolve('typescript/package.json')), 'bin', 'tsc');
  const { status } = spawnSync(
    process.execPath,
    [tsc, '-p', 'tsconfig.json', '--emitDeclarationOnly', '--outDir', 'build/types'],
    { stdio: 'inherit' },
  );
  if (status !== 0) throw new Error(`tsc ended with ${status}`);
}

/** Types are inferred from schemas, so the declarations need the validator's own; nothing is installed beside this package. */
function shipTypes(): void {
  rmSync('dist/types', { recursive: true, force: true });
  cpSync('build/types/lib', 'dist/types', { recursive: true });
  const declarations = (folder: string) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /\.d\.c?ts$/.test(name));
  for (const name of declarations('dist/types')) {
    const file = join('dist/types', name);
    const target = relative(dirname(file), 'dist/types/zod/index.cjs').replaceAll('\\', '/');
    const text = readFileSync(file, 'utf8').replaceAll(
      "from 'zod'",
      `from '${target.startsWith('.') ? target : `./${target}`}'`,
    );
    writeFileSync(file, text);
  }
  const zod = dirname(createRequire(__filename).resolve('zod/package.json'));
  for (const name of declarations(zod)) {
    if (!/^(index|v4[\\/](classic|core|locales)[\\/].*)\.d\.cts$/.test(name)) continue;
    mkdirSync(join('dist/types/zod', dirname(name)), { recursive: true });
    cpSync(join(zod, name), join('dist/types/zod', name));
  }
}

async function writeSchemas(): Promise<void> {
  mkdirSync('dist/schemas');
  for (const [name, schema] of Object.entries(await loadDocuments(commands))) {
    writeFileSync(`dist/schemas/${name}.json`, `${JSON.stringify(describeDocument(name, schema), null, 2)}\n`);
  }
}

async function makeCommandLine(): Promise<void> {
  const { files, modules } = await bundleCommandLine('node20');
  mkdirSync('dist/cli');
  for (const [name, text] of files) writeFileSync(`dist/cli/${name}`, text);
  for (const module of modules) noteBundled(module);
  makeDistByteCode('dist');
}

async function makeDist(): Promise<void> {
  await bundle({ zod: 'zod', 'node-forge': 'node-forge' });
  await bundle({ index: 'lib/index.ts', cli: 'lib/cli/start.ts' }, [onDemand, schemasOnDemand]);
  await makeCommandLine();
  await bundle({ simulated: 'lib/simulation/simulated-machine.ts' }, [sharedErrors]);
  // A package.json in any folder above would decide how Node reads these files, such as one of a user's home.
  writeFileSync('dist/package.json', '{"type":"commonjs"}\n');
  // Header files, compiled into the addon.
  bundled.add('node_modules/node-addon-api');
  writeFileSync(join('dist', licencesName), writeLicences(bundled));
  await writeSchemas();
  // The engine starts it in the folder of this manifest.
  const manifest = makeDscManifest(version, 'node', ['cli.js']);
  writeFileSync(`dist/${dscManifestName}`, `${JSON.stringify(manifest, null, 2)}\n`);
  declareTypes();
  shipTypes();
}

void makeDist();
