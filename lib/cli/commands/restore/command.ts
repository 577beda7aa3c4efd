import { declare } from '../../command';

export const restore = declare({
  name: 'restore',
  help: { en: 'put a backup back', ja: 'バックアップから元に戻す' },
  machine: 'changes',
  examples: ['schannel-dhe restore --list', 'schannel-dhe restore'],
  operand: {
    name: 'backup',
    optional: true,
    help: { en: 'which backup; if left out, the newest', ja: 'バックアップの ID (省略時: 最新のもの)' },
  },
  options: {
    list: {
      kind: 'flag',
      excludes: ['backup', 'force', 'yes', 'dryRun', 'setAside'],
      help: { en: 'list the backups, and change nothing', ja: 'バックアップの一覧を表示する (何も変更しない)' },
    },
    setAside: {
      kind: 'flag',
      excludes: ['backup', 'force', 'yes', 'dryRun'],
      help: {
        en: 'move stored entries of this tool that cannot be read out of the way, and restore nothing',
        ja: '読み取れない保存データを別の名前に変更する (元に戻す操作はしない)',
      },
    },
    force: {
      kind: 'flag',
      help: { en: 'also into a list that drifted', ja: '一覧がその後変更されている場合も元に戻す' },
    },
    dryRun: {
      kind: 'flag',
      help: { en: 'stop before the first write', ja: '書き込みの前に終了する (確認のみ)' },
    },
    yes: { kind: 'flag', help: { en: 'do not ask', ja: '確認しない' } },
  },
  documents: async () => (await import('./documents.js')).documents,
});
