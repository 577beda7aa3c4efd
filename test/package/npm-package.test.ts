/** What `npm pack` makes is what users get: whole, without an install script, and taken by require and import. */
import { isAscii } from 'node:buffer';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, posix } from 'node:path';
import { Script } from 'node:vm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { installPackedPackage } from '../../scripts/build/pack/packed-package';

const root = join(__dirname, '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'schannel-dhe-'));
let tarball: string;

beforeAll(() => {
  tarball = installPackedPackage(folder);
});
afterAll(() => rmSync(folder, { recursive: true }));

const node = (...args: readonly string[]) => execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
const script = (name: string, path: string) =>
  join(dirname(createRequire(__filename).resolve(`${name}/package.json`)), path);

it('holds what ships and nothing else', () => {
  const files = execFileSync('tar', ['-tzf', tarball], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((file) => file.replace(/^package\//, ''));
  const others = files.filter(
    (file) => !/^dist\/(types|schemas|cli)\/|^scripts\/SchannelDhe\/(Public|Private)\//.test(file),
  );
  expect(others.sort()).toEqual(
    [
      'CHANGELOG.md',
      'LICENSE',
      'README.ja.md',
      'README.md',
      'dist/cli.js',
      'dist/index.js',
      'dist/node-forge.js',
      'dist/package.json',
      'dist/simulated.js',
      'dist/third-party-licences.txt',
      'dist/zod.js',
      'lib/README.md',
      'lib/cli/status.en.svg',
      'lib/cli/status.ja.svg',
      ...['change', 'cli', 'evidence', 'group-policy', 'probe'].flatMap((room) => [
        `lib/${room}/README.ja.md`,
        `lib/${room}/README.md`,
      ]),
      'package.json',
      'prebuilds/mingw-w64-licence.txt',
      'prebuilds/win32-ia32/schannel_dhe.node',
      'prebuilds/win32-x64/schannel_dhe.node',
      'scripts/SchannelDhe/README.ja.md',
      'scripts/SchannelDhe/README.md',
      'scripts/SchannelDhe/SchannelDhe.format.ps1xml',
      'scripts/SchannelDhe/SchannelDhe.psd1',
      'scripts/SchannelDhe/SchannelDhe.psm1',
      'scripts/SchannelDhe/en-US/SchannelDhe.Strings.psd1',
      'scripts/SchannelDhe/en-US/about_SchannelDhe.help.txt',
      'scripts/SchannelDhe/ja-JP/SchannelDhe-help.xml',
      'scripts/SchannelDhe/ja-JP/SchannelDhe.Strings.psd1',
      'scripts/SchannelDhe/ja-JP/about_SchannelDhe.help.txt',
      'dist/schannel-dhe.dsc.resource.json',
      'scripts/fleet/Get-SchannelDheRecord.ps1',
      'scripts/fleet/README.ja.md',
      'scripts/fleet/README.md',
      'scripts/fleet/ansible/roles/schannel_dhe/defaults/main.yml',
      'scripts/fleet/ansible/roles/schannel_dhe/files/Set-SchannelDhe.ps1',
      'scripts/fleet/ansible/roles/schannel_dhe/meta/argument_specs.yml',
      'scripts/fleet/ansible/roles/schannel_dhe/meta/main.yml',
      'scripts/fleet/ansible/roles/schannel_dhe/tasks/main.yml',
      'scripts/fleet/ansible/schannel-dhe.yml',
      'scripts/fleet/configuration-manager/Discover-SchannelDhe.ps1',
      'scripts/fleet/configuration-manager/Remediate-SchannelDhe.ps1',
      'scripts/fleet/engines.ja.md',
      'scripts/fleet/engines.md',
      'scripts/fleet/intune/Detect-SchannelDhe.ps1',
      'scripts/fleet/intune/Remediate-SchannelDhe.ps1',
      'scripts/installer/chocolatey/schannel-dhe.nuspec',
      'scripts/installer/chocolatey/tools/VERIFICATION.txt',
      'scripts/installer/chocolatey/tools/chocolateyInstall.ps1',
      'scripts/installer/README.ja.md',
      'scripts/installer/README.md',
      'scripts/installer/msi/actions.c',
      'scripts/installer/msi/schannel-dhe.wxs',
      'scripts/installer/nsis/run-program.nsh',
      'scripts/installer/nsis/schannel-dhe.nsi',
    ].sort(),
  );
  // Every page that another one names is in it too.
  const pages = files.filter((file) => file.endsWith('.md'));
  const broken = pages.flatMap((page) =>
    [...readFileSync(join(root, page), 'utf8').matchAll(/\]\(([^)#:]+)(#[^)]*)?\)/g)]
      .map(([, target = '']) => posix.join(posix.dirname(page), target))
      .filter((target) => !files.includes(target))
      .map((target) => `${page}: ${target}`),
  );
  expect(broken).toEqual([]);
  const { scripts, dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  expect(dependencies).toBeUndefined();
  for (const name of ['preinstall', 'install', 'postinstall']) expect(scripts[name]).toBeUndefined();
});

const use = `
  const machine = new SimulatedMachine({ windows: 'ws2022' });
  const outcome = applyPlan(machine.connect(), planDisable(readConfiguration(machine.connect())));
  try { loadNativeBinding(); } catch (error) { console.log(outcome.kind, error.code, error instanceof SchannelDheError); }
  try { restoreBackup(machine.connect(), { backupId: 'x' }); } catch (error) { console.log(error instanceof SchannelDheError); }
`;
const names = 'applyPlan, planDisable, readConfiguration, restoreBackup, loadNativeBinding, SchannelDheError';

it.each([
  [
    'require',
    'use.cjs',
    `const { ${names} } = require('schannel-dhe'); const { SimulatedMachine } = require('schannel-dhe/simulated');`,
  ],
  [
    'import',
    'use.mjs',
    `import { ${names} } from 'schannel-dhe'; import { SimulatedMachine } from 'schannel-dhe/simulated';`,
  ],
])('is taken by %s', (_, file, header) => {
  writeFileSync(join(folder, file), header + use);
  expect(node(file)).toBe('changed UNSUPPORTED_PLATFORM true\ntrue\n');
});

it('has types that hold where nothing but those of Node is installed', () => {
  const source = `
    import { assess, type ChangePlan, type Configuration, planDisable, readConfiguration, restoreBackup } from 'schannel-dhe';
    import { SimulatedMachine } from 'schannel-dhe/simulated';
    const machine = new SimulatedMachine({ windows: 'ws2022' });
    const configuration: Configuration = readConfiguration(machine.connect());
    const plan: ChangePlan = planDisable(configuration);
    // Each of these is an error, unless what it names is typed as any.
    // @ts-expect-error
    const one: number = configuration.layers.local.status;
    // @ts-expect-error
    const two: 'x' = plan.verdict;
    // @ts-expect-error
    const three: 'x' = assess(configuration).findings[0]?.id;
    const four = restoreBackup(machine.connect());
    // @ts-expect-error
    if (four.kind === 'changed') four.backup.list = [];
  `;
  writeFileSync(join(folder, 'use.ts'), source);
  const typeRoots = [join(root, 'node_modules', '@types')];
  const options = { strict: true, noEmit: true, skipLibCheck: false, module: 'node20', types: ['node'], typeRoots };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: options, files: ['use.ts'] }));
  expect(node(script('typescript', 'bin/tsc'), '-p', join(folder, 'tsconfig.json'))).toBe('');
});

it('loads neither the validator nor a library of the probe to look at a machine or an export', () => {
  const told = join(folder, 'told.cjs');
  writeFileSync(told, "process.on('exit', () => console.error(Object.keys(require.cache).join('\\n')));");
  const cli = join(folder, 'node_modules', 'schannel-dhe', 'dist', 'cli.js');
  const file = join(root, 'test', 'fixtures', 'field', '1-local-list-as-reg-sz', 'local-with-dhe.reg');
  for (const words of [
    ['--from', file],
    ['--simulate', 'ws2022'],
  ]) {
    const { stderr } = spawnSync(process.execPath, ['-r', told, cli, 'status', ...words], { encoding: 'utf8' });
    expect(stderr).toContain('cli.js');
    expect(stderr).not.toMatch(/zod|node-forge/);
  }
});

it('starts from byte code that the very Node takes, and without it all the same', () => {
  const dist = join(folder, 'node_modules', 'schannel-dhe', 'dist');
  const byteCode = join(dist, 'cli', `${process.version}-${process.platform}-${process.arch}`);
  const names = readdirSync(join(dist, 'cli')).filter((name) => name.endsWith('.js'));
  expect(readdirSync(byteCode).sort()).toEqual(names.map((name) => `${name}.cache`).sort());
  for (const name of names) {
    const source = readFileSync(join(dist, 'cli', name), 'latin1');
    // Letters beyond ASCII would be read as others.
    expect([name, isAscii(Buffer.from(source, 'latin1'))]).toEqual([name, true]);
    const script = new Script(source, { cachedData: readFileSync(join(byteCode, `${name}.cache`)) });
    expect([name, script.cachedDataRejected]).toEqual([name, false]);
  }
  const suites = () => node(join(dist, 'cli.js'), 'suites', '--dhe', '--language', 'ja');
  const fast = suites();
  rmSync(byteCode, { recursive: true });
  expect(suites()).toBe(fast);
});

it('runs as a command', () => {
  expect(node(join('node_modules', 'schannel-dhe', 'dist', 'cli.js'), 'suites', '--dhe')).toContain('TLS_DHE_RSA');
});

it('has types and exports that attw and publint find no fault with', async () => {
  // Node 10 knows no `exports`; this package wants Node 20.
  node(script('@arethetypeswrong/cli', 'dist/index.js'), tarball, '--profile', 'node16');
  const { publint } = await import('publint');
  const pkgDir = join(folder, 'node_modules', 'schannel-dhe');
  expect((await publint({ pkgDir, strict: true, pack: false })).messages).toEqual([]);
});
