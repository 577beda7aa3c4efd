import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { joinModule } from '../../scripts/build/pack/powershell-module';

const root = join(__dirname, '..', '..');
const module = join(root, 'scripts', 'SchannelDhe');
const folder = mkdtempSync(join(tmpdir(), 'schannel-dhe-'));
const [key, certificate, pfx, password] = ['key.pem', 'cert.pem', 'cert.pfx', 'password'].map((name) =>
  join(folder, name),
) as [string, string, string, string];

function run(command: string, ...args: readonly string[]): string {
  return execFileSync(command, args, { encoding: 'utf8', cwd: root, stdio: 'pipe' });
}

function sign(input: string, output: string): void {
  const options = ['--password-file', password, '--in', input, '--out', output];
  run(process.execPath, '--import', 'tsx', 'scripts/build/pack/sign.ts', pfx, ...options);
}

function verify(file: string): string {
  return run('osslsigncode', 'verify', '-CAfile', certificate, '-in', file);
}

beforeAll(() => {
  writeFileSync(password, 'secret');
  const request = 'req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=test -addext extendedKeyUsage=codeSigning';
  run('openssl', ...request.split(' '), '-keyout', key, '-out', certificate);
  run('openssl', 'pkcs12', '-export', '-inkey', key, '-in', certificate, '-out', pfx, '-passout', 'pass:secret');
  writeFileSync(join(folder, 'SchannelDhe.psm1'), joinModule(module));
  copyFileSync(join(module, 'SchannelDhe.psd1'), join(folder, 'SchannelDhe.psd1'));
  copyFileSync(join(module, 'SchannelDhe.format.ps1xml'), join(folder, 'SchannelDhe.format.ps1xml'));
});

afterAll(() => rmSync(folder, { recursive: true }));

describe('npm run sign', () => {
  it('signs the executable', () => {
    const signed = join(folder, 'signed.exe');
    sign(join(root, 'build', 'windows', 'schannel-dhe.exe'), signed);
    expect(verify(signed)).toContain('Succeeded');
  });

  it.each(['SchannelDhe.psm1', 'SchannelDhe.psd1', 'SchannelDhe.format.ps1xml'])('signs %s as it is', (name) => {
    const signed = join(folder, `signed.${name}`);
    sign(join(folder, name), signed);
    expect(verify(signed)).toContain('Succeeded');
    const [before, after] = [join(folder, name), signed].map((file) => readFileSync(file));
    expect(after?.subarray(0, before?.length).equals(before ?? Buffer.of())).toBe(true);
    // One letter of it, and the signature says so.
    const changed = join(folder, `changed.${basename(name)}`);
    writeFileSync(changed, readFileSync(signed, 'utf8').replace('Schannel', 'schannel'));
    expect(() => verify(changed)).toThrow();
  });
});
