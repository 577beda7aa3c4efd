import fc from 'fast-check';
import { catalog } from '../../lib/cipher-suite/cipher-suite';

/** Known and unknown names, each spelt as Schannel spells it. */
export const anyName = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...catalog.map(({ name }) => name)) },
  { weight: 1, arbitrary: fc.stringMatching(/^[A-Z0-9_]{1,40}$/) },
);

export const anyList = fc.uniqueArray(anyName, { maxLength: 30 });
