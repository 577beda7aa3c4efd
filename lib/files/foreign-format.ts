/** Formats that people hand over by mistake, by the first bytes of a file. */
import type { FoundInput } from '../errors';

type Format = Extract<FoundInput, string>;

/** What stands at the start, or as far behind it as the third member says. */
const signatures: readonly (readonly [string, Format, number?])[] = [
  ['regf', 'registry-hive'],
  // The first file in a package of Office or of OpenDocument.
  ['[Content_Types].xml', 'office-document', 30],
  ['_rels/.rels', 'office-document', 30],
  ['docProps/', 'office-document', 30],
  ['mimetypeapplication/vnd.oasis', 'office-document', 30],
  ['\xd0\xcf\x11\xe0', 'office-document'],
  ['{\\rtf', 'office-document'],
  ['PK\x03\x04', 'archive'],
  ['MSCF', 'archive'],
  ['\x1f\x8b', 'archive'],
  ['7z\xbc\xaf', 'archive'],
  ['Rar!', 'archive'],
  ['vhdxfile', 'disk-image'],
  ['conectix', 'disk-image'],
  ['KDMV', 'disk-image'],
  ['MSWIM', 'disk-image'],
  ['%PDF', 'pdf'],
  ['MZ', 'program'],
  ['ElfFile', 'event-log'],
  // Behind the header of its first buffer (WMI_BUFFER_HEADER): version 2, with pointers of 64 or 32 bits.
  ['\x02\0\x02\xc0', 'event-trace', 72],
  ['\x02\0\x01\xc0', 'event-trace', 72],
  ['-----BEGIN ', 'certificate'],
  ['\xd4\xc3\xb2\xa1', 'capture'],
  ['\xa1\xb2\xc3\xd4', 'capture'],
  ['\x4d\x3c\xb2\xa1', 'capture'],
  ['\xa1\xb2\x3c\x4d', 'capture'],
  ['\x0a\x0d\x0d\x0a', 'capture'],
  ['\x89PNG', 'image'],
  ['\xff\xd8\xff', 'image'],
  ['GIF8', 'image'],
  ['WEBP', 'image', 8],
];

/** Bytes that are looked at. */
export const foreignFormatLength = 128;

/** @param start the first bytes, a character each (`latin1`) */
export function foreignFormatOf(start: string): Format | undefined {
  return signatures.find(([signature, , place]) => start.startsWith(signature, place))?.[1];
}
