/** PowerShell and Pester from NuGet, in the versions of `powershell-packages.csproj`, so that nothing has to be installed. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const powerShellFolder = join(__dirname, '..', '..', 'build', 'powershell');
const project = join(__dirname, 'powershell-packages.csproj');

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
  return ['dotnet', program, '-NoProfile', '-NonInteractive', '-File'];
}
