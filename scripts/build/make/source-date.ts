/** The one date of what is built: SOURCE_DATE_EPOCH as reproducible-builds.org has it, or when the commit was made. */
import { execFileSync } from 'node:child_process';
import { readdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '..', '..', '..');

/** In seconds. */
export function sourceDate(): number {
  const given = process.env['SOURCE_DATE_EPOCH'];
  const text = given ?? execFileSync('git', ['log', '-1', '--format=%ct'], { cwd: root, encoding: 'utf8' }).trim();
  if (!/^\d{1,10}$/.test(text)) throw new Error(`expected seconds since 1970 in SOURCE_DATE_EPOCH, found "${text}"`);
  return Number(text);
}

/** Archives keep the time of each file. */
export function dateFiles(paths: readonly string[]): void {
  const date = sourceDate();
  for (const path of paths) utimesSync(path, date, date);
}

/** Every file of a folder by its path in it, sorted by its bytes: the order of a disk, or of a language, must not tell. */
export function filesOf(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    )
    .sort();
}
