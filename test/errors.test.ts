import { expect, it } from 'vitest';
import { InvalidArgumentError, InvalidInputError } from '../lib/errors';

it('what was found has its backslashes once, and ends no line', () => {
  const found = 'sql01\\inst "a"\n\u001b[31m';
  const shown = '"sql01\\inst \\"a\\"\\n\\u001b[31m"';
  expect(new InvalidArgumentError('host', 'a name', found).message).toContain(shown);
  expect(new InvalidInputError('hosts.txt', { line: 1 }, 'json', { text: found }).message).toContain(shown);
});
