import { declare } from '../../command';
import { windowsOfFile } from '../../input-options';
import { ecdsaOnly } from '../../policy-options';

export const disable = declare({
  name: 'disable',
  help: { en: 'remove the DHE suites, and keep a backup', ja: 'DHE の暗号スイートを削除し、バックアップを残す' },
  machine: 'changes',
  examples: ['schannel-dhe disable --dry-run', 'schannel-dhe disable --from server42.reg --out fixed.reg'],
  options: {
    from: {
      kind: 'texts',
      value: { en: 'file', ja: 'ファイル' },
      help: {
        en: 'plan for the machine of a file, of the forms that status takes (- for stdin); several are of one machine',
        ja: 'ファイルのコンピューターについて計画する (形式は status と同じ、- は標準入力)。複数指定すると 1 台のコンピューターとして扱う',
      },
    },
    out: {
      kind: 'text',
      value: { en: 'file', ja: 'ファイル' },
      needs: ['from'],
      excludes: ['dryRun'],
      help: { en: 'write the edit as a .reg file', ja: '変更を .reg ファイルに書き込む' },
    },
    dryRun: {
      kind: 'flag',
      help: { en: 'stop before the first write', ja: '書き込みの前に終了する (確認のみ)' },
    },
    localList: {
      kind: 'flag',
      help: {
        en: 'clean the local list also where a policy governs',
        ja: 'ポリシーが有効な場合も、ローカルの一覧から削除する',
      },
    },
    strict: {
      kind: 'flag',
      help: { en: 'refuse where it would only warn', ja: '警告となる場合も中止する' },
    },
    ecdsaOnly,
    windows: windowsOfFile,
    unlessSeen: {
      kind: 'text',
      value: { en: 'file', ja: 'ファイル' },
      help: {
        en: 'refuse where what "evidence --json" printed has a peer that would be left with nothing, or may be',
        ja: '"evidence --json" の出力に、接続できなくなる相手 (その可能性がある相手を含む) があるときは中止する',
      },
    },
    yes: { kind: 'flag', help: { en: 'do not ask', ja: '確認しない' } },
    bestEffort: {
      kind: 'flag',
      help: {
        en: 'end as a success where a policy or the guard stands in the way',
        ja: 'ポリシーまたは保護機能のために変更できない場合も、成功として終了する',
      },
    },
  },
  documents: async () => (await import('./documents.js')).documents,
});
