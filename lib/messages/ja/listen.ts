import type { ListenMessages } from '../shape';

export const listen: ListenMessages = {
  listen: {
    listening: (place, url, isLoopback) =>
      `${place} で待機しています${isLoopback ? ' (このコンピューターからだけ接続できます。ほかからも受け付けるには --address 0.0.0.0)' : ''}。証明書を検証せずに、クライアントから 3 回以上接続してください。例: curl.exe -k ${url}
先頭の 0 を待たずに済むように、一部では弱いグループを使用します。その接続は、クライアントがデータを送信する前に終了します。
Ctrl-C で終了し、クライアントを判定します。`,
    notAffected: (client) => `${client} に問題はありません。先頭の 0 のバイトを RFC 5246 のとおりに扱います。`,
    affected: (client, faults, percent, oneIn) =>
      `${client} には問題があります。${faults}そのようなサーバーとの DHE の接続の約 ${percent} (${oneIn} 回に 1 回) が失敗します。`,
    noDheOffered: (client) =>
      `${client} は RSA 証明書用の TLS 1.2 の DHE の暗号スイートを提示しないため、この問題は起こりません。`,
    inconclusive: (client, reason) => `${client} を判定できません: ${reason}。`,
    advice: {
      'not-affected': null,
      affected:
        'クライアントを更新するか (Windows の場合は KB4557473 を参照)、そのコンピューターで DHE を無効にしてください: schannel-dhe disable',
      'no-dhe-offered': null,
      inconclusive: null,
    },
    fault: {
      'keeps-zeros':
        'RFC 5246 (8.1.2) に反し、共有シークレットの先頭の 0 のバイトを削除していません。削除するサーバーとの接続に失敗します。',
      'fails-on-zeros': '共有シークレットの先頭のバイトが 0 のとき、どのサーバーとの接続にも失敗します。',
      'refuses-short-server-public':
        '先頭の 0 のバイトを省いたサーバーの公開値を拒否します。省いて送信するサーバーとの接続に失敗します。',
      'refuses-padded-server-public':
        '先頭に 0 のバイトがあるサーバーの公開値を拒否します。付けて送信するサーバーとの接続に失敗します。',
    },
    reason: {
      'no-handshake': 'TLS のハンドシェイクが始まりませんでした',
      'no-tls-1.2': 'TLS 1.2 を使用しません',
      'certificate-refused':
        '証明書を拒否しました。検証しないように設定するか (curl -k)、信頼される証明書を指定してください (--cert、--key)',
      'control-failed': '先頭が 0 でないハンドシェイクも失敗しました',
      unstable: '同じハンドシェイクが完了したり失敗したりします',
      'too-few-connections': '接続の回数が足りません。3 回以上 (失敗したときは 16 回程度) 必要です',
      'shared-secret-not-seen':
        '先頭が 0 のサーバーの公開値は受け付けますが、共有シークレットの先頭が 0 になるグループを拒否し、偶然にもまだ現れていません',
    },
    case: {
      'shared-secret-zeros': '共有シークレットの先頭が 0 (弱いグループ)',
      'shared-secret-one-zero': '共有シークレットの先頭の 1 バイトが 0 (弱いグループ)',
      control: 'サーバーの公開値の先頭が 0 でない',
      'server-public-zero-short': 'サーバーの公開値の先頭が 0 (省く)',
      'server-public-zero-padded': 'サーバーの公開値の先頭が 0 (付ける)',
      none: 'サーバーの公開値の送信なし',
    },
    result: {
      completed: '完了',
      alert: 'アラート',
      closed: '切断',
      timeout: '応答なし',
      malformed: '不正なメッセージ',
      'no-dhe-offered': 'DHE の提示なし',
      'no-tls-1.2': 'TLS 1.2 の提示なし',
      'wrong-keys': '鍵の不一致',
      'kept-zeros': '共有シークレットの先頭の 0 を残した',
      'unlucky-key': '今回の鍵では判定不可',
    },
    sharedSecretZero: '共有シークレットの先頭が 0 (すべてのグループ)',
    columns: ['ハンドシェイク', '完了', '失敗'],
    odds: (handshakes, percent, needed) =>
      `弱いグループを使用しないと、共有シークレットの先頭が 0 になるかどうかは偶然です。${handshakes} 回のハンドシェイクで 1 回以上現れる確率は ${percent} で、${needed} 回で 99 % になります。`,
    nobody: '接続したクライアントはありません。',
    turnedAway: (count) => `${count} 件の接続を断りました (同時の接続またはアドレスが多すぎます)。`,
  },
};
