/** gpt.ini of a GPO ([MS-GPOL] 2.2.4): an INI file in ANSI or UTF-16, edited so that every other character stays. */

/** A value of a section, or undefined; names are compared without case. The first of several decides, as in Windows. */
export function readIniValue(text: string, section: string, name: string): string | undefined {
  const place = findValue(text, section, name);
  return place === undefined ? undefined : text.slice(place.start, place.end).trim();
}

interface Place {
  readonly start: number;
  readonly end: number;
}

function findValue(text: string, section: string, name: string): Place | undefined {
  let isInside = false;
  for (const { index: start, 0: line } of text.matchAll(/[^\r\n]+/g)) {
    const heading = /^\s*\[([^\]]*)\]/.exec(line)?.[1];
    if (heading !== undefined) isInside = heading.trim().toLowerCase() === section.toLowerCase();
    const equals = line.indexOf('=');
    if (!isInside || heading !== undefined || equals === -1) continue;
    if (line.slice(0, equals).trim().toLowerCase() === name.toLowerCase()) {
      return { start: start + equals + 1, end: start + line.length };
    }
  }
  return undefined;
}

/** The characters of an INI file: UTF-16LE with a byte order mark, else one character a byte. */
export function decodeIni(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return buffer[0] === 0xff && buffer[1] === 0xfe ? buffer.toString('utf16le', 2) : buffer.toString('latin1');
}
