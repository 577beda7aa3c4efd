import { declare } from '../../command';

export const schema = declare({
  name: 'schema',
  help: {
    en: 'the JSON Schema of a document; without a name, the names',
    ja: 'JSON 文書の JSON スキーマ、または文書の名前の一覧を表示する',
  },
  machine: 'none',
  examples: ['schannel-dhe schema', 'schannel-dhe schema status'],
  operand: { name: 'name', optional: true, help: { en: 'a document', ja: '文書の名前' } },
  options: {},
  documents: async () => (await import('./documents.js')).documents,
});
