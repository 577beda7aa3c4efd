import { declare } from '../../command';

export const report = declare({
  name: 'report',
  help: {
    en: 'many machines together: who offers DHE, why, and what changed since an older collection',
    ja: '多数のコンピューターを集計する: DHE を提示するもの、その理由、以前からの変化',
  },
  machine: 'none',
  examples: [
    'schannel-dhe report records --html fleet.html',
    'schannel-dhe report records --since old-records --check',
  ],
  operand: {
    name: 'source',
    several: true,
    help: {
      en: 'files, folders, patterns or - for stdin: records (status --record), lines of Get-SchannelDheRecord.ps1, snapshots, and whatever status --from takes',
      ja: 'ファイル、フォルダー、ワイルドカード、または - (標準入力): 記録 (status --record)、Get-SchannelDheRecord.ps1 の行、スナップショット、status --from で読み取れるもの',
    },
  },
  options: {
    check: {
      kind: 'flag',
      help: {
        en: 'end with 1 where a machine offers DHE, with 10 where that is not known of one',
        ja: 'DHE を提示するコンピューターがある場合は 1、不明なものがある場合は 10 で終了する',
      },
    },
    since: {
      kind: 'texts',
      value: { en: 'source', ja: '入力' },
      help: { en: 'an older collection to compare with', ja: '比較する以前の入力' },
    },
    csv: {
      kind: 'flag',
      excludes: ['json', 'ndjson', 'prometheus'],
      help: { en: 'print the machines as CSV', ja: 'コンピューターを CSV で出力する' },
    },
    ndjson: {
      kind: 'flag',
      excludes: ['prometheus'],
      help: {
        en: 'print one JSON document for each machine, a line each, and one at the end',
        ja: 'コンピューターごとに 1 行の JSON 文書を、最後に集計の文書を出力する',
      },
    },
    prometheus: {
      kind: 'flag',
      excludes: ['json'],
      help: {
        en: 'print the counts for the textfile collector of Prometheus',
        ja: '件数を Prometheus の textfile コレクター用に出力する',
      },
    },
    html: {
      kind: 'text',
      value: { en: 'file', ja: 'ファイル' },
      help: {
        en: 'write one page with every machine; it needs no network',
        ja: 'すべてのコンピューターを 1 つの HTML ページに書き込む (ネットワーク不要)',
      },
    },
  },
  lines: ['ndjson'],
  documents: async () => (await import('./documents.js')).documents,
});
