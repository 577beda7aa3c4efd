/** The text of the licences that travel with the code, which is the list of what is inside as well. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { nodeVersionFile } from './node-versions';

export const licencesName = 'third-party-licences.txt';
/** Of what the compiler links into the addons. */
export const runtimeLicenceName = 'mingw-w64-licence.txt';
const line = '-'.repeat(80);
const root = join(__dirname, '..', '..', '..');

/** Of what is inside of the executable: the files, by the names that they have beside it. */
export const programLicences: Readonly<Record<string, string>> = {
  LICENSE: join(root, 'LICENSE'),
  [licencesName]: join(root, 'dist', licencesName),
  'node-licence.txt': nodeVersionFile('host22', 'LICENSE'),
  [runtimeLicenceName]: join(root, 'prebuilds', runtimeLicenceName),
};

export interface BundledPackage {
  readonly name: string;
  readonly version: string;
}

/** @param folders of the packages */
export function writeLicences(folders: Iterable<string>): string {
  const texts = [...folders].sort().map((folder) => {
    const file = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name));
    const { name, version, license, author } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const holder = author?.name ?? author;
    // One package names its licence and its author, and leaves the file out.
    if (file === undefined && (license !== 'MIT' || holder === undefined)) throw new Error(`${folder} has no licence`);
    const text =
      file === undefined ? `MIT licence. Copyright (c) ${holder}` : readFileSync(join(folder, file), 'utf8').trim();
    return `${name} ${version}\n\n${text}\n`;
  });
  return texts.join(`\n${line}\n\n`);
}

/** The packages whose licences are in such a text. */
export function readLicences(text: string): readonly BundledPackage[] {
  return text.split(`\n${line}\n\n`).map((part) => {
    const [, name, version] = /^(\S+) (\d\S*)\n\n/.exec(part) ?? [];
    if (name === undefined || version === undefined) {
      throw new Error(`expected a name and a version, found ${JSON.stringify(part.slice(0, 60))}`);
    }
    return { name, version };
  });
}
