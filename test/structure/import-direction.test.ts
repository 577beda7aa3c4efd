import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

const lib = join(__dirname, '..', '..', 'lib');

/** The order of the rooms, highest first: what a room imports stands below it. Rooms of one line do not know each other. */
const floors: readonly (readonly string[])[] = [
  ['.'],
  ['cli'],
  ['messages'],
  ['fleet', 'evidence', 'group-policy', 'probe', 'selfcheck'],
  ['change'],
  ['assessment'],
  ['inputs'],
  ['configuration'],
  ['simulation'],
  ['binding'],
  ['policy'],
  ['windows'],
  ['cipher-suite'],
  ['registry-files', 'files', 'statistics'],
  ['errors', 'deep-readonly'],
];

/** Rooms, and single files, that touch no machine: no file, no process, no program. */
const pure =
  /^(cipher-suite|windows|policy|assessment|inputs|fleet|registry-files|statistics|messages|cli\/views)\/|^change\/(plan|lockout-guard)\.ts$|^errors\.ts$/;
const machine = /^node:(fs|process|child_process|net|os)/;

/** Only these may hold a binding's code; all others see its type. */
const seesBindingCode = /^(cli\/main|index)\.ts$|^(binding|simulation)\//;

interface Import {
  readonly target: string;
  readonly typeOnly: boolean;
}

const sources = readdirSync(lib, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.ts'));

function importsOf(file: string): Import[] {
  const source = readFileSync(join(lib, file), 'utf8');
  const statements = source.matchAll(
    /(?:^|\n)(?:import|export)\s+(type\b)?([^;']*?)from\s+'([^']+)'|import\('([^']+)'\)/g,
  );
  return [...statements].map(([, type, names = '', fixed, lazy]) => {
    const listed = /\{([^}]*)\}/.exec(names)?.[1]?.split(',') ?? [];
    const named = listed.map((name) => name.trim()).filter((name) => name !== '');
    const typeOnly = type !== undefined || (named.length > 0 && named.every((name) => name.startsWith('type ')));
    return { target: resolve(file, fixed ?? lazy ?? ''), typeOnly };
  });
}

/** A path below `lib`, or the name of a package or of a part of Node. */
function resolve(file: string, specifier: string): string {
  if (!specifier.startsWith('.')) return specifier;
  const path = relative(lib, join(lib, dirname(file), specifier))
    .replaceAll('\\', '/')
    .replace(/\.js$/, '');
  // The version of the package is no room's.
  if (path === '../package.json') return 'package.json';
  if (path.endsWith('.json')) return path;
  return sources.includes(`${path}.ts`) ? `${path}.ts` : `${path}/index.ts`;
}

function roomOf(file: string): string {
  const [room, rest] = file.split('/');
  if (rest !== undefined) return room ?? '';
  return file === 'errors.ts' || file === 'deep-readonly.ts' ? file.slice(0, -3) : '.';
}

const floorOf = (room: string) => floors.findIndex((rooms) => rooms.includes(room));

describe.each(sources)('%s', (file) => {
  const imports = importsOf(file);
  const own = roomOf(file);

  it('imports from rooms below its own alone', () => {
    expect(floorOf(own), `the room ${own} has no place`).not.toBe(-1);
    const wrong = imports
      .filter(
        ({ target }) =>
          target.includes('/') && !target.startsWith('node:') && (target.endsWith('.ts') || target.endsWith('.json')),
      )
      .filter(({ target, typeOnly }) => {
        const room = roomOf(target);
        if (room === own) return false;
        if (room === 'messages') return own !== 'cli';
        // The contract is a type for all; what stands behind it is known to few.
        if (room === 'binding') return !(typeOnly || seesBindingCode.test(file));
        return floorOf(room) <= floorOf(own);
      });
    expect(wrong).toEqual([]);
  });
});

it.each(sources.filter((file) => pure.test(file)))('%s is pure', (file) => {
  expect(importsOf(file).filter(({ target }) => machine.test(target))).toEqual([]);
});

it('has no circle, types included', () => {
  const circles: string[] = [];
  const done = new Set<string>();
  const visit = (file: string, trail: readonly string[]): void => {
    if (trail.includes(file)) {
      circles.push([...trail.slice(trail.indexOf(file)), file].join(' -> '));
      return;
    }
    if (done.has(file)) return;
    for (const { target } of importsOf(file)) if (sources.includes(target)) visit(target, [...trail, file]);
    done.add(file);
  };
  for (const file of sources) visit(file, []);
  expect(circles).toEqual([]);
});
