/** Logs of TLS handshakes, by how they begin. */
const formats = [
  ['schannel-events', (text) => /^(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]*?-->\s*)?<Events?[\s>]/.test(text)],
  ['zeek-tsv', (text) => /^#separator \\x[0-9a-f]{2}/im.test(text)],
  ['exchange-log', (text) => /^#Software: Microsoft Exchange/m.test(text) || /^#Fields: date-time,/m.test(text)],
  ['iis-log', (text) => text.startsWith('#') && /^#(?:Software: Microsoft (?:Internet|HTTP)|Fields: )/m.test(text)],
  ['tshark-json', (text) => /^\{[^\n]{0,200}"(?:index|layers|timestamp)"/.test(text) && /"layers"/.test(text)],
  ['zeek-json', (text) => /^\{[^\n]*"(?:id\.(?:orig|resp)_[hp]"|id"\s*:\s*\{[^\n}]*"(?:orig|resp)_[hp]")/.test(text)],
] as const satisfies readonly (readonly [string, (text: string) => boolean])[];

export type LogFormat = (typeof formats)[number][0];

/** @param text the beginning of it, without a byte order mark or blanks before it */
export function logFormatOf(text: string): LogFormat | undefined {
  return formats.find(([, matches]) => matches(text))?.[0];
}
