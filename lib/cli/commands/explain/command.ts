import { declare } from '../../command';

export const explain = declare({
  name: 'explain',
  help: {
    en: 'what an event, a status or a message can mean here, and what to look at',
    ja: 'イベント、状態コード、メッセージの考えられる原因と確認方法を表示する',
  },
  machine: 'none',
  examples: ['schannel-dhe explain 36888', 'schannel-dhe explain "forcibly closed"'],
  operand: {
    name: 'symptom',
    help: {
      en: 'such as 36888, 0x80090331, 10054, "forcibly closed", or a whole message',
      ja: '36888、0x80090331、10054、"強制的に切断" など、またはメッセージ全体',
    },
  },
  options: {},
  documents: async () => (await import('./documents.js')).documents,
});
