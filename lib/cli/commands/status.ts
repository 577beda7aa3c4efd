/** `status`: what is configured, which layer is in force, whether DHE is offered. */
import { assess } from '../../assessment/assess';
import type { Configuration } from '../../configuration/configuration';
import { readRegExport } from '../../configuration/offline-configuration';
import { decodeInputText, readInputFile, writeOutputFile } from '../../files/user-file';
import { type CommandContext, writeJson } from '../command-context';
import type { Outcome } from '../exit-code';
import { describeFinding, viewAssessment } from '../views/assessment-view';

export interface StatusOptions {
  readonly check?: boolean;
  readonly from?: string;
  readonly save?: string;
}

export async function runStatus(context: CommandContext, options: StatusOptions): Promise<Outcome> {
  const configuration = await obtainConfiguration(context, options.from);
  const assessment = assess(configuration);
  if (options.save !== undefined) writeOutputFile(options.save, `${JSON.stringify(configuration, null, 2)}\n`);
  const outcome = options.check === true && assessment.verdict !== 'no-dhe-offered' ? 'dhe-offered' : 'nothing-to-do';
  if (context.json) {
    const findings = assessment.findings.map((finding) => ({
      ...finding,
      message: describeFinding(finding, context.messages),
    }));
    writeJson(context, 'status', outcome, { ...assessment, findings, windows: configuration.windows });
  } else context.host.write(viewAssessment(assessment, configuration.source, context.messages, context.colours));
  return outcome;
}

/** From the machine, from a `.reg` export, or from a saved snapshot. */
export async function obtainConfiguration(context: CommandContext, from: string | undefined): Promise<Configuration> {
  if (from === undefined) {
    const { readConfiguration } = await import('../../configuration/read-configuration.js');
    return readConfiguration(await context.open());
  }
  const bytes = readInputFile(from);
  if (!/^\s*\{/.test(Buffer.from(bytes.subarray(0, 64)).toString('latin1'))) return readRegExport(bytes, from);
  const { parseConfiguration } = await import('../../configuration/configuration-schema.js');
  return parseConfiguration(decodeInputText(bytes, from), from);
}
