import type { ChangeMessages } from '../shape';

export const change: ChangeMessages = {
  wouldRemove: (count, kept) =>
    `確認のみ: DHE の暗号スイート ${count} 個を削除し、${kept} 個は順位のまま残ります。何も変更していません。`,
  changed: (count, id) =>
    `DHE の暗号スイート ${count} 個を削除し、一覧を読み直して確認しました。設定を反映させるために OS を再起動してください。元に戻すには: schannel-dhe restore ${id}`,
  nothingToDo: '何もする必要はありません。DHE の暗号スイートは構成されていません。',
  refused: (costs) => `中止しました。何も変更していません。${costs}`,
  governed: (layer) =>
    `${layer}が一覧を設定しているため、このコンピューターを変更しても効果がありません。修正したポリシーの文字列:`,
  costs: '影響:',
  failedUndone: (cause) => `失敗したため元に戻しました。一覧は変更前のままです。${cause}`,
  failedUndoIncomplete: (cause, id) =>
    `失敗し、完全には元に戻せませんでした。${cause} 次を実行してください: schannel-dhe restore ${id}`,
  restored: (count, id) =>
    `バックアップ ${id} から ${count} 個の暗号スイートを元に戻し、確認しました。OS を再起動してください。`,
  wouldRestore: (names, id) =>
    `実行すると、バックアップ ${id} から次の暗号スイートを元に戻します。まだ何も変更していません。\n${names}`,
  nothingToRestore: '何もする必要はありません。バックアップの暗号スイートはすべて元の順位にあります。',
  drifted: '中止しました。一覧がその後ほかの操作で変更されています。"restore --force" で元の隣の順位に戻せます。',
  noBackups: 'このコンピューターにはバックアップがありません。',
  damagedBackup: '読み取れません',
  backupColumns: ['バックアップ', '暗号スイート', '削除'],
  regFileWritten: (file) =>
    `${file} を書き込みました。対象のコンピューターで管理者としてインポートし、再起動してください。Microsoft がサポートする方法は CNG の関数です。可能であれば、そのコンピューターで本ツールを実行してください。`,
  ask: 'これらの暗号スイートを削除しますか? [y/N] ',
  forgiven: '可能な場合だけ変更する指定 (--best-effort) のため、終了コードは成功です。',
};
