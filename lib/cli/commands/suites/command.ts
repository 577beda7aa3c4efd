import { windowsVersionIds } from '../../../windows/versions';
import { declare } from '../../command';
import { suiteLayers } from '../../suite-layers';

export const suites = declare({
  name: 'suites',
  help: {
    en: 'the known suites, those of a Windows version, or those of a layer',
    ja: '既知の暗号スイート、Windows のバージョンまたは設定元ごとの一覧を表示する',
  },
  machine: 'reads',
  examples: ['schannel-dhe suites --windows ws2022 --dhe', 'schannel-dhe suites --layer local'],
  options: {
    windows: {
      kind: 'choice',
      choices: windowsVersionIds,
      excludes: ['layer'],
      help: { en: 'the default list of a Windows version', ja: 'Windows のバージョンの既定の一覧' },
    },
    layer: {
      kind: 'choice',
      choices: suiteLayers,
      help: { en: 'the list of a layer of this machine', ja: 'このコンピューターの設定元ごとの一覧' },
    },
    from: {
      kind: 'texts',
      value: { en: 'file', ja: 'ファイル' },
      needs: ['layer'],
      help: {
        en: 'of a file, of the forms that status takes (- for stdin)',
        ja: 'ファイルを読み取る (形式は status と同じ、- は標準入力)',
      },
    },
    convert: {
      kind: 'choice',
      choices: windowsVersionIds,
      excludes: ['windows', 'dhe', 'keyExchange', 'protocol'],
      help: {
        en: 'the list of --layer, or of a text on stdin, as that version spells it, in its order',
        ja: '--layer の一覧または標準入力の一覧を、順位を変えずにそのバージョンの名前に変換する',
      },
    },
    dhe: { kind: 'flag', help: { en: 'DHE suites only', ja: 'DHE の暗号スイートだけ' } },
    keyExchange: {
      kind: 'text',
      value: { en: 'name', ja: '名前' },
      help: { en: 'such as ECDHE', ja: '鍵交換アルゴリズム (例: ECDHE)' },
    },
    protocol: {
      kind: 'text',
      value: { en: 'version', ja: 'バージョン' },
      help: { en: 'such as "TLS 1.2"', ja: 'プロトコル (例: "TLS 1.2")' },
    },
  },
  documents: async () => (await import('./documents.js')).documents,
});
