import { declare } from '../../command';

export const completion = declare({
  name: 'completion',
  help: {
    en: 'the script that completes these commands in a shell',
    ja: 'シェルでコマンドを補完するためのスクリプトを表示する',
  },
  machine: 'none',
  examples: [
    'schannel-dhe completion powershell | Out-String | Invoke-Expression',
    'schannel-dhe completion powershell >> $PROFILE',
  ],
  operand: { name: 'shell', help: { en: 'powershell', ja: 'powershell' } },
  options: {},
  documents: async () => (await import('./documents.js')).documents,
});
