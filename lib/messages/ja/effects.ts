import type { EffectsMessages, OfferCounts } from '../shape';

const as = (roles: readonly string[]) =>
  roles.length !== 1 ? '' : roles[0] === 'client' ? 'クライアントとして' : 'サーバーとして';
const on = (system: string | null) => (system === null ? '' : `${system} で`);
/** 機能するものがないことは、それが分かっている場合に伝える。 */
const working = ({ works, mayWork }: OfferCounts, system: string | null) =>
  [
    ...(works > 0 || mayWork === 0 || system !== null ? [`${on(system)}機能するもの ${works} 個`] : []),
    ...(mayWork > 0 ? [`機能する可能性があるもの ${mayWork} 個`] : []),
  ].join('、');
const ofSuite = (write: string | null) => (write === null ? '' : `、${write} と書く`);
const key = (path: string) => path.slice(path.lastIndexOf('\\') + 1);

export const effects: EffectsMessages = {
  verdict: {
    'dhe-offered': (counts, system) =>
      `DHE を提示します: 一覧 ${counts.listed} 個、${working(counts, system)}、うち DHE ${counts.dhe} 個。`,
    'no-dhe-offered': (counts, system) =>
      `DHE の暗号スイートは提示しません: 一覧 ${counts.listed} 個、${working(counts, system)}。`,
  },
  unknown: {
    'not-in-export': '不明: 有効な一覧がエクスポートに含まれていません。',
    'wrong-type': '不明: 一覧の値の種類が正しくありません。その場合の Windows の動作は文書化されていません。',
    empty: '不明: 一覧が空です。その場合の Windows の動作は文書化されていません。',
    malformed: '不明: ポリシーの文字列に誤りがあり、Windows がどう解釈するかわかりません。',
    'no-known-name': '不明: 一覧に Schannel の暗号スイートの名前がありません。',
    'dhe-in-unknown-name': '不明: 一覧の Schannel にない名前に DHE が含まれています。',
    'dhe-not-in-answer':
      '不明: 有効な一覧にない DHE の暗号スイートがレジストリにあります。次回の起動で有効になる可能性があります。',
    'governing-layer-uncertain': '不明: どの設定が有効かを確定できません。',
    'dirty-hive': '不明: ハイブへの書き込みが完了しておらず、ログに別の一覧がある可能性があります。',
  },
  effects: { works: '機能する', 'may-work': '機能する可能性がある', 'no-effect': '効果なし' },
  effectReason: {
    'unknown-name': ({ write }) => `不明な名前${ofSuite(write)}`,
    'other-windows': ({ write }) => `この Windows にない${ofSuite(write[0] ?? null)}`,
    'curve-suffix': ({ write }) => `${write} と書く`,
    undocumented: () => '文書に記載なし',
    'windows-unknown': () => 'バージョンが不明',
    'letter-case': ({ write }) => `${write} と書く`,
    'on-request': () => 'プログラムが要求した場合のみ',
    protocol: ({ protocols }) => `${protocols.map(({ protocol }) => protocol).join('、')} が無効`,
    'key-exchange': ({ key: path, value }) => `${key(path)} Enabled=${value}`,
    cipher: ({ key: path, value }) => `${key(path)} Enabled=${value}`,
    hash: ({ key: path, value }) => `${key(path)} Enabled=${value}`,
    fips: () => 'FIPS モード',
  },
  cost: {
    'leaves-nothing': () => '暗号スイートが 1 つも残りません。',
    'leaves-nothing-for-rsa': (roles) =>
      `${as(roles)}TLS 1.2 または 1.3 と RSA の証明書で機能する暗号スイートが残りません。`,
    'leaves-nothing-for-ecdsa': (roles) =>
      `${as(roles)}TLS 1.2 または 1.3 と ECDSA の証明書で機能する暗号スイートが残りません。`,
    'rests-on-may-work': (roles) =>
      `${as(roles)}残る暗号スイートは、TLS 1.2 または 1.3 で既定で機能することが文書化されておらず、機能する可能性があるだけです。`,
    'leaves-only-tls-1-3': (roles) => `${as(roles)}TLS 1.3 の暗号スイートだけが残ります。`,
    'leaves-no-ecdhe': (roles) => `${as(roles)}機能する ECDHE の暗号スイートが残りません。`,
    'loses-forward-secret-gcm-for-rsa': (roles) =>
      roles.includes('server')
        ? `RSA の証明書で使用できる、前方秘匿性のある GCM の暗号スイートがなくなり、それを必須とする相手と${as(roles)}接続できなくなります。サーバーでは、必要に応じて ECDSA の証明書を使用してください。`
        : 'RSA の証明書で使用できる、前方秘匿性のある GCM の暗号スイートがなくなり、それを必須とするサービスにクライアントとして接続できなくなります。',
    'loses-known-peers': (roles, peers) =>
      `次の相手と${as(roles)}接続できなくなります (${peers.length} 件): ${peers.join('、')}。`,
    'leaves-nothing-for-dsa': (roles) => `${as(roles)}DSA (DSS) の証明書は使用できなくなります。`,
    'no-known-name': () => 'Schannel の暗号スイートの名前がありません。',
    'dhe-in-unknown-name': () => 'Schannel にない名前に DHE が含まれています。',
  },
  costsLeftOut: (count) => `DHE を削除した場合の影響が ${count} 件あります。"disable --dry-run" で表示します。`,
  removalCosts: (costs) => `DHE を削除した場合の影響: ${costs}`,
};
