/**
 * Runs in the Node whose byte code is wanted, started with `--hash-seed=1`, since the order of V8's tables would differ from
 * run to run otherwise. Answers the requests on stdin (`lib/cli/request.ts`), so that the functions of a start are compiled,
 * and writes the byte code of every file that was loaded and has none yet.
 *
 * byte-code-maker.cjs <folder of the files> <folder for the byte code> [files to load beside]
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import type { Script } from 'node:vm';
import { scriptLoader } from '../../../lib/cli/script-loader';

const [, , folder = '', target = '', ...others] = process.argv;
process.argv.splice(2, Infinity, '--request');
const scripts = new Map<string, Script>();

const { load } = scriptLoader(
  (id) => {
    const path = join(folder, id);
    if (!existsSync(path)) return undefined;
    // The name is kept in the byte code, and where it is built must not tell.
    return { path: id, source: readFileSync(path, 'latin1'), byteCode: undefined };
  },
  (id) => require(id.startsWith('./') ? join(dirname(folder), id) : id),
  dirname(folder),
  (id, script) => scripts.set(id, script),
);

process.on('exit', () => {
  // Node as it is started everywhere takes none that was made with other flags.
  setFlagsFromString('--hash-seed=0');
  for (const [id, script] of scripts) {
    const file = join(target, `${id}.cache`);
    if (!existsSync(file)) writeFileSync(file, script.createCachedData());
  }
});

load('./core.js');
for (const name of others) load(`./${name}`);
