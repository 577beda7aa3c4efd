/** What a list costs → sentences. */
import type { Messages } from '../../messages/shape';
import type { Cost } from '../../policy/judge-policy-text';
import { peers } from '../../windows/effect-costs';

/** One sentence a cost; those that several versions have in common once. */
export function describeCosts(costs: readonly Cost[], messages: Messages): string {
  const sentences = costs.map(({ id, roles, peers: ids }) => {
    const names = ids.map((one) => peers.find((peer) => peer.id === one)?.name ?? one);
    return messages.cost[id](roles, names);
  });
  return messages.join([...new Set(sentences)]);
}
