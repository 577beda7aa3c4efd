/**
 * Events of Schannel in the System log, as XML: one after another, as `wevtutil qe /f:xml` and `ToXml()` write them, or below
 * a root; forwarded ones bring `RenderingInfo` along. Fields stand in `UserData`, one element each, and in some collections
 * in `EventData`. No localised text is looked at.
 */
import { InvalidInputError } from '../../errors';
import { childOf, childrenOf, parseXml, textOf, type XmlElement } from '../../files/xml';
import { protocolNames } from '../../windows/schannel-keys';
import type { Role } from '../../windows/versions';
import { plausibleTime } from '../log-time';
import {
  type FailureEvent,
  type LineProblem,
  type LineReader,
  nothingMore,
  type ObservationSink,
} from '../observation';
import { describeNumber } from '../suite-numbers';

/** In characters; an event of Windows holds at most 64 KiB. */
const longestEvent = 1024 * 1024;

export function readSchannelEvents(sink: ObservationSink): LineReader {
  let text = '';
  let number = 0;
  const spoil = (problem: LineProblem) => {
    number += 1;
    sink.malformed(number, problem);
  };
  const take = () => {
    let at = 0;
    for (;;) {
      const start = findStart(text, at);
      if (start === -1) break;
      const end = text.indexOf(closing, start);
      const next = findStart(text, start + 1);
      if (next !== -1 && (end === -1 || next < end)) {
        // One that was cut off, with another behind it.
        spoil('cut-off');
        at = next;
      } else if (end === -1) {
        at = start;
        break;
      } else {
        at = end + closing.length;
        number += 1;
        readEvent(text.slice(start, at), number, sink);
      }
    }
    text = text.slice(at);
    if (text.length <= longestEvent) return;
    if (findStart(text, 0) === 0) spoil('too-long');
    // An opening tag may just be arriving.
    text = text.slice(-opening.length);
  };
  return {
    push: (piece) => {
      text += piece;
      take();
    },
    end: () => {
      if (findStart(text, 0) !== -1) spoil('cut-off');
    },
  };
}

const opening = '<Event ';
const closing = '</Event>';

/** Of `<Event …` or `<Event>`, and not of `<Events`, `<EventID` and the like. */
function findStart(text: string, from: number): number {
  for (let at = text.indexOf('<Event', from); at !== -1; at = text.indexOf('<Event', at + 1)) {
    const next = text.charAt(at + 6);
    if (next === ' ' || next === '>' || next === '\n' || next === '\r' || next === '\t') return at;
  }
  return -1;
}

function readEvent(xml: string, number: number, sink: ObservationSink): void {
  // Logs hold mostly what others wrote.
  if (!xml.includes('Schannel')) return;
  let event: XmlElement | undefined;
  try {
    event = childOf(parseXml(xml, 'event'), 'Event');
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    return void sink.malformed(number, 'not-xml');
  }
  const system = childOf(event, 'System');
  const provider = childOf(system, 'Provider');
  if (event === undefined || system === undefined || provider?.['@Name'] !== 'Schannel') return;
  const id = Number(textOf(system, 'EventID'));
  const time = plausibleTime(Date.parse(String(childOf(system, 'TimeCreated')?.['@SystemTime'])));
  if (time === undefined) return void sink.malformed(number, 'no-time');
  const computer = textOf(system, 'Computer');
  const field = fieldsOf(event);
  const observedAs = (role: Role | null) => ({
    ...nothingMore,
    time,
    role,
    client: role === 'client' ? computer : null,
    server: role === 'server' ? computer : null,
    protocol: protocolNames.find((name) => name === field('Protocol')) ?? null,
  });
  if (id === 36880) {
    const suiteNumber = Number(field('CipherSuite') ?? Number.NaN);
    if (!Number.isInteger(suiteNumber)) return void sink.malformed(number, 'unknown-value');
    const type = field('Type')?.toLowerCase();
    const role = type === 'client' || type === 'server' ? type : null;
    const subject = commonName(field('RemoteCertSubjectName'));
    sink.observe({
      ...observedAs(role),
      name: role === 'client' ? (field('TargetName') ?? subject) : subject,
      ...describeNumber(suiteNumber),
    });
  } else if (isFailure(id)) {
    const alert = Number(field('AlertDesc') ?? Number.NaN);
    const role = failures[id];
    sink.observe({
      ...observedAs(role),
      name: field('TargetName'),
      end: role === null ? 'alert' : 'no-common-suite',
      alert: Number.isInteger(alert) && alert >= 0 && alert <= 255 ? alert : null,
      event: id,
    });
  }
}

/**
 * 36873: no suite to begin a connection with. 36874: none in common with what a client offers. 36887: an alert came. 36888:
 * one was sent. The last two tell no role.
 */
const failures = { 36873: 'client', 36874: 'server', 36887: null, 36888: null } as const;

function isFailure(id: number): id is FailureEvent {
  return id in failures;
}

/** Of `UserData`'s one element, or of `EventData`'s named texts. */
function fieldsOf(event: XmlElement): (name: string) => string | null {
  const data = childOf(childOf(event, 'UserData'), 'EventXML');
  const named = childOf(event, 'EventData');
  const texts = named === undefined ? [] : childrenOf(named, 'Data');
  return (name) => {
    if (data !== undefined) return textOf(data, name);
    return textOf({ Data: texts.find((one) => one['@Name'] === name) }, 'Data');
  };
}

/** Of a subject such as `CN=sql01.example.com, O=Example`. */
function commonName(subject: string | null): string | null {
  return subject === null ? null : (/(?:^|,\s*)CN=([^,]+)/i.exec(subject)?.[1] ?? subject);
}
