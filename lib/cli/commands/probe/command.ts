import { declare } from '../../command';

export const probe = declare({
  name: 'probe',
  help: {
    en: 'whether a TLS server, or a client, has the leading-zero fault',
    ja: 'TLS のサーバーまたはクライアントに先頭の 0 のバイトの不具合があるかどうかを調べる',
  },
  machine: 'none',
  examples: ['schannel-dhe probe localhost:1433 --tds', 'schannel-dhe probe --hosts targets.txt --total 600'],
  operand: {
    name: 'target',
    unless: ['hosts', 'listen'],
    help: {
      en: 'a server: host, host:port or [IPv6 address]:port',
      ja: 'サーバー (ホスト、ホスト:ポート、[IPv6 アドレス]:ポート)',
    },
  },
  options: {
    timeout: {
      kind: 'seconds',
      least: 0.1,
      most: 600,
      default: 5,
      help: { en: 'for each handshake', ja: 'ハンドシェイク 1 回の制限時間' },
    },
    pause: {
      kind: 'seconds',
      least: 0,
      most: 600,
      default: 0,
      excludes: ['measure'],
      help: {
        en: 'between two connections; a server that refuses one gets a longer one by itself',
        ja: '接続の間隔。拒否されたときは自動的に長くなる',
      },
    },
    tls: {
      kind: 'choice',
      choices: ['1.0', '1.1', '1.2', '1.3'],
      excludes: ['measure'],
      help: {
        en: 'this version and no other; 1.2, or a lower one that the server insists on, where left out',
        ja: '使用するバージョン。省略した場合は 1.2 (サーバーが対応しないときはそれ以前)',
      },
    },
    cert: {
      kind: 'text',
      value: { en: 'file', ja: 'ファイル' },
      excludes: ['measure'],
      help: {
        en: 'a certificate for servers that ask for one, or with --listen one that the clients trust: PEM, or PFX with its key',
        ja: 'クライアント証明書。--listen ではクライアントが信頼する証明書 (PEM、または秘密鍵を含む PFX)',
      },
    },
    key: {
      kind: 'text',
      value: { en: 'file', ja: 'ファイル' },
      needs: ['cert'],
      help: { en: "the certificate's key in PEM, where it is a file of its own", ja: '証明書の秘密鍵 (PEM)' },
    },
    passphraseFile: {
      kind: 'text',
      value: { en: 'file', ja: 'ファイル' },
      needs: ['cert'],
      help: { en: 'holds what opens the key', ja: '秘密鍵のパスフレーズを書いたファイル' },
    },
    serverName: {
      kind: 'text',
      value: { en: 'name', ja: '名前' },
      help: { en: 'what the server is asked for by name', ja: 'サーバーに示すホスト名' },
    },
    starttls: {
      kind: 'choice',
      choices: ['smtp', 'imap', 'pop3', 'ldap', 'postgres', 'mysql', 'ftp', 'xmpp', 'sieve', 'nntp'],
      excludes: ['tds', 'rdp'],
      help: { en: 'what to say before TLS', ja: 'TLS の前のプロトコル' },
    },
    tds: {
      kind: 'flag',
      excludes: ['rdp'],
      help: { en: "inside SQL Server's PRELOGIN packets", ja: 'SQL Server の PRELOGIN パケットの中で接続する' },
    },
    rdp: { kind: 'flag', help: { en: 'after an X.224 request for TLS', ja: 'X.224 で TLS を要求してから接続する' } },
    hunt: {
      kind: 'integer',
      least: 0,
      most: 100_000,
      excludes: ['measure'],
      help: {
        en: "up to n more connections, to see a zero in the server's own value; with --tls 1.3, in the shared secret (1500)",
        ja: 'サーバーの値 (--tls 1.3 では共有シークレット、既定値 1500) の先頭が 0 になるまで、最大 n 回余分に接続する',
      },
    },
    measure: {
      kind: 'integer',
      least: 0,
      most: 100_000,
      excludes: ['hosts'],
      help: {
        en: 'count n ordinary handshakes with DHE and n with ECDHE instead',
        ja: '代わりに DHE と ECDHE の通常のハンドシェイクを n 回ずつ数える',
      },
    },
    hosts: {
      kind: 'text',
      value: { en: 'file', ja: 'ファイル' },
      excludes: ['target', 'quiet'],
      help: {
        en: 'many targets, one a line (- for stdin); prints one JSON line each',
        ja: '1 行に 1 つずつ書いた接続先 (- は標準入力)。1 行に 1 つの JSON 文書を出力する',
      },
    },
    unordered: {
      kind: 'flag',
      needs: ['hosts'],
      help: { en: 'lines as they come', ja: '判定した順に出力する' },
    },
    resume: {
      kind: 'text',
      value: { en: 'file', ja: 'ファイル' },
      needs: ['hosts'],
      help: {
        en: 'leave out the targets that this output of an earlier run has a verdict on',
        ja: '前回の出力に結果がある接続先を省く',
      },
    },
    total: {
      kind: 'seconds',
      least: 0.1,
      most: 86_400,
      help: {
        en: 'for all of it; what is known by then is the report',
        ja: '全体の制限時間。それまでに分かったことを報告する',
      },
    },
    listen: {
      kind: 'integer',
      least: 1,
      most: 65_535,
      excludes: ['target', 'hosts', 'measure', 'hunt', 'pause', 'tls', 'starttls', 'tds', 'rdp', 'serverName'],
      help: {
        en: 'the other direction: a server on this port that judges its clients',
        ja: '逆方向: このポートで待機し、接続したクライアントを調べる',
      },
    },
    address: {
      kind: 'text',
      value: { en: 'address', ja: 'アドレス' },
      default: '127.0.0.1',
      needs: ['listen'],
      help: { en: 'the local address, such as 0.0.0.0 for all', ja: '待機するアドレス (0.0.0.0: すべて)' },
    },
    groupBits: {
      kind: 'choice',
      choices: ['2048', '3072', '4096'],
      needs: ['listen'],
      help: { en: 'the size of the groups', ja: 'グループのビット数' },
    },
    connections: {
      kind: 'integer',
      least: 1,
      most: 100_000,
      needs: ['listen'],
      help: { en: 'end after n connections', ja: 'n 回の接続で終了する' },
    },
  },
  lines: ['hosts', 'listen'],
  documents: async () => (await import('./documents.js')).documents,
});
