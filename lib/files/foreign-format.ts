/** Formats that people hand over by mistake, by the first bytes of a file. */
import type { FoundInput } from '../errors';

type Format = Extract<FoundInput, string>;

const signatures: readonly (readonly [string, Format])[] = [
  ['regf', 'registry-hive'],
  ['PK\x03\x04', 'archive'],
  ['MSCF', 'archive'],
  ['\x1f\x8b', 'archive'],
  ['%PDF', 'pdf'],
  ['MZ', 'program'],
  ['ElfFile', 'event-log'],
  ['-----BEGIN ', 'certificate'],
  ['\xd4\xc3\xb2\xa1', 'capture'],
  ['\x0a\x0d\x0d\x0a', 'capture'],
  ['\x89PNG', 'image'],
  ['\xff\xd8\xff', 'image'],
  ['\xd0\xcf\x11\xe0', 'office-document'],
];

/** @param start the first bytes, a character each (`latin1`) */
export function foreignFormatOf(start: string): Format | undefined {
  return signatures.find(([signature]) => start.startsWith(signature))?.[1];
}
