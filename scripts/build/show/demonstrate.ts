/** `npm start`: the main job on the simulated Server 2016 of Microsoft's support article, step by step. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { languageOf } from '../../../lib/messages/languages';

const folder = mkdtempSync(join(tmpdir(), 'schannel-dhe-'));
const machine = ['--simulate', 'win10-1607-ws2016', '--state', join(folder, 'machine.json')];
const cli = join(__dirname, '..', '..', '..', 'lib', 'cli', 'main.ts');

for (const command of [
  ['status'],
  ['disable', '--dry-run'],
  ['disable', '--yes'],
  ['status'],
  ['restore', '--yes'],
  ['status'],
]) {
  process.stdout.write(`\n> schannel-dhe ${command.join(' ')}\n\n`);
  const { status } = spawnSync(process.execPath, [...process.execArgv, cli, ...command, ...machine], {
    stdio: 'inherit',
  });
  if (status !== 0) process.exitCode = 1;
}
rmSync(folder, { recursive: true });

const next = {
  en: `
That was a simulated machine. What to try next (first: npm run build && npm install --global .):

  schannel-dhe status                      this Windows; it only reads
  schannel-dhe status --from server42.reg  another one, by what was exported there
  schannel-dhe probe server42:1433 --tds   does this SQL Server have the fault?
  schannel-dhe explain 36888               what an event or a message can mean
  schannel-dhe --help                      everything else, and README.md
`,
  ja: `
ここまでは模擬環境でした。次に試せるもの (先に npm run build && npm install --global . を実行):

  schannel-dhe status                      この Windows の状態 (読み取りのみ)
  schannel-dhe status --from server42.reg  エクスポートしたファイルから、別のコンピューターの状態
  schannel-dhe probe server42:1433 --tds   SQL Server に不具合があるかどうか
  schannel-dhe explain 36888               イベントやメッセージの考えられる原因
  schannel-dhe --help                      そのほかのコマンド (README.ja.md も参照)
`,
};
process.stdout.write(next[languageOf(new Intl.PluralRules().resolvedOptions().locale)]);
