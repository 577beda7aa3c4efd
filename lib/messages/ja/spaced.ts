/** For what a Japanese word follows: a space stands between it and what is written in ASCII. */
export function spaced(text: string): string {
  return /[\x21-\x7e]$/.test(text) ? `${text} ` : text;
}
