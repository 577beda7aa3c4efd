/**
 * `npm run pack:winget -- --url <address>`: `build/winget`, the three manifests of the MSI that will lie at that address. It
 * is looked at as it is, `build/windows/setup.msi` or what `--msi` names: another build of it has another hash.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { description, keywords, license, name, version } from '../../../package.json';
import { buildFolder } from '../make/node-versions';

const manifestVersion = '1.12.0';

export interface WingetInstaller {
  readonly url: string;
  readonly sha256: string;
  readonly productCode: string;
}

/** The manifests by their file names. */
export function makeWingetManifests({ url, sha256, productCode }: WingetInstaller): ReadonlyMap<string, string> {
  const identity = { PackageIdentifier: `${name}.${name}`, PackageVersion: version };
  const kind = (type: string) => ({ ManifestType: type, ManifestVersion: manifestVersion });
  const locale = 'en-US';
  const contents = [
    ['', { ...identity, DefaultLocale: locale, ...kind('version') }],
    [
      '.installer',
      {
        ...identity,
        InstallerType: 'wix',
        Scope: 'machine',
        // Who installs a package does not expect it to change TLS.
        InstallerSwitches: { Custom: 'DISABLE=0' },
        InstallerSuccessCodes: [3010],
        UpgradeBehavior: 'install',
        Commands: [name],
        ElevationRequirement: 'elevationRequired',
        ProductCode: productCode,
        Installers: [{ Architecture: 'x64', InstallerUrl: url, InstallerSha256: sha256 }],
        ...kind('installer'),
      },
    ],
    [
      `.locale.${locale}`,
      {
        ...identity,
        PackageLocale: locale,
        Publisher: name,
        PackageName: name,
        License: license,
        ShortDescription: description,
        Moniker: name,
        Tags: keywords,
        ...kind('defaultLocale'),
      },
    ],
  ] as const;
  return new Map(contents.map(([part, content]) => [`${name}.${name}${part}.yaml`, writeYaml(content)]));
}

/** In blocks, as winget writes it; a text of JSON is one of YAML. */
function writeYaml(content: object, indent = ''): string {
  return Object.entries(content)
    .map(([key, value]) => {
      if (typeof value !== 'object') return `${indent}${key}: ${JSON.stringify(value)}\n`;
      if (!Array.isArray(value)) return `${indent}${key}:\n${writeYaml(value, `${indent}  `)}`;
      const items = value.map((one) =>
        typeof one === 'object'
          ? `${indent}- ${writeYaml(one, `${indent}  `).trimStart()}`
          : `${indent}- ${JSON.stringify(one)}\n`,
      );
      return `${indent}${key}:\n${items.join('')}`;
    })
    .join('');
}

export function sha256Of(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex').toUpperCase();
}

function readProductCode(msi: string): string {
  const { status, stdout, stderr, error } = spawnSync('msiinfo', ['export', msi, 'Property'], { encoding: 'utf8' });
  const code = /^ProductCode\t(\{[0-9A-F-]{36}\})\r?$/m.exec(stdout ?? '')?.[1];
  if (code === undefined) throw new Error(`msiinfo ended with ${status}: ${error?.message ?? stderr}`);
  return code;
}

/** Into the folder, in place of what lies there. */
export function writeWinget(msi: string, url: string, folder: string): void {
  if (!URL.canParse(url) || !url.startsWith('https://')) {
    throw new Error(`expected where the MSI will lie, found "${url}": --url https://...`);
  }
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const installer = { url, sha256: sha256Of(msi), productCode: readProductCode(msi) };
  for (const [file, text] of makeWingetManifests(installer)) writeFileSync(join(folder, file), text);
}

if (require.main === module) {
  const { values } = parseArgs({ options: { url: { type: 'string' }, msi: { type: 'string' } } });
  const { url = '', msi = join(buildFolder, 'setup.msi') } = values;
  const folder = join(__dirname, '..', '..', '..', 'build', 'winget');
  writeWinget(msi, url, folder);
  process.stdout.write(`${folder}\n`);
}
