/** `status`: what is configured, which layer is in force, whether DHE is offered. */
import { version } from '../../../../package.json';
import { type Assessment, assess } from '../../../assessment/assess';
import type { Configuration } from '../../../configuration/configuration';
import { formatJson } from '../../../files/ascii-json';
import { writeOutputFile } from '../../../files/user-file';
import type { Messages } from '../../../messages/shape';
import { type CommandContext, type Content, writeJson } from '../../command-context';
import type { Outcome } from '../../exit-code';
import { obtainConfiguration } from '../../obtain-configuration';
import type { OptionValues } from '../../option';
import { asShown } from '../../terminal';
import { describeEffect, describeFinding, describeVerdict, viewAssessment } from '../../views/assessment-view';
import type { status } from './command';
import type { documents } from './documents';

const checked = {
  'dhe-offered': 'dhe-offered',
  'no-dhe-offered': 'done',
  unknown: 'undecided',
} as const satisfies Record<string, Outcome>;

export async function run(
  context: CommandContext,
  { all, check, from, record, save, windows }: OptionValues<typeof status.options>,
): Promise<Outcome> {
  const { messages, colours } = context;
  const configuration = await obtainConfiguration(context, from);
  const assessment = assess(configuration, { windows });
  if (save !== undefined) writeOutputFile(save, `${JSON.stringify(configuration, null, 2)}\n`);
  const outcome = check ? checked[assessment.verdict] : 'done';
  if (record) {
    const { recordOf } = await import('../../../fleet/record.js');
    context.host.write(`${formatJson(recordOf(configuration, { tool: version, windows }), 0)}\n`);
    return outcome;
  }
  if (context.json) writeJson(context, 'status', outcome, documentOf(assessment, configuration, messages));
  else if (!context.quiet) {
    const { source, windows } = configuration;
    context.host.write(viewAssessment(asShown(assessment), asShown({ source, windows }), messages, colours, all));
  }
  return outcome;
}

function documentOf(assessment: Assessment, configuration: Configuration, messages: Messages) {
  const { windows } = configuration;
  const message = describeVerdict(assessment, windows.productName, messages);
  const findings = assessment.findings.map((finding) => ({ ...finding, message: describeFinding(finding, messages) }));
  const effects = assessment.effects.map((one) => ({
    name: one.name,
    effect: one.effect,
    reason: one.reason?.id ?? null,
    message: describeEffect(one, messages),
  }));
  return { ...assessment, message, effects, findings, windows } satisfies Content<(typeof documents)['status']>;
}
