/** `probe --hosts`: one JSON line a target, in flat memory, and a last one that counts them. */

import { InvalidInputError } from '../../../errors';
import { readLines } from '../../../files/read-lines';
import { streamInputFile } from '../../../files/user-file';
import { AddressLimit } from '../../../probe/address-limit';
import { inWindow } from '../../../probe/in-window';
import { connectionsToOneAddress, probesAtOnce, untilAborted } from '../../../probe/probe-many';
import { probePeer } from '../../../probe/probe-peer';
import type { ProbeReport, Verdict } from '../../../probe/probe-report';
import { type CommandContext, type Content, errorContent, writeJson } from '../../command-context';
import { type Outcome, outcomeOfError, worstOf } from '../../exit-code';
import type { documents } from './documents';
import { outcomeOfVerdicts } from './outcome';
import { describePeer, type ProbeOptions, readSettings } from './peers';

type Line =
  | { readonly kind: 'probe'; readonly probed: ProbeReport }
  | { readonly kind: 'error'; readonly error: unknown }
  | { readonly kind: 'skipped'; readonly verdict: Verdict['id'] };

const noVerdicts = { 'not-affected': 0, affected: 0, 'no-dhe-offered': 0, inconclusive: 0 } as const;

/** A line that is no target is one more line of the output that says so. */
export async function runHosts(context: CommandContext, file: string, options: ProbeOptions): Promise<Outcome> {
  const { host } = context;
  const settings = await readSettings(context, options);
  const done = options.resume === undefined ? new Map<string, Verdict['id']>() : await readDone(options.resume);
  const limit = new AddressLimit(connectionsToOneAddress);
  const work = async (target: string): Promise<Line> => {
    try {
      const peer = describePeer(target, options);
      const verdict = done.get(nameOf(peer));
      if (verdict !== undefined) return { kind: 'skipped', verdict };
      const probed = await limit.run(
        peer.host,
        (lookup) => probePeer({ lookup, ...peer, ...settings }),
        host.interrupted,
      );
      return { kind: 'probe', probed };
    } catch (error) {
      return { kind: 'error', error };
    }
  };
  const outcomes = new Set<Outcome>();
  const verdicts: Record<Verdict['id'], number> = { ...noVerdicts };
  const counts = { targets: 0, skipped: 0, errors: 0 };
  const targets = untilAborted(readTargets(context, file), host.interrupted);
  for await (const line of inWindow(targets, work, { atOnce: probesAtOnce, ordered: !options.unordered })) {
    counts.targets += 1;
    if (line.kind === 'skipped') {
      counts.skipped += 1;
      // Both runs together have one outcome.
      outcomes.add(outcomeOfVerdicts([line.verdict]));
    } else if (line.kind === 'probe') {
      const outcome = outcomeOfVerdicts([line.probed.verdict.id]);
      outcomes.add(outcome);
      verdicts[line.probed.verdict.id] += 1;
      writeJson(context, 'probe', outcome, line.probed);
    } else {
      const outcome = outcomeOfError(line.error);
      outcomes.add(outcome);
      counts.errors += 1;
      writeJson(context, 'error', outcome, errorContent(line.error, context.messages));
      if (outcome === 'unexpected') host.writeError(`${(line.error as Error).stack ?? line.error}\n`);
    }
  }
  // Whoever reads the lines must not take them for all of them.
  const interrupted = host.interrupted?.aborted === true;
  if (interrupted || counts.targets === 0) outcomes.add('undecided');
  const outcome = worstOf(outcomes);
  const summary = { ...counts, verdicts, interrupted } satisfies Content<(typeof documents)['probe-summary']>;
  writeJson(context, 'probe-summary', outcome, summary);
  return outcome;
}

async function* readTargets({ host }: CommandContext, file: string): AsyncGenerator<string> {
  const whole = async function* () {
    yield await host.readStdin();
  };
  const pieces = file === '-' ? (host.streamStdin?.() ?? whole()) : streamInputFile(file);
  for await (const line of readLines(pieces, file)) {
    const target = line.trim();
    if (target !== '' && !target.startsWith('#')) yield target;
  }
}

function nameOf({ host, port }: { readonly host: string; readonly port: number }): string {
  return `${host.toLowerCase()} ${port}`;
}

/** The targets of an earlier run's lines, but for those that it was interrupted in. A last line that was cut off counts for none. */
async function readDone(file: string): Promise<Map<string, Verdict['id']>> {
  const done = new Map<string, Verdict['id']>();
  let isFirst = true;
  for await (const line of readLines(streamInputFile(file), file, Number.POSITIVE_INFINITY)) {
    const document = parseLine(line);
    if (isFirst && line.trim() !== '' && !mayBeOurs(line, document)) {
      throw new InvalidInputError(file, { line: 1 }, 'probe-lines', { text: line });
    }
    isFirst = false;
    if (!isReport(document)) continue;
    const { verdict } = document;
    const isInterrupted =
      verdict.id === 'inconclusive' && (verdict.reason === 'interrupted' || verdict.reason === 'total-time');
    if (!isInterrupted) done.set(nameOf(document), verdict.id);
  }
  return done;
}

type Parsed = { readonly kind?: unknown } | null | undefined;

/** Undefined for what is no JSON. */
function parseLine(line: string): Parsed {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** Also where it was cut off. */
function mayBeOurs(line: string, document: Parsed): boolean {
  const kinds: readonly unknown[] = ['probe', 'error', 'probe-summary'];
  return document === undefined ? line.startsWith('{"') : kinds.includes(document?.kind);
}

function isReport(document: unknown): document is Pick<ProbeReport, 'host' | 'port' | 'verdict'> {
  const { kind, host, verdict } = (document ?? {}) as Partial<ProbeReport> & { readonly kind?: unknown };
  return kind === 'probe' && typeof host === 'string' && Object.hasOwn(noVerdicts, verdict?.id ?? '');
}
