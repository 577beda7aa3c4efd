/** What people see before they know of any cipher suite: an event, a status, a sentence. */
import { keysOf } from './keys-of';
import data from './symptoms.json';

/** Events by their number, the others by what happened. */
export const symptomIds = keysOf(data.symptoms);

export type SymptomId = (typeof symptomIds)[number];

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

/** What a reporter sees, and what it can mean. */
export interface Symptom {
  readonly id: SymptomId;
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

export const symptoms: readonly Symptom[] = symptomIds.map((id) => {
  const { kind, numbers, phrases, meanings, sources } = data.symptoms[id];
  return {
    id,
    kind: kind as Symptom['kind'],
    numbers,
    phrases,
    meanings: (meanings as MeaningId[]).map((meaning) => ({
      id: meaning,
      look: data.meanings[meaning].look as LookId[],
    })),
    sources: sources.map((source) => data.sources[source as keyof typeof data.sources]),
  };
});

/**
 * The symptoms in a text: a number as people write it (`36888`, `0x80090331`, `-2146893007`, `2148074289`), or a whole
 * message with numbers or known phrases in it. In the order of the table.
 */
export function findSymptoms(text: string): Symptom[] {
  const folded = text.toLowerCase();
  const numbers = new Set(
    [...folded.matchAll(/(?<![\da-z])(?:0x[\da-f]{1,8}|-?\d{1,10})(?![\da-z])/g)].map(([number]) =>
      withoutFacility(Number(number) >>> 0),
    ),
  );
  return symptoms.filter(
    (symptom) =>
      symptom.numbers.some((number) => numbers.has(number)) ||
      symptom.phrases.some((phrase) => folded.includes(phrase)),
  );
}

/** `HRESULT_FROM_WIN32` of winerror.h: an error of the socket such as 10054 also comes as 0x80072746. */
function withoutFacility(number: number): number {
  return number >>> 16 === 0x8007 ? number & 0xffff : number;
}
