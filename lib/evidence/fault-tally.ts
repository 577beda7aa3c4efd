/** Key exchanges that were begun in clear, counted by how they ended and by the zero bytes at the front of the values. */
import type { Observation, ZeroForm } from './observation';

/** How often handshakes that came to the key exchange were finished, and how often not. */
export interface Ends {
  completed: number;
  failed: number;
}

/** What began with a zero byte, and how that was sent. */
export const zeroCases = ['server-short', 'server-padded', 'client-short', 'client-padded'] as const;

export type ZeroCase = (typeof zeroCases)[number];

export interface FaultCounts {
  readonly dhe: Readonly<Ends>;
  /** Of the same peers. */
  readonly ecdhe: Readonly<Ends>;
  /** DHE with one value that begins with a zero byte. */
  readonly cases: Readonly<Record<ZeroCase, Readonly<Ends>>>;
  /** DHE without any zero byte at the front. */
  readonly plain: Readonly<Ends>;
  /** The share of values that begin with a zero byte, on average over the groups that were used; null without DHE. */
  readonly zeroRate: number | null;
}

/** Alerts that say what is wrong with a certificate, and not with a key: bad_certificate to certificate_unknown, unknown_ca. */
const certificateAlerts = new Set([42, 43, 44, 45, 46, 48]);

export class FaultTally {
  readonly #dhe: Ends = { completed: 0, failed: 0 };
  readonly #ecdhe: Ends = { completed: 0, failed: 0 };
  readonly #plain: Ends = { completed: 0, failed: 0 };
  readonly #cases: Record<ZeroCase, Ends> = {
    'server-short': { completed: 0, failed: 0 },
    'server-padded': { completed: 0, failed: 0 },
    'client-short': { completed: 0, failed: 0 },
    'client-padded': { completed: 0, failed: 0 },
  };
  #rates = 0;

  add({ exchange, end, alert }: Pick<Observation, 'exchange' | 'end' | 'alert'>): void {
    if (exchange === null || end === 'negotiated' || end === 'cut-off') return;
    if (alert !== null && certificateAlerts.has(alert)) return;
    const side = end === 'completed' ? 'completed' : 'failed';
    if (exchange.kind === 'ECDHE') {
      this.#ecdhe[side] += 1;
      return;
    }
    this.#dhe[side] += 1;
    this.#rates += exchange.zeroRate ?? 0;
    const server = exchange.server ?? 'none';
    const client = exchange.client ?? 'none';
    // With two zeros nobody can say which of them did it.
    if (server !== 'none' && client === 'none') this.#cases[caseOf('server', server)][side] += 1;
    else if (client !== 'none' && server === 'none') this.#cases[caseOf('client', client)][side] += 1;
    else if (client === 'none') this.#plain[side] += 1;
  }

  /** Those of another tally too. */
  join(other: FaultTally): void {
    const pairs: (readonly [Ends, Ends])[] = [
      [this.#dhe, other.#dhe],
      [this.#ecdhe, other.#ecdhe],
      [this.#plain, other.#plain],
      ...zeroCases.map((id) => [this.#cases[id], other.#cases[id]] as const),
    ];
    for (const [mine, theirs] of pairs) {
      mine.completed += theirs.completed;
      mine.failed += theirs.failed;
    }
    this.#rates += other.#rates;
  }

  get counts(): FaultCounts {
    const all = this.#dhe.completed + this.#dhe.failed;
    return {
      dhe: this.#dhe,
      ecdhe: this.#ecdhe,
      cases: this.#cases,
      plain: this.#plain,
      zeroRate: all === 0 ? null : this.#rates / all,
    };
  }
}

function caseOf(side: 'server' | 'client', form: Exclude<ZeroForm, 'none'>): ZeroCase {
  return `${side}-${form}`;
}
