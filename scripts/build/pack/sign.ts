/**
 * `npm run sign -- <pfx> [--password-file <file>] [--timestamp <url>] [--in <file> [--out <file>]]`: signs what is built,
 * `build/windows/schannel-dhe.exe` and the packed PowerShell module, or one file, with osslsigncode, which asks for the
 * password where no file holds it.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildFolder } from '../make/node-versions';
import { powerShellFolder } from '../test/powershell';

export const signOptions = { 'password-file': { type: 'string' }, timestamp: { type: 'string' } } as const;

export interface SignOptions {
  readonly 'password-file'?: string | undefined;
  readonly timestamp?: string | undefined;
}

export function sign(input: string, output: string, pfx: string, options: SignOptions): void {
  const draft = `${output}.signed`;
  const { 'password-file': passwordFile, timestamp } = options;
  const { status, error } = spawnSync(
    'osslsigncode',
    [
      ...['sign', '-pkcs12', pfx, '-h', 'sha256', '-n', 'schannel-dhe'],
      ...(passwordFile === undefined ? ['-askpass'] : ['-readpass', passwordFile]),
      ...(timestamp === undefined ? [] : ['-ts', timestamp]),
      ...['-in', input, '-out', draft],
    ],
    { stdio: 'inherit' },
  );
  if (status !== 0) throw new Error(`osslsigncode ended with ${status}: ${error?.message ?? 'see above'}`);
  renameSync(draft, output);
}

/** What a packed module holds that Windows asks for a signature. */
export function signedParts(module: string): readonly string[] {
  return ['SchannelDhe.psm1', 'SchannelDhe.psd1', 'SchannelDhe.format.ps1xml', 'program/schannel-dhe.exe']
    .map((name) => join(module, name))
    .filter(existsSync);
}

if (require.main === module) {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { ...signOptions, in: { type: 'string' }, out: { type: 'string' } },
  });
  const [pfx] = positionals;
  if (pfx === undefined) throw new Error('expected the certificate: npm run sign -- <pfx>');
  const inputs = values.in === undefined ? builtParts() : [values.in];
  if (inputs.length === 0) throw new Error('expected something to sign: npm run build:exe, or npm run pack:powershell');
  for (const input of inputs) sign(input, values.in === undefined ? input : (values.out ?? input), pfx, values);
}

function builtParts(): readonly string[] {
  const executable = join(buildFolder, 'schannel-dhe.exe');
  return [...(existsSync(executable) ? [executable] : []), ...signedParts(join(powerShellFolder, 'SchannelDhe'))];
}
