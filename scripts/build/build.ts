/** Makes `dist/`: bundles without run-time dependencies, and the type declarations. */
import { spawnSync } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { build, type Plugin } from 'esbuild';

const root = join(__dirname, '..', '..');
process.chdir(root);
rmSync('dist', { recursive: true, force: true });

/** The simulation throws the very error classes of the main bundle, so that `instanceof` holds across both. */
const sharedErrors: Plugin = {
  name: 'shared-errors',
  setup({ onResolve }) {
    onResolve({ filter: /\/errors$/ }, () => ({ path: './index.js', external: true }));
  },
};

async function bundle(entryPoints: Record<string, string>, plugins: Plugin[] = []): Promise<void> {
  await build({
    entryPoints,
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
}

function declareTypes(): void {
  const tsc = join(dirname(createRequire(__filename).resolve('typescript/package.json')), 'bin', 'tsc');
  const { status } = spawnSync(
    process.execPath,
    [tsc, '-p', 'tsconfig.json', '--emitDeclarationOnly', '--outDir', 'build/types'],
    { stdio: 'inherit' },
  );
  if (status !== 0) throw new Error(`tsc ended with ${status}`);
}

async function makeDist(): Promise<void> {
  await bundle({ index: 'lib/index.ts', cli: 'lib/cli/main.ts' });
  await bundle({ simulated: 'lib/binding/simulated-binding.ts' }, [sharedErrors]);
  declareTypes();
  cpSync('build/types/lib', 'dist/types', { recursive: true });
}

void makeDist();
