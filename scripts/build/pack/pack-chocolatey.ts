/**
 * `npm run pack:chocolatey`: `build/chocolatey/schannel-dhe.<version>.nupkg`, with the MSI inside: `build/windows/setup.msi`, or
 * what `--msi` names.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { description, keywords, license, name, version } from '../../../package.json';
import { buildFolder } from '../make/node-versions';
import { sourceDate } from '../make/source-date';
import { sha256Of } from './pack-winget';

const root = join(__dirname, '..', '..', '..');
const source = join(root, 'scripts', 'installer', 'chocolatey');

/** Answers with the package. */
export function packChocolatey(msi: string, folder: string): string {
  if (!existsSync(msi)) throw new Error(`expected the MSI at ${msi}: npm run build:installers`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  cpSync(source, folder, { recursive: true });
  const tools = join(folder, 'tools');
  cpSync(msi, join(tools, `${name}.msi`));
  cpSync(join(root, 'LICENSE'), join(tools, 'LICENSE.txt'));
  const facts = { version, description, licence: license, tags: keywords.join(' '), sha256: sha256Of(msi) };
  for (const file of [join(folder, `${name}.nuspec`), join(tools, 'VERIFICATION.txt')]) {
    const text = readFileSync(file, 'utf8').replace(/\$(\w+)\$/g, (_, fact) => facts[fact as keyof typeof facts]);
    writeFileSync(file, text);
  }
  // `dotnet pack` wants a project; the nuspec says all that there is to say. No path stands in the command line, where MSBuild
  // would part it at a comma.
  const project = 'pack.csproj';
  writeFileSync(
    join(folder, project),
    '<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework><PackageOutputPath>.</PackageOutputPath></PropertyGroup></Project>\n',
  );
  const properties = ['NoBuild=true', `NuspecFile=${name}.nuspec`, `DeterministicTimestamp=${sourceDate()}`];
  const words = ['pack', project, ...properties.map((one) => `-p:${one}`)];
  const { status, stdout, error } = spawnSync('dotnet', words, {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, DOTNET_CLI_TELEMETRY_OPTOUT: '1', DOTNET_NOLOGO: '1' },
  });
  if (status !== 0) throw new Error(`dotnet pack ended with ${status}: ${error?.message ?? stdout}`);
  return join(folder, `${name}.${version}.nupkg`);
}

if (require.main === module) {
  const { values } = parseArgs({ options: { msi: { type: 'string' } } });
  const file = packChocolatey(values.msi ?? join(buildFolder, 'setup.msi'), join(root, 'build', 'chocolatey'));
  process.stdout.write(`${file}\n`);
}
