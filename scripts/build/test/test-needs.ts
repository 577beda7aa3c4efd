/**
 * What each group of tests needs of the system, and which packages bring it. Whether it is there is told by doing with it
 * what the tests do: that a program of that name exists proves nothing.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { hasRootDrive, mountRoot } from './powershell';

export interface Need {
  /** For a reader who looks for it on another system. */
  readonly what: string;
  /** Of Debian and Ubuntu; none where neither has one. */
  readonly packages: readonly string[];
  /** Packages that are not installed, but used out of their files. */
  readonly unpacked?: readonly string[];
  readonly isMet: () => boolean;
}

const answers = new Map<() => unknown, unknown>();

const cxx = '#include <string>\nint main(int count, char**) { return std::string(count, 0).empty(); }\n';
const fuzzTarget = `#include <string>
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, size_t size) {
  return std::string(data, data + size).size() != size;
}
`;
const c = '#include <stdio.h>\nint main(void) { return puts("") < 0; }\n';
const gtest = '#include <gtest/gtest.h>\nTEST(A, B) { EXPECT_EQ(1, 1); }\n';
const javaClass = 'class A { public static void main(String[] words) {} }\n';

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

export const tlslitePython = once(() =>
  ['/usr/bin/python3', 'python3'].find((name) => works([`${name} -c import\ttlslite`])),
);
/** Debian keeps one for each version. */
export const postgresFolder = once(() => {
  const versions = '/usr/lib/postgresql';
  const folders = (existsSync(versions) ? readdirSync(versions) : []).map((one) => join(versions, one, 'bin'));
  return folders.find((folder) => works([`${folder}/postgres --version`, `${folder}/initdb --version`]));
});

const root = need('root', '', () => process.getuid?.() === 0);
const gcc = need('gcc', 'gcc libc6-dev', () => works(['gcc a.c -o a', './a'], { 'a.c': c }));
const openssl = need('openssl', 'openssl', () => works(['openssl version']));
const dotnet = need(
  'the .NET SDK 10 or later',
  '',
  () => Number.parseInt(outputOf('dotnet --version') ?? '', 10) >= 10,
);
const drive = need('a "/" that is mounted, or root', '', () => {
  const [command = '', ...words] = mountRoot();
  return hasRootDrive() || spawnSync(command, [...words, 'true']).status === 0;
});
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
const wixl = need('wixl', 'wixl', () => works(['wixl --version']));
const msitools = need('msibuild', 'msitools', () => works(['msibuild a.msi -s name']));
const nsis = need('NSIS', 'nsis', () => works(['makensis -VERSION']));
const gnutls = need('GnuTLS', 'gnutls-bin', () => works(['gnutls-serv --version', 'gnutls-cli --version']));
// A runtime alone compiles nothing.
const java = need('a JDK', 'default-jdk-headless', () => works(['javac A.java', 'java A'], { 'A.java': javaClass }));
const haproxy = program('HAProxy', 'haproxy', 'haproxy -v');

/** A library that C programs are built with, in the order in which they are linked. */
export const libraries = { wolfSSL: ['wolfssl'], 'Mbed TLS': ['mbedtls', 'mbedx509', 'mbedcrypto'] } as const;

function library(name: keyof typeof libraries, packages: string, include: string): readonly Need[] {
  const options = libraries[name].map((one) => ` -l${one}`).join('');
  return [
    openssl,
    gcc,
    need(name, packages, () => works([`gcc a.c -o a${options}`, './a'], { 'a.c': `#include <${include}>\n${c}` })),
  ];
}

/** Where the files of such packages lie. */
export const unpackedFolder = join(__dirname, '..', '..', '..', 'build', 'debian');

/**
 * Installed, INN wants a mail server and a domain, and without the latter leaves the system's package database broken.
 * Its two packages; nothing where they are not there.
 */
export const innPackages = once(() => {
  const files = ['inn2-inews', 'inn2'].flatMap(packageFile);
  const lines = [
    ...files.map((file) => `dpkg-deb -x "${file}" . || exit`),
    'LD_LIBRARY_PATH=usr/lib/news ldd usr/lib/news/bin/nnrpd >found || exit',
    '! grep "not found" found',
  ];
  return works(['sh a'], { a: lines.join('\n') }) ? files : undefined;
});

function packageFile(name: string): readonly string[] {
  const files = existsSync(unpackedFolder) ? readdirSync(unpackedFolder) : [];
  return files.filter((file) => file.startsWith(`${name}_`)).map((file) => join(unpackedFolder, file));
}

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
    need('osslsigncode 2.8 or later', 'osslsigncode', () =>
      // Older ones sign no PowerShell.
      works(
        [
          'openssl req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out certificate.pem -subj /CN=a',
          'osslsigncode sign -certs certificate.pem -key key.pem -in a.ps1 -out b.ps1',
        ],
        { 'a.ps1': '# a\r\n'.repeat(20) },
      ),
    ),
  ],
  'the Windows binaries under Wine': [...windowsBuild, wine, nsis, wixl, msitools],
  'PowerShell on Linux': [...windowsBuild, dotnet, drive],
  'PowerShell for Windows under Wine': [
    ...windowsBuild,
    dotnet,
    wine,
    need('script of util-linux', 'bsdutils', () => works(['script --version'])),
  ],
  'the packages of package managers': [
    dotnet,
    wixl,
    msitools,
    need('YAML for Python', 'python3-yaml', () => works(['/usr/bin/python3 -c import\tyaml'])),
  ],
  'a release': [
    ...windowsBuild,
    wine,
    nsis,
    wixl,
    msitools,
    dotnet,
    need('git', 'git', () => works(['git --version'])),
    need('dpkg-query of Debian or Ubuntu', '', () => works(['dpkg-query --version'])),
  ],
  // Its syntax check looks for the modules, which the collections of the other package bring.
  Ansible: [program('ansible-lint', 'ansible-lint ansible', 'ansible-lint --version')],
  OpenSSL: [openssl],
  GnuTLS: [openssl, gnutls],
  nginx: [openssl, program('nginx', 'nginx-light', 'nginx -V')],
  'Java JSSE': [openssl, java],
  HAProxy: [openssl, haproxy],
  curl: [program('curl', 'curl', 'curl --version')],
  // It has no command that does nothing.
  NSS: [need("NSS's tstclnt", 'libnss3-tools', () => works(['sh a'], { a: 'tstclnt 2>&1 | grep -q -- -h' }))],
  wolfSSL: library('wolfSSL', 'libwolfssl-dev', 'wolfssl/options.h'),
  'Mbed TLS': library('Mbed TLS', 'libmbedtls-dev', 'mbedtls/ssl.h'),
  'OpenSSL made to keep zeros': [openssl, gcc],
  MariaDB: [openssl, program('MariaDB', 'mariadb-server-core', 'mariadbd --version')],
  Prosody: [openssl, program('Prosody', 'prosody', 'prosodyctl about')],
  OpenLDAP: [openssl, program("OpenLDAP's slapd", 'slapd', 'slapd -VV')],
  xrdp: [openssl, program('xrdp', 'xrdp', 'xrdp --version')],
  'python-tds': [
    openssl,
    need('python-tds', 'python3-tds python3-pkg-resources', () => works(['/usr/bin/python3 -c import\tpytds'])),
  ],
  // These take on users of their own.
  'Pure-FTPd': [openssl, program('Pure-FTPd', 'pure-ftpd', 'pure-ftpd --help'), root],
  Dovecot: [openssl, program('Dovecot', 'dovecot-imapd dovecot-pop3d dovecot-managesieved', 'dovecot --version'), root],
  INN: [
    openssl,
    root,
    {
      what: 'INN, which npm test gets as root on Debian',
      packages: [],
      unpacked: ['inn2-inews', 'inn2'],
      isMet: () => innPackages() !== undefined,
    },
  ],
  captures: [
    openssl,
    gnutls,
    java,
    root,
    // All in one package: the first captures, the second reads, the others cut and join.
    need('Wireshark in its form for terminals', 'tshark', () =>
      works([
        'dumpcap -q -i lo -a duration:1 -w a.pcapng',
        'tshark -r a.pcapng',
        'editcap a.pcapng b.pcapng',
        'mergecap -w c.pcapng a.pcapng b.pcapng',
      ]),
    ),
  ],
  'pages in a browser': [
    program('Chromium', 'chromium', 'chromium --headless --no-sandbox --disable-gpu --dump-dom about:blank'),
  ],
  'pages on paper': [
    program('Chromium', 'chromium', 'chromium --headless --no-sandbox --disable-gpu --dump-dom about:blank'),
    program('pdftotext of Poppler', 'poppler-utils', 'pdftotext -v'),
  ],
  // Without a terminal it runs what it is given, and ends well where that is nothing.
  libxml2: [need('xmllint of libxml2', 'libxml2-utils', () => works(['xmllint --noout a'], { a: '<a/>' }))],
  hivex: [need('hivexsh of hivex', 'libhivex-bin', () => works(['sh a'], { a: 'echo quit | hivexsh' }))],
  Samba: [need("Samba's Python modules", 'python3-samba', () => sambaPython() !== undefined)],
} satisfies Readonly<Record<string, readonly Need[]>>;

/** Of the servers that the probe is tried on for its table of peers, and on which no test stands. */
export const peerGroups = {
  'Apache httpd': [openssl, program('Apache httpd', 'apache2-bin', 'apache2 -v')],
  stunnel: [openssl, program('stunnel', 'stunnel4', 'stunnel4 -version')],
  lighttpd: [openssl, program('lighttpd', 'lighttpd lighttpd-mod-openssl', 'lighttpd -v')],
  Hitch: [openssl, program('Hitch', 'hitch', 'hitch --version')],
  nghttpd: [openssl, program('nghttpd', 'nghttp2-server', 'nghttpd --version')],
  Mosquitto: [openssl, need('Mosquitto', 'mosquitto', () => works(['sh a'], { a: 'mosquitto -h | grep -q version' }))],
  socat: [openssl, program('socat', 'socat', 'socat -V')],
  'Bouncy Castle': [
    openssl,
    java,
    need('Bouncy Castle', 'libbctls-java', () =>
      works(['javac -cp /usr/share/java/bctls.jar A.java'], {
        'A.java': `import org.bouncycastle.jsse.provider.BouncyCastleJsseProvider; ${javaClass}`,
      }),
    ),
  ],
  Botan: [openssl, program('Botan', 'botan', 'botan version')],
  'Erlang/OTP': [
    openssl,
    need('Erlang/OTP', 'erlang-ssl', () => works(['escript a'], { a: '#!\nmain(_) -> ok = ssl:start().\n' })),
  ],
  'Node.js': [openssl],
  'Python ssl': [openssl, need('Python', 'python3', () => works(['/usr/bin/python3 -c import\tssl']))],
  'Ruby openssl': [openssl, program('Ruby', 'ruby', 'ruby -ropenssl -e 1')],
  'Perl IO::Socket::SSL': [
    openssl,
    program('IO::Socket::SSL', 'libio-socket-ssl-perl', '/usr/bin/perl -MIO::Socket::SSL -e 1'),
  ],
  'Go crypto/tls': [openssl, program('Go', 'golang-go', 'go version')],
  'NSS selfserv': [
    openssl,
    need("NSS's selfserv", 'libnss3-tools', () => works(['sh a'], { a: 'selfserv 2>&1 | grep -q -- -H' })),
  ],
  'tlslite-ng': [openssl, need('tlslite-ng of PyPI', '', () => tlslitePython() !== undefined)],
  // It takes the place of another mail server, and wants users of its own.
  Postfix: [openssl, program('Postfix', 'postfix', 'postconf -d mail_version'), root],
  // It does not start as root, which has to become somebody else.
  PostgreSQL: [openssl, root, need('PostgreSQL', 'postgresql', () => postgresFolder() !== undefined)],
} satisfies Readonly<Record<string, readonly Need[]>>;

export type Group = keyof typeof groups | keyof typeof peerGroups;

const allGroups: Readonly<Record<Group, readonly Need[]>> = { ...groups, ...peerGroups };

/** Whether all that a group needs is there. */
export const canRun = (group: Group) => missing(group).length === 0;

/** What of a group is not there. The answer is kept. */
export function missing(group: Group): readonly Need[] {
  return allGroups[group].filter(({ isMet }) => !isMet());
}

/** The line that says what to install, in words for any system and as a command for Debian and Ubuntu. */
export function describeMissing(group: Group): string {
  const needs = missing(group);
  const packages = packagesOf(needs);
  const command = packages.length === 0 ? '' : ` (Debian, Ubuntu: apt-get install ${packages.join(' ')})`;
  return `NOT RUN: ${group}: needs ${needs.map(({ what }) => what).join(', ')}${command}\n`;
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

function program(what: string, packages: string, command: string): Need {
  return need(what, packages, () => works([command]));
}

function once<T>(question: () => T): () => T {
  return () => {
    if (!answers.has(question)) answers.set(question, question());
    return answers.get(question) as T;
  };
}

/** Debian keeps servers where the PATH of users does not lead. */
export function environment(): NodeJS.ProcessEnv {
  return { ...process.env, PATH: `${process.env['PATH'] ?? ''}${delimiter}/usr/sbin` };
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
  const { status, stdout } = spawnSync(command, words, {
    cwd: folder,
    encoding: 'utf8',
    env: environment(),
    timeout: 120_000,
  });
  return status === 0 ? stdout : undefined;
}
