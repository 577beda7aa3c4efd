/** Peers → CSV (RFC 4180), for spreadsheets. */
import type { Evidence } from '../../evidence/gather-evidence';
import { seenKeyExchanges } from '../../evidence/observation';

const columns = ['role', 'client', 'server', 'port', 'name', 'seen', ...seenKeyExchanges, 'failed', 'first', 'last']
  .concat('onlyDhe', 'removal', 'reason')
  .join(',');

export function writePeersAsCsv(peers: Evidence['peers']): string {
  const rows = peers.map((peer) =>
    [
      ...[peer.role, peer.client, peer.server, peer.port, peer.name, peer.seen],
      ...seenKeyExchanges.map((id) => peer.keyExchanges[id] ?? 0),
      ...[peer.failed, peer.first, peer.last, peer.onlyDhe, peer.removal.id, peer.removal.reason],
    ]
      .map(writeCell)
      .join(','),
  );
  return `${[columns, ...rows].join('\n')}\n`;
}

/** A name comes from the network: a spreadsheet must not take it for a formula. */
function writeCell(value: string | number | boolean | null): string {
  const text = String(value ?? '').replace(/^(?=[=+\-@\t\r])/, "'");
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
