import { declare } from '../../command';
import { ecdsaOnly, shorten } from '../../policy-options';

export const policyLocal = declare({
  name: 'policy local',
  help: {
    en: 'where the policy of this machine comes from, and its local GPO',
    ja: 'このコンピューターのポリシーの設定元とローカル GPO を表示または修正する',
  },
  machine: 'may-change',
  examples: ['schannel-dhe policy local', 'schannel-dhe policy local --repair --gpupdate'],
  options: {
    repair: {
      kind: 'flag',
      excludes: ['undo'],
      help: { en: 'correct the local GPO', ja: 'ローカル GPO を修正する' },
    },
    undo: {
      kind: 'flag',
      help: { en: 'put back what the last repair replaced', ja: '最後の修正を元に戻す' },
    },
    gpupdate: {
      kind: 'flag',
      needs: ['repair', 'undo'],
      help: {
        en: 'refresh the policy, and look whether it held',
        ja: 'ポリシーを更新し、反映されたことを確認する',
      },
    },
    force: {
      kind: 'flag',
      needs: ['undo'],
      help: { en: 'also where the policy was changed since', ja: 'ポリシーがその後変更されている場合も元に戻す' },
    },
    shorten: { ...shorten, excludes: ['undo'] },
    ecdsaOnly: { ...ecdsaOnly, excludes: ['undo'] },
  },
  documents: async () => (await import('./documents.js')).documents,
});
