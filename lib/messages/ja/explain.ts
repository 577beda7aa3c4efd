import type { ExplainMessages } from '../shape';

export const explain: ExplainMessages = {
  explain: {
    symptom: {
      'event-36871': 'Schannel イベント 36871: TLS 資格情報を作成できませんでした。',
      'event-36873': 'Schannel イベント 36873: クライアントとして提示できる暗号スイートがありませんでした。',
      'event-36874':
        'Schannel イベント 36874: サーバーとして、クライアントが提示した暗号スイートをどれもサポートしていません。',
      'event-36887': 'Schannel イベント 36887: 接続先から致命的なアラートを受信しました。',
      'event-36888': 'Schannel イベント 36888: このコンピューターが致命的なアラートを送信しました。',
      'algorithm-mismatch':
        '0x80090331 SEC_E_ALGORITHM_MISMATCH: クライアントとサーバーに共通のアルゴリズムがありません。',
      'message-altered': '0x8009030F SEC_E_MESSAGE_ALTERED: メッセージの整合性を確認できませんでした (アラート 20)。',
      'illegal-message':
        '0x80090326 SEC_E_ILLEGAL_MESSAGE: 予期しないメッセージ、または形式が正しくないメッセージです (アラート 10、40、47、50 など)。',
      'decrypt-failure': '0x80090330 SEC_E_DECRYPT_FAILURE: メッセージを復号できませんでした (アラート 21、51)。',
      'buffer-too-small': '0x80090321 SEC_E_BUFFER_TOO_SMALL: バッファーが小さすぎます。',
      'connection-reset': '10054: 既存の接続はリモート ホストに強制的に切断されました。',
    },
    meaning: {
      'protocol-off':
        'アプリケーションが要求したプロトコル バージョン (TLS 1.0 や 1.1 など) が、このコンピューターで無効になっています (36871 の内部エラー状態 10013)。',
      'private-key': '証明書の秘密キーを、必要とするサービスが読み取れません。',
      'nothing-offered': '有効な一覧の中に、この Windows とこの設定で使用できる暗号スイートがありません。',
      'no-common-suite': '両方で使用できる共通の暗号スイートがありません。',
      'malformed-policy':
        'ポリシーの [SSL 暗号の順位] の文字列を Windows が認識できません (全角の読点で区切られている場合など)。',
      'leading-zero':
        'DHE の暗号スイートが選択され、先頭の 0 のバイトの扱いが異なるため、双方の鍵が一致しませんでした。約 256 回に 1 回、不規則に発生します。',
      'no-extended-master-secret':
        'Extended Master Secret に対応していない接続先と、DHE の暗号スイートで接続しました (アラート 20。2019 年 10 月の更新プログラム以降、約 256 回に 1 回)。',
      'short-public-value':
        'DHE のサーバーが、素数より短い公開値を送信しました。Windows 10 バージョン 1607 より前の Windows は受け付けません。',
      'peer-refuses': '提示した暗号スイート、プロトコル バージョン、拡張のいずれかを接続先が拒否しました。',
      'certificate-refused': '一方が、もう一方の証明書を受け入れていません。',
      'not-tls': 'ファイアウォール、負荷分散装置、またはサービス自体が接続を切断しました。TLS が原因とは限りません。',
    },
    look: {
      status: 'schannel-dhe status: 有効な暗号スイートと、そのうち実際に使用できるもの。',
      policy: 'schannel-dhe status、およびポリシーの文字列を指定した schannel-dhe policy text: 文字列の誤り。',
      probe: 'schannel-dhe probe <ホスト>:<ポート>: 先頭の 0 のバイトの不具合がサーバーにあるかどうか。',
      disable: 'schannel-dhe disable --dry-run: DHE の提示をやめるための変更内容と、その影響。',
      'application-protocols':
        'アプリケーションが要求するプロトコル バージョン (.NET の場合は SystemDefaultTlsVersions と SchUseStrongCrypto)。',
      certificate: '証明書: 秘密キー、有効期間、証明書チェーン、秘密キーの読み取り権限。',
      'peer-suites': '接続先がサポートしている暗号スイート。',
      'peer-log':
        '同じ時刻の接続先のログ。イベントの番号はアラートです (20 は鍵の不一致、40 は拒否、70 はプロトコル バージョン)。',
      'windows-update':
        '双方に先頭の 0 に関する修正 (KB4557473) が適用されているかどうか。この Windows については schannel-dhe status で確認できます。',
      network: '途中の機器とネットワーク トレース: 切断の前に Server Hello が届いているかどうか。',
    },
  },
};
