/** `explain`: what people come with, and what it can have to do with cipher suites. */
import { findSymptoms, type Symptom, symptoms } from '../../../windows/symptoms';
import { type CommandContext, type Content, report } from '../../command-context';
import { CommandLineError } from '../../command-line-error';
import type { Outcome } from '../../exit-code';
import type { documents } from './documents';

export async function run(context: CommandContext, _: object, text: string): Promise<Outcome> {
  const found = findSymptoms(text);
  if (found.length === 0) {
    throw new CommandLineError({ kind: 'unknown-symptom', found: text, known: symptoms.map(spell) });
  }
  const { symptom, meaning, look } = context.messages.explain;
  const explained = found.map(({ id, meanings, sources }) => ({
    id,
    message: symptom[id],
    meanings: meanings.map((one) => ({
      id: one.id,
      message: meaning[one.id],
      look: one.look.map((place) => ({ id: place, message: look[place] })),
    })),
    sources,
  }));
  const content = { symptoms: explained } satisfies Content<(typeof documents)['explanation']>;
  // Nothing of it is the user's text, so nothing is shortened.
  report(context, 'explanation', 'done', content, () => content.symptoms.map(view).join('\n'));
  return 'done';
}

type Explanation = Content<(typeof documents)['explanation']>['symptoms'][number];

function view({ message, meanings, sources }: Explanation): string {
  const lines = meanings.flatMap((one) => ['', `- ${one.message}`, ...one.look.map((place) => `  > ${place.message}`)]);
  return `${[message, ...lines, '', ...sources.map((source) => `  (${source})`)].join('\n')}\n`;
}

/** As one can type it. */
function spell({ kind, numbers: [number], phrases: [phrase] }: Symptom): string {
  if (number === undefined) return phrase ?? '';
  return kind === 'status' ? `0x${number.toString(16)}` : String(number);
}
