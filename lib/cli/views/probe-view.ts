/** Probe report → text: the verdict, what to do, what the server showed, and every case. */

import type { Messages } from '../../messages/shape';
import type { Measurement, MeasureReport } from '../../probe/measure-peer';
import type { ProbeReport, Verdict } from '../../probe/probe-peer';
import type { Colours } from '../terminal';
import { formatTable } from './table';

/** Green for what needs nothing, red for the fault, yellow for a doubt. */
export function paintVerdict(id: Verdict['id'], { green, red, yellow }: Colours): Colours['green'] {
  return { 'not-affected': green, affected: red, 'no-dhe-offered': green, inconclusive: yellow }[id];
}

export function viewProbe(
  { host, port, verdict, server, cases }: ProbeReport,
  messages: Messages,
  colours: Colours,
): string {
  const { probe } = messages;
  const peer = `${host.includes(':') ? `[${host}]` : host}:${port}`;
  const paragraphs = [colours.bold(paintVerdict(verdict.id, colours)(describeVerdict(peer, verdict, messages)))];
  const advice = probe.advice[verdict.id];
  if (advice !== null) paragraphs.push(advice);
  if (server !== null) {
    paragraphs.push(
      [
        probe.server(server.suite, server.group ?? probe.ownGroup, server.groupBits),
        ...(server.reusesKey ? [probe.reusesKey] : []),
        ...(server.ownPublicZeros === null ? [] : [probe.ownPublicZeros[server.ownPublicZeros]]),
      ].join('\n'),
    );
  }
  const rows = cases.map(({ id, result, detail, milliseconds }) => [
    probe.case[id],
    `${probe.result[result]}${detail === null ? '' : ` (${detail})`}`,
    `${milliseconds} ms`,
  ]);
  if (rows.length > 0) paragraphs.push(formatTable([probe.columns, ...rows]).trimEnd());
  return `${paragraphs.join('\n\n')}\n`;
}

function describeVerdict(peer: string, verdict: Verdict, { probe }: Messages): string {
  switch (verdict.id) {
    case 'affected': {
      const percent = `${(verdict.failureRate * 100).toFixed(2)} %`;
      return probe.affected(peer, verdict.faults.map((fault) => probe.fault[fault]).join(' '), percent, verdict.oneIn);
    }
    case 'inconclusive':
      return probe.inconclusive(peer, probe.reason[verdict.reason]);
    case 'not-affected':
      return probe.notAffected(peer);
    default:
      return probe.noDheOffered(peer);
  }
}

export function viewMeasurement({ host, port, dhe, ecdhe, fits }: MeasureReport, { probe }: Messages): string {
  const percent = (share: number) => `${(share * 100).toFixed(2)} %`;
  const row = (name: string, { handshakes, failures, unreachable, rate, low, high }: Measurement) => [
    name,
    String(handshakes),
    String(failures),
    String(unreachable),
    percent(rate),
    `${percent(low)} - ${percent(high)}`,
  ];
  const fit =
    dhe.failures === 0 ? probe.noFailures : fits.length === 0 ? probe.fitsNothing : probe.fits(fits.join(', '));
  return `${host}:${port}\n\n${formatTable([probe.measureColumns, row('DHE', dhe), row('ECDHE', ecdhe)])}\n${fit}\n`;
}
