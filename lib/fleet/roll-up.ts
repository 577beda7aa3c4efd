/** Records → what they come to together. Of each machine the newest counts; of the others only their number is kept. */
import type { z } from 'zod';
import { verdictSchema } from '../assessment/assessment-schema';
import { layerIds } from '../configuration/configuration';
import type { DeepReadonly } from '../deep-readonly';
import { windowsVersionIds } from '../windows/versions';
import type { MachineRecord } from './record';
import { removalSchema, restartSchema } from './record-schema';
import { driftSchema, type reportedMachineSchema, type reportSummarySchema } from './report-schema';

export type ReportedMachine = DeepReadonly<z.infer<typeof reportedMachineSchema>>;
export type ReportSummary = DeepReadonly<z.infer<typeof reportSummarySchema>>;
export type Drift = NonNullable<ReportedMachine['drift']>;
/** All that the records themselves tell of a fleet. */
export type FleetCounts = Omit<ReportSummary, 'unread' | 'otherFiles' | 'interrupted'>;

type Tally = { machines: number; dheOffered: number; unknown: number };
/** What many machines have alike. */
type Finding = Omit<ReportedMachine, 'host' | 'source' | 'time' | 'drift'>;
type Kept = Pick<ReportedMachine, 'host' | 'source' | 'time'> & { readonly found: Finding };

/** Texts of one moment may differ in their fractions. */
const timeOf = ({ time }: { readonly time: string }) => Date.parse(time);

const worstFirst = ['dhe-offered', 'unknown', 'no-dhe-offered'] as const;

/** Of two that were made at one moment the worse counts: the order of files proves nothing. */
function isKept(present: Kept, other: MachineRecord): boolean {
  const later = timeOf(present) - timeOf(other);
  return later > 0 || (later === 0 && worstFirst.indexOf(present.found.verdict) < worstFirst.indexOf(other.verdict));
}

const namedGpos = 100;
const namedMissing = 1000;

/** Grows with the number of machines, some hundred bytes for each. */
export class FleetTally {
  readonly #machines = new Map<string, Kept>();
  readonly #known = new Map<string, unknown>();
  #duplicates = 0;

  add(record: MachineRecord, source: string): void {
    const host = record.host || source;
    // A machine without a name is its file: two of them are two, whatever the files are called.
    const key = record.host ? `name ${host.toLowerCase()}` : `file ${source}`;
    const present = this.#machines.get(key);
    if (present !== undefined) this.#duplicates += 1;
    if (present !== undefined && isKept(present, record)) return;
    const { time, windows, verdict, doubt, layer, certain, gpo, counts, findings, restart, removal, sha256 } = record;
    const found = { windows, verdict, doubt, layer, certain, gpo, counts, findings, restart, removal, sha256 };
    this.#machines.set(key, { host, source, time, found: this.#once(found) });
  }

  /** Machines that are alike share what is alike. */
  #once<Data extends object>(data: Data): Data {
    const key = JSON.stringify(data);
    const known = this.#known.get(key) ?? data;
    this.#known.set(key, known);
    return known as Data;
  }

  /** Those that offer DHE first, then those that may, each by name. */
  *machines(older?: FleetTally): Generator<ReportedMachine> {
    const keys = [...this.#machines.keys()].sort();
    for (const wanted of worstFirst) {
      for (const key of keys) {
        const machine = this.#machines.get(key) as Kept;
        const { host, source, time, found } = machine;
        if (found.verdict === wanted)
          yield { host, source, time, ...found, drift: older === undefined ? null : older.#driftOf(key, machine) };
      }
    }
  }

  #driftOf(key: string, machine: Kept): Drift {
    const past = this.#machines.get(key);
    if (past === undefined) return 'new';
    if (timeOf(past) > timeOf(machine)) return 'unknown';
    const [then, now] = [past.found, machine.found];
    if (now.verdict !== then.verdict) {
      if (now.verdict === 'dhe-offered') return 'now-offers';
      if (now.verdict === 'unknown') return 'now-unknown';
      if (then.verdict === 'dhe-offered') return 'no-longer-offers';
    }
    if (now.sha256 === null || then.sha256 === null) return 'unknown';
    return now.sha256 === then.sha256 ? 'same' : 'list-changed';
  }

  count(older?: FleetTally): FleetCounts {
    const none = (): Tally => ({ machines: 0, dheOffered: 0, unknown: 0 });
    const zeros = <Key extends string>(keys: readonly Key[]) =>
      Object.fromEntries(keys.map((key) => [key, 0])) as Record<Key, number>;
    const [verdicts, restart] = [zeros(verdictSchema.options), zeros(restartSchema.options)];
    const [removal, drift] = [zeros(removalSchema.options), zeros(driftSchema.options)];
    const layers = Object.fromEntries(layerIds.map((id) => [id, none()])) as Record<(typeof layerIds)[number], Tally>;
    const [versions, gpos] = [new Map<ReportedMachine['windows']['version'], Tally>(), new Map<string, Tally>()];
    let [first, last]: (ReportedMachine | undefined)[] = [];
    for (const machine of this.machines(older)) {
      const { verdict, layer, gpo, windows } = machine;
      verdicts[verdict] += 1;
      restart[machine.restart] += 1;
      removal[machine.removal] += 1;
      if (machine.drift !== null) drift[machine.drift] += 1;
      const version = versions.get(windows.version) ?? none();
      versions.set(windows.version, version);
      const named = gpo === null ? undefined : (gpos.get(gpo) ?? none());
      if (gpo !== null && named !== undefined) gpos.set(gpo, named);
      for (const tally of [layers[layer], version, ...(named === undefined ? [] : [named])]) {
        tally.machines += 1;
        if (verdict === 'dhe-offered') tally.dheOffered += 1;
        if (verdict === 'unknown') tally.unknown += 1;
      }
      if (first === undefined || timeOf(machine) < timeOf(first)) first = machine;
      if (last === undefined || timeOf(machine) > timeOf(last)) last = machine;
    }
    return {
      machines: this.#machines.size,
      verdicts,
      first: first?.time ?? null,
      last: last?.time ?? null,
      layers,
      versions: [...windowsVersionIds, null].flatMap((version) => {
        const tally = versions.get(version);
        return tally === undefined ? [] : [{ version, ...tally }];
      }),
      gpos: [...gpos]
        .map(([gpo, tally]) => ({ gpo, ...tally }))
        .sort((one, other) => other.machines - one.machines)
        .slice(0, namedGpos),
      restart,
      removal,
      duplicates: this.#duplicates,
      drift: older === undefined ? null : { machines: drift, missing: this.#missingOf(older) },
    };
  }

  #missingOf(older: FleetTally): NonNullable<FleetCounts['drift']>['missing'] {
    const hosts = [...older.#machines].flatMap(([key, { host }]) => (this.#machines.has(key) ? [] : [host]));
    return { count: hosts.length, hosts: hosts.sort().slice(0, namedMissing) };
  }
}
