/**
 * `npm run sign -- <pfx> [--password-file <file>] [--timestamp <url>] [--in <exe>] [--out <exe>]`: signs
 * `build/windows/schannel-dhe.exe`, or another, with osslsigncode, which asks for the password where no file holds it.
 */
import { spawnSync } from 'node:child_process';
import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildFolder } from './node-versions';

const executable = join(buildFolder, 'schannel-dhe.exe');
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    'password-file': { type: 'string' },
    timestamp: { type: 'string' },
    in: { type: 'string', default: executable },
    out: { type: 'string', default: executable },
  },
});
const [pfx] = positionals;
if (pfx === undefined) throw new Error('expected the certificate: npm run sign -- <pfx>');
const draft = `${values.out}.signed`;
const passwordFile = values['password-file'];
const { status, error } = spawnSync(
  'osslsigncode',
  [
    ...['sign', '-pkcs12', pfx, '-h', 'sha256', '-n', 'schannel-dhe'],
    ...(passwordFile === undefined ? ['-askpass'] : ['-readpass', passwordFile]),
    ...(values.timestamp === undefined ? [] : ['-ts', values.timestamp]),
    ...['-in', values.in, '-out', draft],
  ],
  { stdio: 'inherit' },
);
if (status !== 0) throw new Error(`osslsigncode ended with ${status}: ${error?.message ?? 'see above'}`);
renameSync(draft, values.out);
