/** A text that was cut out of another keeps that one in memory: here, thousands of lines. This one keeps nothing. */
export function detach(text: string): string {
  return Buffer.from(text, 'utf16le').toString('utf16le');
}
