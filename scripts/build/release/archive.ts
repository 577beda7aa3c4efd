/** Archives that are the same wherever and whenever they are made, and what is inside of any. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { unzipSync, type Zippable, zipSync } from 'fflate';
import { filesOf, sourceDate } from '../make/source-date';

export type Entries = ReadonlyMap<string, Uint8Array>;

/** The archive with these files, in their order. */
export function makeZip(entries: Entries): Uint8Array {
  const [unix, regularFile] = [3, 0o100644];
  const options = { os: unix, attrs: regularFile * 2 ** 16, mtime: zipTime() };
  const files: Zippable = {};
  for (const [name, content] of entries) files[name] = [content, options];
  return zipSync(files, { level: 9 });
}

/** A zip knows the time of some clock on some wall; here it is that of UTC. */
function zipTime(): Date {
  const date = new Date(sourceDate() * 1000);
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
  return new Date(year, month, day, date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds());
}

export function readFolder(folder: string): Entries {
  return new Map(filesOf(folder).map((name) => [name, readFileSync(join(folder, name))]));
}

/** The files inside of an archive; nothing where it is none that is read here. */
export function readArchive(file: string): Entries | undefined {
  if (/\.(zip|nupkg)$/.test(file)) return new Map(Object.entries(unzipSync(readFileSync(file))));
  if (file.endsWith('.tgz')) return unpack(file, 'tar', '-xzf', file, '-C');
  if (file.endsWith('.msi')) return readMsi(file);
  return undefined;
}

/** What it installs, and its tables and streams, by which it does so. */
function readMsi(file: string): Entries {
  return inFolder(file, (folder) => {
    // It lays files of a table down where it runs.
    const msiinfo = (...words: readonly string[]) =>
      execFileSync('msiinfo', words, { cwd: folder, maxBuffer: 2 ** 30, stdio: ['ignore', 'pipe', 'pipe'] });
    const path = resolve(file);
    const namesOf = (kind: 'tables' | 'streams') => msiinfo(kind, path).toString().split('\n').filter(Boolean);
    const tables = namesOf('tables').filter((name) => name !== '_Streams');
    // The summary, whose name begins with a control character, is a table too.
    const streams = namesOf('streams').filter((name) => /^\w/.test(name));
    return new Map([
      ...unpack(file, 'msiextract', file, '-C'),
      ...tables.map((name) => [`table ${name}`, msiinfo('export', path, name)] as const),
      ...streams.map((name) => [`stream ${name}`, msiinfo('extract', path, name)] as const),
    ]);
  });
}

function unpack(file: string, command: string, ...words: readonly string[]): Entries {
  return inFolder(file, (folder) => {
    execFileSync(command, [...words, folder], { stdio: ['ignore', 'ignore', 'inherit'] });
    return readFolder(folder);
  });
}

function inFolder<T>(file: string, act: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), `${basename(file)}-`));
  try {
    return act(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
