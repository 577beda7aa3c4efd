/** What `tshark` prints with our list of fields: as columns, or as the JSON of `-T ek`, two objects a frame. */

import { readByLine } from '../../files/by-line';
import { Connections, type Frame } from '../connections';
import { plausibleTime } from '../log-time';
import type { LineReader, ObservationSink } from '../observation';
import type { TsharkField } from '../tshark-fields';

export function readTsharkColumns(sink: ObservationSink): LineReader {
  const connections = new Connections(sink);
  let columns: ReadonlyMap<string, number> | undefined;
  return readByLine(
    (line, number) => {
      const fields = line.split('\t');
      if (columns === undefined) {
        columns = new Map(fields.map((name, index) => [name, index]));
        return;
      }
      if (fields.length !== columns.size) return void sink.malformed(number, 'field-count');
      addFrame(connections, sink, number, (name) => fields[columns?.get(name) ?? -1] ?? '');
    },
    sink.malformed,
    () => connections.end(),
  );
}

export function readTsharkJson(sink: ObservationSink): LineReader {
  const connections = new Connections(sink);
  return readByLine(
    (line, number) => {
      let entry: { readonly index?: unknown; readonly layers?: unknown } | null;
      try {
        entry = JSON.parse(line);
      } catch {
        return void sink.malformed(number, 'not-json');
      }
      // The line ahead of each frame names an index of Elasticsearch.
      if (entry?.index !== undefined) return;
      const layers = entry?.layers;
      if (typeof layers !== 'object' || layers === null) return void sink.malformed(number, 'not-json');
      const values = layers as Readonly<Record<string, unknown>>;
      addFrame(connections, sink, number, (name) => {
        const value = values[name.replaceAll('.', '_')];
        return Array.isArray(value) ? value.join(',') : value === undefined ? '' : String(value);
      });
    },
    sink.malformed,
    () => connections.end(),
  );
}

function addFrame(connections: Connections, sink: ObservationSink, number: number, frame: Frame): void {
  const text = frame('frame.time_epoch');
  // Seconds; newer versions write ISO 8601 in JSON.
  const seconds = Number(text);
  const time = plausibleTime(Number.isNaN(seconds) ? Date.parse(text) : Math.round(seconds * 1000));
  if (text === '' || time === undefined) return void sink.malformed(number, 'no-time');
  connections.add(frame, time, Number(frame('frame.number')) || number);
}

/** The columns without which nothing can be told. */
export const neededColumns: readonly TsharkField[] = ['frame.time_epoch', 'tcp.stream', 'tls.handshake.type'];
