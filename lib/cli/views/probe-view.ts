/** Probe report → text: the verdict, what to do, what the server showed, and every case. */

import type { Messages } from '../../messages/shape';
import { alertNames } from '../../probe/alerts';
import type { Measurement, MeasureReport } from '../../probe/measure-peer';
import type { CaseResult, ProbeReport, ServerReport, Verdict } from '../../probe/probe-report';
import type { Colours } from '../terminal';
import { formatTable } from './table';

/** Green for what needs nothing, red for the fault, yellow for a doubt. */
export function paintVerdict(id: Verdict['id'], { green, red, yellow }: Colours): Colours['green'] {
  return { 'not-affected': green, affected: red, 'no-dhe-offered': green, inconclusive: yellow }[id];
}

export function viewProbe(
  { host, port, address, verdict, server, cases, hunt }: ProbeReport,
  messages: Messages,
  colours: Colours,
): string {
  const { probe } = messages;
  const peer = `${host.includes(':') ? `[${host}]` : host}:${port}`;
  const paragraphs = [
    colours.bold(paintVerdict(verdict.id, colours)(describeVerdict(peer, verdict, server, messages))),
  ];
  const advice = probe.advice[verdict.id];
  if (advice !== null) paragraphs.push(advice);
  if (verdict.id === 'affected' && verdict.chance > 0) {
    paragraphs.push(probe.chance(Math.round(1 / verdict.chance).toLocaleString('en')));
  }
  if (address !== null && address !== host) paragraphs.push(probe.address(address));
  if (server !== null) {
    paragraphs.push(
      [
        probe.server(server.tls, server.suite, server.group ?? probe.ownGroup, server.groupBits),
        ...(server.groupBits < recommendedBits ? [probe.weakGroup(server.groupBits)] : []),
        ...(server.weakness === null ? [] : [probe.weakness[server.weakness]]),
        ...(server.reusesKey ? [probe.reusesKey] : []),
        ...(hunt !== null && server.ownPublicZeros === null ? [] : [probe.ownPublicZeros[describeOwnPublic(server)]]),
        ...(server.requiresExtendedMasterSecret ? [probe.requiresExtendedMasterSecret] : []),
        ...(hunt === null ? [] : [probe.hunt(hunt.connections, hunt.zeros, hunt.failures)]),
      ].join('\n'),
    );
  }
  const rows = cases.map((one) => viewCase(one, messages));
  if (rows.length > 0) paragraphs.push(formatTable([probe.columns, ...rows]).trimEnd());
  if (cases.some(({ lengths }) => lengths !== null)) paragraphs.push(probe.lengths);
  return `${paragraphs.join('\n\n')}\n`;
}

/** NIST SP 800-57, and what browsers still took when they last took DHE. */
const recommendedBits = 2048;

function viewCase({ id, outcome, result, detail, stage, lengths, milliseconds }: CaseResult, { probe }: Messages) {
  const { p, sharedSecret, premaster, clientPublicSent } = lengths ?? {};
  return [
    probe.case[id],
    probe.outcome[outcome],
    `${probe.result[result]}${detail === null ? '' : ` (${describeDetail(result, detail)})`}`,
    result === 'left-out' || id === 'ordinary-hello' ? '' : probe.stage[stage],
    lengths === null ? '' : [p, sharedSecret, premaster, clientPublicSent].join('/'),
    result === 'left-out' ? '' : `${milliseconds} ms`,
  ];
}

/** An alert by its name too. */
export function describeDetail(result: string, detail: string): string {
  const name = result === 'alert' ? alertNames.get(Number(detail)) : undefined;
  return name === undefined ? detail : `${detail}, ${name}`;
}

function describeOwnPublic({ ownPublicZeros, tls }: ServerReport) {
  return ownPublicZeros === 'short' && tls === '1.3' ? 'short-in-tls-1.3' : (ownPublicZeros ?? 'not-seen');
}

function describeVerdict(peer: string, verdict: Verdict, server: ServerReport | null, { probe }: Messages): string {
  switch (verdict.id) {
    case 'affected': {
      const percent = `${(verdict.failureRate * 100).toFixed(2)} %`;
      return probe.affected(
        peer,
        verdict.faults.map((fault) => probe.fault[fault]),
        percent,
        verdict.oneIn,
      );
    }
    case 'inconclusive':
      return probe.inconclusive(peer, probe.reason[verdict.reason]);
    case 'not-affected':
      return probe.notAffected(peer, server?.tls === '1.3' ? 'RFC 8446' : 'RFC 5246');
    default:
      return probe.noDheOffered(peer, verdict.refusals);
  }
}

export function viewMeasurement(
  { host, port, finding, dhe, ecdhe, expected, fits }: MeasureReport,
  { probe }: Messages,
): string {
  const percent = (share: number) => `${(share * 100).toFixed(2)} %`;
  const row = (name: string, { handshakes, failures, unreachable, rate, low, high }: Measurement) => [
    name,
    String(handshakes),
    String(failures),
    String(unreachable),
    percent(rate),
    `${percent(low)} - ${percent(high)}`,
  ];
  const table = formatTable([probe.measureColumns, row('DHE', dhe), row('ECDHE', ecdhe)]);
  const lines = [
    finding === 'fits' ? probe.fits(fits) : probe.measured[finding],
    ...(expected === null ? [] : [probe.expected(Object.values(expected).map(percent))]),
  ];
  return `${host}:${port}\n\n${table}\n${lines.join('\n')}\n`;
}
