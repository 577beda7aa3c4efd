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

/** The registry extension with the administrative templates, as gPCMachineExtensionNames pairs them ([MS-GPOL] 2.2.4). */
const [registryExtension, templates] = [
  '{35378EAC-683F-11D2-A89A-00C04FBBCFA2}',
  '{D02B1F72-3407-48AE-BA88-E8213C6761F1}',
] as const;

/**
 * The gpt.ini of a GPO whose computer half was changed: the low 16 bits of the version are one higher, and the registry
 * extension is named, so that Group Policy looks at Registry.pol again. Undefined stands for a file that is not there.
 */
export function announceComputerChange(text: string | undefined): string {
  const start = text ?? '[General]\r\n';
  const version = readVersion(readIniValue(start, 'General', 'Version') ?? '');
  const [user, computer] = [version >>> 16, version & 0xffff];
  // To Group Policy 0 is a GPO without settings, so 0xFFFF is followed by 1.
  const next = user * 0x10000 + (computer === 0xffff ? 1 : computer + 1);
  const names = readIniValue(start, 'General', 'gPCMachineExtensionNames') ?? '';
  const named = writeIniValue(start, 'gPCMachineExtensionNames', addExtension(names));
  return writeIniValue(named, 'Version', String(next));
}

/** As GetPrivateProfileInt reads it: the digits at the start, modulo 2^32, and 0 where there are none. */
function readVersion(text: string): number {
  return Number(BigInt.asUintN(32, BigInt(/^[+-]?\d+/.exec(text)?.[0] ?? 0)));
}

/** The list of `[{extension}{tool}...]`, in the order of the extensions, as Group Policy keeps it. */
function addExtension(names: string): string {
  const pairs = names.match(/\[[^\]]*\]/g) ?? [];
  const own = pairs.find((pair) => pair.toUpperCase().startsWith(`[${registryExtension}`));
  if (own === undefined) return [...pairs, `[${registryExtension}${templates}]`].sort().join('');
  if (own.toUpperCase().includes(templates)) return names;
  return names.replace(own, `${own.slice(0, -1)}${templates}]`);
}

function writeIniValue(text: string, name: string, value: string): string {
  const place = findValue(text, 'General', name);
  if (place !== undefined) return text.slice(0, place.start) + value + text.slice(place.end);
  const heading = /^[ \t]*\[General\][^\r\n]*(?:\r\n|\n|\r|$)/im.exec(text);
  if (heading === null) return `[General]\r\n${name}=${value}\r\n${text}`;
  const end = heading.index + heading[0].length;
  const lineEnd = /[\r\n]$/.test(heading[0]) ? '' : '\r\n';
  return `${text.slice(0, end)}${lineEnd}${name}=${value}\r\n${text.slice(end)}`;
}

/** The bytes of an INI file in the encoding that the old ones had. */
export function encodeIni(text: string, like: Uint8Array | undefined): Uint8Array {
  const isWide = like?.[0] === 0xff && like[1] === 0xfe;
  return new Uint8Array(isWide ? Buffer.from(`\ufeff${text}`, 'utf16le') : Buffer.from(text, 'latin1'));
}
