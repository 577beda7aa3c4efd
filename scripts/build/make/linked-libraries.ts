/** What `-static` links into an addon, by Debian's packages. */
import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram } from './run-program';

export type Target = 'x86_64' | 'i686';

/** The package that a static library of the compiler is in. */
export function packageOfLibrary(target: Target, library: string): string {
  const path = realpathSync(runProgram(`${target}-w64-mingw32-gcc-posix`, `-print-file-name=${library}`));
  return runProgram('dpkg-query', '--search', path).split(':')[0] ?? '';
}

/** The licences of mingw-w64's own libraries, which want to go with what they are linked into. */
export function runtimeLicence(): string {
  return join('/usr/share/doc', packageOfLibrary('x86_64', 'libmingwex.a'), 'copyright');
}
