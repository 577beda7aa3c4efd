/** What every command takes that judges a policy for machines other than this one. */
import { windowsVersionIds } from '../windows/versions';
import type { Options } from './option';

export const shorten = {
  kind: 'flag',
  help: {
    en: 'drop expendable suites above 1023 characters',
    ja: '1023 文字を超える場合は、優先して削除できる暗号スイートを削除する',
  },
} as const satisfies Options[string];

export const ecdsaOnly = {
  kind: 'flag',
  help: {
    en: 'all certificates there are ECDSA: nothing for RSA need be left',
    ja: '証明書はすべて ECDSA: RSA 用の暗号スイートが残らなくてもよい',
  },
} as const satisfies Options[string];

export const policyOptions = {
  windows: {
    kind: 'choices',
    choices: windowsVersionIds,
    help: {
      en: 'a version that it is for; can be given several times',
      ja: '適用する Windows のバージョン (複数回指定できる)',
    },
  },
  shorten,
  ecdsaOnly,
} as const satisfies Options;
