import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, it } from 'vitest';

const lib = join(__dirname, '..', '..', 'lib');

/** What each room may import at run time; types may come from anywhere. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  '.': [
    'assessment',
    'binding',
    'change',
    'cipher-suite',
    'configuration',
    'errors',
    'group-policy',
    'probe',
    'registry-files',
  ],
  cli: [
    'assessment',
    'binding',
    'change',
    'cipher-suite',
    'configuration',
    'errors',
    'group-policy',
    'messages',
    'probe',
    'registry-files',
    'selfcheck',
  ],
  probe: ['errors'],
  selfcheck: ['change', 'cipher-suite', 'configuration', 'errors', 'registry-files'],
  messages: [],
  'group-policy': ['assessment', 'change', 'cipher-suite', 'configuration', 'errors', 'registry-files'],
  change: ['assessment', 'cipher-suite', 'configuration', 'errors', 'registry-files'],
  assessment: ['cipher-suite', 'configuration', 'errors', 'registry-files'],
  configuration: ['cipher-suite', 'errors', 'registry-files'],
  binding: ['cipher-suite', 'errors', 'registry-files'],
  'registry-files': ['errors'],
  'cipher-suite': ['errors'],
};

const sources = readdirSync(lib, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.replaceAll('\\', '/'));

const pure = /^(cipher-suite|assessment|registry-files|cli\/views)\/|^change\/(plan|lockout-guard)\.ts$/;

const roomOf = (path: string) =>
  path.includes('/') ? (path.split('/')[0] ?? '') : path === 'errors.ts' ? 'errors' : '.';

it.each(sources)('%s imports only what its room may', (file) => {
  const source = readFileSync(join(lib, file), 'utf8');
  const statements = source.matchAll(
    /(?:^|\n)(?:import|export)\s+(?!type\b)([^;]*?from\s+)'([^']+)'|import\('([^']+)'\)/g,
  );
  for (const [statement, names, fixed, lazy] of statements) {
    const target = fixed ?? lazy ?? '';
    if (target.startsWith('node:') && pure.test(file)) {
      expect(['node:fs', 'node:process', 'node:child_process']).not.toContain(target);
    }
    const bare = (names ?? '').replace(/[{}]|from\s*$/g, '').trim();
    const isTypeOnly =
      bare !== '' && bare.split(',').every((name) => name.trim() === '' || name.trim().startsWith('type '));
    if (!target.startsWith('.') || isTypeOnly) continue;
    const room = roomOf(
      relative(lib, join(lib, dirname(file), target))
        .replaceAll('\\', '/')
        .replace(/^errors$/, 'errors.ts'),
    );
    const own = roomOf(file);
    const ok = room === own || (allowed[own] ?? []).includes(room);
    expect(ok, `${file}: ${statement.trim()}`).toBe(true);
  }
});
