/** Whether a removal may rely on saved evidence. */

import { createHash } from 'node:crypto';
import type { z } from 'zod';
import type { ChangeRecord } from '../configuration/configuration';
import { describeIssue } from '../configuration/parse';
import type { DeepReadonly } from '../deep-readonly';
import { InvalidInputError } from '../errors';
import { type concernSchema, savedEvidenceSchema } from './evidence-schema';
import { type Evidence, isAllTold, mayTell, tellsOfKeyExchange } from './gather-evidence';
import { hour } from './log-time';
import type { RemainingList } from './remaining-list';

/** Why a removal that depends on evidence is refused. */
export type Concern = DeepReadonly<z.infer<typeof concernSchema>>;

/** What a record keeps of the evidence that a removal relied on. */
export type Reliance = NonNullable<ChangeRecord['evidence']>;

/**
 * What `evidence --json` printed.
 *
 * @throws InvalidInputError naming the member that is not what it should be
 */
export function parseEvidence(
  bytes: Uint8Array,
  source: string,
): { readonly evidence: Evidence; readonly reliance: Reliance } {
  let json: unknown;
  try {
    // Windows PowerShell's `>` writes UTF-16.
    const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
    json = JSON.parse(new TextDecoder(isUtf16 ? 'utf-16le' : 'utf-8').decode(bytes));
  } catch {
    throw new InvalidInputError(source, undefined, 'evidence', 'not-json');
  }
  const result = savedEvidenceSchema.safeParse(json);
  if (!result.success) {
    const { path, found } = describeIssue(result.error, json);
    throw new InvalidInputError(source, { path }, 'evidence', found);
  }
  const { first, last, totals, peers } = result.data;
  const seen = peers.reduce((sum, peer) => sum + peer.seen, 0);
  // Peers may have been taken out by whoever made it shorter.
  if (peers.length !== totals.peers || seen !== totals.seen)
    throw new InvalidInputError(source, { path: '$.peers' }, 'evidence', 'lines-missing');
  const peersWithDhe = peers.filter(({ keyExchanges }) => (keyExchanges.DHE ?? 0) > 0).length;
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { evidence: result.data as Evidence, reliance: { sha256, first, last, seen: totals.seen, peersWithDhe } };
}

/** Some call once a quarter: a longer silence says nothing of who calls today. */
const oldAfter = 92 * 24 * hour;

/** Empty where every peer that used DHE keeps something that works here. */
export function judgeReliance(evidence: Evidence, remaining: RemainingList | null, now: Date): readonly Concern[] {
  const { judgedBy, totals, peers, skipped, last } = evidence;
  const concerns: Concern[] = [];
  if (!tellsOfKeyExchange(totals.keyExchanges)) concerns.push({ id: 'nothing-seen' });
  if (remaining === null || judgedBy?.fingerprint !== remaining.fingerprint) concerns.push({ id: 'other-list' });
  const [here, there] = [remaining?.host ?? null, judgedBy?.host ?? null];
  if (here !== null && there !== null && here.toLowerCase() !== there.toLowerCase())
    concerns.push({ id: 'other-machine' });
  if (last !== null && now.getTime() - Date.parse(last) > oldAfter) concerns.push({ id: 'old' });
  if (totals.leftOut > 0) concerns.push({ id: 'peers-left-out' });
  if (!isAllTold(evidence) || skipped.some(mayTell)) concerns.push({ id: 'not-all-read' });
  for (const { role, client, server, port, name, removal } of peers) {
    if (removal.id !== 'left-with-nothing' && removal.id !== 'unknown') continue;
    concerns.push({ id: 'peer', role, client, server, port, name, removal });
  }
  return concerns;
}
