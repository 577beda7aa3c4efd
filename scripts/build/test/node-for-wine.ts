/**
 * Copies of node.exe that Wine 8 starts, and soon; the same code and data, laid out otherwise. What ships is built of the
 * file as it came.
 */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { alignSections } from '../make/align-sections';
import { buildFolder, installNodeVersions, nodeExecutable } from '../make/node-versions';

const versions = ['node20', 'node22', 'node24', 'node26'] as const;
type WineNode = (typeof versions)[number];

export function wineNode(version: WineNode): string {
  return join(buildFolder, 'node', version, 'node.exe');
}

export async function layOutNodeForWine(): Promise<void> {
  const { NtExecutable } = await import('resedit');
  installNodeVersions();
  for (const version of versions) {
    const program = readFileSync(nodeExecutable(version));
    if (version >= 'node24') hidePlaceholders(program);
    const target = wineNode(version);
    mkdirSync(dirname(target), { recursive: true });
    // Two runners may do so at once, and one of them already run it.
    const draft = `${target}.${process.pid}`;
    const executable = NtExecutable.from(program, { ignoreCert: true });
    alignSections(executable);
    writeFileSync(draft, Buffer.from(executable.generate()));
    renameSync(draft, target);
  }
}

/**
 * Wine 8 exports VirtualAlloc2 and does not know placeholders, which ends Node. Without the export V8 does as on an older
 * Windows.
 */
function hidePlaceholders(program: Buffer): void {
  const name = 'VirtualAlloc2\0';
  const at = program.indexOf(name);
  if (at === -1 || program.includes(name, at + 1)) throw new Error('expected VirtualAlloc2 once in node.exe');
  program.write('X', at + name.length - 2, 'latin1');
}
