/** PowerShell and Pester from NuGet, in the versions of `powershell-packages.csproj`, so that nothing has to be installed. */
import { spawnSync } from 'node:child_process';
import { existsSync, linkSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';

export const powerShellFolder = join(__dirname, '..', '..', '..', 'build', 'powershell');
const project = join(__dirname, 'powershell-packages.csproj');

// PowerShell reports its start to Microsoft, and looks for a newer one.
Object.assign(process.env, { POWERSHELL_TELEMETRY_OPTOUT: '1', POWERSHELL_UPDATECHECK: 'Off' });

/** Restores the packages where one is missing. */
export function restorePowerShellPackages(): void {
  const wanted = readFileSync(project, 'utf8').matchAll(/<PackageDownload Include="([^"]+)" Version="\[([^"]+)\]"/g);
  if ([...wanted].every(([, name = '', version = '']) => existsSync(packageFolder(name, version)))) return;
  const { status, stdout, error } = spawnSync(
    'dotnet',
    [
      ...['restore', project, '--packages', join(powerShellFolder, 'packages')],
      `-p:BaseIntermediateOutputPath=${join(powerShellFolder, 'obj')}/`,
    ],
    { encoding: 'utf8', env: { ...process.env, DOTNET_CLI_TELEMETRY_OPTOUT: '1', DOTNET_NOLOGO: '1' } },
  );
  if (status !== 0) throw new Error(`dotnet restore ended with ${status}: ${error?.message ?? stdout}`);
}

/** PowerShell for Windows, with a .NET for it to stand on. */
export interface WindowsPowerShell {
  readonly program: string;
  readonly dotnetRoot: string;
}

/** Lays a .NET out as its installer would. */
export function layOutWindowsPowerShell(): WindowsPowerShell {
  const dotnetRoot = join(powerShellFolder, 'dotnet');
  rmSync(dotnetRoot, { recursive: true, force: true });
  for (const framework of ['Microsoft.NETCore.App', 'Microsoft.WindowsDesktop.App']) {
    const source = powerShellPackage(`${framework}.Runtime.win-x64`);
    const target = join(dotnetRoot, 'shared', framework, basename(source));
    mkdirSync(target, { recursive: true });
    for (const part of ['lib/net10.0', 'native']) {
      const folder = join(source, 'runtimes', 'win-x64', part);
      for (const entry of readdirSync(folder, { withFileTypes: true })) {
        // The folders are translations of messages.
        if (entry.isFile()) linkSync(join(folder, entry.name), join(target, entry.name));
      }
    }
  }
  const runtime = powerShellPackage('Microsoft.NETCore.App.Runtime.win-x64');
  const resolver = join(dotnetRoot, 'host', 'fxr', basename(runtime));
  mkdirSync(resolver, { recursive: true });
  linkSync(join(runtime, 'runtimes', 'win-x64', 'native', 'hostfxr.dll'), join(resolver, 'hostfxr.dll'));
  return { program: join(powerShellPackage('PowerShell'), 'tools', 'net10.0', 'any', 'win', 'pwsh.exe'), dotnetRoot };
}

function packageFolder(name: string, version: string): string {
  return join(powerShellFolder, 'packages', name.toLowerCase(), version);
}

/** The folder of a restored package. */
export function powerShellPackage(name: string): string {
  const version = new RegExp(`Include="${name}" Version="\\[([^"]+)\\]"`).exec(readFileSync(project, 'utf8'))?.[1];
  if (version === undefined) throw new Error(`${project} does not name ${name}`);
  return packageFolder(name, version);
}

/** The command line that runs a script in PowerShell. */
export function powerShellCommand(): readonly string[] {
  const program = join(powerShellPackage('PowerShell'), 'tools', 'net10.0', 'any', 'unix', 'pwsh.dll');
  return [...(hasRootDrive() ? [] : mountRoot()), 'dotnet', program, '-NoProfile', '-NonInteractive', '-File'];
}

/** In a chroot whose root is no mount point .NET names no drive "/", and PowerShell finds none of its modules. */
export function hasRootDrive(): boolean {
  const mounts = '/proc/self/mountinfo';
  // The fifth field is the mount point.
  return !existsSync(mounts) || /^(?:\S+ ){4}\/ /m.test(readFileSync(mounts, 'utf8'));
}

/** Runs the command behind it where the root is a mount point, which ends with it; as root alone. */
export function mountRoot(): readonly string[] {
  const folder = join(powerShellFolder, 'root');
  mkdirSync(folder, { recursive: true });
  const script = 'mount --rbind / "$0" && exec chroot "$0" env --chdir="$PWD" "$@"';
  return ['unshare', '--mount', '--propagation', 'unchanged', 'sh', '-c', script, folder];
}
