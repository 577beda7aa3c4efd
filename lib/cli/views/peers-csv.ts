/** Peers → CSV. */
import type { Evidence } from '../../evidence/gather-evidence';
import { seenKeyExchanges } from '../../evidence/observation';
import { writeCsvRow } from './csv';

const columns = [
  'role',
  'client',
  'server',
  'port',
  'name',
  'seen',
  ...seenKeyExchanges,
  'failed',
  'first',
  'last',
].concat('onlyDhe', 'removal', 'reason');

export function writePeersAsCsv(peers: Evidence['peers']): string {
  const rows = peers.map((peer) =>
    writeCsvRow([
      ...[peer.role, peer.client, peer.server, peer.port, peer.name, peer.seen],
      ...seenKeyExchanges.map((id) => peer.keyExchanges[id] ?? 0),
      ...[peer.failed, peer.first, peer.last, peer.onlyDhe, peer.removal.id, peer.removal.reason],
    ]),
  );
  return [writeCsvRow(columns), ...rows].join('');
}
