import { z } from 'zod';
import { reportedMachineSchema, reportSummarySchema } from '../../../fleet/report-schema';
import { rawLineSchema } from '../../../inputs/machine-lines-schema';
import { document } from '../../document';

export const documents = {
  report: document('report', { summary: reportSummarySchema, machines: z.array(reportedMachineSchema) }),
  /** With `--ndjson`: one machine, a line each, and the summary at the end. */
  'reported-machine': document('reported-machine', { machine: reportedMachineSchema }),
  'report-summary': document('report-summary', { summary: reportSummarySchema }),
  /** What Get-SchannelDheRecord.ps1 prints. */
  raw: rawLineSchema,
};
