/** Comparison → text: the verdict, the windows, the counts, and the peers. */
import type { EvidenceComparison, PeerChange } from '../../evidence/compare-evidence';
import type { Messages } from '../../messages/shape';
import type { Colours } from '../terminal';
import { formatChance, namePeer } from './evidence-view';
import { formatLocalTime } from './local-time';
import { formatTable } from './table';

interface ShownComparison extends EvidenceComparison {
  readonly windows: {
    readonly hours: number;
    readonly before: { readonly to: string };
    readonly after: { readonly from: string };
  } | null;
}

export function viewComparison(comparison: ShownComparison, messages: Messages, colours: Colours): string {
  const { verdict, doubts, windows, events } = comparison;
  const words = messages.evidence.compared;
  const paint = { 'nothing-broke': colours.green, 'these-broke': colours.red, 'too-little': colours.yellow }[verdict];
  const rows = events.map(({ event, before, after, chance }) => [
    words.event(event),
    String(before),
    String(after),
    formatChance(chance),
  ]);
  const list = (title: string, peers: readonly PeerChange[]) =>
    peers.length === 0
      ? []
      : [`${title}\n${peers.map((peer) => `- ${namePeer(peer, messages)} (${peer.failed}/${peer.seen})`).join('\n')}`];
  const paragraphs = [
    [colours.bold(paint(words.verdict[verdict])), ...doubts.map((doubt) => `- ${words.doubt[doubt]}`)].join('\n'),
    ...(windows === null
      ? []
      : [
          words.windows(
            windows.hours.toFixed(1),
            formatLocalTime(windows.before.to),
            formatLocalTime(windows.after.from),
          ),
        ]),
    formatTable([words.columns, ...rows]).trimEnd(),
    ...list(words.broke, comparison.broke),
    ...list(words.newPeersThatFail, comparison.newPeersThatFail),
    ...list(words.missing, comparison.missing),
  ];
  return `${paragraphs.join('\n\n')}\n`;
}
