/** The XML files of a GPO backup. They come from outside: a document type definition is refused, size is bounded. */
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { InvalidInputError } from '../errors';
import { readWholeFile } from '../files/whole-file';

/** Backup.xml lists every file of a GPO and its groups; 16 MiB are some hundred thousand of them. */
const largestXml = 16 * 1024 * 1024;

/** What a backup says about the GPO that it is of; null where it does not. */
export interface GpoIdentity {
  readonly name: string | null;
  readonly guid: string | null;
  readonly domain: string | null;
}

type Element = { readonly [name: string]: unknown };

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  removeNSPrefix: true,
  parseTagValue: false,
  parseAttributeValue: false,
  isArray: (name) => name === 'GroupPolicyExtension' || name === 'FSObjectFile',
});

/** @throws FileAccessError, InputTooLargeError, InvalidInputError */
export function readBackupInfo(file: string): GpoIdentity {
  const root = child(readXml(file), 'BackupInst');
  if (root === undefined) throw new InvalidInputError(file, undefined, 'backup-info', 'another-document');
  return { name: text(root, 'GPODisplayName'), guid: text(root, 'GPOGuid'), domain: text(root, 'GPODomain') };
}

/**
 * Backup.xml: the identity, and where the Registry.pol of the computer half lies below the backup's folder (with
 * backslashes); null where the GPO has none.
 *
 * @throws FileAccessError, InputTooLargeError, InvalidInputError
 */
export function readBackupMap(file: string): { readonly identity: GpoIdentity; readonly registryPol: string | null } {
  const gpo = child(child(readXml(file), 'GroupPolicyBackupScheme'), 'GroupPolicyObject');
  if (gpo === undefined) throw new InvalidInputError(file, undefined, 'backup-map', 'another-document');
  const core = child(gpo, 'GroupPolicyCoreSettings') ?? {};
  const files = list(gpo, 'GroupPolicyExtension').flatMap((extension) => list(extension, 'FSObjectFile'));
  const registryPol = files.find((one) => text(one, '@Path')?.toLowerCase() === '%gpo_mach_fspath%\\registry.pol');
  const location = registryPol === undefined ? null : text(registryPol, '@Location');
  if (location !== null && !location.split('\\').every((part) => /^(?!\.{1,2}$)[^/:]+$/.test(part))) {
    throw new InvalidInputError(file, undefined, 'backup-location', { text: location });
  }
  return {
    identity: { name: text(core, 'DisplayName'), guid: text(core, 'ID'), domain: text(core, 'Domain') },
    registryPol: location,
  };
}

function readXml(file: string): Element {
  const source = decodeXml(readWholeFile(file, largestXml), file);
  // The parser would read one; no backup has one, and refusing any mention of it is the safe side.
  if (/<!DOCTYPE/i.test(source)) {
    throw new InvalidInputError(file, undefined, 'xml-without-dtd', 'document-type');
  }
  const check = XMLValidator.validate(source);
  if (check !== true) throw new InvalidInputError(file, { line: check.err.line }, 'xml', { text: check.err.code });
  try {
    return parser.parse(source);
  } catch {
    throw new InvalidInputError(file, undefined, 'xml', 'another-content');
  }
}

function decodeXml(bytes: Uint8Array, file: string): string {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw new InvalidInputError(file, undefined, 'utf-8-text', 'neither-encoding');
  }
}

function child(element: Element | undefined, name: string): Element | undefined {
  const found = element?.[name];
  return typeof found === 'object' && found !== null && !Array.isArray(found) ? (found as Element) : undefined;
}

function list(element: Element, name: string): Element[] {
  const found = element[name];
  return Array.isArray(found) ? found.filter((one) => typeof one === 'object') : [];
}

function text(element: Element, name: string): string | null {
  const found = element[name];
  return typeof found === 'string' && found !== '' ? found : null;
}
