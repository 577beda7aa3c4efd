/** One glossary for the command line, the documents and the PowerShell module; the words of Microsoft's article lead. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { run } from '../cli/run';

const root = join(__dirname, '..', '..');

/** What is not said, and what is said instead. */
const avoided: readonly (readonly [RegExp, string])[] = [
  [/取り除|取除|外[しすせ](?!た)/, '削除'],
  [/順序|優先順位/, '順位'],
  [/(?<!暗号)スイート/, '暗号スイート'],
  [/テキスト/, '文字列'],
  [/修復/, '修正'],
  [/ゼロ/, '0'],
  [/管理者の権限/, '管理者権限'],
  [/他の|他に|他は|他社の/, 'ほか'],
  [/有効な DHE|DHE (の暗号スイート)?が有効|DHE を有効/, '提示 (DHE is offered), 有効 (a list is in force)'],
  [/有効な層|レイヤー/, '設定元'],
  [/[ぁ-んァ-ヶ一-龠々][A-Za-z0-9]|[A-Za-z0-9][ぁ-んァ-ヶ一-龠々]/, 'a space between Japanese and ASCII'],
  [/。 [ぁ-んァ-ヶ一-龠]/, 'no space between two sentences'],
];

/** Names that others gave. */
const allowed = [
  '修復の検出スクリプト',
  '修復前の検出出力',
  'LGPO テキスト',
  '設定のインポート',
  'JSON スキーマ',
  'テキスト エディター',
];

function faultsOf(text: string): string[] {
  const lines = text.split(/\r?\n/).filter((line) => /[ぁ-んァ-ヶ一-龠]/.test(line));
  return lines.flatMap((line) => {
    const own = allowed.reduce((rest, name) => rest.replaceAll(name, ''), line.replaceAll(/\\[nrt`]/g, ' '));
    return avoided.flatMap(([word, instead]) => {
      const found = word.exec(own)?.[0];
      return found === undefined ? [] : [`"${found}" (say: ${instead}): ${line.trim()}`];
    });
  });
}

const below = (folder: string) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) =>
    join(folder, file).replaceAll('\\', '/'),
  );

const files = [
  ...['lib', 'scripts'].flatMap(below).filter((file) => /\/messages\/ja\/|\/ja-JP\/|README\.ja\.md$/.test(file)),
  ...below('lib/cli').filter((file) => file.endsWith('.ts')),
  ...below('scripts/build/show').filter((file) => file.endsWith('.ts')),
  ...readdirSync(root).filter((file) => file.endsWith('.ja.md')),
].filter((file) => /\.\w+$/.test(file) && existsSync(join(root, file)));

it.each(files)('%s', (file) => {
  const text = readFileSync(join(root, file), 'utf8');
  // Comments are for us.
  expect(faultsOf(file.endsWith('.ts') ? text.replaceAll(/\/\*\*?[\s\S]*?\*\/|^\s*\/\/.*$/gm, '') : text)).toEqual([]);
});

const dhe = 'TLS_DHE_RSA_WITH_AES_128_CBC_SHA';
const rsa = 'TLS_RSA_WITH_AES_128_CBC_SHA';

describe('what is printed, with what it is put together of', () => {
  it.each([
    `status --simulate ws2022 --simulate-mdm ${dhe};${rsa}`,
    `disable --simulate ws2022 --simulate-mdm ${dhe};${rsa}`,
    `status --simulate ws2022 --simulate-policy ${dhe},,${rsa}`,
    `disable --yes --local-list --simulate ws2022 --simulate-mdm ${dhe};${rsa}`,
    `restore --yes --simulate ws2022`,
    `policy text ${dhe},${rsa} --diff`,
    `policy text ${dhe}`,
    `status --from nowhere.reg`,
    'probe --listen 0',
    'nonsense',
  ])('%s', async (commandLine) => {
    const { stdout, stderr } = await run(`${commandLine} --language ja`);
    expect(stdout + stderr).toMatch(/[ぁ-ん]/);
    expect(faultsOf(stdout + stderr)).toEqual([]);
  });
});
