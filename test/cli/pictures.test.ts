import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { drawTerminal, terminalPicture } from '../../scripts/build/show/pictures';

it.each(['en', 'ja'] as const)('the picture of a terminal shows what is printed today, %s', async (language) => {
  // "npm run pictures" draws it anew.
  expect(await drawTerminal(language)).toBe(readFileSync(terminalPicture(language), 'utf8'));
});
