import type { EventLoggingMessages } from '../shape';

export const eventLogging: EventLoggingMessages = {
  logging: {
    level: (level, logsHandshakes) =>
      `EventLogging は${level === null ? '未設定 (1 と同じ) ' : ` ${level} `}です。Schannel はネゴシエーションの結果 (イベント 36880) を記録${logsHandshakes ? 'します' : 'しません'}。`,
    wrongType: (found) =>
      `EventLogging の種類が REG_DWORD ではなく ${found} です。何も変更していません。値を削除するか修正してから、もう一度実行してください。`,
    awaitsRestart: {
      yes: 'Windows の起動後に変更されたため、次の再起動で有効になります。',
      unknown:
        'Windows の起動後に、同じキーの値が書き込まれています。この値が変更された場合は、次の再起動で有効になります。',
    },
    set: (startedAt, before) =>
      `このツールが ${startedAt} に設定しました。以前の値: ${before ?? '未設定'}。"evidence --logging off" で元に戻せます。`,
    until: (time) =>
      `期限: ${time}。バックグラウンドで動作するものはなく、自動では元に戻りません。期限が過ぎると "status" が知らせます。`,
    isOver: (time) => `期限 ${time} が過ぎています。"evidence --logging off" を実行し、Windows を再起動してください。`,
    changed: {
      on: 'EventLogging を設定し、読み直して確認しました。',
      off: 'EventLogging を元に戻し、読み直して確認しました。',
    },
    done: {
      'not-ours':
        '何もする必要はありません。既に有効です。このツールが設定したものではないため、このツールでは元に戻しません。',
      forgotten: 'その後ほかの操作で変更されています。値はそのまま残し、このツールの記録だけを削除しました。',
      kept: '値は既に設定どおりです。記録だけを更新しました。',
      'nothing-to-do': '何もする必要はありません。',
    },
    costs: (megabytes) =>
      `影響: 今回と、元に戻した後に、それぞれ再起動が必要です。ハンドシェイクごとに 1 件のイベントがシステム ログ${megabytes === null ? '' : ` (最大 ${megabytes} MB) `}に記録されます。負荷の高いサーバーでは、数分から数時間でほかの古いイベントが上書きされます。ログの収集先の容量も増加します。`,
    failedUndone: (cause) => `失敗したため元に戻しました。EventLogging は変更前のままです。${cause}`,
    failedUndoIncomplete: (cause) =>
      `失敗し、元に戻せませんでした。${cause} 次を実行してください: schannel-dhe evidence --logging status`,
    ask: {
      on: '次の再起動から、すべてのハンドシェイクを Schannel に記録させますか? [y/N] ',
      off: 'EventLogging を元に戻しますか? [y/N] ',
    },
  },
};
