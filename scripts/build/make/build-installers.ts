/** `npm run build:installers`: the examples of `scripts/installer`, built around `build/windows/schannel-dhe.exe`. */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileForWindows } from './build-windows';
import { buildFolder } from './node-versions';

const sources = join(__dirname, '..', '..', 'installer');

function run(command: string, ...args: readonly string[]): void {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8', cwd: buildFolder });
  if (status !== 0) throw new Error(`${command} ended with ${status}: ${error?.message ?? stdout + stderr}`);
}

export function buildInstallers(): void {
  run(
    'makensis',
    '-V2',
    `-DSOURCE=${buildFolder}`,
    `-DOUT=${join(buildFolder, 'setup.exe')}`,
    join(sources, 'nsis', 'schannel-dhe.nsi'),
  );
  compileForWindows(join(sources, 'msi', 'actions.c'), join(buildFolder, 'actions.dll'), [
    '-shared',
    '-lmsi',
    '-ladvapi32',
  ]);
  buildMsi(join(sources, 'msi', 'schannel-dhe.wxs'), 'setup.msi');
}

/** For the test of the rollback: the same MSI with an action at its end that cannot succeed. */
export function buildFailingMsi(): void {
  const source = readFileSync(join(sources, 'msi', 'schannel-dhe.wxs'), 'utf8');
  const failing = source
    .replace(
      '<InstallExecuteSequence>',
      '<CustomAction Id="Fail" FileKey="Executable" ExeCommand="--no-such-option" Execute="deferred" Impersonate="no" Return="check" />$&',
    )
    .replace('<Custom Action="ScheduleRestart"', '<Custom Action="Fail" Sequence="4005">NOT REMOVE</Custom>$&')
    // Windows rolls back from the last action to the first, so the undo finds the program still installed. Wine 8 takes
    // installed files back before anything else: there the undo takes the program from beside the MSI.
    .replace(
      'Property="UndoDisable" Value="[INSTALLDIR]schannel-dhe.exe"',
      'Property="UndoDisable" Value="[SourceDir]schannel-dhe.exe"',
    );
  const file = join(buildFolder, 'failing.wxs');
  writeFileSync(file, failing);
  buildMsi(file, 'failing.msi');
}

function buildMsi(source: string, name: string): void {
  // wixl takes its sources by paths relative to where it runs.
  run('wixl', '-a', 'x64', '-D', 'Source=.', '-o', name, source);
  // wixl 0.101 passes over Execute="rollback": a DLL entry (1), in the script (0x400), for the rollback (0x100), not
  // impersonated (0x800). WiX writes the same number.
  run('msibuild', name, '-q', `UPDATE CustomAction SET Type=${0xd01} WHERE Action='UndoDisable'`);
}

if (require.main === module) buildInstallers();
