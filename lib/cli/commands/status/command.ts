import { windowsVersionIds } from '../../../windows/versions';
import { declare } from '../../command';

export const status = declare({
  name: 'status',
  help: {
    en: 'what is configured and in force, and whether DHE is offered',
    ja: '構成されている一覧、有効な一覧、DHE を提示するかどうかを表示する',
  },
  machine: 'reads',
  options: {
    check: {
      kind: 'flag',
      help: {
        en: 'end with 1 where DHE is offered, with 10 where that is not known',
        ja: 'DHE を提示する場合は 1、不明な場合は 10 で終了する',
      },
    },
    from: {
      kind: 'text',
      value: { en: 'file', ja: 'ファイル' },
      help: {
        en: 'read a .reg export or a saved snapshot instead of this machine',
        ja: 'このコンピューターの代わりに .reg ファイルまたは保存したスナップショットを読み取る',
      },
    },
    windows: {
      kind: 'choice',
      choices: windowsVersionIds,
      needs: ['from'],
      help: {
        en: 'the Windows version of a file that does not hold it',
        ja: 'ファイルに含まれていない場合の Windows のバージョン',
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
