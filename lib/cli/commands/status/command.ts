import { declare } from '../../command';
import { windowsOfFile } from '../../input-options';

export const status = declare({
  name: 'status',
  help: {
    en: 'what is configured and in force, and whether DHE is offered',
    ja: '構成されている一覧、有効な一覧、DHE を提示するかどうかを表示する',
  },
  machine: 'reads',
  examples: ['schannel-dhe status', 'schannel-dhe status --from server42.reg'],
  options: {
    all: {
      kind: 'flag',
      excludes: ['json', 'quiet'],
      help: {
        en: 'show every suite, also where they do not fit a screen',
        ja: '画面に収まらない場合も、すべての暗号スイートを表示する',
      },
    },
    check: {
      kind: 'flag',
      help: {
        en: 'end with 1 where DHE is offered, with 10 where that is not known',
        ja: 'DHE を提示する場合は 1、不明な場合は 10 で終了する',
      },
    },
    from: {
      kind: 'texts',
      value: { en: 'file', ja: 'ファイル' },
      help: {
        en: 'read a file instead of this machine: .reg, a hive, a script, what a tool printed, a policy file, a report, a snapshot (- for stdin); several are of one machine',
        ja: 'このコンピューターの代わりにファイルを読み取る: .reg、ハイブ、スクリプト、ツールの出力、ポリシーのファイル、レポート、スナップショット (- は標準入力)。複数指定すると 1 台のコンピューターとして扱う',
      },
    },
    windows: windowsOfFile,
    record: {
      kind: 'flag',
      excludes: ['json'],
      help: {
        en: 'print one line of JSON for the roll-up of many machines ("report")',
        ja: '多数のコンピューターの集計 ("report") 用に、1 行の JSON を出力する',
      },
    },
    save: {
      kind: 'text',
      value: { en: 'file', ja: 'ファイル' },
      help: { en: 'save the snapshot', ja: 'スナップショットを保存する' },
    },
  },
  documents: async () => (await import('./documents.js')).documents,
});
