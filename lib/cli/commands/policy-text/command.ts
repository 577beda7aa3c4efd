import { declare } from '../../command';
import { policyOptions } from '../../policy-options';

export const policyText = declare({
  name: 'policy text',
  help: {
    en: 'repair a policy text and take the DHE suites out',
    ja: 'ポリシーの文字列を修正し、DHE の暗号スイートを削除する',
  },
  machine: 'none',
  examples: [
    'Get-Clipboard | schannel-dhe policy text - | Set-Clipboard',
    'schannel-dhe policy text --file order.txt --diff',
  ],
  operand: {
    name: 'text',
    optional: true,
    help: { en: 'the text; - or nothing for stdin', ja: '文字列 (- または省略時: 標準入力)' },
  },
  options: {
    file: {
      kind: 'text',
      value: { en: 'file', ja: 'ファイル' },
      excludes: ['text'],
      help: {
        en: 'read the text from a file of any form that status takes',
        ja: '文字列をファイルから読み取る (形式は status と同じ)',
      },
    },
    keepDhe: { kind: 'flag', help: { en: 'repair only', ja: '修正だけを行い、DHE の暗号スイートを残す' } },
    separator: {
      kind: 'choice',
      choices: [',', ';'],
      default: ',',
      help: {
        en: 'between the names: , for Group Policy, ; for MDM',
        ja: '名前の区切り (グループ ポリシー: , MDM: ;)',
      },
    },
    translate: {
      kind: 'flag',
      help: {
        en: 'write names of OpenSSL and others as Schannel does',
        ja: 'OpenSSL などの名前を Schannel の名前に書き換える',
      },
    },
    diff: {
      kind: 'flag',
      excludes: ['json'],
      help: { en: 'show on stderr which names went', ja: '削除した名前を標準エラーに表示する' },
    },
    ...policyOptions,
  },
  documents: async () => (await import('./documents.js')).documents,
});
