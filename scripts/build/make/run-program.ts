import { execFileSync } from 'node:child_process';

/** What a program prints, in no country's language, without the blanks around it. @throws where it fails */
export function runProgram(command: string, ...words: readonly string[]): string {
  return execFileSync(command, words, { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } }).trim();
}
