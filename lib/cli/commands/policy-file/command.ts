import { declare } from '../../command';
import { policyOptions } from '../../policy-options';

export const policyFile = declare({
  name: 'policy file',
  help: {
    en: 'what a file says about the policy, and the repair of a Registry.pol',
    ja: 'ファイルのポリシーの SSL 暗号の順位を表示し、Registry.pol を修正する',
  },
  machine: 'none',
  examples: ['schannel-dhe policy file Registry.pol', 'schannel-dhe policy file Registry.pol --repair --out fixed.pol'],
  operand: {
    name: 'file',
    help: {
      en: 'a Registry.pol, or another of the forms that status takes; - for stdin',
      ja: 'Registry.pol、または status と同じ形式のファイル (- は標準入力)',
    },
  },
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
    ...policyOptions,
  },
  documents: async () => (await import('./documents.js')).documents,
});
