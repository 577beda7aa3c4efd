import type { ProbeMessages } from '../shape';

const values = { 'one-value': '値 1 つ', 'two-values': '値 2 つ', 'three-values': '値 3 つすべて' } as const;

export const probe: ProbeMessages = {
  probe: {
    notAffected: (peer, rfc) => `${peer} に問題はありません。先頭の 0 のバイトを ${rfc} のとおりに扱います。`,
    affected: (peer, faults, percent, oneIn) =>
      `${peer} には問題があります。${faults.join('')}そのような相手との DHE の接続の約 ${percent} (${oneIn} 回に 1 回) が失敗します。`,
    noDheOffered: (peer, refusals) =>
      `${peer} は、試した DHE の暗号スイートとグループをどれも受け付けず (${refusals} 回の接続すべてで拒否)、通常のクライアントには応答します。試した TLS のバージョンでは、この問題は起こりません。`,
    inconclusive: (peer, reason) => `${peer} を判定できません: ${reason}。`,
    advice: {
      'not-affected': null,
      affected:
        'サーバーを更新するか、DHE を無効にしてください。それまでは Windows 側で DHE を無効にしてください: schannel-dhe disable',
      'no-dhe-offered': null,
      inconclusive: null,
    },
    fault: {
      'keeps-zeros':
        'RFC 5246 (8.1.2) に反し、共有シークレットの先頭の 0 のバイトを削除していません。削除する相手との接続に失敗します。',
      'fails-on-zeros': '共有シークレットの先頭のバイトが 0 のとき、どの相手との接続にも失敗します。',
      'keeps-zeros-without-extended-master-secret':
        '拡張マスター シークレットを使用しないとき、共有シークレットの先頭の 0 のバイトを削除していません。この拡張がなく、削除する相手との接続に失敗します。',
      'fails-on-zeros-without-extended-master-secret':
        '拡張マスター シークレットを使用しないとき、共有シークレットの先頭のバイトが 0 であると失敗します。',
      'keeps-two-zeros':
        '共有シークレットの先頭の 2 バイトが 0 のとき、それを削除していません。削除する相手との接続に失敗します。',
      'fails-on-two-zeros': '共有シークレットの先頭の 2 バイトが 0 のとき、どの相手との接続にも失敗します。',
      'refuses-short-public':
        '先頭の 0 のバイトを省いたクライアントの公開値を拒否します。省いて送信する相手との接続に失敗します。',
      'refuses-padded-public':
        '先頭に 0 のバイトがあるクライアントの公開値を拒否します。付けて送信する相手との接続に失敗します。',
      'fails-on-own-public-zero': 'サーバーの公開値の先頭のバイトが 0 のとき、どの相手との接続にも失敗します。',
      'signs-other-public':
        '先頭のバイトが 0 のサーバーの公開値を、送信した形とは別の形で署名しています。署名を検証する相手はすべて拒否します。',
      'refuses-stripped-zeros':
        'RFC 5246 (8.1.2) のとおりに共有シークレットの先頭の 0 のバイトを削除する相手との接続に失敗します。代わりに何を受け付けるかは検査できませんでした。',
      'refuses-stripped-zeros-without-extended-master-secret':
        '拡張マスター シークレットを使用しないとき、共有シークレットの先頭の 0 のバイトを削除する相手との接続に失敗します。代わりに何を受け付けるかは検査できませんでした。',
      'refuses-stripped-two-zeros':
        '共有シークレットの先頭の 2 バイトが 0 のとき、それを削除する相手との接続に失敗します。代わりに何を受け付けるかは検査できませんでした。',
      'strips-zeros':
        'TLS 1.3 (RFC 8446, 7.4.1) では残す、共有シークレットの先頭の 0 のバイトを削除しています。残す相手との接続に失敗します。',
      'sends-short-public':
        'TLS 1.3 (RFC 8446, 4.2.8.1) では残す、サーバーの公開値の先頭の 0 のバイトを省いて送信しています。長さを確認する相手との接続に失敗します。',
    },
    reason: {
      unreachable: '接続できません。ポートとファイアウォールを確認してください',
      'no-such-host': 'ホスト名を解決できません。つづりを確認するか、アドレスを指定してください',
      timeout: '時間内に応答がありません (--timeout)',
      malformed: '応答が、提示したバージョンの TLS のハンドシェイクではありません',
      'starttls-refused':
        'サーバーのプロトコルで TLS の開始 (STARTTLS など) を要求しましたが、拒否されました。サーバーで TLS を有効にするか、ポートを確認してください',
      'control-failed': '先頭が 0 でないハンドシェイクも失敗しました',
      'signature-invalid': '鍵交換の署名が、サーバーの証明書の鍵と一致しません',
      'certificate-required': 'クライアント証明書が必要です。--cert と --key で指定してください',
      'server-name-required':
        '登録された名前にだけ応答します (アラート 112、unrecognized_name)。--server-name で名前を指定してください',
      'version-refused': '指定した TLS のバージョンに対応していません。ほかのバージョンは試していません',
      'refuses-everybody':
        '通常のクライアントも拒否しました。ポートと TLS の前のプロトコル (--starttls) を確認するか、--server-name で名前を指定してください',
      'suite-not-spoken':
        'このプログラムがハンドシェイクを完了できない DHE の暗号スイート (事前共有鍵など) だけを受け付けます',
      unstable: '同じハンドシェイクが完了したり失敗したりします',
      'connections-refused': '接続を受け付けなくなりました。間隔を空けて再度実行してください (--pause 5)',
      'several-servers':
        'このアドレスでは、証明書またはグループの異なる複数のサーバーが交互に応答していて、すべての項目に合格したサーバーを特定できません。サーバーごとのアドレスを指定してください',
      'no-such-key': '試すことのできる鍵がありません',
      'search-too-slow': 'このコンピューターでは鍵の検索に時間がかかりすぎました。--timeout を長くしてください',
      'own-public-zero-unconfirmed':
        'サーバーの公開値の先頭のバイトが 0 のハンドシェイクが失敗しましたが、証明には回数が足りません。--hunt を大きくしてください (サーバーの鍵が少数の場合は判定できません)',
      'own-public-zero-not-seen':
        'ほかの項目には合格しましたが、先頭のバイトが 0 のサーバーの公開値が現れませんでした。--hunt を大きくしてください',
      'own-public-zero-withheld':
        'ほかの項目には合格しましたが、偶然なら現れるはずの回数を試しても、先頭のバイトが 0 のサーバーの公開値が現れませんでした。サーバーはそのような値を作らないか、送信する前に接続を切っています',
      'own-key-reused':
        'ほかの項目には合格しましたが、サーバーは同じ鍵を繰り返し使用していて、先頭のバイトが 0 のものはありません。サーバーを再起動してから --hunt を試してください',
      'shared-secret-not-seen':
        '先頭のバイトが 0 の共有シークレットが現れませんでした。TLS 1.3 では偶然によるため、--hunt を大きくしてください',
      'shared-secret-zero-unconfirmed':
        '共有シークレットの先頭のバイトが 0 のハンドシェイクが失敗しましたが、証明には回数が足りません。--hunt を大きくしてください',
      interrupted: '中断されました',
      'total-time': '全体の制限時間 (--total) に達しました',
    },
    address: (address) =>
      `すべて ${address} に接続しました。この名前にほかのアドレスがある場合、それらは調べていません。`,
    chance: (oneIn) => `原因のない失敗が偶然このように並ぶのは、${oneIn} 回に 1 回です。`,
    server: (tls, suite, group, bits) => `TLS ${tls}、暗号スイート ${suite}、グループ ${group} (${bits} ビット)`,
    ownGroup: '独自',
    weakness: {
      'not-prime': '警告: このグループの法は素数ではありません。因数がわかれば、だれでも通信を解読できます。',
      'small-order':
        '警告: このグループは弱く (意図的なものか誤りかを問わず)、生成元のべきの数が少ないため、だれでも通信を解読できます。',
      'special-form':
        '警告: このグループの強度は、ビット数から期待されるよりも低くなっています。法が 2 のべきに近く、2 のべきよりわずかに大きい場合は、すべての値の先頭が 0 になります。',
    },
    weakGroup: (bits) => `警告: ${bits} ビットのグループは解読されるおそれがあります。2048 ビット以上が推奨されます。`,
    reusesKey: '警告: 複数の接続で同じ鍵を使用しています (Raccoon 攻撃の成立条件の 1 つです)。',
    ownPublicZeros: {
      padded: 'サーバーの公開値は先頭の 0 のバイトを付けて送信されます。',
      short:
        'サーバーの公開値は先頭の 0 のバイトを省いて送信されます。これは許されていますが、Windows 10 1607 および Server 2016 より前の Windows はクライアントとして失敗します (0x80090321、SEC_E_BUFFER_TOO_SMALL)。更新するか、その Windows で DHE を無効にしてください。',
      'short-in-tls-1.3': 'サーバーの公開値は先頭の 0 のバイトを省いて送信されます。TLS 1.3 では許されていません。',
      'not-seen': '先頭のバイトが 0 のサーバーの公開値はまだ現れていません。--hunt 2000 で探すことができます。',
    },
    requiresExtendedMasterSecret:
      'KB4528489 の推奨のとおり、拡張マスター シークレット (RFC 7627) のないクライアントを拒否します。これを使用しない項目は省きました。',
    hunt: (connections, zeros, failures) =>
      `さらに ${connections} 回接続しました。先頭のバイトが 0 のサーバーの公開値は ${zeros} 回、失敗した接続は ${failures} 回です。`,
    case: {
      control: '通常 (先頭が 0 でない)',
      'control-in-older-version': '通常 (以前のバージョンの TLS)',
      'control-with-named-groups': '通常 (RFC 7919 のグループ)',
      'control-with-rare-suites': '通常 (まれな暗号スイート)',
      'control-with-rare-suites-and-named-groups': '通常 (まれな暗号スイート、RFC 7919 のグループ)',
      'ordinary-hello': 'DHE を提示しない通常のクライアント',
      'control-without-extended-master-secret': '通常 (拡張マスター シークレットなし)',
      'shared-secret-zero': '共有シークレットの先頭が 0 (削除する)',
      'shared-secret-zero-without-extended-master-secret': '同上 (拡張マスター シークレットなし)',
      'shared-secret-zero-kept': '共有シークレットの先頭が 0 (残す)',
      'shared-secret-zero-kept-without-extended-master-secret': '同上 (拡張マスター シークレットなし)',
      'shared-secret-two-zeros': '共有シークレットの先頭 2 バイトが 0 (削除する)',
      'shared-secret-two-zeros-kept': '共有シークレットの先頭 2 バイトが 0 (残す)',
      'client-public-zero-short': 'クライアントの公開値の先頭が 0 (省く)',
      'client-public-zero-padded': 'クライアントの公開値の先頭が 0 (付ける)',
      'control-again': '通常 (再度)',
      'server-public-zero': 'サーバーの公開値の先頭の 0 の検索',
    },
    outcome: { passed: '合格', failed: '不合格', 'not-tested': '未検査' },
    result: {
      completed: '完了',
      alert: 'アラート',
      closed: '切断',
      timeout: '応答なし',
      unreachable: '接続不可',
      malformed: '不正な応答',
      'starttls-refused': 'TLS の開始を拒否',
      'bad-signature': '署名の不一致',
      'suite-not-spoken': '使用できない暗号スイート',
      'no-such-key': '該当する鍵なし',
      'search-too-slow': '検索の時間超過',
      'left-out': '省略',
    },
    stage: { hello: 'ClientHello', flight: '鍵の送信前', key: '鍵の送信後' },
    columns: ['ハンドシェイク', '判定', '結果', '段階', 'バイト数', '時間'],
    lengths: 'バイト数: p、先頭の 0 を除いた共有シークレット、プリマスター シークレット、送信したクライアントの公開値',
    measureColumns: ['', 'ハンドシェイク', '失敗', '接続不可', '失敗率', '95 % 信頼区間'],
    measured: {
      'nobody-reachable': '接続できず、何も数えていません。',
      'no-dhe-offered': '試した DHE の暗号スイートをどれも受け付けないため、数えるものがありません。',
      'dhe-not-countable':
        '以前のバージョンの TLS、またはまれな暗号スイートやグループでだけ DHE を受け付けます。通常のハンドシェイクでは提示しないため、何も数えていません。--measure なしの "probe" で判定できます。',
      'ecdhe-fails-too': 'ECDHE も同じように失敗します。失敗の原因は DHE ではありません。',
      'no-failures':
        'DHE のハンドシェイクは失敗しませんでした。256 回に 1 回の失敗を否定するには約 1000 回が必要です。--measure なしの "probe" は 7 回で判定します。',
      'fits-nothing': '失敗率は先頭の 0 の不具合に一致しません。ほかの原因が考えられます。',
    },
    expected: (percents) =>
      `この p では、値 1 つ、2 つ、3 つのいずれかの先頭が 0 になる接続の割合は ${percents.join('、')} です。`,
    fits: (fitting) =>
      `失敗率は先頭の 0 の不具合 (${fitting.map((one) => values[one]).join('、')}) に一致します。--measure なしの "probe" で確認できます。`,
  },
};
