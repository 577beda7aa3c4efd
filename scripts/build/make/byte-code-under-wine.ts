/** Byte code of the node.exe that the single executable is made of: V8 takes none of another system. */
import { closeSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { layOutNodeForWine, wineNode } from '../test/node-for-wine';
import { canRun } from '../test/test-needs';
import { makePrefix, runWine, wineEnvironmentOf, wineserver } from '../test/wine';
import { makeByteCode, type RunNode } from './byte-code';
import { buildFolder } from './node-versions';

/** Nothing where no Wine is: the executable then compiles what it runs. */
export async function makeByteCodeUnderWine(folder: string, target: string): Promise<void> {
  if (!canRun('the Windows binaries under Wine')) {
    process.stdout.write('No Wine: the executable gets no byte code, and starts more slowly.\n');
    return;
  }
  await layOutNodeForWine();
  const prefix = join(buildFolder, 'exe', 'prefix');
  makePrefix(prefix);
  try {
    makeByteCode(runUnderWine(prefix), folder, target);
  } finally {
    wineserver(prefix, '-k');
  }
}

/** Files, since Wine's daemons would hold pipes open, and node.exe cannot write into one. */
function runUnderWine(prefix: string): RunNode {
  return (words, input) => {
    const [inputFile, errorFile] = ['requests.json', 'errors.txt'].map((name) => join(prefix, name)) as [
      string,
      string,
    ];
    writeFileSync(inputFile, input);
    const [stdin, stderr] = [openSync(inputFile, 'r'), openSync(errorFile, 'w')];
    const { status } = runWine([wineNode('node22'), ...words], {
      env: wineEnvironmentOf(prefix),
      stdio: [stdin, 'ignore', stderr],
    });
    for (const file of [stdin, stderr]) closeSync(file);
    return { status, stderr: readFileSync(errorFile, 'utf8') };
  };
}
