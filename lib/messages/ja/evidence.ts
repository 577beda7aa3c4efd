import type { EvidenceMessages } from '../shape';

export const evidence: EvidenceMessages = {
  evidence: {
    verdict: {
      'dhe-seen': ({ dhe, seen, peers }) =>
        `DHE が使用されています (${seen} 件のうち ${dhe} 件、使用している接続相手は ${peers} 件)。`,
      'no-dhe-seen': ({ seen }) => `DHE は使用されていません (${seen} 件)。`,
      unknown: ({ seen }) =>
        seen === 0
          ? 'DHE の使用を示す記録がないため、不明です。'
          : `${seen} 件に DHE はありませんが、判断できない記録があるため、不明です。`,
    },
    period: (first, last) => `期間: ${first} ～ ${last}`,
    judgedBy: (suites) => `DHE を除いて残る ${suites} 個の暗号スイートで判定しました。`,
    notJudged:
      '一覧がないため、削除後に接続できなくなる相手は判定していません。対象の Windows で実行するか、--from でエクスポートを指定してください。',
    removal: {
      'left-with-nothing': '接続できなくなる',
      unknown: '不明',
      'keeps-others': 'ほかで接続できる',
      'no-dhe-seen': 'DHE を使用しない',
    },
    reason: {
      'no-list': '一覧の指定なし',
      'which-end': 'このコンピューターはどちら側か不明 (--local)',
      'offer-not-seen': '提示した内容の記録なし',
      'server-not-asked': '"probe" で確認',
      'may-work': '共通の暗号スイートは使用できる可能性あり',
      'more-offers': '提示する内容が多すぎる',
      'suite-not-told': '記録からは判断不可',
    },
    removalCounts: (id, peers) =>
      ({
        'left-with-nothing': `${peers} 件の接続相手は、共通の暗号スイートがなくなり、接続できなくなります。`,
        unknown: `${peers} 件の接続相手については不明です。`,
        'keeps-others': `${peers} 件の接続相手は、残る暗号スイートも提示しているため、影響を受けません。`,
        'no-dhe-seen': `${peers} 件の接続相手に DHE の使用はありません。`,
      })[id],
    columns: ['接続相手', '種類', 'ポート', 'DHE', 'ほか', '最後の日時', '削除後'],
    role: { client: 'クライアント', server: 'サーバー', both: '?' },
    nobody: 'DHE を使用している接続相手はありません。',
    unnamed: '(名前なし)',
    more: (peers) => `ほかに ${peers} 件あります。--csv または --json ですべてを出力できます。`,
    form: {
      'schannel-events': 'Schannel のイベント',
      'iis-log': 'IIS のログ',
      'exchange-log': 'Exchange の SMTP のログ',
      'zeek-tsv': 'Zeek の ssl.log',
      'zeek-json': 'Zeek の ssl.log (JSON)',
      'tshark-columns': 'tshark の出力',
      'tshark-json': 'tshark の JSON',
      capture: 'キャプチャ',
    },
    sourceColumns: ['入力', '形式', '件数', '不正'],
    requests: 'IIS のログは要求の件数です。1 回のハンドシェイクで複数の要求を送信できます。',
    untold: (source, lines) =>
      `${source}: ${lines} 行に TLS のフィールドがないため、判断できません。IIS の場合は、ログのカスタム フィールドに CRYPT_PROTOCOL と CRYPT_KEYEXCHANGE_ALG_ID を追加してください。`,
    malformed: (source, count, first, problems) =>
      `${source}: 不正な記録が ${count} 件あります (最初は ${first} 番目): ${problems.join('、')}`,
    problemCount: (problem, count) => `${problem} (${count} 件)`,
    cutPackets:
      'パケットが途中までしかキャプチャされていないため、見えないハンドシェイクがあります。"dumpcap -s 0" または "pktmon start --capture --pkt-size 0" でパケット全体をキャプチャしてください。',
    problem: {
      'too-long': '長すぎる',
      'field-count': 'フィールドの数が見出しと異なる',
      'no-time': '日時がない',
      'unknown-value': '不明な値',
      'not-json': 'JSON ではない',
      'not-xml': '整形式の XML ではない',
      'cut-off': '途中で切れている',
      'no-header': '前に見出しがない',
      'cut-packet': '途中までしかキャプチャされていないパケット',
      'incomplete-handshake': 'パケットの一部がないため、結果が不明なハンドシェイク',
    },
    cutShort: (source, reason) => `${source} を最後まで読み取れませんでした: ${reason}`,
    skipped: (files) => `読み取らなかったファイルは ${files} 個あります (先頭から):`,
    interrupted: '読み取りは途中で終了しました。',
    leftOut: (seen) => `100,000 件を超える接続相手の ${seen} 件は、表に含まれていません。`,
    failures: 'Schannel が記録した失敗:',
    failureColumns: ['イベント', 'アラート', '件数'],
    page: {
      title: 'DHE を使用している接続相手',
      otherLanguage: 'English',
      theme: '暗い / 明るい',
      overTime: 'DHE の推移',
      faultTitle: '先頭の 0 の不具合',
      tableTitle: '接続相手',
      sources: '入力',
      filter: '絞り込み',
      failed: '失敗',
      first: '最初の日時',
      count: '{} 件',
    },
    refused: '中止しました。何も変更していません。記録から、削除しても問題がないとは言えません。',
    concern: {
      'other-list': 'ここで残る一覧とは別の一覧で判定されています。このコンピューターでもう一度調べてください',
      'other-machine': '別の名前のコンピューターで調べたものです。このコンピューターで調べてください',
      old: '最後の記録から 3 か月以上経過しています。もう一度調べてください',
      'nothing-seen': '鍵交換の記録がないため、問題がないとは言えません',
      'not-all-read': '読み取れなかったもの、または判断できない記録があります ("evidence" で確認できます)',
      'peers-left-out': '区別できる数を超える接続相手があります',
    },
    pageWritten: (file) => `${file} に書き込みました。`,
    compared: {
      verdict: {
        'nothing-broke':
          '問題は起きていません。失敗は増えておらず、DHE を使用していた相手で、その後現れなくなったものはありません。',
        'these-broke': '変更後に接続できなくなったものがあります。',
        'too-little': '接続できなくなったものは見つかりませんが、記録が足りないため、問題がないとは言えません:',
      },
      doubt: {
        'no-window': '記録に日時がありません',
        'windows-overlap': '--after の記録が --before の記録の終わりより前に始まっています',
        'dhe-still-used':
          '変更後も DHE が使用されており、変更がまだ有効になっていません (再起動が必要な可能性があります)',
        'short-window': '比較できる期間が 1 日より短く、1 日に 1 回の処理が含まれない可能性があります',
        'nothing-seen': '一方にハンドシェイクも失敗もありません',
        'peers-missing': 'DHE を使用していた相手の一部が、その後現れていません',
        'more-failures': '失敗が増えていますが、偶然の可能性があります',
        'new-peers-fail': '以前にはなかった相手が失敗しています',
        'not-all-told': '判断できない記録があります',
      },
      windows: (hours, before, after) => `比較した期間: ${before} までの ${hours} 時間と、${after} からの同じ長さ`,
      columns: ['失敗', '変更前', '変更後', '偶然の確率'],
      event: (event) =>
        ({
          36873: '36873 使用できる暗号スイートなし',
          36874: '36874 共通の暗号スイートなし',
          36887: '36887 アラート 40 を受信',
          36888: '36888 アラート 40 を送信',
        })[event] ?? String(event),
      broke: '変更後に失敗:',
      newPeersThatFail: '以前にはなく、失敗:',
      missing: 'DHE を使用していて、その後現れない:',
    },
    fault: {
      fits: (values) => `失敗は先頭の 0 の不具合に一致します: ${values}。`,
      doesNotFit: (reason) => `先頭の 0 の不具合に一致しません: ${reason}。`,
      tooLittle: (reason) => `この通信に先頭の 0 の不具合があるかどうかは判断できません: ${reason}。`,
      value: {
        'server-short': 'サーバーの公開値の先頭の 0 を省いたときに失敗しています',
        'server-padded': 'サーバーの公開値の先頭に 0 を付けたときに失敗しています',
        'client-short': 'クライアントの公開値の先頭の 0 を省いたときに失敗しています',
        'client-padded': 'クライアントの公開値の先頭に 0 を付けたときに失敗しています',
        'shared-secret':
          'DHE だけが、共有シークレットの先頭が 0 になる割合で失敗しています (キャプチャには現れないため、"probe" で確認できます)',
      },
      case: {
        'server-short': 'サーバーの先頭の 0 を省く',
        'server-padded': 'サーバーの先頭に 0 を付ける',
        'client-short': 'クライアントの先頭の 0 を省く',
        'client-padded': 'クライアントの先頭に 0 を付ける',
      },
      reason: {
        'too-rare': '失敗が先頭の 0 の割合より少なくなっています',
        'other-rate': '失敗が先頭の 0 の割合より多くなっています',
        'ecdhe-fails-too': '同じ相手との ECDHE も同じように失敗しています',
        'no-dhe': 'DHE は使用されていません',
        'exchange-not-seen':
          'DHE は使用されていますが、鍵交換の記録がありません (ログ、再開されたセッション、途中までのパケットには含まれません)',
        'too-few': 'ハンドシェイクが少なすぎます',
        'nothing-to-compare': '割合は一致しますが、比較できる同じ相手との ECDHE がキャプチャにありません',
      },
      columns: ['鍵交換', '完了', '失敗', '95 % 信頼区間', '偶然の確率'],
      dhe: 'DHE',
      ecdhe: '同じ相手との ECDHE',
      plain: '先頭が 0 でない DHE',
      notCompared: (handshakes) =>
        `表に含まれない DHE: ${handshakes} 件 (再開されたセッション、ログ、不足しているパケット、証明書のエラー)`,
      expected: (percents) => `値 1 つ、2 つ、3 つに不具合がある場合の割合は ${percents.join('、')} です。`,
      peers: (names) => `一致する接続相手: ${names}`,
    },
  },
};
