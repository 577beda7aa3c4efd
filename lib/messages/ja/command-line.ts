import type { CommandLineMessages } from '../shape';

export const commandLine: CommandLineMessages = {
  suiteColumns: ['暗号スイート', '番号', '鍵交換アルゴリズム', 'プロトコル'],
  unknownSchema: (name, known) => `スキーマ ${JSON.stringify(name)} はありません。あるもの: ${known.join(', ')}`,
  askDeepCheck: 'このコンピューターの暗号スイートの一覧とポリシーを数秒間変更し、元に戻します。続けますか? [y/N] ',
  unexpected: '予期しないエラー',
};
