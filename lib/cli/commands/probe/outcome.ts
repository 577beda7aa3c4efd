import type { Verdict } from '../../../probe/probe-report';
import type { Outcome } from '../../exit-code';

/** Of servers or of clients; nobody judged is nobody cleared. */
export function outcomeOfVerdicts(ids: readonly Verdict['id'][]): Outcome {
  if (ids.includes('affected')) return 'peer-affected';
  return ids.length === 0 || ids.includes('inconclusive') ? 'undecided' : 'done';
}
