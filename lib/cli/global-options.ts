/** The options of every command, and those of the simulated machine for every command that uses a machine. */
import { type Language, languages } from '../messages/languages';
import { windowsVersionIds } from '../windows/versions';
import { exitProfiles } from './exit-code';
import type { Options, OptionValues } from './option';

const text = { en: 'text', ja: '文字列' };

export const generalOptions = {
  json: { kind: 'flag', help: { en: 'print one JSON document', ja: 'JSON 文書を 1 つ出力する' } },
  quiet: {
    kind: 'flag',
    excludes: ['json'],
    help: {
      en: 'print errors alone, and what is made to be read by another program',
      ja: 'エラーと、ほかのプログラムに渡すための結果だけを出力する',
    },
  },
  language: {
    kind: 'choice',
    choices: Object.keys(languages) as Language[],
    help: { en: 'the language of messages', ja: 'メッセージの言語' },
  },
  exitCodes: {
    kind: 'choice',
    choices: exitProfiles,
    default: 'default',
    help: { en: 'what the exit code means', ja: '終了コードの体系' },
  },
  noColor: { kind: 'flag', help: { en: 'no colours', ja: '色を付けない' } },
  help: { kind: 'flag', help: { en: 'show this help', ja: 'このヘルプを表示する' } },
  version: { kind: 'flag', help: { en: 'show the version', ja: 'バージョンを表示する' } },
} as const satisfies Options;

export const machineOptions = {
  simulate: {
    kind: 'choice',
    choices: windowsVersionIds,
    excludes: ['from'],
    help: { en: 'use a simulated Windows', ja: '模擬の Windows を使用する' },
  },
  simulatePolicy: {
    kind: 'text',
    value: text,
    needs: ['simulate'],
    help: { en: 'Group Policy text of a new one', ja: '新しく作る模擬機のグループ ポリシーの文字列' },
  },
  simulateMdm: {
    kind: 'text',
    value: text,
    needs: ['simulate'],
    help: { en: 'MDM policy text of a new one', ja: '新しく作る模擬機の MDM ポリシーの文字列' },
  },
  simulateFips: {
    kind: 'flag',
    needs: ['simulate'],
    help: { en: 'a new one with FIPS mode on', ja: '新しく作る模擬機の FIPS モードを有効にする' },
  },
  notElevated: {
    kind: 'flag',
    needs: ['simulate'],
    help: { en: 'as a user without administrator rights', ja: '管理者権限のないユーザーとして実行する' },
  },
  state: {
    kind: 'text',
    value: { en: 'file', ja: 'ファイル' },
    needs: ['simulate'],
    help: {
      en: 'use the one in this file, or keep a new one there',
      ja: 'このファイルの模擬機を使う (なければ作って保存する)',
    },
  },
} as const satisfies Options;

export type GlobalValues = OptionValues<typeof generalOptions> & OptionValues<typeof machineOptions>;
