/** `npm run build:fleet`: the scripts that engines take, each a file of its own, from one source. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const root = join(__dirname, '..', '..', '..');
const mark = /^#@ (.*)\r?\n/m;

/** The scripts by their paths below `scripts/fleet`. A line `#@ <names>` says which of them get what stands below it. */
export function makeFleetScripts(): ReadonlyMap<string, string> {
  const template = readFileSync(join(root, 'scripts', 'build', 'fleet', 'template.ps1'), 'utf8');
  const [, ...parts] = template.split(mark);
  const names = new Set(parts.filter((_, index) => index % 2 === 0).flatMap((line) => line.split(' ')));
  names.delete('*');
  const scripts = new Map<string, string>();
  for (const name of names) {
    const own = parts.filter((_, index) => {
      const wanted = parts[index - 1]?.split(' ') ?? [];
      return index % 2 === 1 && (wanted.includes('*') || wanted.includes(name));
    });
    scripts.set(`${name}.ps1`, own.join('').replace(/\r?\n/g, '\r\n'));
  }
  return scripts;
}

if (require.main === module) {
  for (const [name, text] of makeFleetScripts()) {
    const file = join(root, 'scripts', 'fleet', name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}
