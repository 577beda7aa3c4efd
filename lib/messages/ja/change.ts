import type { ChangeMessages } from '../shape';
import { spaced } from './spaced';

export const change: ChangeMessages = {
  wouldRemove: (count, kept) =>
    `実行すると、DHE の暗号スイート ${count} 個を削除します。残り ${kept} 個の順位は変わりません。まだ何も変更していません。`,
  wouldRetype: (kept) =>
    `実行すると、ローカルの一覧 (${kept} 個) を、文書化されている種類 REG_MULTI_SZ で書き込みます。削除する DHE の暗号スイートはありません。まだ何も変更していません。`,
  changed: (count, id) =>
    `DHE の暗号スイート ${count} 個を削除し、一覧を読み直して確認しました。すべてのサービスに確実に反映するために OS を再起動してください。元に戻すには: schannel-dhe restore ${id}`,
  nothingToDo: '何もする必要はありません。DHE の暗号スイートは構成されていません。',
  nothingInForce: (count) =>
    `何もする必要はありません。有効なポリシーに DHE の暗号スイートはありません。有効ではないローカルの一覧には ${count} 個あり、"disable --local-list" で削除できます。`,
  refused: (costs) => `中止しました。何も変更していません。${costs}`,
  textRefused: (costs) => `この文字列は使用できません。${costs}`,
  governed: (layer) =>
    `${spaced(layer)}が一覧を設定しているため、このコンピューターを変更しても効果がありません。修正したポリシーの文字列:`,
  costs: '影響:',
  failedUndone: (cause) => `失敗したため元に戻しました。一覧は変更前のままです。${cause}`,
  failedUndoIncomplete: (cause, id) =>
    `失敗し、完全には元に戻せませんでした。${cause} 次を実行してください: schannel-dhe restore ${id}`,
  restored: (count, id) =>
    `バックアップ ${id} から ${count} 個の暗号スイートを元に戻し、確認しました。OS を再起動してください。`,
  trialWouldEnd: '実行すると、中断された自己診断が残したものを削除します。まだ何も変更していません。',
  wouldRestore: (names, id) =>
    `実行すると、バックアップ ${id} から次の暗号スイートを元に戻します。まだ何も変更していません。\n${names}`,
  nothingToRestore: '何もする必要はありません。バックアップの暗号スイートはすべて元の順位にあります。',
  drifted: ({ missing, unexpected, isReordered }) =>
    [
      '中止しました。何も変更していません。一覧がその後ほかの操作で変更されています。',
      ...(missing.length === 0 ? [] : [`なくなったもの: ${missing.join(', ')}。`]),
      ...(unexpected.length === 0 ? [] : [`増えたもの: ${unexpected.join(', ')}。`]),
      ...(isReordered ? ['順位が異なります。'] : []),
      '"restore --force" で、削除前に直前にあった暗号スイートの直後に戻せます。',
    ].join(''),
  restoredUnderPolicy: (layer) => `${spaced(layer)}が有効な一覧を設定しているため、その間は効果がありません。`,
  setAside: (entries) =>
    entries.length === 0
      ? '何もする必要はありません。保存データはすべて読み取れます。'
      : `別の名前に変更しました。今後の操作には影響しません: ${entries.join(', ')}`,
  restartFirst:
    'DHE の暗号スイートがレジストリにだけあります。前回の起動後に書き込まれたもので、Windows はまだ読み込んでいません。再起動してから、もう一度実行してください。何も変更していません。',
  trialEnded: '自己診断が途中で中断されていました。残っていたものを削除しました。一覧は診断前のままです。',
  noBackups: 'このコンピューターにはバックアップがありません。',
  damagedBackup: '読み取れません',
  backupColumns: ['バックアップ', '作成日時', '暗号スイート', '削除'],
  regFileWritten: (file) =>
    `${file} を書き込みました。対象のコンピューターで管理者としてインポートし、再起動してください。Microsoft がサポートする方法は CNG の関数です。可能であれば、そのコンピューターで本ツールを実行してください。`,
  regFileComment:
    'サポートされる方法は CNG の構成関数です。対象のコンピューターで schannel-dhe を実行すると、その関数を使用します。',
  askRestore: (id) => `${id === null ? '最新のバックアップ' : `バックアップ ${id} `}から元に戻しますか? [y/N] `,
  ask: 'これらの暗号スイートを削除しますか? [y/N] ',
  forgiven: '--best-effort が指定されているため、変更できなくても成功 (0) で終了します。',
};
