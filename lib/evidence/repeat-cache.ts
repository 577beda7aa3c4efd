/**
 * Lines of a busy log say the same over and over, but for the time: the bytes that say it are looked up as they are, and become
 * text once. What finds no place takes that of another, so that nothing grows and nothing gets slow, whatever comes.
 */
import type { Observation, ObservationSink } from './observation';

/** Where the parts of a line begin and end that say something, by twos. No part holds a blank. */
export type Parts = Int32Array;

/** One that is told several times, with another time each. */
type Timed = Omit<Observation, 'time'> & { time: number };

const places = 1 << 15;
const tries = 4;
/** In bytes: an address, a port, two numbers, and a blank behind each. */
const longestKey = 64;
const blank = 0x20;

/** In arrays and not in objects, which would lie scattered in memory. */
export class RepeatCache {
  readonly #sink: ObservationSink;
  readonly #keys = new Uint8Array(places * longestKey);
  readonly #times = new Int32Array(places);
  readonly #periods = new Float64Array(places);
  readonly #first = new Float64Array(places);
  readonly #last = new Float64Array(places);
  readonly #observations: (Timed | undefined)[] = new Array(places).fill(undefined);

  constructor(sink: ObservationSink) {
    this.#sink = sink;
  }

  /** The place of what these parts say together; -1 where it has none. */
  find(bytes: Uint8Array, parts: Parts): number {
    const home = hash(bytes, parts);
    for (let more = 0; more < tries; more += 1) {
      const place = (home + more) & (places - 1);
      const isTaken = this.#observations[place] !== undefined;
      if (isTaken && isSame(this.#keys, place * longestKey, bytes, parts)) return place;
    }
    return -1;
  }

  /** Gives what had none a place: a free one, or that of another; -1 where it is too long for any. */
  add(bytes: Uint8Array, parts: Parts, observation: Timed): number {
    let length = parts.length / 2;
    for (let part = 0; part < parts.length; part += 2) length += (parts[part + 1] as number) - (parts[part] as number);
    if (length > longestKey) return -1;
    const home = hash(bytes, parts);
    let place = home;
    for (let more = 1; this.#observations[place] !== undefined && more < tries; more += 1) {
      place = (home + more) & (places - 1);
    }
    if (this.#observations[place] !== undefined) place = home;
    this.#tell(place);
    this.#observations[place] = observation;
    let at = place * longestKey;
    for (let part = 0; part < parts.length; part += 2) {
      const said = bytes.subarray(parts[part], parts[part + 1]);
      this.#keys.set(said, at);
      at += said.length;
      this.#keys[at] = blank;
      at += 1;
    }
    return place;
  }

  /** @param period in which all counts or nothing */
  count(place: number, time: number, period: number): void {
    const times = this.#times[place] as number;
    if (times > 0 && this.#periods[place] === period && times < mostTimes) {
      this.#times[place] = times + 1;
      if (time > (this.#last[place] as number)) this.#last[place] = time;
      else if (time < (this.#first[place] as number)) this.#first[place] = time;
      return;
    }
    this.#tell(place);
    this.#times[place] = 1;
    this.#periods[place] = period;
    this.#first[place] = time;
    this.#last[place] = time;
  }

  end(): void {
    for (let place = 0; place < places; place += 1) this.#tell(place);
  }

  #tell(place: number): void {
    const [times, observation] = [this.#times[place] as number, this.#observations[place]];
    if (times === 0 || observation === undefined) return;
    this.#times[place] = 0;
    observation.time = this.#first[place] as number;
    this.#sink.observe(observation, { times, last: this.#last[place] as number });
  }
}

const mostTimes = 0x7fffffff;

function hash(bytes: Uint8Array, parts: Parts): number {
  let value = 0;
  for (let part = 0; part < parts.length; part += 2) {
    const end = parts[part + 1] as number;
    for (let at = parts[part] as number; at < end; at += 1) value = (Math.imul(value, 31) + (bytes[at] as number)) | 0;
  }
  return (value ^ (value >>> 15)) & (places - 1);
}

/** A key is the parts, each with a blank behind it, so that none is the beginning of another. */
function isSame(keys: Uint8Array, key: number, bytes: Uint8Array, parts: Parts): boolean {
  let at = key;
  for (let part = 0; part < parts.length; part += 2) {
    const end = parts[part + 1] as number;
    for (let own = parts[part] as number; own < end; own += 1, at += 1) if (keys[at] !== bytes[own]) return false;
    if (keys[at] !== blank) return false;
    at += 1;
  }
  return true;
}
