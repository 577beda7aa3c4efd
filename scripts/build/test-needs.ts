/**
 * What each group of tests needs of the system, and which packages bring it. Whether it is there is told by doing with it
 * what the tests do: that a program of that name exists proves nothing.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

export interface Need {
  /** For a reader who looks for it on another system. */
  readonly what: string;
  /** Of Debian and Ubuntu; none where neither has one. */
  readonly packages: readonly string[];
  readonly isMet: () => boolean;
}

const answers = new Map<() => unknown, unknown>();

const cxx = '#include <string>\nint main(int count, char**) { return std::string(count, 0).empty(); }\n';
const fuzzTarget = `#include <string>
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, size_t size) {
  return std::string(data, data + size).size() != size;
}
`;
const gtest = '#include <gtest/gtest.h>\nTEST(A, B) { EXPECT_EQ(1, 1); }\n';
const java = 'class A { public static void main(String[] words) {} }\n';

// Programs that go by several names or lie outside of PATH: of each the first that does its work.
export const fuzzingCompiler = once(() =>
  inPath(/^clang\+\+(-\d+)?$/).find((name) =>
    works([`${name} -fsanitize=fuzzer,address,undefined a.cc -o a`, './a -runs=10'], { 'a.cc': fuzzTarget }),
  ),
);
export const sambaPython = once(() =>
  ['/usr/bin/python3', 'python3'].find((name) =>
    works([`${name} a.py`], { 'a.py': 'import samba.dcerpc.preg, samba.ndr' }),
  ),
);
export const nginx = once(() => ['nginx', '/usr/sbin/nginx'].find((name) => works([`${name} -V`])));

const openssl = need('openssl', 'openssl', () => works(['openssl version']));
const dotnet = need(
  'the .NET SDK 10 or later',
  '',
  () => Number.parseInt(outputOf('dotnet --version') ?? '', 10) >= 10,
);
const wine = need('Wine', 'wine wine64', () => works(['wine --version']));
const windowsBuild = [
  ...(['x86_64', 'i686'] as const).map((target) =>
    need(`mingw-w64 for ${target}`, `g++-mingw-w64-${target.replace('_', '-')}-posix`, () =>
      works([`${target}-w64-mingw32-g++-posix -static a.cc -o a`], { 'a.cc': cxx }),
    ),
  ),
  need('CMake', 'cmake', () => works(['cmake --version'])),
  need('Ninja', 'ninja-build', () => works(['ninja --version'])),
];
export const groups = {
  'the C++ core under sanitizers': [
    need('g++ with its sanitizers', 'g++', () =>
      works(['g++ -fsanitize=address,undefined a.cc -o a', './a'], { 'a.cc': cxx }),
    ),
    need('GoogleTest', 'g++ libgtest-dev', () =>
      works(['g++ a.cc -lgtest_main -lgtest -o a', './a'], { 'a.cc': gtest }),
    ),
  ],
  'the C++ core, fuzzed': [
    need('clang++ with libFuzzer', 'clang libclang-rt-dev', () => fuzzingCompiler() !== undefined),
  ],
  'the Windows binaries': windowsBuild,
  'the packages': [
    ...windowsBuild,
    openssl,
    need('osslsigncode', 'osslsigncode', () => works(['osslsigncode --version'])),
  ],
  'the Windows binaries under Wine': [
    ...windowsBuild,
    wine,
    need('NSIS', 'nsis', () => works(['makensis -VERSION'])),
    need('wixl', 'wixl', () => works(['wixl --version'])),
    need('msibuild', 'msitools', () => works(['msibuild a.msi -s name'])),
  ],
  'PowerShell on Linux': [...windowsBuild, dotnet],
  'PowerShell for Windows under Wine': [
    ...windowsBuild,
    dotnet,
    wine,
    need('script of util-linux', 'bsdutils', () => works(['script --version'])),
  ],
  OpenSSL: [openssl],
  GnuTLS: [openssl, need('GnuTLS', 'gnutls-bin', () => works(['gnutls-serv --version', 'gnutls-cli --version']))],
  nginx: [openssl, need('nginx', 'nginx-light', () => nginx() !== undefined)],
  // A runtime alone compiles nothing.
  'Java JSSE': [
    openssl,
    need('a JDK', 'default-jdk-headless', () => works(['javac A.java', 'java A'], { 'A.java': java })),
  ],
  Samba: [need("Samba's Python modules", 'python3-samba', () => sambaPython() !== undefined)],
} satisfies Readonly<Record<string, readonly Need[]>>;

export type Group = keyof typeof groups;

/** Whether all that a group needs is there. */
export const canRun = (group: Group) => missing(group).length === 0;

/** What of a group is not there. The answer is kept. */
export function missing(group: Group): readonly Need[] {
  return groups[group].filter(({ isMet }) => !isMet());
}

/** The line that says what to install, in words for any system and as a command for Debian and Ubuntu. */
export function describeMissing(group: Group): string {
  const needs = missing(group);
  const packages = packagesOf(needs);
  const command = packages.length === 0 ? '' : ` (Debian, Ubuntu: apt-get install ${packages.join(' ')})`;
  return `NOT RUN: ${group}: install ${needs.map(({ what }) => what).join(', ')}${command}\n`;
}

/** To be asked again, after something was installed. */
export function forgetAnswers(): void {
  answers.clear();
}

export function packagesOf(needs: readonly Need[]): readonly string[] {
  return [...new Set(needs.flatMap(({ packages }) => packages))];
}

function need(what: string, packages: string, isMet: () => boolean): Need {
  return { what, packages: packages.split(' ').filter(Boolean), isMet: once(isMet) };
}

function once<T>(question: () => T): () => T {
  return () => {
    if (!answers.has(question)) answers.set(question, question());
    return answers.get(question) as T;
  };
}

/** Every program of PATH with such a name, the highest version first. */
function inPath(name: RegExp): readonly string[] {
  const found = (process.env['PATH'] ?? '').split(delimiter).flatMap((folder) => {
    try {
      return readdirSync(folder).filter((file) => name.test(file));
    } catch {
      return [];
    }
  });
  return [...new Set(found)].sort((one, other) => other.localeCompare(one, 'en', { numeric: true }));
}

/** Runs one command after another in an empty folder with these files; whether all ended with 0. */
function works(commands: readonly string[], files: Readonly<Record<string, string>> = {}): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'schannel-dhe-'));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    return commands.every((command) => outputOf(command, folder) !== undefined);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Nothing where it cannot be run or does not end with 0. */
function outputOf(commandLine: string, folder = tmpdir()): string | undefined {
  const [command = '', ...words] = commandLine.split(' ');
  const { status, stdout } = spawnSync(command, words, { cwd: folder, encoding: 'utf8', timeout: 120_000 });
  return status === 0 ? stdout : undefined;
}
