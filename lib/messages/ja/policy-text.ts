import type { PolicyTextMessages } from '../shape';

export const policyText: PolicyTextMessages = {
  fault: {
    'wrong-separator': '区切り文字の誤り (置き換え)',
    'missing-separator': '名前の間に区切りがない (挿入)',
    'leading-separator': '先頭の区切り (削除)',
    'doubled-separator': '連続した区切り (削除)',
    'trailing-separator': '末尾の区切り (削除)',
    'full-width': '全角文字 (半角に置き換え)',
    invisible: '見えない文字 (削除)',
    'white-space': '空白 (削除)',
    'blank-inside-name': '名前の中の空白 (削除)',
    quote: '引用符 (削除)',
    'lower-case': '小文字 (置き換え)',
    duplicate: '重複 (削除)',
    'not-a-name': '暗号スイート名ではない (削除)',
    'cut-off': 'ポリシー エディターの上限で切れた名前 (削除。これより後の内容は失われています)',
    'other-spelling': 'ほかのソフトウェアでの表記。Windows は認識しません',
    'unknown-name': '未知の名前 (そのまま)',
  },
  withoutSpelling: (names) => `この Windows にはない暗号スイートもそのまま残しました: ${names}`,
  faults: (count) => `文字列に誤りが ${count} 個あります (--json ですべて表示します):`,
  faultColumns: ['個数', '最初の位置', '内容', '誤り'],
  schannelSpells: (name, write) => `${name}: Schannel での名前は ${write} です (--translate で書き換えます)`,
  tooLong: (length, limit, names) =>
    `文字列は ${length} 文字です。ポリシー エディターの上限は ${limit} 文字です。優先して削除できる暗号スイート: ${names || 'なし'}`,
  deploy: {
    groupPolicy: `手順:
1. ポリシーを開きます。ドメインの場合は gpmc.msc で対象の GPO の [編集]、ローカルの場合は gpedit.msc を開きます。
2. [コンピューターの構成] - [ポリシー] - [管理用テンプレート] - [ネットワーク] - [SSL 構成設定] の [SSL 暗号の順位] を開きます (gpedit.msc に [ポリシー] はありません)。
3. [有効] を選択し、[SSL 暗号] の内容をすべてこの文字列に置き換えて [OK] をクリックします。
4. 1.5 ～ 2 時間で反映されます (サイト構成によってはそれ以上)。gpupdate /target:computer ですぐに反映できます。その後、OS を再起動してください。`,
    mdm: 'MDM のプロファイルの ./Device/Vendor/MSFT/Policy/Config/Cryptography/TLSCipherSuites に設定し (名前はセミコロンで区切ります)、同期してから再起動してください。',
  },
};
