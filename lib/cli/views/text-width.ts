/** How many columns of a terminal a text takes. */
import { wideTextWidth } from './wide-text-width';

/** Most texts are ASCII; Unicode's tables are loaded for the others. */
export function textWidth(text: string): number {
  return isPlainLine.test(text) ? text.length : wideTextWidth(text);
}

/** ASCII that takes a column a letter, and ends no line. */
export const isPlainLine = /^[ -~]*$/;
