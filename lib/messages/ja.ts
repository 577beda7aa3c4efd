import type { ExpectedInput, InputPlace } from '../errors';
import type { ErrorSentences, Messages } from './en';

const expected: Readonly<Record<ExpectedInput, string>> = {
  'reg-header': '1 行目の "Windows Registry Editor Version 5.00" または "REGEDIT4"',
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
  json: 'JSON 文書',
  snapshot: '"status --save" で保存したスナップショット',
  'state-file': '"--state" で書き込まれた状態ファイル',
  'utf-8-text': 'UTF-8 または UTF-16LE の文字列',
  request: '要求 {"arguments": [100 個までの文字列], "input": 文字列}',
  'probe-target': 'ホスト、ホスト:ポート、または [IPv6 アドレス]:ポート (ポートは 1 から 65535)',
  'no-probe-target': '--listen のときは接続先の省略',
  'another-file': '読み込み元とは別のファイル',
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
};

const found: Readonly<Record<string, string>> = {
  nothing: 'なし',
  'no Backup.xml': 'Backup.xml なし',
  'a document type definition': '文書型定義',
  'a folder inside of it': 'その中のフォルダー',
  'another content': '別の内容',
  'no JSON': 'JSON ではない内容',
  'another document': '別の文書',
  'none of them': 'どれもなし',
  'the same file': '同じファイル',
  'bytes that are neither': 'どちらでもないバイト',
  'the end of the file': 'ファイルの終わり',
  'half a UTF-16 character': 'UTF-16 の文字の半分',
  'a zero byte': '0 のバイト',
  'UTF-16 without a byte order mark': 'BOM のない UTF-16',
  'UTF-16 with the high byte first': 'ビッグ エンディアンの UTF-16',
};

function describePlace(place: InputPlace | undefined): string {
  if (place === undefined) return '';
  if ('line' in place) return ` の ${place.line} 行目`;
  return 'offset' in place ? ` のオフセット ${place.offset}` : ` の ${place.path}`;
}

export const ja: Messages = {
  layer: { groupPolicy: 'グループ ポリシー', mdm: 'MDM', local: 'ローカルの一覧' },
  verdict: {
    'dhe-offered': (dhe, all) => `DHE が有効です: 有効な暗号スイート ${all} 個のうち ${dhe} 個が DHE です。`,
    'no-dhe-offered': (_, all) => `DHE の暗号スイートは有効ではありません (有効な暗号スイート: ${all} 個)。`,
    unknown: () => '有効な一覧がわかりません。エクスポートに含まれていません。',
  },
  finding: {
    'dhe-offered': ({ suites }) => `有効な DHE の暗号スイート: ${suites.join(', ')}`,
    'dhe-hidden-by-fips': ({ suites }) =>
      `FIPS モードで隠れている DHE の暗号スイートがあり、FIPS モードを無効にすると戻ります: ${suites.join(', ')}`,
    'dhe-in-overridden-list': ({ suites, governing }, m) =>
      `ローカルの一覧に DHE の暗号スイートが ${suites.length} 個ありますが、${m.layer[governing]}が優先されるため有効ではありません。"disable --local-list" で削除できます。`,
    'governed-by-group-policy': ({ key }) =>
      `グループ ポリシー (SSL 暗号の順位、HKLM\\${key}) が一覧を設定しています。ポリシーを変更してください。`,
    'governed-by-mdm': ({ key }) => `MDM (HKLM\\${key}) が一覧を設定しています。MDM のプロファイルを変更してください。`,
    'governing-layer-uncertain': ({ layer }, m) => `おそらく${m.layer[layer]}が有効ですが、確実ではありません。`,
    'policy-text-malformed': ({ layer, faultCount }, m) =>
      `${m.layer[layer]}の文字列に誤りが ${faultCount} 個あります。Windows は暗号スイートを認識できない可能性があります。"policy text" で修正できます。`,
    'policy-wrong-type': ({ layer, found, key }, m) =>
      `${m.layer[layer]}: HKLM\\${key} の値の種類が ${found} です。REG_SZ でなければ Windows は無視します。`,
    'policy-too-long': ({ length, limit }) =>
      `ポリシーの文字列は ${length} 文字です。ポリシー エディターの上限は ${limit} 文字です。`,
    'policy-empty': ({ layer, key }, m) =>
      `${m.layer[layer]}: HKLM\\${key} の値が空です。この場合の Windows の動作は文書化されていません。`,
    'local-wrong-type': ({ found, key }) =>
      `HKLM\\${key} のローカルの一覧の種類が ${found} です。REG_MULTI_SZ である必要があります。`,
    'configured-enumerated-differ': ({ onlyConfigured, onlyEnumerated }) =>
      `レジストリと Windows の応答が異なります (レジストリのみ: ${onlyConfigured.join(', ') || 'なし'}、応答のみ: ${onlyEnumerated.join(', ') || 'なし'})。再起動してから確認してください。`,
    'layer-not-in-export': ({ key }) =>
      `エクスポートに HKLM\\${key} がありません。これもエクスポートしてください: reg export "HKLM\\${key}" file.reg`,
    'diffie-hellman-disabled': ({ enabled }) =>
      `SCHANNEL のキーで Diffie-Hellman が無効になっています (Enabled = ${enabled})。`,
    'leading-zero-fix': ({ state, build, revision }) =>
      ({
        present: `この Windows (ビルド ${build}.${revision ?? '?'}) には KB4557473 の先頭の 0 に関する修正があります。接続相手にはない可能性があります。`,
        absent: `この Windows (ビルド ${build}.${revision ?? '?'}) には KB4557473 の修正がありません。KB4537806 以降を適用してください。`,
        'never-made': `この Windows (ビルド ${build}) 向けの KB4557473 の修正はありません。`,
        unknown: 'この Windows に KB4557473 の修正があるかどうかわかりません。',
      })[state],
    'restart-advised': ({ certain }) =>
      certain
        ? '前回の起動後に一覧が変更されました。設定を反映させるために OS を再起動してください。'
        : '前回の起動後に一覧のキーが書き込まれました。一覧を変更した場合は OS を再起動してください。',
    'interrupted-change': ({ operation, backupId }) =>
      `"${operation}" が中断されました。"disable" で完了するか、"restore ${backupId}" で元に戻してください。`,
    'unknown-suites': ({ suites }) => `Schannel の文書にない名前です。変更しません: ${suites.join(', ')}`,
    'duplicate-suites': ({ suites }) => `重複しています: ${suites.join(', ')}`,
    'unsupported-suites': ({ suites }) => `この Windows ではサポートされず、効果がありません: ${suites.join(', ')}`,
    'windows-version-unknown': ({ build }) =>
      `Windows のバージョンがわかりません (ビルド: ${build ?? 'エクスポートになし'})。`,
    'removal-costs': ({ costs }, m) =>
      `DHE の暗号スイートを削除した場合の影響: ${costs.map((cost) => m.cost[cost]).join(' ')}`,
  },
  cost: {
    'leaves-nothing': '暗号スイートが 1 つも残りません。',
    'leaves-no-usable-suite': 'RSA または ECDSA の証明書で TLS 1.2 か 1.3 に使える暗号スイートが残りません。',
    'leaves-only-tls-1-3': 'TLS 1.3 の暗号スイートだけが残ります。',
    'leaves-no-ecdhe': 'ECDHE の暗号スイートが残りません。',
    'loses-forward-secret-gcm-for-rsa':
      'RSA の証明書で使える前方秘匿性のある GCM の暗号スイートがなくなります。ECDSA の証明書を使用してください。',
    'leaves-nothing-for-dsa': 'DSA (DSS) の証明書が使えなくなります。',
  },
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
    'unknown-name': '未知の名前 (そのまま)',
  },
  severity: { error: 'エラー', warning: '警告', info: '情報' },
  next: {
    disable:
      '次の操作: "schannel-dhe disable --dry-run" で削除されるものを確認し、"schannel-dhe disable" で削除します (バックアップを保存します)。',
    export:
      '次の操作: 対象のコンピューターで "schannel-dhe disable" を実行するか、"schannel-dhe disable --from <このファイル> --out fixed.reg" でインポート用のファイルを作成してください。',
    policy:
      '次の操作: "schannel-dhe disable" は、修正したポリシーの文字列と設定する場所を表示します。このコンピューターは変更しません。',
  },
  error: {
    NOT_ELEVATED: () => '一覧の変更には管理者の権限が必要です。管理者として実行してください。何も変更していません。',
    UNSUPPORTED_PLATFORM: ({ platform, architecture }) =>
      `Schannel は Windows の機能です (この環境: ${platform} ${architecture})。--from <ファイル> でエクスポートやスナップショットを読むか、--simulate <Windows のバージョン> で模擬環境を使用してください。`,
    NATIVE_BINDING_NOT_LOADED: ({ architecture, attempts }) =>
      `ネイティブ アドオンを読み込めません。試した場所: ${attempts.map(({ path, reason }) => `${path} (${reason})`).join('、')}。${architecture === 'arm64' ? 'arm64 用のアドオンは含まれていません。x64 版の Node を使用するか、ソースで "npx node-gyp rebuild" を実行してください' : 'パッケージをインストールし直してください'}。`,
    MACHINE_LOCK_BUSY: ({ waitedMilliseconds }) =>
      `別の変更が実行中です (${waitedMilliseconds} ミリ秒待ちました)。終了を待ってから、もう一度実行してください。`,
    STALE_PLAN: () => '計画の作成後に構成が変更されました。もう一度実行してください。何も変更していません。',
    BACKUP_NOT_FOUND: ({ id, knownIds }) =>
      id === undefined
        ? 'このコンピューターにはバックアップがありません。元に戻すものはありません。'
        : `バックアップ ${JSON.stringify(id)} がありません。あるもの: ${knownIds.join(', ') || 'なし'}`,
    STORED_STATE_DAMAGED: ({ entry, problem }) =>
      `保存された ${JSON.stringify(entry)} を読み取れません (${problem})。そのまま残してあります。別のバックアップを使用するか、管理者がその値を確認してください。`,
    UNEXPECTED_LIST: ({ place, expected: wanted, found: list }) =>
      `変更後の${place === 'enumeration' ? ' Windows の応答' : 'レジストリのローカルの一覧'}は、元の順位で ${wanted.length} 個の暗号スイートのはずですが、${list.length} 個です (${list.filter((name) => !wanted.includes(name)).join(', ') || '順位が異なるか、不足しています'})。`,
    INVALID_INPUT: (error) =>
      `${error.source}${describePlace(error.place)}: ${expected[error.expected]}が必要ですが、次の内容でした: ${found[error.found] ?? error.found}`,
    FILE_ACCESS: ({ file, operation, reason }) =>
      `${file} を${operation === 'read' ? '読み取れません' : '書き込めません'} (${reason})。`,
    LISTEN: ({ address, port, reason }) =>
      `${address} のポート ${port} で待機できません (${reason})。別のポートか、このコンピューターのアドレスを指定してください。`,
    INPUT_TOO_LARGE: ({ source, limit, found: size }) =>
      `${source} が大きすぎます (${size} バイト、上限 ${limit} バイト)。`,
    NTSTATUS: ({ functionName, status, statusName }) =>
      `${functionName} が失敗しました (0x${status.toString(16).toUpperCase()} ${statusName})。`,
    PEER_MESSAGE: ({ tlsMessage, offset, problem }) =>
      `接続相手の ${tlsMessage} が正しくありません (オフセット ${offset}: ${problem})。`,
    STEERED_PROCESS: ({ variable }) =>
      `環境変数 ${variable} が設定されているため、このプログラムが別のコードを実行する可能性があります。何も変更していません。変数を削除して、もう一度実行してください。`,
    WIN32: ({ functionName, win32Code }) => `${functionName} が失敗しました (システム エラー ${win32Code})。`,
  } satisfies ErrorSentences,
  columns: ['順位', '暗号スイート', '鍵交換アルゴリズム', ''],
  suiteColumns: ['暗号スイート', '番号', '鍵交換アルゴリズム', 'プロトコル'],
  backupColumns: ['バックアップ', '暗号スイート', '削除'],
  moreFaults: (count) => `ほかに誤りが ${count} 個あります。--json ですべて表示します。`,
  unknownSchema: (name, known) => `スキーマ ${JSON.stringify(name)} はありません。あるもの: ${known.join(', ')}`,
  wouldRemove: (count, kept) =>
    `確認のみ: DHE の暗号スイート ${count} 個を削除し、${kept} 個は順位のまま残ります。何も変更していません。`,
  changed: (count, id) =>
    `DHE の暗号スイート ${count} 個を削除し、一覧を読み直して確認しました。設定を反映させるために OS を再起動してください。元に戻すには: schannel-dhe restore ${id}`,
  nothingToDo: '何もする必要はありません。DHE の暗号スイートは構成されていません。',
  refused: (costs) => `中止しました。何も変更していません。${costs}`,
  governed: (layer) =>
    `${layer}が一覧を設定しているため、このコンピューターを変更しても効果がありません。修正したポリシーの文字列:`,
  deploy: {
    groupPolicy: `手順:
1. ポリシーを開きます。ドメインの場合は gpmc.msc で対象の GPO の [編集]、ローカルの場合は gpedit.msc を開きます。
2. [コンピューターの構成] - [ポリシー] - [管理用テンプレート] - [ネットワーク] - [SSL 構成設定] の [SSL 暗号の順位] を開きます (gpedit.msc に [ポリシー] はありません)。
3. [有効] を選択し、[SSL 暗号] の内容をすべてこの文字列に置き換えて [OK] をクリックします。
4. 1.5 ～ 2 時間で反映されます (サイト構成によってはそれ以上)。gpupdate /target:computer ですぐに反映できます。その後、OS を再起動してください。`,
    mdm: 'MDM のプロファイルの ./Device/Vendor/MSFT/Policy/Config/Cryptography/TLSCipherSuites に設定し (名前はセミコロンで区切ります)、同期してから再起動してください。',
  },
  costs: '影響:',
  failedUndone: (cause) => `失敗したため元に戻しました。一覧は変更前のままです。${cause}`,
  failedUndoIncomplete: (cause, id) =>
    `失敗し、完全には元に戻せませんでした。${cause} 次を実行してください: schannel-dhe restore ${id}`,
  restored: (count, id) =>
    `バックアップ ${id} から ${count} 個の暗号スイートを元に戻し、確認しました。OS を再起動してください。`,
  nothingToRestore: '何もする必要はありません。バックアップの暗号スイートはすべて元の順位にあります。',
  drifted: '中止しました。一覧がその後ほかの操作で変更されています。"restore --force" で元の隣の順位に戻せます。',
  noBackups: 'このコンピューターにはバックアップがありません。',
  damagedBackup: '読み取れません',
  regFileWritten: (file) =>
    `${file} を書き込みました。対象のコンピューターで管理者としてインポートし、再起動してください。Microsoft がサポートする方法は CNG の関数です。可能であれば、そのコンピューターで本ツールを実行してください。`,
  faultLine: (position, fault, found) => `位置 ${position}: ${fault} (${found})`,
  tooLong: (length, limit, names) =>
    `文字列は ${length} 文字です。ポリシー エディターの上限は ${limit} 文字です。先に外せるもの: ${names || 'なし'}`,
  policy: {
    verdict: {
      'not-set': 'このポリシーは SSL 暗号の順位を設定していません。',
      deleted: 'このポリシーは SSL 暗号の順位を無効にしています。Windows の既定の一覧が有効です。',
      'in-order': 'SSL 暗号の順位に問題はありません (DHE の暗号スイートも誤りもありません)。',
      'needs-repair': 'SSL 暗号の順位を修正する必要があります。',
      'too-long': 'SSL 暗号の順位を修正する必要がありますが、DHE を除いても長すぎます。"--shorten" で短くできます。',
      refused: 'SSL 暗号の順位は自動では修正できません。修正すると使用できる暗号スイートが残りません。',
    },
    summary: (type, length, suites, dhe) =>
      `${type}、${length} 文字、暗号スイート ${suites} 個、うち DHE ${dhe} 個 (*)。`,
    corrected: (length) => `修正した文字列 (${length} 文字、上限 1023 文字):`,
    written: (file, kept) =>
      kept === null
        ? `${file} を書き込みました。`
        : `${file} を置き換えました。元のファイルは ${kept} に残してあります。`,
    owner: {
      none: () => 'このコンピューターでは、ポリシーは SSL 暗号の順位を設定していません。',
      'local-gpo': (gpos) =>
        `有効な順位は、ローカルの GPO が設定したものです。${gpos.length === 0 ? '' : `ドメインの GPO も適用されており、設定されていればそちらが優先されます: ${gpos.join('、')}`}`,
      mdm: () => '有効な順位は MDM (ADMX_CipherSuiteOrder) が設定したものです。MDM のプロファイルを修正してください。',
      'domain-gpo': (gpos) =>
        `有効な順位はローカルの GPO のものではなく、次のいずれかのドメインの GPO が設定したものです (最後のものが優先): ${gpos.join('、')}`,
      unknown: () => '順位が設定されていますが、このコンピューターからは設定元がわかりません。',
    },
    localDone: {
      repair: {
        changed:
          'ローカルの GPO を修正しました。"policy local --undo" で元の文字列に戻せます。gpupdate /target:computer /force を実行し、OS を再起動してください。',
        finished:
          '中断されていた修正を完了しました。gpupdate /target:computer /force を実行し、OS を再起動してください。',
        refused: '何も変更していません。',
      },
      undo: {
        changed:
          'ローカルの GPO を修正前の文字列に戻しました。gpupdate /target:computer /force を実行し、OS を再起動してください。',
        finished:
          '中断されていた取り消しを完了しました。gpupdate /target:computer /force を実行し、OS を再起動してください。',
        refused:
          '何も変更していません。ローカルの GPO の内容が、修正時に書き込んだものと異なります。先に内容を確認してください。それでも元の文字列に戻すには --force を指定してください。',
      },
    },
    localInterrupted:
      'ローカルの GPO の修正または取り消しが中断されています。"policy local" を --repair または --undo で実行してください。',
    repairOrUndo: '--repair と --undo はどちらか一方だけを指定してください。',
    holds: {
      yes: 'グループ ポリシーを更新して読み直しました。修正した文字列が有効です。念のため OS を再起動してください。',
      no: 'グループ ポリシーを更新して読み直しましたが、修正した文字列は有効ではありません。ドメインのポリシーが優先されている可能性があります。',
    },
    gpupdateNeedsChange: '--gpupdate は --repair または --undo と一緒に指定してください。',
    repairNeedsFolder: '--repair には --out <フォルダー> を指定してください。',
    scanned: (verdict, dhe, faults) =>
      ({
        'not-set': '設定なし',
        deleted: '無効',
        'in-order': '問題なし',
        'needs-repair': `要修正 (DHE ${dhe} 個、誤り ${faults} 個)`,
        'too-long': `要修正、長すぎる (DHE ${dhe} 個、誤り ${faults} 個)`,
        refused: '自動では修正できない',
      })[verdict],
    skipped: 'スキップ',
    noPolicies: (folder) => `${folder} に GPO が見つかりません。`,
    tally: ({ policies, setting, needRepair, refused, written, skipped }) =>
      `GPO ${policies} 個、SSL 暗号の順位を設定 ${setting} 個、要修正 ${needRepair} 個、自動では修正できない ${refused} 個、書き込み ${written} 個、スキップ ${skipped} 個。`,
    importCopies:
      '修正したバックアップは、[グループ ポリシーの管理] の [設定のインポート] または Import-GPO で取り込んでください。',
    staleReport: 'gpreport.xml は修正前の内容のままです。',
    repairNeedsTarget: '--repair には --out <ファイル> と --in-place のどちらか一方を指定してください。',
  },
  ask: 'これらの暗号スイートを削除しますか? [y/N] ',
  askDeepCheck: 'このコンピューターの暗号スイートの一覧とポリシーを数秒間変更し、元に戻します。続けますか? [y/N] ',
  forgiven: '可能な場合だけ変更する指定 (--best-effort) のため、終了コードは成功です。',
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
  listen: {
    listening: (place, url, isLoopback) =>
      `${place} で待機しています${isLoopback ? ' (このコンピューターからだけ接続できます。ほかからも受け付けるには --address 0.0.0.0)' : ''}。証明書を検証せずに、クライアントから 3 回以上接続してください。例: curl.exe -k ${url}
Ctrl-C で終了し、クライアントを判定します。`,
    notAffected: (client) => `${client} に問題はありません。先頭の 0 のバイトを RFC 5246 のとおりに扱います。`,
    affected: (client, faults, percent, oneIn) =>
      `${client} には問題があります。${faults}DHE の接続の約 ${percent} (${oneIn} 回に 1 回) が失敗します。`,
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
      'keeps-zeros': 'RFC 5246 (8.1.2) で取り除く、共有シークレットの先頭の 0 のバイトを残しています。',
      'fails-on-zeros': '共有シークレットの先頭が 0 のバイトのときに失敗します。',
      'refuses-short-server-public': '先頭の 0 のバイトを省いたサーバーの公開値を拒否します。',
      'refuses-padded-server-public': '先頭に 0 のバイトがあるサーバーの公開値を拒否します。',
    },
    reason: {
      'no-handshake': 'TLS のハンドシェイクが始まりませんでした',
      'no-tls-1.2': 'TLS 1.2 を使用しません',
      'certificate-refused': '自己署名証明書を拒否しました。検証しないように設定してください (curl -k)',
      'control-failed': '先頭が 0 でないハンドシェイクも失敗しました',
      unstable: '同じハンドシェイクが完了したり失敗したりします',
      'too-few-connections': '3 種類のサーバーの公開値を試すには、3 回以上の接続が必要です',
      'shared-secret-not-seen':
        '先頭が 0 のサーバーの公開値は受け付けますが、先頭が 0 の共有シークレットがまだ現れていません',
    },
    case: {
      control: 'サーバーの公開値の先頭が 0 でない',
      'server-public-zero-short': 'サーバーの公開値の先頭が 0 (省く)',
      'server-public-zero-padded': 'サーバーの公開値の先頭が 0 (付ける)',
      none: 'サーバーの公開値を送信せず',
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
    },
    sharedSecretZero: '共有シークレットの先頭が 0',
    columns: ['ハンドシェイク', '完了', '失敗'],
    odds: (handshakes, percent, needed) =>
      `共有シークレットの先頭が 0 になるかどうかは偶然です。${handshakes} 回のハンドシェイクで 1 回以上現れる確率は ${percent} で、${needed} 回で 99 % になります。`,
    nobody: '接続したクライアントはありません。',
    turnedAway: (count) => `${count} 件の接続を断りました (同時の接続またはアドレスが多すぎます)。`,
  },
  unexpected: '予期しないエラー',
};
