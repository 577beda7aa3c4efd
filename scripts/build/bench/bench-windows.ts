/** The Windows part of `npm run bench`, under Wine: the addon against plain C, the executable against bare node.exe. */
import { closeSync, openSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeRegFile } from '../../../lib/registry-files/reg-file';
import { encodeMultiString } from '../../../lib/registry-files/registry-value';
import { registryPlaces } from '../../../lib/windows/registry-places';
import { windowsDefaults } from '../../../lib/windows/versions';
import { compileForWindows } from '../make/build-windows';
import { exportOfManySuites } from '../make/byte-code';
import { buildFolder, nodeExecutable } from '../make/node-versions';
import { prefix, wineEnvironment } from '../test/test-windows';
import { makePrefix, runWine, windowsPath, wineserver } from '../test/wine';
import { median, report } from './bench-report';

const root = join(__dirname, '..', '..', '..');

/** What it printed, and how long the whole process took. Files, since node.exe cannot write into a Unix pipe. */
function wine(...commandLine: readonly string[]): { readonly output: string; readonly milliseconds: number } {
  const files = ['bench.txt', 'bench-errors.txt'].map((name) => join(buildFolder, name)) as [string, string];
  const [out, errors] = files.map((file) => openSync(file, 'w')) as [number, number];
  const start = process.hrtime.bigint();
  const { status } = runWine(commandLine, { env: wineEnvironment, stdio: ['ignore', out, errors] });
  const milliseconds = Number(process.hrtime.bigint() - start) / 1e6;
  closeSync(out);
  closeSync(errors);
  const [output, told] = files.map((file) => readFileSync(file, 'utf8')) as [string, string];
  if (status !== 0) throw new Error(`${commandLine.join(' ')} ended with ${status}: ${told}`);
  return { output, milliseconds };
}

/** Needs the prebuilds and the executable. */
export function benchWindows(): void {
  makePrefix(prefix);
  try {
    compareEnumeration();
    compareStartUp();
  } finally {
    wineserver(prefix, '-k');
  }
}

function compareEnumeration(): void {
  const list = join(buildFolder, 'bench.reg');
  writeFileSync(
    list,
    writeRegFile([
      { kind: 'key', key: `HKEY_LOCAL_MACHINE\\${registryPlaces.local.key}` },
      {
        kind: 'value',
        name: registryPlaces.local.valueName,
        value: encodeMultiString(windowsDefaults['win10-1607-ws2016'].enabledByDefault),
      },
    ]),
  );
  wine('reg', 'import', list);
  const program = join(buildFolder, 'enumerate-bench.exe');
  compileForWindows(join(root, 'test', 'windows', 'enumerate-bench.c'), program, ['-lbcrypt']);
  const script = join(buildFolder, 'enumerate-bench.cjs');
  writeFileSync(
    script,
    `const addon = require(${JSON.stringify(join(buildFolder, 'schannel_dhe.node'))});
    const calls = 2000, start = process.hrtime.bigint();
    for (let call = 0; call < calls; call += 1) addon.enumContextFunctions();
    console.log(Number(process.hrtime.bigint() - start) / 1000 / calls);`,
  );
  const plain: number[] = [];
  const addon: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    plain.push(Number(wine(program, '2000').output));
    addon.push(Number(wine(nodeExecutable('node22'), script).output));
  }
  report('enumeration from plain C, under Wine', median(plain), 'µs');
  report('enumeration through the addon, under Wine', median(addon), 'µs');
  report('  ratio', median(addon) / median(plain), '×', 2);
}

function compareStartUp(): void {
  const [node, executable] = [nodeExecutable('node22'), join(buildFolder, 'schannel-dhe.exe')];
  const exported = join(buildFolder, 'bench.reg');
  writeFileSync(exported, exportOfManySuites());
  const bare: number[] = [];
  const ours: number[] = [];
  for (let round = 0; round < 15; round += 1) {
    bare.push(wine(node, '-e', '0').milliseconds);
    ours.push(wine(executable, 'status', '--from', windowsPath(exported)).milliseconds);
  }
  report('node.exe 22 -e 0, under Wine', median(bare), 'ms');
  report('schannel-dhe.exe status --from, under Wine', median(ours), 'ms');
  report('  ratio', median(ours) / median(bare), '×', 1.1);
  report('size of schannel-dhe.exe against node.exe', statSync(executable).size / statSync(node).size, '×', 1.02);
}
