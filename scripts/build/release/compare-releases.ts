/** What differs between two releases, file by file and in words: which file inside of which archive, and where. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesOf } from '../make/source-date';
import { type Entries, readArchive } from './archive';

/** A line a file that differs. */
export function compareReleases(first: string, second: string): readonly string[] {
  const names = [...new Set([first, second].flatMap(filesOf))].sort();
  return names.flatMap((name) => {
    const [one, other] = [join(first, name), join(second, name)];
    if (!existsSync(other)) return [`${name}: only in ${first}`];
    if (!existsSync(one)) return [`${name}: only in ${second}`];
    const byte = firstDifference(readFileSync(one), readFileSync(other));
    if (byte === undefined) return [];
    const [inside, insideOther] = [one, other].map(readInside);
    if (inside === undefined || insideOther === undefined) return [`${name}: byte ${byte} differs`];
    if (typeof inside === 'string' || typeof insideOther === 'string') {
      return [`${name}: byte ${byte} differs, and it cannot be read: ${[inside, insideOther].find(isText)}`];
    }
    return [
      `${name}: ${compareEntries(inside, insideOther) ?? `all files inside are the same; byte ${byte} differs, which is of their times, rights or order`}`,
    ];
  });
}

const isText = (one: unknown) => typeof one === 'string';

/** A damaged archive is a difference too, told by what its reader says. */
function readInside(file: string): Entries | string | undefined {
  try {
    return readArchive(file);
  } catch (error) {
    return error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
  }
}

function compareEntries(first: Entries, second: Entries): string | undefined {
  for (const name of [...new Set([...first.keys(), ...second.keys()])].sort()) {
    const [one, other] = [first.get(name), second.get(name)];
    if (other === undefined) return `${name} inside is in the first alone`;
    if (one === undefined) return `${name} inside is in the second alone`;
    const byte = firstDifference(one, other);
    if (byte !== undefined) return `byte ${byte} of ${name} inside differs`;
  }
  return undefined;
}

/** Counted from 0; where one ends sooner, there. */
function firstDifference(one: Uint8Array, other: Uint8Array): number | undefined {
  if (Buffer.compare(one, other) === 0) return undefined;
  const at = one.findIndex((byte, index) => byte !== other[index]);
  return at === -1 ? one.length : at;
}
