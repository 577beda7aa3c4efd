/** `policy backup` and `policy scan`: every GPO below a folder with its verdict, and corrected copies of the backups. */
import { type ScannedPolicy, type ScanOptions, scanPolicies } from '../../../group-policy/scan';
import { type CommandContext, describeError, formatJson } from '../../command-context';
import type { Outcome } from '../../exit-code';

export interface PolicyScanOptions extends ScanOptions {
  readonly repair?: boolean;
}

export function runPolicyScan(
  context: CommandContext,
  folder: string,
  options: PolicyScanOptions,
  scope: 'backups' | 'everything',
): Outcome {
  const { host, messages, json } = context;
  const { policy } = messages;
  if ((options.repair === true) !== (options.out !== undefined)) {
    host.writeError(`${policy.repairNeedsFolder}\n`);
    return 'bad-input';
  }
  const tally = { policies: 0, setting: 0, needRepair: 0, written: 0, refused: 0, skipped: 0 };
  const start = `{\n"schemaVersion": 1,\n"kind": "policy-scan",\n"policies": [`;
  for (const item of scanPolicies(folder, options)) {
    if (scope === 'backups' && item.kind === 'sysvol') continue;
    host.showProgress?.(undefined);
    if (json)
      host.write(`${tally.policies + tally.skipped === 0 ? start : ','}\n${formatJson(documentOf(item, context))}`);
    else host.write(describeItem(item, context));
    count(tally, item);
    host.showProgress?.(item.progress);
  }
  host.showProgress?.(undefined);
  const nothing = tally.policies + tally.skipped === 0;
  const outcome: Outcome =
    nothing || tally.skipped > 0
      ? 'bad-input'
      : options.repair === true && tally.refused > 0
        ? 'refused'
        : 'nothing-to-do';
  if (json) host.write(`${nothing ? start : ''}\n],\n"tally": ${formatJson(tally)},\n"outcome": "${outcome}"\n}\n`);
  else if (nothing) host.writeError(`${policy.noPolicies(folder)}\n`);
  else host.write(`\n${policy.tally(tally)}\n${tally.written > 0 ? `${policy.importCopies}\n` : ''}`);
  return outcome;
}

export type ScanTally = Readonly<
  Record<'policies' | 'setting' | 'needRepair' | 'written' | 'refused' | 'skipped', number>
>;

function count(tally: { -readonly [Name in keyof ScanTally]: number }, { judgement, written }: ScannedPolicy): void {
  if (judgement === null) {
    tally.skipped += 1;
    return;
  }
  tally.policies += 1;
  if (judgement.order !== null) tally.setting += 1;
  if (judgement.verdict === 'needs-repair') tally.needRepair += 1;
  if (judgement.verdict === 'refused' || judgement.verdict === 'too-long') tally.refused += 1;
  if (written !== null) tally.written += 1;
}

function documentOf({ error, progress: _, judgement, ...item }: ScannedPolicy, { messages }: CommandContext): object {
  const { verdict = null, order = null } = judgement ?? {};
  const told = error === null ? null : { code: error.code, message: describeError(error, messages) };
  return { ...item, verdict, order, error: told };
}

function describeItem(item: ScannedPolicy, { messages, host }: CommandContext): string {
  const { policy } = messages;
  const name = `${item.name ?? item.guid ?? '?'}  (${item.folder || '.'})`;
  if (item.error !== null) {
    host.writeError(`${policy.skipped}: ${name}: ${describeError(item.error, messages)}\n`);
    return '';
  }
  const dhe = item.judgement?.order?.dheSuites.length ?? 0;
  const faults = item.judgement?.order?.faultCount ?? 0;
  const line = `${policy.scanned(item.judgement?.verdict ?? 'not-set', dhe, faults)}: ${name}\n`;
  const copy = item.written === null ? '' : `  ${policy.written(item.written, null)}\n`;
  return line + copy + (item.staleReport ? `  ${policy.staleReport}\n` : '');
}
