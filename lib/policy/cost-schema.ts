/** What a list costs, as a schema; the type is inferred from it. */
import { z } from 'zod';
import { effectCostIds } from '../windows/effect-costs';
import { windowsVersionIds } from '../windows/versions';

export const costSchema = z.strictObject({
  /** The last two: a list in which Schannel knows no name, or in which an unknown name speaks of DHE. */
  id: z.enum([...effectCostIds, 'no-known-name', 'dhe-in-unknown-name']),
  /** As which end of a connection the machine pays it. */
  roles: z.array(z.enum(['client', 'server'])),
  /** Ids of known peers that can no longer be talked to. */
  peers: z.array(z.string()),
  /** On which version; null where none is known. */
  windows: z.enum(windowsVersionIds).nullable(),
});
