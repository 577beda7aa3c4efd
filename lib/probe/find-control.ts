/** The first handshake of a probe: one without any leading zero that the server completes, or why there is none. */
import { findOffer, isRefusedHello } from './judge-refusal';
import type { CaseResult, InconclusiveReason } from './probe-report';
import { Doubt, reasonNotTested, type Trials } from './trials';

/** No such name, or no answer to whether there is one. */
const nameErrors = ['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'EAI_NODATA'];

const mostControls = 3;

/** Leaves an offer in `trials` that the server takes; else how many it refused. @throws Doubt where neither is known */
export async function findControl(
  trials: Trials,
  mayTryOlder: boolean,
): Promise<'found' | { readonly refusals: number }> {
  for (let attempt = 1; ; attempt += 1) {
    let control = await trials.once('control');
    if (isRefusedHello(control)) {
      const offer = await findOffer(trials, control, mayTryOlder);
      if (offer !== 'found') return offer;
      control = trials.results.at(-1) ?? control;
    }
    if (control.outcome === 'passed') {
      trials.count(1, 0);
      return 'found';
    }
    if (attempt === mostControls || !mayPassLater(control)) throw new Doubt(whyNoControl(trials, control));
    trials.count(0, control.outcome === 'failed' ? 1 : 0);
    if (control.outcome === 'not-tested') await trials.restAfter(attempt);
  }
}

function mayPassLater({ outcome, result, detail }: CaseResult): boolean {
  if (outcome === 'failed' || result === 'timeout' || result === 'closed') return true;
  return result === 'unreachable' && !nameErrors.includes(detail ?? '');
}

function whyNoControl(trials: Trials, { result, outcome, detail }: CaseResult): InconclusiveReason {
  if (nameErrors.includes(detail ?? '')) return 'no-such-host';
  if (result === 'bad-signature') return 'signature-invalid';
  const asks = trials.seen.at(-1)?.server?.asksForCertificate === true;
  if (outcome === 'failed' && asks && trials.options.identity === undefined) return 'certificate-required';
  if (outcome === 'not-tested' && result === 'unreachable') return result;
  return outcome === 'failed' || result === 'closed' || result === 'alert' ? 'control-failed' : reasonNotTested(result);
}
