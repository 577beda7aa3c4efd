/** What every command takes that reads a configuration from files. */
import { windowsVersionIds } from '../windows/versions';
import type { Options } from './option';

export const windowsOfFile = {
  kind: 'choice',
  choices: windowsVersionIds,
  needs: ['from'],
  help: {
    en: 'the Windows version of a file that does not hold it',
    ja: 'ファイルに含まれていない場合の Windows のバージョン',
  },
} as const satisfies Options[string];
