import type { GroupPolicyMessages } from '../shape';

export const groupPolicy: GroupPolicyMessages = {
  policy: {
    verdict: {
      'not-set': 'このポリシーは SSL 暗号の順位を設定していません。',
      deleted: 'このポリシーは SSL 暗号の順位を無効にしています。Windows の既定の一覧が有効です。',
      'in-order': 'SSL 暗号の順位に問題はありません (DHE の暗号スイートも誤りもありません)。',
      'needs-repair': 'SSL 暗号の順位を修正する必要があります。',
      'too-long': 'SSL 暗号の順位を修正する必要がありますが、DHE を除いても長すぎます。"--shorten" で短くできます。',
      refused: 'SSL 暗号の順位は自動では修正できません。修正すると使用できる暗号スイートが残りません。',
    },
    summary: (type, length, suites, dhe) =>
      `${type === null ? '' : `${type}、`}${length} 文字、暗号スイート ${suites} 個、うち DHE ${dhe} 個 (*)。`,
    corrected: (length) => `修正した文字列 (${length} 文字、上限 1023 文字):`,
    written: (file, kept) =>
      kept === null
        ? `${file} を書き込みました。`
        : `${file} を置き換えました。元のファイルは ${kept} に残してあります。`,
    otherNames: (count) => `元のファイルには別の名前 (ハード リンク) が ${count} 個あり、それらは元の内容のままです。`,
    version: {
      raised: 'gpt.ini のバージョンを上げました。gpupdate /target:computer /force を実行してから、再起動してください。',
      'in-directory':
        'ここはドメインの GPO のフォルダーです。バージョンは Active Directory にもあり、両方が上がるまで、コンピューターはこのファイルを読み直しません。gpmc.msc または Set-GPRegistryValue で文字列を設定すると、両方が上がります。',
    },
    owner: {
      none: () => 'このコンピューターでは、ポリシーは SSL 暗号の順位を設定していません。',
      'local-gpo': (gpos) =>
        `有効な順位は、ローカルの GPO が設定したものです。${gpos.length === 0 ? '' : `ドメインの GPO も適用されており、設定されていればそちらが優先されます: ${gpos.join('、')}`}`,
      mdm: () => '有効な順位は MDM (ADMX_CipherSuiteOrder) が設定したものです。MDM のプロファイルを修正してください。',
      'domain-gpo': (gpos) =>
        `有効な順位はローカルの GPO のものではなく、次のいずれかのドメインの GPO が設定したものです (最後のものが優先): ${gpos.join('、')}`,
      unknown: () => '順位が設定されていますが、このコンピューターからは設定元がわかりません。',
    },
    localDone: {
      repair: {
        changed:
          'ローカルの GPO を修正しました。"policy local --undo" で元の文字列に戻せます。gpupdate /target:computer /force を実行し、OS を再起動してください。',
        finished:
          '中断されていた修正を完了しました。gpupdate /target:computer /force を実行し、OS を再起動してください。',
        refused: '何も変更していません。',
      },
      undo: {
        changed:
          'ローカルの GPO を修正前の文字列に戻しました。gpupdate /target:computer /force を実行し、OS を再起動してください。',
        finished:
          '中断されていた取り消しを完了しました。gpupdate /target:computer /force を実行し、OS を再起動してください。',
        refused:
          '何も変更していません。ローカルの GPO の内容が、修正時に書き込んだものと異なります。先に内容を確認してください。それでも元の文字列に戻すには --force を指定してください。',
      },
    },
    localInterrupted:
      'ローカルの GPO の修正または取り消しが中断されています。"policy local" を --repair または --undo で実行してください。',
    repairOrUndo: '--repair と --undo はどちらか一方だけを指定してください。',
    holds: {
      yes: 'グループ ポリシーを更新して読み直しました。修正した文字列が有効です。念のため OS を再起動してください。',
      no: 'グループ ポリシーを更新して読み直しましたが、修正した文字列は有効ではありません。ドメインのポリシーが優先されている可能性があります。',
    },
    gpupdateNeedsChange: '--gpupdate は --repair または --undo と一緒に指定してください。',
    repairNeedsFolder: '--repair には --out <フォルダー> を指定してください。',
    scanned: (verdict, dhe, faults) =>
      ({
        'not-set': '設定なし',
        deleted: '無効',
        'in-order': '問題なし',
        'needs-repair': `要修正 (DHE ${dhe} 個、誤り ${faults} 個)`,
        'too-long': `要修正、長すぎる (DHE ${dhe} 個、誤り ${faults} 個)`,
        refused: '自動では修正できない',
      })[verdict],
    skipped: 'スキップ',
    noPolicies: (folder) => `${folder} に GPO、Registry.pol、LGPO テキストが見つかりません。`,
    tally: ({ policies, setting, needRepair, preferences, refused, written, skipped }) =>
      `ポリシー ${policies} 個、SSL 暗号の順位を設定 ${setting} 個、要修正 ${needRepair} 個、基本設定の項目あり ${preferences} 個、自動では修正できない ${refused} 個、書き込み ${written} 個、スキップ ${skipped} 個。`,
    importCopies:
      '修正したバックアップは、[グループ ポリシーの管理] の [設定のインポート] または Import-GPO で取り込んでください。',
    staleReport: 'gpreport.xml は修正前の内容のままです。',
    repairNeedsTarget: '--repair には --out <ファイル> と --in-place のどちらか一方を指定してください。',
  },
};
