/** `npm run build:installers`: the examples of `scripts/installer`, built around `build/windows/schannel-dhe.exe`. */
import { spawnSync } from 'node:child_process';
import { createHash, type Hash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dscManifestName } from '../../../lib/cli/commands/dsc/manifest';
import { version as ownVersion } from '../../../package.json';
import { layOutModule } from '../pack/pack-powershell';
import { compileForWindows } from './build-windows';
import { contentUuid } from './content-uuid';
import { buildFolder } from './node-versions';
import { dateFiles, filesOf, sourceDate } from './source-date';
import { programLicences } from './third-party-licences';

const sources = join(__dirname, '..', '..', 'installer');

function run(command: string, ...args: readonly string[]): void {
  const env = { ...process.env, TZ: 'UTC' };
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8', cwd: buildFolder, env });
  if (status !== 0) throw new Error(`${command} ended with ${status}: ${error?.message ?? stdout + stderr}`);
}

/** What the installers take, from `build/windows`. */
const program = ['schannel-dhe.exe', 'schannel_dhe.node', dscManifestName, 'licences.txt'];

const inBuildFolder = (names: readonly string[]) => names.map((name) => join(buildFolder, name));

/** In one file. */
function writeLicences(): void {
  const texts = Object.values(programLicences).map((file) => readFileSync(file, 'utf8').replace(/\r?\n/g, '\r\n'));
  writeFileSync(join(buildFolder, 'licences.txt'), texts.join(`\r\n${'='.repeat(80)}\r\n\r\n`));
}

export function buildInstallers(): void {
  writeLicences();
  dateFiles(inBuildFolder(program));
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
  const contents = [...program, 'actions.dll', ...filesOf(join(buildFolder, 'module')).map((file) => `module/${file}`)];
  dateFiles(inBuildFolder(contents));
  // Windows Installer asks for new codes where anything is new.
  const identity = createHash('sha256').update(version).update(readFileSync(source));
  for (const file of inBuildFolder(contents)) identity.update(readFileSync(file));
  const product = contentCode('product', identity);
  const definitions = ['Wixl=1', `ProductCode=${product}`, `Version=${version}`, 'Source=.'];
  run('wixl', '-a', 'x64', ...definitions.flatMap((one) => ['-D', one]), '-o', name, source);
  for (const query of asWixWouldWrite) run('msibuild', name, '-q', query);
  const summary = join(buildFolder, '_SummaryInformation.idt');
  writeFileSync(summary, writeSummary(contentCode('package', identity)));
  run('msibuild', name, '-i', summary);
}

function contentCode(use: string, identity: Hash): string {
  return `{${contentUuid(identity.copy().update(use)).toUpperCase()}}`;
}

/** The package's code and its times, in the text form of a table (PID_REVNUMBER, PID_CREATE_DTM, PID_LASTSAVE_DTM). */
function writeSummary(packageCode: string): string {
  const time = new Date(sourceDate() * 1000).toISOString().replaceAll('-', '/').replace('T', ' ').slice(0, 19);
  const lines = ['PropertyId\tValue', 'i2\tl255', '_SummaryInformation\tPropertyId'];
  return [...lines, `9\t${packageCode}`, `12\t${time}`, `13\t${time}`, ''].join('\r\n');
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
