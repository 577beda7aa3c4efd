/**
 * Lines of a busy log say the same over and over, but for the time: the bytes that say it are looked up as they are, and become
 * text once. What finds no place takes that of another, so that nothing grows and nothing gets slow, whatever comes.
 */
import { hour } from './log-time';
import type { Observation, ObservationSink, SeenKeyExchange } from './observation';

/** One that is told several times, with another time each. */
type Timed = Omit<Observation, 'time'> & { time: number };

const capacity = 1 << 15;
const tries = 4;
/** In words of four bytes: an address, a port, two numbers, and what ends each. */
const longestKey = 16;
/** What is known of a place. */
const [times, counting, first, last, facts] = [0, 1, 2, 3, 4];

/** In arrays and not in objects, which would lie scattered in memory. */
export class RepeatCache {
  readonly #sink: ObservationSink;
  readonly #facts = new Float64Array(capacity * facts);
  /** Nothing where nobody has the place: no key begins with a zero. */
  readonly #keys = new Int32Array(capacity * longestKey);
  readonly #observations: (Timed | undefined)[] = new Array(capacity).fill(undefined);
  /** The key exchanges that were seen, which of them each place has, and how often each was in the hour at hand. */
  readonly #exchanges: SeenKeyExchange[] = [];
  readonly #exchangeOf = new Uint8Array(capacity);
  readonly #inHour = new Float64Array(256);
  #time = 0;
  /** Whether what is at that time counts, as a number. */
  #counts = 0;
  /** What is looked for. */
  readonly #key = new Int32Array(longestKey);
  #length = 0;
  #home = 0;

  constructor(sink: ObservationSink) {
    this.#sink = sink;
  }

  /**
   * The place of what these fields say together; -1 where it has none.
   *
   * @param places where each field begins and ends, by twos; none holds a blank
   */
  find(bytes: DataView, places: Int32Array): number {
    this.#take(bytes, places);
    const keys = this.#keys;
    const key = this.#key;
    const length = this.#length;
    if (length > longestKey) return -1;
    for (let more = 0; more < tries; more += 1) {
      const place = (this.#home + more) & (capacity - 1);
      const start = place * longestKey;
      let at = 0;
      while (at < length && keys[start + at] === key[at]) at += 1;
      if (at === length) return place;
    }
    return -1;
  }

  /** Gives what was looked for last and had none a place: a free one, or that of another; -1 where it is too long for any. */
  add(observation: Timed): number {
    if (this.#length > longestKey) return -1;
    let place = this.#home;
    for (let more = 1; this.#observations[place] !== undefined && more < tries; more += 1) {
      place = (this.#home + more) & (capacity - 1);
    }
    if (this.#observations[place] !== undefined) place = this.#home;
    this.#tell(place);
    this.#observations[place] = observation;
    this.#exchangeOf[place] = this.#indexOf(observation.keyExchange);
    this.#keys.set(this.#key.subarray(0, this.#length), place * longestKey);
    return place;
  }

  /** What comes is at this time. */
  setTime(time: number): void {
    const counts = Number(this.#sink.counts(time));
    if (counts !== this.#counts || Math.floor(time / hour) !== Math.floor(this.#time / hour)) this.#tellHour();
    this.#time = time;
    this.#counts = counts;
  }

  /** Once more, at the time that was set. */
  count(place: number): void {
    const all = this.#facts;
    const own = place * facts;
    const seen = all[own + times] as number;
    const time = this.#time;
    const exchange = this.#exchangeOf[place] as number;
    this.#inHour[exchange] = (this.#inHour[exchange] as number) + 1;
    if (seen > 0 && all[own + counting] === this.#counts) {
      all[own + times] = seen + 1;
      if (time > (all[own + last] as number)) all[own + last] = time;
      else if (time < (all[own + first] as number)) all[own + first] = time;
      return;
    }
    this.#tell(place);
    all[own + times] = 1;
    all[own + counting] = this.#counts;
    all[own + first] = time;
    all[own + last] = time;
  }

  end(): void {
    this.#tellHour();
    for (let place = 0; place < capacity; place += 1) this.#tell(place);
  }

  /** A key is the fields, each with a blank behind it, so that none is the beginning of another, in whole words. */
  #take(bytes: DataView, places: Int32Array): void {
    const key = this.#key;
    const lastWord = bytes.byteLength - 4;
    let [length, hash] = [0, 0];
    for (let field = 0; field < places.length; field += 2) {
      const end = places[field + 1] as number;
      for (let at = places[field] as number; at <= end; at += 4) {
        const rest = end - at;
        let word = at <= lastWord ? bytes.getInt32(at, true) : lastOf(bytes, at);
        if (rest < 4) word = (word & ((1 << (8 * rest)) - 1)) | (blank << (8 * rest));
        if (length < longestKey) key[length] = word;
        length += 1;
        hash = Math.imul(hash ^ word, 0x9e3779b1);
        hash ^= hash >>> 15;
      }
    }
    this.#length = length;
    this.#home = hash & (capacity - 1);
  }

  #indexOf(exchange: SeenKeyExchange): number {
    const known = this.#exchanges.indexOf(exchange);
    return known === -1 ? this.#exchanges.push(exchange) - 1 : known;
  }

  #tellHour(): void {
    this.#exchanges.forEach((exchange, index) => {
      const seen = this.#inHour[index] as number;
      this.#inHour[index] = 0;
      if (seen > 0) this.#sink.countHour(this.#time, exchange, seen);
    });
  }

  #tell(place: number): void {
    const own = place * facts;
    const observation = this.#observations[place];
    const seen = this.#facts[own + times] as number;
    if (seen === 0 || observation === undefined) return;
    this.#facts[own + times] = 0;
    observation.time = this.#facts[own + first] as number;
    this.#sink.observe(observation, { times: seen, last: this.#facts[own + last] as number });
  }
}

const blank = 0x20;

/** Fewer than four bytes are left. */
function lastOf(bytes: DataView, start: number): number {
  let word = 0;
  for (let at = start; at < bytes.byteLength; at += 1) word |= bytes.getUint8(at) << (8 * (at - start));
  return word;
}
