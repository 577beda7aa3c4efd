/** Hives that hivex makes and reads, an implementation that is not ours (Debian: libhivex-bin). */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';

/** The smallest hive that hivex opens: a header and a root key without anything. hivex writes all else. */
export function emptyHive(): Buffer {
  const bytes = Buffer.alloc(8192);
  bytes.write('regf');
  bytes.writeUInt32LE(1, 4);
  bytes.writeUInt32LE(1, 8);
  bytes.writeUInt32LE(1, 20);
  bytes.writeUInt32LE(5, 24);
  bytes.writeUInt32LE(1, 32);
  bytes.writeUInt32LE(0x20, 36);
  bytes.writeUInt32LE(4096, 40);
  bytes.writeUInt32LE(1, 44);
  sign(bytes);
  bytes.write('hbin', 4096);
  bytes.writeUInt32LE(4096, 4104);
  const cell = 4096 + 0x20;
  const length = 96;
  bytes.writeInt32LE(-length, cell);
  bytes.write('nk', cell + 4);
  bytes.writeUInt16LE(0x2c, cell + 6);
  for (const offset of [20, 32, 36, 44, 48, 52]) bytes.writeUInt32LE(0xffffffff, cell + offset);
  // Absent lists are marked so, and the counts beside them are none.
  for (const offset of [24, 28, 40]) bytes.writeUInt32LE(0, cell + offset);
  bytes.writeUInt16LE(4, cell + 76);
  bytes.write('ROOT', cell + 80);
  // Its security, an empty descriptor; every key that hivex adds takes that of the one above.
  const security = cell + length;
  bytes.writeUInt32LE(security - 4096, cell + 48);
  bytes.writeInt32LE(-48, security);
  bytes.write('sk', security + 4);
  for (const [offset, number] of [
    [8, security - 4096],
    [12, security - 4096],
    [16, 1],
    [20, 20],
    [24, 0x80000001],
  ] as const) {
    bytes.writeUInt32LE(number, security + offset);
  }
  bytes.writeInt32LE(4096 - 0x20 - length - 48, security + 48);
  return bytes;
}

/** The checksum of the header, over what was changed in it. */
export function sign(bytes: Buffer): Buffer {
  let checksum = 0;
  for (let offset = 0; offset < 508; offset += 4) checksum ^= bytes.readUInt32LE(offset);
  bytes.writeUInt32LE(checksum >>> 0, 508);
  return bytes;
}

export interface HiveValue {
  readonly name: string;
  /** As hivexsh takes it, such as `string:x`, `dword:1` or `hex:7:41,00`. */
  readonly data: string;
}

/** The file, with these keys and values put in by hivexsh. */
export function makeHive(file: string, keys: Readonly<Record<string, readonly HiveValue[]>>): Buffer {
  writeFileSync(file, emptyHive());
  const made = new Set<string>();
  const lines: string[] = [];
  for (const [path, values] of Object.entries(keys)) {
    const names = path.split('\\');
    names.forEach((name, depth) => {
      const above = names.slice(0, depth).join('\\');
      const own = names.slice(0, depth + 1).join('\\');
      if (!made.has(own)) lines.push(`cd \\${above}`, `add ${name}`);
      made.add(own);
    });
    lines.push(`cd \\${path}`, `setval ${values.length}`);
    for (const { name, data } of values) lines.push(name === '' ? '@' : name, data);
  }
  const { status, stderr } = spawnSync('hivexsh', ['-w', file], {
    input: `${lines.join('\n')}\ncommit\n`,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return readFileSync(file);
}

export function hexOf(type: number, text: string): string {
  const bytes = Buffer.from(text, 'utf16le');
  return `hex:${type}:${[...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(',')}`;
}
