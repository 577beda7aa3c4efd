/**
 * A fleet → the text format of Prometheus, version 0.0.4, for the textfile collector of node_exporter or windows_exporter:
 * LF, no times of samples, and no label that is not an id of ours. Counts alone: a series for each of many machines is what Prometheus is not made for.
 */
import type { ReportedMachine, ReportSummary } from '../../fleet/roll-up';

interface Sample {
  readonly labels?: Readonly<Record<string, string>>;
  readonly value: number;
}

export function writeFleetMetrics(summary: ReportSummary, machines: Iterable<ReportedMachine>): string {
  const counts = new Map<string, { labels: Readonly<Record<string, string>>; value: number }>();
  for (const { verdict, layer, windows } of machines) {
    const labels = { verdict, layer, version: windows.version ?? 'unknown' };
    const key = Object.values(labels).join();
    const sample = counts.get(key) ?? { labels, value: 0 };
    sample.value += 1;
    counts.set(key, sample);
  }
  const by = (name: string, values: Readonly<Record<string, number>>): Sample[] =>
    Object.entries(values).map(([id, value]) => ({ labels: { [name]: id }, value }));
  const times = (
    [
      ['oldest', summary.first],
      ['newest', summary.last],
    ] as const
  ).flatMap(([record, time]) => (time === null ? [] : [{ labels: { record }, value: Date.parse(time) / 1000 }]));
  return [
    format('machines', 'Machines by verdict, governing layer and Windows version.', [...counts.values()]),
    format('restart_machines', 'Machines by whether they need a restart.', by('restart', summary.restart)),
    format('removal_machines', 'Machines by what the removal of DHE does to them.', by('removal', summary.removal)),
    ...(summary.drift === null
      ? []
      : [
          format('drift_machines', 'Machines by what changed.', by('drift', summary.drift.machines)),
          format('missing_machines', 'Machines of the older collection alone.', [
            { value: summary.drift.missing.count },
          ]),
        ]),
    format('duplicates', 'Records of machines that have a newer one.', [{ value: summary.duplicates }]),
    format('unread', 'What could not be read.', [{ value: summary.unread.count }]),
    format('record_timestamp_seconds', 'When the oldest and the newest record was made.', times),
  ].join('');
}

function format(name: string, help: string, samples: readonly Sample[]): string {
  if (samples.length === 0) return '';
  const full = `schannel_dhe_fleet_${name}`;
  const lines = samples.map(({ labels = {}, value }) => {
    const pairs = Object.entries(labels).map(([label, text]) => `${label}="${text}"`);
    return `${full}${pairs.length === 0 ? '' : `{${pairs.join(',')}}`} ${value}`;
  });
  return [`# HELP ${full} ${help}`, `# TYPE ${full} gauge`, ...lines, ''].join('\n');
}
