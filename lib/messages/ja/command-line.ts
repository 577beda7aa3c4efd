import type { CommandLineMessages } from '../shape';

export const commandLine: CommandLineMessages = {
  suiteColumns: ['暗号スイート', '番号', '鍵交換アルゴリズム', 'プロトコル'],
  askDeepCheck: 'このコンピューターの暗号スイートの一覧とポリシーを数秒間変更し、元に戻します。続けますか? [y/N] ',
  unexpected: (found) => `予期しないエラーです (このプログラムの不具合): ${found}`,
  notShown: (reason) => `結果を出力できませんでした (${reason})。`,
  problem: {
    'no-command': () => 'コマンドを指定してください。"schannel-dhe --help" で一覧を表示します。',
    'unknown-command': ({ found }) => `コマンド "${found}" はありません。"schannel-dhe --help" で一覧を表示します。`,
    'unknown-option': ({ option, command }) =>
      `"${command}" にオプション ${option} はありません。"schannel-dhe ${command} --help" で一覧を表示します。`,
    'no-value': ({ option }) => `${option} には値が必要です。`,
    'no-flag': ({ option }) => `${option} に値は指定できません。`,
    repeated: ({ option }) => `${option} が 2 回以上指定されています。`,
    'wrong-choice': ({ option, found, choices }) =>
      `${option} に "${found}" は指定できません。指定できる値: ${choices.join(', ')}`,
    'wrong-integer': ({ option, found, least, most }) =>
      `${option} には ${least} から ${most} の整数を指定してください (指定された値: "${found}")。`,
    'wrong-seconds': ({ option, found, least, most }) =>
      `${option} には ${least} から ${most} の秒数を指定してください (指定された値: "${found}")。`,
    'wrong-time': ({ option, found }) => `${option}: 30m、2h、3d のような時間が必要ですが、"${found}" です。`,
    excluded: ({ option, other }) => `${option} と ${other} は同時に指定できません。`,
    needs: ({ option, others }) => `${option} は ${others.join(' または ')} と一緒に指定してください。`,
    'no-machine': ({ option, command }) =>
      `"${command}" はコンピューターの状態を使用しないため、${option} は指定できません。`,
    'no-operand': ({ operand }) => `${operand} を指定してください。`,
    'too-many-operands': ({ found }) => `引数が多すぎます: "${found}"`,
    'unknown-symptom': ({ found, known }) =>
      `"${found}" についての情報はありません。調べられるもの: ${known.join(', ')}、またはそれを含むメッセージ`,
    'unknown-schema': ({ found, known }) => `スキーマ "${found}" はありません。使用できるもの: ${known.join(', ')}`,
    'needs-consent': () =>
      '確認の入力ができないため、何も変更していません。ターミナルで実行するか、--yes を指定してください。',
  },
  help: {
    program: 'Windows の Schannel が有限体 DHE の暗号スイートを提示しないようにします。',
    usage: '使用法:',
    examples: '例:',
    commands: 'コマンド:',
    options: 'オプション:',
    everywhere: '共通のオプション:',
    more: '"schannel-dhe <コマンド> --help" でコマンドの説明を表示します。',
    changes: 'コンピューターを変更します。管理者権限が必要です。',
    'may-change': 'オプションによってはコンピューターを変更します。その場合は管理者権限が必要です。',
    request: `このプログラムを呼び出すプログラム向け (引用符の処理は不要):
  schannel-dhe --request      標準入力の JSON を実行します:
                              {"arguments": ["status", "--json"], "input": "..."}`,
    exitCodes: '終了コード:',
    outcome: '結果',
    sentence: (summary) => `${summary}。`,
    choices: (choices) => `(${choices.join('、')})`,
    standard: (value) => `(省略時: ${value})`,
  },
};
