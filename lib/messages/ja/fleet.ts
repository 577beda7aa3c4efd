import type { FleetMessages } from '../shape';

export const fleet: FleetMessages = {
  fleet: {
    summary: ({ machines, offering, unknown }) =>
      machines === 0
        ? 'コンピューターの情報がありません。'
        : `${machines} 台のうち ${offering} 台が DHE を提示します${unknown === 0 ? '' : `。${unknown} 台は不明です`}。`,
    verdict: { 'dhe-offered': 'DHE を提示', 'no-dhe-offered': 'DHE なし', unknown: '不明' },
    layer: { groupPolicy: 'GPO', mdm: 'MDM', local: 'ローカル' },
    restart: { advised: '必要', perhaps: '必要?', 'not-needed': '不要', unknown: '不明' },
    removal: {
      'locks-out': '接続不能',
      'has-costs': '影響あり',
      'costs-nothing': '影響なし',
      'nothing-to-remove': '削除対象なし',
      unknown: '不明',
    },
    drift: {
      'now-offers': '新たに DHE を提示',
      'now-unknown': '不明になった',
      'no-longer-offers': 'DHE の提示を終了',
      'list-changed': '一覧を変更',
      new: '新規',
      unknown: '不明',
      same: '変化なし',
    },
    unknownVersion: '不明',
    restartCounts: (advised, perhaps) =>
      `${advised} 台は再起動が必要です${perhaps === 0 ? '' : `。ほかに ${perhaps} 台は、最後の起動後に一覧のキーが書き込まれているため、必要な可能性があります`}。`,
    lockedOut: (machines) =>
      `${machines} 台は、DHE を削除すると TLS 1.2 または 1.3 で使用できる暗号スイートがなくなります。"disable" は中止します。`,
    duplicates: (records) => `${records} 件は、同じコンピューターのより新しい記録があるため、数えていません。`,
    unread: (count) => `${count} 件を読み取れませんでした。上の台数には含まれていません:`,
    otherFiles: (files) => `フォルダーの ${files} 個のファイルは別の形式です。`,
    changed: (changes, missing) =>
      `以前からの変化: ${changes}${missing === 0 ? '' : `。以前だけにあるもの: ${missing} 台`}。`,
    missing: (hosts, more) => `以前だけにあるもの: ${hosts}${more === 0 ? '' : `、ほか ${more} 台`}`,
    layerColumns: ['設定元', '台数', 'DHE を提示', '不明'],
    versionColumns: ['Windows', '台数', 'DHE を提示', '不明'],
    gpoColumns: ['GPO', '台数', 'DHE を提示', '不明'],
    machineColumns: ['コンピューター', 'DHE', '設定元', 'Windows', '再起動', '削除'],
    more: (machines) => `ほかに ${machines} 台あります。--csv、--html または --json ですべてを出力できます。`,
    page: {
      title: 'DHE を提示するコンピューター',
      machines: 'コンピューター',
      notes: '入力',
      filter: '絞り込み (すべての語を含むもの)',
      count: '{} 台',
      time: '日時',
      drift: '以前からの変化',
      verdict: '判定',
    },
  },
};
