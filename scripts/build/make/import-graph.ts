/** What esbuild reaches from the source, without writing anything. */
import { join } from 'node:path';
import { build, type Metafile } from 'esbuild';

const root = join(__dirname, '..', '..', '..');

/** Ids are paths from the package's root. */
export async function readImportGraph(entryPoints: readonly string[]): Promise<Metafile> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [...entryPoints],
    outdir: 'unused',
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    external: ['*.node'],
    logLevel: 'error',
  });
  return metafile;
}
