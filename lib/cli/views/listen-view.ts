/** What clients did → text: a line for each connection, then each client's verdict and counts. */

import type { Messages } from '../../messages/shape';
import { type ClientReport, type ClientVerdict, type ServedConnection, servedCases } from '../../probe/judge-client';
import type { ListenReport } from '../../probe/listen-for-clients';
import type { Colours } from '../terminal';
import { describeDetail, paintVerdict } from './probe-view';
import { formatTable } from './table';

/** Where it listens, and what to do there. */
export function describeListening(address: string, port: number, { listen }: Messages): string {
  const place = `${address.includes(':') ? `[${address}]` : address}:${port}`;
  const isEverywhere = address === '0.0.0.0' || address === '::';
  const isLoopback = address === '::1' || address.startsWith('127.');
  const url = `https://${isEverywhere ? `<name or address>:${port}` : place}/`;
  return `${listen.listening(place, url, isLoopback)}\n`;
}

export function viewConnection(connection: ServedConnection, { listen }: Messages): string {
  const { client, result, detail, suite, sharedSecretZero } = connection;
  const parts = [
    client,
    listen.case[connection.case ?? 'none'],
    ...(sharedSecretZero === true ? [listen.sharedSecretZero] : []),
    `${listen.result[result]}${detail === null ? '' : ` (${describeDetail(result, detail)})`}`,
    ...(suite === null ? [] : [suite]),
  ];
  return `${parts.join('  ')}\n`;
}

export function viewListen({ clients, turnedAway }: ListenReport, messages: Messages, colours: Colours): string {
  const { listen } = messages;
  const paragraphs = clients.length === 0 ? [listen.nobody] : clients.map((one) => viewClient(one, messages, colours));
  if (turnedAway > 0) paragraphs.push(listen.turnedAway(turnedAway));
  return `\n${paragraphs.join('\n\n')}\n`;
}

function viewClient({ client, verdict, cases, sharedSecret }: ClientReport, messages: Messages, colours: Colours) {
  const { listen } = messages;
  const lines = [colours.bold(paintVerdict(verdict.id, colours)(describeVerdict(client, verdict, messages)))];
  const advice = listen.advice[verdict.id];
  if (advice !== null) lines.push(advice);
  const { zeros } = sharedSecret;
  if (sharedSecret.handshakes + zeros.completed + zeros.failed > 0) {
    const rows = [
      ...servedCases.map((id) => [listen.case[id], cases[id]] as const),
      [listen.sharedSecretZero, zeros] as const,
    ].map(([name, { completed, failed }]) => [name, String(completed), String(failed)]);
    const percent = `${(sharedSecret.chance * 100).toFixed(1)} %`;
    lines.push(formatTable([listen.columns, ...rows]).trimEnd());
    if (zeros.completed + zeros.failed === 0) {
      lines.push(listen.odds(sharedSecret.handshakes, percent, sharedSecret.handshakesFor99));
    }
  }
  return lines.join('\n');
}

function describeVerdict(client: string, verdict: ClientVerdict, { listen }: Messages): string {
  switch (verdict.id) {
    case 'affected': {
      const percent = `${(verdict.failureRate * 100).toFixed(2)} %`;
      return listen.affected(
        client,
        verdict.faults.map((fault) => listen.fault[fault]).join(' '),
        percent,
        verdict.oneIn,
      );
    }
    case 'inconclusive':
      return listen.inconclusive(client, listen.reason[verdict.reason]);
    case 'not-affected':
      return listen.notAffected(client);
    default:
      return listen.noDheOffered(client);
  }
}
