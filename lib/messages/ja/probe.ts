import type { ProbeMessages } from '../shape';

export const probe: ProbeMessages = {
  probe: {
    notAffected: (peer) => `${peer} に問題はありません。先頭の 0 のバイトを RFC 5246 のとおりに扱います。`,
    affected: (peer, faults, percent, oneIn) =>
      `${peer} には問題があります。${faults}DHE の接続の約 ${percent} (${oneIn} 回に 1 回) が失敗します。`,
    noDheOffered: (peer) => `${peer} は TLS 1.2 の DHE の暗号スイートを使用しないため、この問題は起こりません。`,
    inconclusive: (peer, reason) => `${peer} を判定できません: ${reason}。`,
    advice: {
      'not-affected': null,
      affected:
        'サーバーを更新するか、DHE を無効にしてください。それまでは Windows 側で DHE を無効にしてください: schannel-dhe disable',
      'no-dhe-offered': null,
      inconclusive: null,
    },
    fault: {
      'keeps-zeros': 'RFC 5246 (8.1.2) で取り除く、共有シークレットの先頭の 0 のバイトを残しています。',
      'fails-on-zeros': '共有シークレットの先頭が 0 のバイトのときに失敗します。',
      'refuses-short-public': '先頭の 0 のバイトを省いたクライアントの公開値を拒否します。',
      'refuses-padded-public': '先頭に 0 のバイトがあるクライアントの公開値を拒否します。',
    },
    reason: {
      unreachable: '接続できません。ポートとファイアウォールを確認してください',
      'no-such-host': '名前からアドレスが得られません。つづりを確認するか、アドレスを指定してください',
      timeout: '時間内に応答がありません',
      malformed: '応答が TLS 1.2 のハンドシェイクではありません',
      'control-failed': '先頭が 0 でないハンドシェイクも失敗しました',
      unstable: '通常のハンドシェイクも拒否されるようになりました',
      'no-such-key': '試すことのできる鍵がありません',
      interrupted: '中断されました',
      'total-time': '全体の制限時間 (--total) に達しました',
    },
    server: (suite, group, bits) => `暗号スイート ${suite}、グループ ${group} (${bits} ビット)`,
    ownGroup: '独自',
    reusesKey: '複数の接続で同じ鍵を使用しています (Raccoon 攻撃の条件です)。',
    ownPublicZeros: {
      padded: 'サーバーの公開値は先頭の 0 のバイトを付けて送信されます。',
      short: 'サーバーの公開値は先頭の 0 のバイトを省いて送信されます。',
    },
    case: {
      control: '先頭が 0 でない',
      'control-without-extended-master-secret': '先頭が 0 でない (拡張マスター シークレットなし)',
      'shared-secret-zero': '共有シークレットの先頭が 0 (取り除く)',
      'shared-secret-zero-without-extended-master-secret': '同上 (拡張マスター シークレットなし)',
      'shared-secret-zero-kept': '共有シークレットの先頭が 0 (残す)',
      'shared-secret-two-zeros': '共有シークレットの先頭 2 バイトが 0 (取り除く)',
      'shared-secret-two-zeros-kept': '共有シークレットの先頭 2 バイトが 0 (残す)',
      'client-public-zero-short': 'クライアントの公開値の先頭が 0 (省く)',
      'client-public-zero-padded': 'クライアントの公開値の先頭が 0 (付ける)',
      'control-again': '先頭が 0 でない (再度)',
    },
    result: {
      completed: '完了',
      alert: 'アラート',
      closed: '切断',
      timeout: '応答なし',
      unreachable: '接続不可',
      malformed: '不正な応答',
      'no-such-key': '該当する鍵なし',
    },
    columns: ['ハンドシェイク', '結果', '時間'],
    measureColumns: ['', 'ハンドシェイク', '失敗', '接続不可', '失敗率', '95 % 信頼区間'],
    noFailures:
      'DHE のハンドシェイクは失敗しませんでした。256 回に 1 回の失敗を否定するには数千回が必要です。--measure なしの "probe" は約 10 回で判定します。',
    fitsNothing: '失敗率は 1/256 にも 3/256 (1.17 %) にも一致しません。ほかの原因が考えられます。',
    fits: (rates) => `失敗率は先頭の 0 の問題 (${rates}) に一致します。--measure なしの "probe" で確認できます。`,
  },
};
