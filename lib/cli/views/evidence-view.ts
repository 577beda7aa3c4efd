/** Evidence → text: the verdict, the peers that use DHE, the fault, and what could not be read. */

import { zeroCases } from '../../evidence/fault-tally';
import { type Evidence, mayTell } from '../../evidence/gather-evidence';
import { removalIds } from '../../evidence/judge-peers';
import { lineProblems } from '../../evidence/observation';
import type { Messages } from '../../messages/shape';
import { alertNames } from '../../probe/alerts';
import type { Colours } from '../terminal';
import { formatLocalTime } from './local-time';
import { cutText, formatTable } from './table';

type Peer = Evidence['peers'][number];
type Verdict = Evidence['fault']['verdict'];

/** Rows of a terminal; the other outputs have all. */
const shownPeers = 20;
const shownSkipped = 5;

export function viewEvidence(evidence: Evidence, messages: Messages, colours: Colours): string {
  const paragraphs = [
    describeVerdict(evidence, messages, colours),
    ...viewPeers(evidence, messages, colours),
    ...viewFault(evidence, messages, colours),
    ...viewFailures(evidence, messages),
    viewSources(evidence, messages),
  ];
  return `${paragraphs.join('\n\n')}\n`;
}

function describeVerdict(evidence: Evidence, messages: Messages, { bold, red, green, yellow }: Colours): string {
  const paint = { 'dhe-seen': red, 'no-dhe-seen': green, unknown: yellow }[evidence.verdict];
  const [verdict = '', ...lines] = describeEvidence(evidence, messages);
  return [bold(paint(verdict)), ...lines].join('\n');
}

/** The verdict, then when, and what the removal means, a sentence each. */
export function describeEvidence(
  { verdict, totals, first, last, judgedBy, peers }: Evidence,
  { evidence: words }: Messages,
): string[] {
  const users = peers.filter(usesDhe).length;
  const lines = [words.verdict[verdict]({ dhe: totals.keyExchanges.DHE ?? 0, seen: totals.seen, peers: users })];
  if (first !== null && last !== null) lines.push(words.period(formatLocalTime(first), formatLocalTime(last)));
  if (users === 0) return lines;
  if (judgedBy === null) return [...lines, words.notJudged];
  const counts = removalIds.flatMap((id) => {
    const count = totals.removal[id] ?? 0;
    return count === 0 ? [] : [words.removalCounts(id, count)];
  });
  return [...lines, words.judgedBy(judgedBy.remaining.length), ...counts];
}

function viewPeers({ peers, totals }: Evidence, messages: Messages, colours: Colours): string[] {
  const { evidence: words } = messages;
  const users = peers.filter(usesDhe);
  if (users.length === 0) return totals.seen === 0 ? [] : [words.nobody];
  const rows = users.slice(0, shownPeers).map((peer) => {
    const dhe = peer.keyExchanges.DHE ?? 0;
    return [
      cutText(namePeer(peer, messages), 20, 'end'),
      words.role[peer.role === null ? 'both' : peer.role === 'server' ? 'client' : 'server'],
      String(peer.port ?? ''),
      String(dhe),
      String(othersOf(peer)),
      peer.last === null ? '' : formatLocalTime(peer.last).slice(0, 10),
      paintRemoval(peer, colours)(words.removal[peer.removal.id]),
    ];
  });
  const reasons = [...new Set(users.flatMap(({ removal }) => removal.reason ?? []))];
  return [
    formatTable([words.columns, ...rows]).trimEnd(),
    ...(users.length > shownPeers ? [words.more(users.length - shownPeers)] : []),
    ...(reasons.length === 0 ? [] : [reasons.map((id) => `${words.removal.unknown}: ${words.reason[id]}`).join('\n')]),
  ];
}

function paintRemoval({ removal }: Peer, { red, yellow, green }: Colours): (text: string) => string {
  return { 'left-with-nothing': red, unknown: yellow, 'keeps-others': green, 'no-dhe-seen': green }[removal.id];
}

export function usesDhe({ keyExchanges }: Pick<Peer, 'keyExchanges'>): boolean {
  return (keyExchanges.DHE ?? 0) > 0;
}

export function othersOf({ keyExchanges }: Peer): number {
  const { DHE: _, unknown: __, ...others } = keyExchanges;
  return Object.values(others).reduce((sum, count) => sum + count, 0);
}

/** The other end, as far as the source tells. */
export function namePeer(
  { role, client, server, name }: Pick<Peer, 'role' | 'client' | 'server' | 'name'>,
  { evidence: { unnamed } }: Messages,
): string {
  if (role === 'server') return client ?? name ?? unnamed;
  if (role === 'client') return name ?? server ?? unnamed;
  return client === null && server === null ? (name ?? unnamed) : `${client} > ${name ?? server}`;
}

function viewFault({ fault, peers, totals }: Evidence, messages: Messages, colours: Colours): string[] {
  const { evidence: words } = messages;
  const { dhe, ecdhe, plain, cases, chanceAgainstEcdhe, expected } = fault;
  const paint = { 'fits-the-fault': colours.red, 'does-not-fit': colours.green, 'too-little': colours.yellow };
  const verdict = describeFault(fault.verdict, words).map((line) => colours.bold(paint[fault.verdict.id](line)));
  const compared = dhe.completed + dhe.failed;
  if (compared === 0) return verdict;
  const others = (totals.keyExchanges.DHE ?? 0) - compared;
  type Share = { completed: number; failed: number; low: number | null; high: number | null };
  const row = (name: string, { completed, failed, low, high }: Share, chance?: number) => [
    name,
    String(completed),
    String(failed),
    low === null || high === null ? '' : `${percent(low)} - ${percent(high)}`,
    chance === undefined ? '' : formatChance(chance),
  ];
  const seen = zeroCases.filter((id) => cases[id].completed + cases[id].failed > 0);
  const table = formatTable([
    words.fault.columns,
    row(words.fault.dhe, dhe, chanceAgainstEcdhe),
    row(words.fault.ecdhe, ecdhe),
    row(words.fault.plain, plain),
    ...seen.map((id) => row(words.fault.case[id], cases[id], cases[id].chance)),
  ]).trimEnd();
  const guilty = peers.filter((peer) => peer.fault?.id === 'fits-the-fault').map((peer) => namePeer(peer, messages));
  return [
    ...verdict,
    table,
    ...(others > 0 ? [words.fault.notCompared(others)] : []),
    ...(expected === null ? [] : [words.fault.expected(expected.map(percent))]),
    ...(guilty.length === 0 ? [] : [words.fault.peers(guilty.slice(0, shownPeers).join(', '))]),
  ];
}

/** A sentence, or nothing where there is no DHE to speak of. */
export function describeFault(verdict: Verdict, { fault: words }: Messages['evidence']): string[] {
  switch (verdict.id) {
    case 'fits-the-fault':
      return [words.fits(verdict.values.map((value) => words.value[value]).join('; '))];
    case 'does-not-fit':
      return [words.doesNotFit(words.reason[verdict.reason])];
    case 'too-little':
      return verdict.reason === 'no-dhe' ? [] : [words.tooLittle(words.reason[verdict.reason])];
  }
}

function viewFailures({ failureEvents }: Evidence, { evidence: words }: Messages): string[] {
  if (failureEvents.length === 0) return [];
  const rows = failureEvents.map(({ event, alert, count }) => [
    String(event),
    alert === null ? '' : `${alert} ${alertNames.get(alert) ?? ''}`.trim(),
    String(count),
  ]);
  return [`${words.failures}\n${formatTable([words.failureColumns, ...rows]).trimEnd()}`];
}

function viewSources(evidence: Evidence, messages: Messages): string {
  const { evidence: words } = messages;
  const rows = evidence.sources.map(({ source, form, observations, malformed }) => [
    cutText(source, 40, 'end'),
    words.form[form],
    String(observations),
    String(malformed.count),
  ]);
  const table = rows.length === 0 ? [] : [formatTable([words.sourceColumns, ...rows]).trimEnd()];
  return [...table, ...describeDoubts(evidence, messages)].join('\n');
}

/** What was read, and what could not be, a line each. */
export function describeNotes(evidence: Evidence, messages: Messages): string[] {
  const { form } = messages.evidence;
  return [
    ...evidence.sources.map((one) => `${one.source}: ${form[one.form]}, ${one.observations}`),
    ...describeDoubts(evidence, messages),
  ];
}

function describeDoubts({ sources, skipped, totals, interrupted }: Evidence, { evidence: words }: Messages): string[] {
  const notes = sources.flatMap(({ source, untold, malformed, problem }) => {
    const first = malformed.first[0];
    const problems = lineProblems.flatMap((id) => {
      const count = malformed.problems[id];
      return count === undefined ? [] : [words.problemCount(words.problem[id], count)];
    });
    return [
      ...(untold > 0 ? [words.untold(source, untold)] : []),
      ...(first === undefined ? [] : [words.malformed(source, malformed.count, first.number, problems)]),
      ...(problem === null ? [] : [words.cutShort(source, problem)]),
    ];
  });
  return [
    ...(sources.some(({ form }) => form === 'iis-log') ? [words.requests] : []),
    ...notes,
    ...(sources.some(({ malformed }) => malformed.problems['cut-packet']) ? [words.cutPackets] : []),
    ...(interrupted ? [words.interrupted] : []),
    ...(skipped.length > 0 ? [words.skipped(skipped.length)] : []),
    ...[...skipped]
      .sort((one, other) => Number(mayTell(other)) - Number(mayTell(one)))
      .slice(0, shownSkipped)
      .map(({ source, code, found }) => `  ${source} (${found ?? code})`),
    ...(totals.leftOut > 0 ? [words.leftOut(totals.leftOut)] : []),
  ];
}

export function formatChance(chance: number): string {
  return chance < 0.0001 ? '< 0.0001' : chance.toFixed(4);
}

function percent(share: number): string {
  return `${(share * 100).toFixed(2)} %`;
}
