/**
 * The front page, as somebody follows it who has just cloned the repository: every block is run in its shell, and what it
 * prints stands there. PowerShell runs its blocks, and the transcript too, in test/powershell/Readme.Tests.ps1.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { spell } from '../../lib/cli/option';
import { commands } from '../../lib/cli/run-cli';
import { readFolder } from '../../scripts/build/release/archive';

const root = join(__dirname, '..', '..');
// Beside what is linked into it, since a hard link stays on its disk.
const folder = join(root, 'build', 'test', 'readme');
const checkout = join(folder, 'checkout');
const work = join(folder, 'work');
const installed = join(folder, 'installed');

interface Block {
  readonly language: string;
  readonly lines: readonly string[];
}

function blocksOf(file: string): Block[] {
  const text = readFileSync(join(root, file), 'utf8');
  return [...text.matchAll(/^```(\S*)\n([\s\S]*?)^```$/gm)].map(([, language = '', content = '']) => ({
    language,
    lines: content.trimEnd().split('\n'),
  }));
}

// Nothing of the npm that may run this.
const environment = {
  PATH: [join(installed, 'bin'), process.env['PATH']].join(delimiter),
  HOME: process.env['HOME'],
  LANG: 'C.UTF-8',
  npm_config_prefix: installed,
  npm_config_audit: 'false',
  npm_config_update_notifier: 'false',
};

function shell(command: string, cwd: string): string {
  const { status, stdout } = spawnSync('sh', ['-c', `${command} 2>&1`], { cwd, env: environment, encoding: 'utf8' });
  expect(status, stdout).toBe(0);
  return stdout;
}

/** Commands with what they print; `...` stands for lines that are left out. */
function transcript({ lines }: Block): { command: string; printed: RegExp }[] {
  const parts = `\n${lines.join('\n')}\n`.split('\n$ ').slice(1);
  return parts.map((part) => {
    const [command = '', ...output] = part.trimEnd().split('\n');
    const pattern = output.map((line) => (line === '...' ? '(?:.*\n)*' : `${quoted(mask(line))}\n`)).join('');
    return { command, printed: new RegExp(`^${pattern}$`) };
  });
}

const mask = (text: string) => text.replaceAll(/\d{8}T\d{6}Z/g, '<backup>');
const quoted = (text: string) => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');

const done = new Set<string>();

/** How a block of a language is run. */
const runners: Readonly<Record<string, (block: Block) => void>> = {
  sh: ({ lines }) => {
    // The pages in both languages share them.
    if (done.has(lines.join('\n'))) return;
    done.add(lines.join('\n'));
    for (const line of lines) {
      // It is what runs this.
      if (line === 'npm test') expect(readFileSync(join(root, '.ci', 'run'), 'utf8')).toContain(line);
      else shell(line, checkout);
    }
  },
  console: (block) => {
    rmSync(join(work, 'machine.json'), { force: true });
    for (const { command, printed } of transcript(block)) expect(mask(shell(command, work))).toMatch(printed);
  },
  js: ({ lines }) => {
    mkdirSync(join(work, 'node_modules'), { recursive: true });
    spawnSync('ln', ['-sfn', checkout, join(work, 'node_modules', 'schannel-dhe')]);
    writeFileSync(join(work, 'readme.cjs'), lines.join('\n'));
    const promised = lines.flatMap((line) => /console\.log\(.*\); \/\/ '(.*)'$/.exec(line)?.[1] ?? []);
    expect(promised.length).toBeGreaterThan(0);
    expect(shell('node readme.cjs', work).trimEnd().split('\n')).toEqual(promised);
  },
  powershell: () => {
    const tests = readFileSync(join(root, 'test', 'powershell', 'Readme.Tests.ps1'), 'utf8');
    expect(tests).toContain("Get-ReadmeBlock $Readme 'powershell'");
    expect(tests).toContain("Get-ReadmeBlock $Readme 'console'");
  },
};

beforeAll(() => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  const apart = new Set(['node_modules', 'build', 'dist', '.git', 'coverage']);
  for (const entry of readdirSync(root)) {
    if (!apart.has(entry)) cpSync(join(root, entry), join(checkout, entry), { recursive: true });
  }
  execFileSync('cp', ['-al', join(root, 'node_modules'), join(checkout, 'node_modules')]);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each(['README.md', 'README.ja.md'])('%s', (file) => {
  const blocks = blocksOf(file);

  it('has blocks of every kind, and none that nobody runs', () => {
    expect(new Set(blocks.map(({ language }) => language))).toEqual(new Set(Object.keys(runners)));
    expect(readFileSync(join(root, file), 'utf8').match(/^ *```/gm)).toHaveLength(2 * blocks.length);
  });

  it.each(blocks.map((block) => [`${block.language}: ${block.lines[0]}`, block] as const))('%s', (_, block) => {
    runners[block.language]?.(block);
  });
});

it('builds what was built here, byte for byte, in another folder', () => {
  const [here, there] = [root, checkout].map((one) => readFolder(join(one, 'dist')));
  // Of the versions of Node that make byte code, one may have been here alone.
  const others = [...(here ?? [])].filter(([name]) => there?.has(name) || !/^cli\/v[\d.]+-/.test(name));
  expect([...(there ?? [])].map(([name]) => name)).toEqual(others.map(([name]) => name));
  for (const [name, content] of others) {
    expect([name, Buffer.compare(content, there?.get(name) ?? Buffer.of())]).toEqual([name, 0]);
  }
});

describe('the pages', () => {
  it.each(['lib/cli/README.md', 'lib/cli/README.ja.md'])('%s names commands and options that there are', (file) => {
    const usage = blocksOf(file)
      .flatMap(({ lines }) => lines)
      .join('\n')
      .split(/\n(?=schannel-dhe )/)
      .filter((line) => line.startsWith('schannel-dhe '));
    const named = new Set<string>();
    for (const line of usage) {
      const command = commands.find(({ name }) => line.startsWith(`schannel-dhe ${name} `));
      if (command === undefined) throw new Error(`no command: ${line}`);
      named.add(command.name);
      const known = Object.keys(command.options).map(spell);
      expect(known).toEqual(expect.arrayContaining(line.match(/--[a-z-]+/g) ?? []));
    }
    expect(named).toEqual(new Set(commands.map(({ name }) => name)));
  });
});
