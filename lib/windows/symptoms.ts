/** What people see before they know of any cipher suite: an event, a status, a sentence. */
import data from './symptoms.json';

export const symptomIds = data.symptoms.map(({ id }) => id);
export const meaningIds = keysOf(data.meanings);
export const lookIds = [
  'status',
  'policy',
  'probe',
  'disable',
  'application-protocols',
  'certificate',
  'peer-suites',
  'peer-log',
  'windows-update',
  'network',
] as const;

/** What a symptom can mean here. */
export type MeaningId = (typeof meaningIds)[number];

/** What to look at. The first four are commands of this program. */
export type LookId = (typeof lookIds)[number];

export interface Symptom {
  readonly id: string;
  /** An event of Schannel, a status that a function returns, or an error of the socket. */
  readonly kind: 'event' | 'status' | 'socket';
  /** Unsigned. */
  readonly numbers: readonly number[];
  /** Parts of the sentence, as Windows writes it. */
  readonly phrases: readonly string[];
  /** Likeliest first, where this program's subject is the cause. */
  readonly meanings: readonly { readonly id: MeaningId; readonly look: readonly LookId[] }[];
  /** Where that is written. */
  readonly sources: readonly string[];
}

export const symptoms: readonly Symptom[] = data.symptoms.map((symptom) => ({
  ...symptom,
  kind: symptom.kind as Symptom['kind'],
  meanings: (symptom.meanings as readonly MeaningId[]).map((id) => ({ id, look: data.meanings[id].look as LookId[] })),
  sources: symptom.sources.map((source) => data.sources[source as keyof typeof data.sources]),
}));

/**
 * The symptoms in a text: a number as people write it (`36888`, `0x80090331`, `-2146893007`, `2148074289`), or a whole
 * message with numbers or known phrases in it. In the order of the table.
 */
export function findSymptoms(text: string): Symptom[] {
  const folded = text.toLowerCase();
  const numbers = new Set(
    [...folded.matchAll(/(?<![\da-z])(?:0x[\da-f]{1,8}|-?\d{1,10})(?![\da-z])/g)].map(
      ([number]) => Number(number) >>> 0,
    ),
  );
  return symptoms.filter(
    (symptom) =>
      symptom.numbers.some((number) => numbers.has(number)) ||
      symptom.phrases.some((phrase) => folded.includes(phrase)),
  );
}

function keysOf<T extends object>(object: T) {
  return Object.keys(object) as (keyof T)[];
}
