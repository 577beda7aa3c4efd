import { declare } from '../../command';

export const selfcheck = declare({
  name: 'selfcheck',
  help: {
    en: 'compare this Windows with what is believed of Windows; a JSON report for a bug',
    ja: 'この Windows が想定どおりかどうかを調べ、JSON で報告する',
  },
  machine: 'may-change',
  examples: ['schannel-dhe selfcheck', 'schannel-dhe selfcheck --deep'],
  options: {
    deep: {
      kind: 'flag',
      help: {
        en: 'also change the list and the policies and put them back: for a machine given over to it',
        ja: '一覧とポリシーも変更し、元に戻す (検証専用のコンピューター向け)',
      },
    },
    yes: { kind: 'flag', help: { en: 'do not ask', ja: '確認しない' } },
  },
  documents: async () => (await import('./documents.js')).documents,
});
