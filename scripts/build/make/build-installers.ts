/** `npm run build:installers`: the examples of `scripts/installer`, built around `build/windows/schannel-dhe.exe`. */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { version as ownVersion } from '../../../package.json';
import { layOutModule } from '../pack/pack-powershell';
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
  layOutModule(join(buildFolder, 'module'));
  buildMsi(join(sources, 'msi', 'schannel-dhe.wxs'), 'setup.msi');
}

/** For the test of an update. */
export function buildNewerMsi(): void {
  const [major, minor, patch] = ownVersion.split('.').map(Number);
  buildMsi(join(sources, 'msi', 'schannel-dhe.wxs'), 'newer.msi', `${major}.${minor}.${Number(patch) + 1}`);
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

function buildMsi(source: string, name: string, version: string = ownVersion): void {
  // wixl takes its sources by paths relative to where it runs.
  run('wixl', '-a', 'x64', '-D', 'Wixl=1', '-D', `Version=${version}`, '-D', 'Source=.', '-o', name, source);
  for (const query of asWixWouldWrite) run('msibuild', name, '-q', query);
}

const environmentColumns =
  '`Environment` CHAR(72) NOT NULL, `Name` CHAR(255) NOT NULL LOCALIZABLE, `Value` CHAR(255) LOCALIZABLE, `Component_` CHAR(72) NOT NULL';

/** What wixl 0.101 passes over in the source, in the rows that WiX makes of it. */
const asWixWouldWrite = [
  // Execute="rollback": a DLL entry (1), in the script (0x400), for the rollback (0x100), not impersonated (0x800).
  `UPDATE CustomAction SET Type=${0xd01} WHERE Action='UndoDisable'`,
  // Secure="yes".
  "UPDATE Property SET Value='DISABLE;RESTORE;WIX_DOWNGRADE_DETECTED;WIX_UPGRADE_DETECTED' WHERE Property='SecureCustomProperties'",
  // An older version goes before this one comes, not after.
  "UPDATE InstallExecuteSequence SET Sequence=1401 WHERE Action='RemoveExistingProducts'",
  // Environment: at the end of the machine's PATH, and out of it again.
  `CREATE TABLE \`Environment\` (${environmentColumns} PRIMARY KEY \`Environment\`)`,
  "INSERT INTO `Environment` (`Environment`, `Name`, `Value`, `Component_`) VALUES ('Path', '=-*PATH', '[~];[INSTALLDIR]', 'Tool')",
  "INSERT INTO `InstallExecuteSequence` (`Action`, `Sequence`) VALUES ('WriteEnvironmentStrings', 5200)",
  "INSERT INTO `InstallExecuteSequence` (`Action`, `Sequence`) VALUES ('RemoveEnvironmentStrings', 3300)",
];

if (require.main === module) buildInstallers();
