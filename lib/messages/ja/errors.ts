import type { ExpectedInput, FoundInput, InputPlace, StoredStateProblem } from '../../errors';
import type { ErrorSentences, ErrorsMessages } from '../shape';
import { spaced } from './spaced';

const expected: Readonly<Record<ExpectedInput, string>> = {
  'reg-header': '"Windows Registry Editor Version 5.00" または "REGEDIT4"',
  'reg-encoding': 'BOM 付き UTF-16LE、UTF-8、または REGEDIT4 の文字列',
  'reg-line': '[角かっこ] のキー、"名前"=値 の行、またはコメント',
  'reg-key': 'HKEY_LOCAL_MACHINE などで始まり ] で終わるキー',
  'reg-value-name': '引用符で囲んだ値の名前または @ と、それに続く =',
  'reg-value-data': '"文字列"、dword:、hex:、hex(n): または -',
  'reg-closing-quote': '文字列の終わりの引用符',
  'reg-hex-bytes': 'コンマで区切った 16 進数 2 桁の並び',
  'reg-dword': 'dword: に続く 1 から 8 桁の 16 進数',
  'reg-continuation': '次の行に続くバイト',
  'reg-complete-value': '終わりの 0 まである REG_MULTI_SZ の値 (ファイルが途中で切れている可能性があります)',
  'cipher-suite-keys': 'ローカルの一覧、またはそれを設定するポリシーのレジストリ キー',
  'input-form':
    '.reg ファイル、レジストリ ハイブ、reg query や reg add、PowerShell スクリプト、Get-TlsCipherSuite の出力、一覧、CSV、JSON、Registry.pol、LGPO テキスト、.PolicyRules、GptTmpl.inf、グループ ポリシーのレポート、Registry.xml、MDM のプロファイル、スナップショット、記録、または収集スクリプトの行',
  'one-list': '暗号スイートの一覧 1 つ',
  'whole-list': '途中で省略されていない一覧 ("| Format-List" または "-ExpandProperty" を使用すると省略されません)',
  'dhe-in-list': '1 つの一覧に含まれる DHE の名前 (途中で改行されているか、ほかの一覧がある可能性があります)',
  'literal-value': 'スクリプトにそのまま書かれた値 (スクリプトは実行しないため)',
  'control-set': 'どのコントロール セットが有効かを示すキー SYSTEM\\Select (内容が異なるため)',
  'cipher-suite-hive': 'コンピューターのハイブ SYSTEM または SOFTWARE (Windows\\System32\\config)',
  'hive-header': 'レジストリ ハイブのヘッダー ("regf"、バージョン 1、ログではないファイル)',
  'hive-cell': 'ハイブの中にある使用中のセル',
  'hive-record': 'セルに収まるハイブのレコード',
  'registry-pol':
    'ファイルとして修正できる形式である Registry.pol (ほかの形式では "policy text" が修正した文字列を表示します)',
  'same-machine': 'そのコンピューターのほかのファイルと同じ内容 (1 台のコンピューターのファイルは一致します)',
  json: 'JSON 文書',
  snapshot: 'このプログラムが保存したスナップショット',
  'state-file': '保存された模擬環境の状態',
  'suite-list': '暗号スイートの名前の一覧',
  'utf-8-text': 'UTF-8 または UTF-16LE の文字列',
  request: '要求 {"arguments": [100 個までの文字列], "input": 文字列}',
  'probe-target': 'ホスト、ホスト:ポート、または [IPv6 アドレス]:ポート (ポートは 1 から 65535)',
  'probe-lines': '以前の "probe --hosts" が出力した行',
  'server-name': 'サーバーのホスト名 (アドレスは不可)',
  'certificate-file': 'PEM の証明書、またはパスフレーズで開ける PFX',
  'private-key-pem': 'パスフレーズで開ける PEM の秘密鍵',
  'key-of-certificate': '証明書に対応する秘密鍵',
  'rsa-key': 'RSA の秘密鍵',
  'another-file': '読み込み元とは別のファイル',
  'path-without-links': 'リンクを含まないパス (書き込むときにはリンク先が変わっている可能性があるため)',
  'unchanged-file': '読み取ったときのままのファイル',
  'pol-signature': 'Registry.pol の先頭の署名 "PReg"',
  'pol-version': 'Registry.pol のバージョン 1',
  'pol-record': 'レコードの始まりの "["',
  'pol-key': '1 ～ 32,767 文字のキーと NUL',
  'pol-separator': 'レコードの項目の間の ";"',
  'pol-value-name': '259 文字以内の値の名前と NUL',
  'pol-type': '4 バイトの値の種類',
  'pol-size': '4 バイトのデータ サイズ (65,535 以下)',
  'pol-data': 'レコードが示す長さのデータ',
  'pol-record-end': 'レコードの終わりの "]"',
  xml: '整形式の XML',
  'xml-without-dtd': '文書型定義のない XML',
  'backup-info': 'GPO のバックアップの bkupInfo.xml',
  'backup-map': 'GPO のバックアップの Backup.xml',
  'backup-location': 'バックアップのフォルダーの中のパス',
  'folder-outside': '読み込むフォルダーの外のフォルダー',
  record: '"status --record" が出力したコンピューターの記録',
  'raw-lines': 'Get-SchannelDheRecord.ps1 が 1 台のコンピューターで出力した、変更されていないすべての行',
  'one-machine': '1 台のコンピューターの内容 (複数の場合は "report" で指定します)',
  'evidence-source':
    'Schannel のイベントの XML、IIS、Exchange または Zeek のログ、tshark の出力、またはキャプチャ (pcap、pcapng)',
  'local-address': 'IP アドレス (192.0.2.10 など)',
  'capture-file': 'ファイルのキャプチャ、または tshark の出力 ("evidence --tshark-command")',
  evidence: '"evidence --json" の出力',
  'dsc-instance': 'SchannelDhe/CipherSuiteOrder のインスタンスの JSON (スキーマは "dsc schema" で表示できます)',
  'dsc-statement':
    'このリソースで指定できる唯一の状態である false (DHE の暗号スイートを元に戻すには "restore" を使用します)',
};

const found: Readonly<Record<Extract<FoundInput, string>, string>> = {
  nothing: '何もありません',
  'end-of-file': 'ファイルの終わりです',
  'not-json': 'JSON ではありません',
  'another-document': '別の文書です',
  'another-content': '別の内容です',
  'document-type': '文書型定義があります',
  'no-backup-map': 'Backup.xml がありません',
  'another-list': '有効な一覧が異なります',
  'none-of-them': 'どれもありません',
  'other-hive': '別の名前のハイブです',
  'registry-hive': 'レジストリ ハイブです ("status --from" で指定します)',
  'configuration-input': 'コンピューターの構成です ("status --from" で指定します)',
  'disk-image': 'ディスク イメージです (中の Windows\\System32\\config\\SYSTEM と SOFTWARE を取り出してください)',
  archive: '圧縮ファイルです (展開して、中のファイルを指定してください)',
  pdf: 'PDF 文書です (中の文字列をコピーしてください)',
  program: 'Windows のプログラムです',
  'event-log': 'イベント ログです ("wevtutil qe <ファイル> /lf:true /f:xml" で XML にして "evidence" で指定します)',
  'event-trace':
    'イベント トレースです ("pktmon etl2pcap" または etl2pcapng でキャプチャにして "evidence" で指定します)',
  log: '接続のログです ("evidence" で指定します)',
  certificate: '証明書または秘密鍵です ("probe --cert" で指定します)',
  capture: 'キャプチャです ("evidence" で指定します)',
  'piped-capture': 'パイプで渡されたキャプチャです',
  image: '画像です (画像の文字をコピーしてください)',
  'office-document': 'Office 文書または MSI パッケージです (中の文字列をコピーしてください)',
  binary: 'バイナリ データです',
  'list-in-force':
    '有効な一覧だけで、どの設定元によるものかわかりません (対象のコンピューターで "schannel-dhe disable" を実行するか、キーをエクスポートしてください)',
  'two-encodings': '2 つの文字コードが混在しています (後から追加されています。それぞれを --from で指定してください)',
  'other-text': '別の文章です',
  'another-form': '別の形式のファイルです',
  'same-file': '同じファイルです',
  'changed-since': '変更されています',
  'folder-inside': 'その中のフォルダーです',
  'empty-key': '空です',
  'neither-encoding': 'どちらでもないバイトがあります',
  'half-character': 'UTF-16 の文字の半分で終わっています',
  'big-endian': 'ビッグ エンディアンの UTF-16 です',
  'no-byte-order-mark': 'BOM のない UTF-16 です',
  'zero-byte': '0 のバイトがあります',
  'other-key': '別の証明書の秘密鍵です',
  'key-of-other-type': '別の種類の秘密鍵です',
  'lines-missing': '一部の行がありません',
  'damaged-data': 'データが壊れています',
};

function describeFound(what: FoundInput): string {
  if (typeof what === 'string') return found[what];
  if ('text' in what) return `"${what.text}" です`;
  if ('json' in what) return `${what.json} です`;
  if ('bytes' in what) return `バイト ${what.bytes} です`;
  if ('number' in what) return `${what.number} です`;
  if ('longerThan' in what) return `${what.longerThan} 文字を超えています`;
  if ('announced' in what) return `${what.announced} バイトのはずですが、残りは ${what.left} バイトです`;
  if ('otherValueIn' in what) return `HKLM\\${what.otherValueIn} の値が異なります`;
  return 'noKey' in what ? `キー HKLM\\${what.noKey} がありません` : `不明な項目 "${what.unknownMember}" があります`;
}

const stateProblems: Readonly<Record<StoredStateProblem['problem'], string>> = {
  'not-text': 'REG_SZ の値ではありません',
  'not-json': 'JSON ではありません',
  'other-member': 'このバージョンの形式と異なります',
};

export function describeStateProblem({ problem, path }: StoredStateProblem): string {
  return `${path === null ? '' : `${path}: `}${stateProblems[problem]}`;
}

/** What the system's codes mean. */
const reasons: Readonly<Record<string, string>> = {
  EACCES: 'EACCES: アクセスが拒否されました',
  EPERM: 'EPERM: 許可されていません',
  ENOENT: 'ENOENT: ファイルまたはフォルダーがありません',
  EISDIR: 'EISDIR: フォルダーです ("policy scan" で指定します)',
  ENOTDIR: 'ENOTDIR: フォルダーではありません (ファイルは "policy file" で指定します)',
  EEXIST: 'EEXIST: 既に存在します',
  ENOSPC: 'ENOSPC: ディスクの空き領域がありません',
  EBUSY: 'EBUSY: 使用中です',
  NOT_A_FILE: 'デバイスまたはパイプで、ファイルではありません',
};

function describePlace(place: InputPlace | undefined): string {
  if (place === undefined) return '';
  if ('line' in place) return ` の ${place.line} 行目`;
  return 'offset' in place ? ` のオフセット ${place.offset}` : ` の ${place.path}`;
}

export const errors: ErrorsMessages = {
  error: {
    NOT_ELEVATED: () => '一覧の変更には管理者権限が必要です。管理者として実行してください。何も変更していません。',
    UNSUPPORTED_PLATFORM: ({ platform, architecture }) =>
      `Schannel は Windows の機能です (この環境: ${platform} ${architecture})。--from <ファイル> でエクスポートやスナップショットを読むか、--simulate <Windows のバージョン> で模擬環境を使用してください。`,
    NATIVE_BINDING_NOT_LOADED: ({ architecture, attempts }) =>
      `ネイティブ アドオンを読み込めません。試した場所: ${attempts.map(({ path, reason }) => `${path} (${reason})`).join('、')}。${architecture === 'arm64' ? 'arm64 用のアドオンは含まれていません。x64 版の Node を使用するか、ソースで "npx node-gyp rebuild" を実行してください' : 'パッケージをインストールし直してください'}。`,
    MACHINE_LOCK_BUSY: ({ waitedMilliseconds }) =>
      `別の変更が実行中です (${waitedMilliseconds} ミリ秒待ちました)。終了を待ってから、もう一度実行してください。`,
    MACHINE_LOCK_DENIED: () =>
      '変更用のロックは Administrators グループのメンバーと SYSTEM だけが取得できますが、このプロセスは昇格されていても、どちらでもありません。該当するアカウントで実行してください。何も変更していません。',
    ADDON_MISMATCH: ({ path, expectedSha256, foundSha256 }) =>
      `${path} は、この実行ファイルのアドオンではありません (SHA-256 は ${expectedSha256} のはずですが、${foundSha256} です)。読み込んでいません。置いた人を確認し、両方のファイルをインストールし直してください。`,
    STALE_PLAN: () => '計画の作成後に構成が変更されました。もう一度実行してください。何も変更していません。',
    BACKUP_NOT_FOUND: ({ id, knownIds }) =>
      id === undefined
        ? 'このコンピューターにはバックアップがありません。元に戻すものはありません。'
        : `バックアップ "${id}" がありません。使用できるもの: ${knownIds.join(', ') || 'なし'}`,
    STORED_STATE_DAMAGED: (error) =>
      `保存された "${error.entry}" を読み取れません (${describeStateProblem(error)})。そのまま残してあります。別のバックアップを使用するか、管理者がその値を確認してください。`,
    UNEXPECTED_LIST: ({ place, expected: wanted, found: list }) =>
      `変更後の${place === 'enumeration' ? ' Windows の応答' : 'レジストリのローカルの一覧'}は、元の順位で ${wanted.length} 個の暗号スイートのはずですが、${list.length} 個です (${list.filter((name) => !wanted.includes(name)).join(', ') || '順位が異なるか、不足しています'})。`,
    UNEXPECTED_VALUE: ({ key, valueName }) =>
      `HKLM\\${key} の ${valueName} が、書き込んだ値と異なります。ほかの何が設定しているかを確認してください。`,
    INVALID_INPUT: (error) =>
      `${error.source}${describePlace(error.place)}: ${spaced(expected[error.expected])}が必要ですが、${describeFound(error.found)}。`,
    INVALID_ARGUMENT: ({ argument, found: value }) => `${argument} の値が正しくありません: ${value}`,
    FILE_ACCESS: ({ file, operation, reason }) =>
      `${file} を${operation === 'read' ? '読み取れません' : '書き込めません'} (${reasons[reason] ?? reason})。`,
    LISTEN: ({ address, port, reason }) =>
      `${address} のポート ${port} で待機できません (${reason})。別のポートか、このコンピューターのアドレスを指定してください。`,
    PROGRAM_NOT_FOUND: ({ program, tried }) =>
      `${program} が見つかりません (探した場所: ${tried.join('、')})。Wireshark をインストールするか、--tshark で場所を指定してください。または "evidence --tshark-command" が表示するコマンドを別のコンピューターで実行し、その出力を指定してください。`,
    EVENT_LOG_READ: ({ program, reason }) =>
      `${program} から Schannel のイベントを読み取れません (終了コード: ${reason})。このアカウントがシステム ログを読み取れるかどうか (5 はアクセス拒否) を確認するか、別の場所で XML として保存し、そのファイルを指定してください。`,
    INPUT_TOO_LARGE: ({ source, limit, found: size }) =>
      `${source} が大きすぎます (${size} バイト、上限 ${limit} バイト)。`,
    NTSTATUS: ({ functionName, status, statusName }) =>
      `${functionName} が失敗しました (0x${status.toString(16).toUpperCase()} ${statusName})。`,
    PEER_MESSAGE: ({ tlsMessage, offset, problem }) =>
      `接続相手の ${tlsMessage} が正しくありません (オフセット ${offset}: ${problem})。`,
    STEERED_PROCESS: ({ variable }) =>
      `環境変数 ${variable} が設定されているため、このプログラムが別のコードを実行する可能性があります。何も変更していません。変数を削除して、もう一度実行してください。`,
    WIN32: ({ functionName, win32Code }) =>
      `${functionName} が失敗しました (システム エラー ${win32Code}${win32Code === 5 ? '、アクセスが拒否されました' : ''})。`,
  } satisfies ErrorSentences,
};
