/** The XML files of a GPO and its backup. */
import { InvalidInputError } from '../errors';
import { readWholeFile } from '../files/whole-file';
import { childOf, childrenOf, parseXml, textOf, type XmlElement } from '../files/xml';

/** Backup.xml lists every file of a GPO and its groups; 16 MiB are some hundred thousand of them. */
const largestXml = 16 * 1024 * 1024;

const isInfoName = among(['GPODisplayName', 'GPOGuid', 'GPODomain']);
const isMapName = among([
  ...['GroupPolicyObject', 'GroupPolicyCoreSettings', 'DisplayName', 'ID', 'Domain'],
  ...['GroupPolicyExtension', 'FSObjectFile', '@Path', '@Location'],
]);

function among(names: readonly string[]): (name: string) => boolean {
  const wanted = new Set(names);
  return (name) => wanted.has(name);
}

/** What a backup says about the GPO that it is of; null where it does not. */
export interface GpoIdentity {
  readonly name: string | null;
  readonly guid: string | null;
  readonly domain: string | null;
}

/** @throws FileAccessError, InputTooLargeError, InvalidInputError */
export function readBackupInfo(file: string): GpoIdentity {
  const root = childOf(readXml(file, isInfoName), 'BackupInst');
  if (root === undefined) throw new InvalidInputError(file, undefined, 'backup-info', 'another-document');
  return { name: textOf(root, 'GPODisplayName'), guid: textOf(root, 'GPOGuid'), domain: textOf(root, 'GPODomain') };
}

/**
 * Backup.xml: the identity, and where the Registry.pol of the computer half lies below the backup's folder (with
 * backslashes); null where the GPO has none.
 *
 * @throws FileAccessError, InputTooLargeError, InvalidInputError
 */
export function readBackupMap(file: string): { readonly identity: GpoIdentity; readonly registryPol: string | null } {
  const gpo = childOf(childOf(readXml(file, isMapName), 'GroupPolicyBackupScheme'), 'GroupPolicyObject');
  if (gpo === undefined) throw new InvalidInputError(file, undefined, 'backup-map', 'another-document');
  const core = childOf(gpo, 'GroupPolicyCoreSettings') ?? {};
  const files = childrenOf(gpo, 'GroupPolicyExtension').flatMap((extension) => childrenOf(extension, 'FSObjectFile'));
  const registryPol = files.find((one) => textOf(one, '@Path')?.toLowerCase() === '%gpo_mach_fspath%\\registry.pol');
  const location = registryPol === undefined ? null : textOf(registryPol, '@Location');
  if (location !== null && !location.split('\\').every((part) => /^(?!\.{1,2}$)[^/:]+$/.test(part))) {
    throw new InvalidInputError(file, undefined, 'backup-location', { text: location });
  }
  return {
    identity: { name: textOf(core, 'DisplayName'), guid: textOf(core, 'ID'), domain: textOf(core, 'Domain') },
    registryPol: location,
  };
}

/** @throws FileAccessError, InputTooLargeError, InvalidInputError */
export function readXml(file: string, keeps: (name: string) => boolean): XmlElement {
  return parseXml(decodeXml(readWholeFile(file, largestXml), file), file, { keeps });
}

function decodeXml(bytes: Uint8Array, file: string): string {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw new InvalidInputError(file, undefined, 'utf-8-text', 'neither-encoding');
  }
}
