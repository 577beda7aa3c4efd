/** Programs that are there by name and do not work, which is how a half-installed compiler looks. */
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  canRun,
  describeMissing,
  forgetAnswers,
  fuzzingCompiler,
  groups,
  missing,
} from '../../scripts/build/test/test-needs';
import { useFolder } from '../cli/run';

const folder = useFolder();
const path = process.env['PATH'];
let bin: string;

beforeEach(({ task }) => {
  bin = folder(task.id);
  mkdirSync(bin);
  process.env['PATH'] = bin;
  forgetAnswers();
});
afterEach(() => {
  process.env['PATH'] = path;
  forgetAnswers();
});

function install(name: string, script: string): void {
  writeFileSync(`${bin}/${name}`, `#!/bin/sh\n${script}\n`);
  chmodSync(`${bin}/${name}`, 0o755);
}

describe('a clang++', () => {
  const works = "printf '#!/bin/sh\\n' > a && /bin/chmod +x a";

  it.each([
    ['cannot link', 'echo "ld: cannot find libclang_rt.fuzzer.a" >&2; exit 1'],
    ['links nothing', 'exit 0'],
    ['makes a program that crashes', "printf '#!/bin/sh\\nkill -SEGV $$' > a && /bin/chmod +x a"],
  ])('that %s is missing', (_, script) => {
    install('clang++', script);
    install('clang++-14', script);
    expect(fuzzingCompiler()).toBeUndefined();
    expect(describeMissing('the C++ core, fuzzed')).toBe(
      'NOT RUN: the C++ core, fuzzed: needs clang++ with libFuzzer (Debian, Ubuntu: apt-get install clang libclang-rt-dev)\n',
    );
  });

  it('of any version will do, and a broken newer one does not hide it', () => {
    install('clang++-9', works);
    install('clang++-14', works);
    install('clang++-19', 'exit 1');
    expect(fuzzingCompiler()).toBe('clang++-14');
    expect(canRun('the C++ core, fuzzed')).toBe(true);
  });
});

const names = ['clang++', 'g++', 'x86_64-w64-mingw32-g++-posix', 'i686-w64-mingw32-g++-posix', 'cmake', 'ninja', 'wine']
  .concat('makensis', 'wixl', 'msibuild', 'osslsigncode', 'openssl', 'dotnet', 'gnutls-serv', 'gnutls-cli')
  .concat(
    'java',
    'javac',
    'gcc',
    'curl',
    'tstclnt',
    'prosodyctl',
    'dumpcap',
    'tshark',
    'chromium',
    'hivexsh',
    'xmllint',
    'ansible-lint',
  );

/** Looked for by their full path as well, or in the folder of servers. */
const beyondPath = ['nginx', 'HAProxy', 'MariaDB', 'OpenLDAP', 'xrdp', 'Pure-FTPd', 'Dovecot'].concat(
  ...['INN', 'python-tds', 'Samba', 'the packages of package managers'],
);

describe.each([
  ['absent', []],
  ['there and fail', names],
])('where all programs are %s', (_, installed) => {
  it.each((Object.keys(groups) as (keyof typeof groups)[]).filter((group) => !beyondPath.includes(group)))(
    '%s misses all it needs, and says what to install',
    (group) => {
      for (const name of installed) install(name, 'exit 1');
      // What no package brings may be there without a program.
      const brought = groups[group].filter(({ packages }) => packages.length > 0);
      expect(missing(group)).toEqual(expect.arrayContaining(brought));
      for (const { what, packages } of brought) {
        expect(describeMissing(group)).toContain(what);
        for (const one of packages) expect(describeMissing(group)).toContain(` ${one}`);
      }
    },
  );
});

it('an old .NET SDK is none', () => {
  install('dotnet', 'echo 9.0.100');
  expect(describeMissing('PowerShell on Linux')).toContain('.NET SDK 10');
  forgetAnswers();
  install('dotnet', 'echo 10.0.401');
  expect(describeMissing('PowerShell on Linux')).not.toContain('.NET SDK');
});
