/** A fleet → CSV, a row for each machine. */
import type { ReportedMachine } from '../../fleet/roll-up';
import { writeCsvRow } from './csv';

const columns = ['host', 'verdict', 'doubt', 'dhe', 'listed', 'works', 'layer', 'certain', 'gpo', 'version', 'build'];

export const fleetCsvHeading = writeCsvRow([
  ...columns,
  ...['revision', 'restart', 'removal', 'drift', 'findings', 'time', 'sha256', 'source'],
]);

export function writeMachineAsCsv(machine: ReportedMachine): string {
  const { host, verdict, doubt, counts, layer, certain, gpo, windows, restart, removal, drift, findings } = machine;
  return writeCsvRow([
    ...[host, verdict, doubt, counts?.dhe ?? null, counts?.listed ?? null, counts?.works ?? null, layer, certain, gpo],
    ...[windows.version, windows.build, windows.revision, restart, removal, drift, findings.join(' ')],
    ...[machine.time, machine.sha256, machine.source],
  ]);
}
