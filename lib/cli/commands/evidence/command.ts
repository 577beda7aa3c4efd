import { declare } from '../../command';
import { windowsOfFile } from '../../input-options';

export const evidence = declare({
  name: 'evidence',
  help: {
    en: 'who negotiates DHE, whom its removal leaves with nothing, and whether the fault is in the traffic',
    ja: 'DHE を使用している接続相手、削除すると接続できなくなる相手、通信に不具合があるかどうかを調べる',
  },
  machine: 'may-change',
  examples: [
    'schannel-dhe evidence logs --html page.html',
    'schannel-dhe evidence --before old-logs --after new-logs --check',
  ],
  operand: {
    name: 'source',
    several: true,
    unless: ['tsharkCommand', 'before', 'events', 'logging'],
    help: {
      en: 'files, folders, patterns or - for stdin: Schannel events as XML, IIS, Exchange and Zeek logs, the output of tshark, captures',
      ja: 'ファイル、フォルダー、ワイルドカード、または - (標準入力): Schannel のイベントの XML、IIS、Exchange、Zeek のログ、tshark の出力、キャプチャ',
    },
  },
  options: {
    events: {
      kind: 'flag',
      help: {
        en: 'the events of Schannel in the System log of this machine, with or without other sources',
        ja: 'このコンピューターのシステム ログにある Schannel のイベント (ほかの入力と併用可)',
      },
    },
    logging: {
      kind: 'choice',
      choices: ['status', 'on', 'off'],
      excludes: ['source', 'events', 'check', 'from', 'local', 'csv', 'html', 'before', 'tshark', 'tsharkCommand'],
      help: {
        en: 'instead: whether Schannel logs what is negotiated (its EventLogging); have it do so; put it back',
        ja: '代わりに、Schannel がネゴシエーション結果を記録するかどうか (EventLogging) を表示し、有効にするか元に戻す',
      },
    },
    for: {
      kind: 'text',
      value: { en: 'time', ja: '時間' },
      needs: ['logging'],
      help: {
        en: 'with --logging on: how long that is wanted, such as 2h or 3d; status then says when it is over',
        ja: '--logging on とともに指定する期間 (2h、3d など)。過ぎると status が知らせる',
      },
    },
    yes: { kind: 'flag', needs: ['logging'], help: { en: 'do not ask', ja: '確認しない' } },
    check: {
      kind: 'flag',
      help: {
        en: 'end with 1 where DHE was seen, with 10 where that is not known',
        ja: 'DHE が使用されている場合は 1、不明な場合は 10 で終了する',
      },
    },
    from: {
      kind: 'texts',
      value: { en: 'file', ja: 'ファイル' },
      help: {
        en: 'judge by the list of a file instead of this machine, of the forms that status takes',
        ja: 'このコンピューターの代わりに、ファイルの一覧で判定する (形式は status と同じ)',
      },
    },
    windows: windowsOfFile,
    local: {
      kind: 'texts',
      value: { en: 'address', ja: 'アドレス' },
      help: {
        en: 'an address of this machine in a capture; the one in every connection where left out',
        ja: 'キャプチャでのこのコンピューターのアドレス。省略すると、すべての接続にあるアドレス',
      },
    },
    csv: {
      kind: 'flag',
      excludes: ['json'],
      help: { en: 'print the peers as CSV', ja: '接続相手を CSV で出力する' },
    },
    html: {
      kind: 'text',
      value: { en: 'file', ja: 'ファイル' },
      help: {
        en: 'write one page with everything, for a change board; it needs no network',
        ja: 'すべてを 1 つの HTML ページに書き込む (変更の承認用、ネットワーク不要)',
      },
    },
    before: {
      kind: 'texts',
      value: { en: 'source', ja: '入力' },
      needs: ['after'],
      excludes: ['source', 'events', 'from', 'csv', 'html'],
      help: {
        en: 'instead: from before a change, to be held against what came --after it; --check then ends with 1 where something broke',
        ja: '代わりに、変更前の記録を --after の変更後の記録と比較する。--check は接続できなくなったものがある場合は 1 で終了する',
      },
    },
    after: {
      kind: 'texts',
      value: { en: 'source', ja: '入力' },
      needs: ['before'],
      help: { en: 'from after the change', ja: '変更後の記録' },
    },
    tshark: {
      kind: 'text',
      value: { en: 'program', ja: 'プログラム' },
      help: {
        en: "Wireshark's tshark, where it is in no usual place",
        ja: 'Wireshark の tshark の場所 (通常と異なる場合)',
      },
    },
    tsharkCommand: {
      kind: 'flag',
      excludes: ['source', 'events', 'check', 'from', 'local', 'csv', 'html', 'before', 'tshark'],
      help: {
        en: 'print the command whose output a machine without tshark takes',
        ja: 'tshark のないコンピューターに渡す出力を作るコマンドを表示する',
      },
    },
  },
  documents: async () => (await import('./documents.js')).documents,
});
