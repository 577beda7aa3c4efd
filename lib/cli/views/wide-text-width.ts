/** Full-width characters, those that take no room, and colours. */
import stringWidth from 'fast-string-width';

export function wideTextWidth(text: string): number {
  return stringWidth(text);
}
