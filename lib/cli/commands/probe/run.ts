/** `probe`: whether a TLS server has the leading-zero fault, in a few handshakes of a client that chooses its key. */
import { measurePeer } from '../../../probe/measure-peer';
import { probePeer } from '../../../probe/probe-peer';
import { type CommandContext, type Content, report } from '../../command-context';
import type { Outcome } from '../../exit-code';
import { viewMeasurement, viewProbe } from '../../views/probe-view';
import type { documents } from './documents';
import { outcomeOfVerdicts } from './outcome';
import { describePeer, type ProbeOptions, readSettings } from './peers';

export async function run(outer: CommandContext, options: ProbeOptions, target: string | undefined): Promise<Outcome> {
  const context = options.total === undefined ? outer : withTotalTime(outer, options.total);
  if (options.listen !== undefined) {
    return (await import('./listen.js')).runListen(context, options.listen, options);
  }
  if (options.hosts !== undefined) return (await import('./hosts.js')).runHosts(context, options.hosts, options);
  if (options.measure !== undefined) return measure(context, target ?? '', options.measure, options);
  const peer = describePeer(target ?? '', options);
  const probed = await probePeer({ ...peer, ...(await readSettings(context, options)) });
  const outcome = outcomeOfVerdicts([probed.verdict.id]);
  report(context, 'probe', outcome, probed satisfies Content<(typeof documents)['probe']>, (shown) =>
    viewProbe(shown, context.messages, context.colours),
  );
  return outcome;
}

/** Interrupted also when the time is up. */
function withTotalTime(context: CommandContext, seconds: number): CommandContext {
  const { interrupted } = context.host;
  const controller = new AbortController();
  // Not `AbortSignal.any`: it holds the signal of a time limit weakly, which then may never fire.
  const end = () => controller.abort(new DOMException('The time for all of it is up.', 'TimeoutError'));
  setTimeout(end, Math.round(seconds * 1000)).unref();
  interrupted?.addEventListener('abort', () => controller.abort(interrupted.reason), { once: true });
  if (interrupted?.aborted === true) controller.abort(interrupted.reason);
  return { ...context, host: { ...context.host, interrupted: controller.signal } };
}

async function measure(
  context: CommandContext,
  target: string,
  count: number,
  options: ProbeOptions,
): Promise<Outcome> {
  const { showProgress } = context.host;
  const measured = await measurePeer({
    ...describePeer(target, options),
    ...(await readSettings(context, options)),
    count: Math.max(1, count),
    ...(showProgress !== undefined && {
      onProgress: (done: number, total: number) => showProgress(done < total ? done / total : undefined),
    }),
  });
  const outcome = measured.dhe.handshakes + measured.ecdhe.handshakes > 0 ? 'done' : 'undecided';
  report(context, 'measurement', outcome, measured satisfies Content<(typeof documents)['measurement']>, (shown) =>
    viewMeasurement(shown, context.messages),
  );
  return outcome;
}
