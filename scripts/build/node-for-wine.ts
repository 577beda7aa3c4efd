/**
 * Copies of node.exe that Wine 8 starts, and soon; the same code and data, laid out otherwise. What ships is built of the
 * file as it came.
 */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { buildFolder, installNodeVersions, nodeExecutable } from './node-versions';

const versions = ['node20', 'node22', 'node24', 'node26'] as const;
export type WineNode = (typeof versions)[number];

export function wineNode(version: WineNode): string {
  return join(buildFolder, 'node', version, 'node.exe');
}

export function layOutNodeForWine(): void {
  installNodeVersions();
  for (const version of versions) {
    const program = readFileSync(nodeExecutable(version));
    if (version >= 'node24') hidePlaceholders(program);
    const target = wineNode(version);
    mkdirSync(dirname(target), { recursive: true });
    // Two runners may do so at once, and one of them already run it.
    const draft = `${target}.${process.pid}`;
    writeFileSync(draft, alignSections(program));
    renameSync(draft, target);
  }
}

/** Wine 8 exports VirtualAlloc2 and does not know placeholders, which ends Node. Without the export V8 does as on an older Windows. */
function hidePlaceholders(program: Buffer): void {
  const name = 'VirtualAlloc2\0';
  const at = program.indexOf(name);
  if (at === -1 || program.includes(name, at + 1)) throw new Error('expected VirtualAlloc2 once in node.exe');
  program.write('X', at + name.length - 2, 'latin1');
}

const page = 0x1000;
const toPage = (size: number) => Math.ceil(size / page) * page;

/**
 * Wine maps sections that begin at a page of the file, and reads all others, 80 MB at every start. Offsets as in
 * https://learn.microsoft.com/en-us/windows/win32/debug/pe-format (PE32+).
 */
function alignSections(program: Buffer): Buffer {
  const header = program.readUInt32LE(0x3c) + 4;
  const optional = header + 20;
  const sizeOfHeaders = program.readUInt32LE(optional + 60);
  if (program.readUInt16LE(optional) !== 0x20b || sizeOfHeaders > page)
    throw new Error('expected a small PE32+ header');
  const parts = [Buffer.alloc(page)];
  const headers = parts[0] as Buffer;
  program.copy(headers, 0, 0, sizeOfHeaders);
  headers.writeUInt32LE(page, optional + 36); // FileAlignment
  headers.writeUInt32LE(page, optional + 60); // SizeOfHeaders
  headers.fill(0, optional + 144, optional + 152); // The signature, which lies behind the sections.
  const table = optional + program.readUInt16LE(header + 16);
  let end = page;
  for (let at = table; at < table + 40 * program.readUInt16LE(header + 2); at += 40) {
    const [size, start] = [program.readUInt32LE(at + 16), program.readUInt32LE(at + 20)];
    if (start === 0) continue;
    const section = Buffer.alloc(toPage(size));
    program.copy(section, 0, start, start + size);
    headers.writeUInt32LE(section.length, at + 16);
    headers.writeUInt32LE(end, at + 20);
    parts.push(section);
    end += section.length;
  }
  return Buffer.concat(parts);
}
