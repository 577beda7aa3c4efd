import { windowsVersionIds } from '../../../windows/versions';
import { declare } from '../../command';

export const policyFile = declare({
  name: 'policy file',
  help: {
    en: 'what a Registry.pol says about the cipher suite order',
    ja: 'Registry.pol の SSL 暗号の順位を表示または修正する',
  },
  machine: 'none',
  operand: { name: 'file', help: { en: 'a Registry.pol', ja: 'Registry.pol' } },
  options: {
    check: {
      kind: 'flag',
      excludes: ['repair'],
      help: {
        en: 'end with 1 where it needs repair',
        ja: '修正が必要な場合は 1 で終了する',
      },
    },
    repair: {
      kind: 'flag',
      needs: ['out', 'inPlace'],
      help: { en: 'correct it, into --out or --in-place', ja: '修正する (--out または --in-place)' },
    },
    out: {
      kind: 'text',
      value: { en: 'file', ja: 'ファイル' },
      needs: ['repair'],
      excludes: ['inPlace'],
      help: { en: 'write the corrected file here', ja: '修正したファイルの書き込み先' },
    },
    inPlace: {
      kind: 'flag',
      needs: ['repair'],
      help: {
        en: 'replace the file; the old one stays beside it',
        ja: 'ファイルを置き換え、元のファイルを同じ場所に残す',
      },
    },
    windows: {
      kind: 'choices',
      choices: windowsVersionIds,
      help: {
        en: 'a version that it is for; can be given several times',
        ja: '適用する Windows のバージョン (複数回指定できる)',
      },
    },
    shorten: {
      kind: 'flag',
      help: {
        en: 'drop expendable suites above 1023 characters',
        ja: '1023 文字を超える場合は、優先して削除できる暗号スイートを削除する',
      },
    },
  },
  documents: async () => (await import('./documents.js')).documents,
});
