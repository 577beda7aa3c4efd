// Plain JavaScript on purpose: it runs before anything is installed. Installs when the lock file is newer than the install.
const { spawnSync } = require('node:child_process');
const { statSync } = require('node:fs');
const { join } = require('node:path');

const root = join(__dirname, '..', '..', '..');
const writeTime = (file) => statSync(join(root, file), { throwIfNoEntry: false })?.mtimeMs ?? 0;

if (writeTime('node_modules/.package-lock.json') < writeTime('package-lock.json')) {
  // npm hands its own script over, so no shell and no npm.cmd is looked up on PATH.
  const { status } = spawnSync(process.execPath, [process.env.npm_execpath, 'ci', '--no-audit', '--no-fund'], {
    cwd: root,
    stdio: ['ignore', process.stderr, process.stderr],
  });
  process.exitCode = status ?? 1;
}
