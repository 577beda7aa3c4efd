/** What winget and Chocolatey are given, by Microsoft's schemas, NuGet and the MSI itself. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Ajv from 'ajv';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { license, version } from '../../package.json';
import { packChocolatey } from '../../scripts/build/pack/pack-chocolatey';
import { canRun } from '../../scripts/build/test/test-needs';

const root = join(__dirname, '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'schannel-dhe-'));
const msi = join(folder, 'setup.msi');
const run = (command: string, ...words: readonly string[]) =>
  execFileSync(command, words, { encoding: 'utf8', cwd: root, stdio: 'pipe' });
const python = (script: string, ...words: readonly string[]) => run('/usr/bin/python3', '-c', script, ...words);

afterAll(() => rmSync(folder, { recursive: true }));

describe.runIf(canRun('the packages of package managers'))('an MSI', () => {
  let sha256: string;

  beforeAll(() => {
    const source = join(folder, 'setup.wxs');
    writeFileSync(
      source,
      `<Wix xmlns="http://schemas.microsoft.com/wix/2006/wi">
        <Product Id="*" Name="a" Language="1033" Version="${version}" Manufacturer="a" UpgradeCode="6E3D2D54-5F0B-4C8E-9C86-0C7B3D7A5F21">
          <Package InstallerVersion="500" InstallScope="perMachine" />
          <Directory Id="TARGETDIR" Name="SourceDir" />
        </Product>
      </Wix>`,
    );
    run('wixl', '-o', msi, source);
    sha256 = createHash('sha256').update(readFileSync(msi)).digest('hex').toUpperCase();
  });

  describe('for winget', () => {
    const url = 'https://downloads.example/setup.msi';
    const pack = (...words: readonly string[]) =>
      run(process.execPath, '--import', 'tsx', 'scripts/build/pack/pack-winget.ts', ...words);
    let manifests: Record<string, Record<string, unknown>>;

    beforeAll(() => {
      const packed = pack('--msi', msi, '--url', url).trim();
      const names = readdirSync(packed);
      expect(names).toHaveLength(3);
      const read = 'import json, sys, yaml; print(json.dumps([yaml.safe_load(open(one)) for one in sys.argv[1:]]))';
      const contents = JSON.parse(python(read, ...names.map((name) => join(packed, name))));
      manifests = Object.fromEntries(contents.map((one: { ManifestType: string }) => [one.ManifestType, one]));
    });

    it.each(['1.12.0', '1.28.0'])('passes the schemas %s', (schemas) => {
      for (const type of ['version', 'installer', 'defaultLocale']) {
        const file = join(__dirname, '..', 'fixtures', 'winget', `manifest.${type}.${schemas}.json`);
        const schema = JSON.parse(readFileSync(file, 'utf8').replace(/^\ufeff/, ''));
        const ajv = new Ajv({ strict: false, validateFormats: false });
        expect(ajv.validate(schema, manifests[type]), JSON.stringify(ajv.errors)).toBe(true);
      }
    });

    it('has what is true of it', () => {
      const properties = run('msiinfo', 'export', msi, 'Property');
      const { installer = {}, defaultLocale = {} } = manifests;
      expect(installer['Installers']).toEqual([{ Architecture: 'x64', InstallerUrl: url, InstallerSha256: sha256 }]);
      expect(properties).toContain(`ProductCode\t${installer['ProductCode']}`);
      expect([installer['PackageVersion'], defaultLocale['License']]).toEqual([version, license]);
      expect(installer['InstallerSwitches']).toEqual({ Custom: 'DISABLE=0' });
    });

    it.each([[[]], [['--url', 'setup.msi']], [['--url', 'http://downloads.example/setup.msi']]])(
      'is not packed without an address: %j',
      (words) => {
        expect(() => pack('--msi', msi, ...words)).toThrow();
      },
    );
  });

  it('for Chocolatey lies in a package that NuGet made, with its hash and licence', () => {
    const file = packChocolatey(msi, join(folder, 'chocolatey'));
    const read = `import base64, json, sys, zipfile
package = zipfile.ZipFile(sys.argv[1])
print(json.dumps({name: base64.b64encode(package.read(name)).decode() for name in package.namelist()}))`;
    const parts = JSON.parse(python(read, file)) as Record<string, string>;
    const text = (name: string) => Buffer.from(parts[name] ?? '', 'base64').toString();
    const names = Object.keys(parts).filter((name) => !/^(_rels|package|\[Content_Types\])/.test(name));
    expect(names.sort()).toEqual([
      'schannel-dhe.nuspec',
      'tools/LICENSE.txt',
      'tools/VERIFICATION.txt',
      'tools/chocolateyInstall.ps1',
      'tools/schannel-dhe.msi',
    ]);
    expect(text('schannel-dhe.nuspec')).toContain(`<version>${version}</version>`);
    expect(text('schannel-dhe.nuspec')).not.toMatch(/\$|Url>/);
    expect(text('tools/VERIFICATION.txt')).toContain(sha256);
    expect(text('tools/LICENSE.txt')).toBe(readFileSync(join(root, 'LICENSE'), 'utf8'));
    expect(Buffer.from(parts['tools/schannel-dhe.msi'] ?? '', 'base64').equals(readFileSync(msi))).toBe(true);
  });
});
