/** Every policy below a folder: GPO backups, copied SYSVOL trees, loose policy files, one at a time. */
import { cpSync, lstatSync, mkdirSync, readdirSync, realpathSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path';
import { describePreferenceItems, type PreferenceItem } from '../assessment/policy-origins';
import { InputTooLargeError, InvalidInputError, SchannelDheError } from '../errors';
import { asFileError, readWholeFile, replaceFile } from '../files/whole-file';
import { isPreferenceName, readPreferenceItems } from '../inputs/readers/preference-items';
import { recognise } from '../inputs/recognise';
import { largestRegistryPol } from '../registry-files/registry-pol';
import { type GpoIdentity, readBackupInfo, readBackupMap, readXml } from './gpo-xml';
import { decodeIni, readIniValue } from './gpt-ini';
import { type PolicyFileJudgement, type PolicyFileOptions, repairPolicyFile } from './policy-file';
import { judgePolicyInput } from './policy-input';

/** By what policies are judged, and where their corrected copies go. */
export interface ScanOptions extends PolicyFileOptions {
  /** Write a corrected copy of each backup that needs it below this folder, which is not below the scanned one. */
  readonly out?: string;
}

/** One GPO or loose file, or a folder that could not be looked into. */
export interface ScannedPolicy extends GpoIdentity {
  /** Below the scanned folder, with `/`; `''` is that folder itself. */
  readonly folder: string;
  readonly kind: 'backup' | 'sysvol' | 'file' | 'folder';
  /** Null where `error` says why nothing can be said. */
  readonly judgement: PolicyFileJudgement | null;
  /** Those that set the order beside the policy; they are never changed. */
  readonly preferenceItems: readonly PreferenceItem[];
  readonly error: SchannelDheError | null;
  /** The folder of the corrected copy. */
  readonly written: string | null;
  /** A gpreport.xml was copied with it, and tells of the old text until GPMC writes it again. */
  readonly staleReport: boolean;
  /** How much of the scanned folder's own entries are done, from 0 to 1. */
  readonly progress: number;
}

/** A GPO lies a few folders below a share; what is deeper is not looked for. */
const deepest = 16;

/**
 * Judges the GPOs one by one, in the order of their folders; memory does not grow with their number. What cannot be
 * read comes back as an item with its error, and the rest goes on. Links are not followed.
 *
 * @throws FileAccessError where the folder itself cannot be read
 * @throws InvalidInputError where `out` is inside of it
 */
export function* scanPolicies(root: string, options: ScanOptions = {}): Generator<ScannedPolicy> {
  if (options.out !== undefined) requireOutside(root, options.out);
  const top = listFolder(root);
  yield* scanFolder({ root, options, progress: 1 }, root, 0, top);
}

interface Scan {
  readonly root: string;
  readonly options: ScanOptions;
  readonly progress: number;
}

function* scanFolder(scan: Scan, folder: string, depth: number, listed?: readonly string[]): Generator<ScannedPolicy> {
  let names: readonly string[];
  try {
    names = listed ?? listFolder(folder);
  } catch (error) {
    yield describe(scan, folder, 'folder', unnamed, { error: asOurs(error) });
    return;
  }
  const find = (wanted: string) => names.find((name) => name.toLowerCase() === wanted);
  const [info, map, ini] = [find('bkupinfo.xml'), find('backup.xml'), find('gpt.ini')];
  if (info !== undefined || map !== undefined) yield scanBackup(scan, folder, info, map);
  else if (ini !== undefined) yield scanSysvol(scan, folder, ini);
  else if (depth < deepest) {
    for (const [index, name] of names.entries()) {
      const below = join(folder, name);
      const progress = depth === 0 ? (index + 1) / names.length : scan.progress;
      if (isFolder(below)) yield* scanFolder({ ...scan, progress }, below, depth + 1);
      else yield* scanFile({ ...scan, progress }, below);
    }
  }
}

/** What LGPO writes of a whole GPO is some hundred kilobytes. */
const largestText = 1024 * 1024;

/** A Registry.pol under any name, a text of LGPO, the preference items of a GPO; whatever else lies there is passed over. */
function* scanFile(scan: Scan, file: string): Generator<ScannedPolicy> {
  if (!/\.(?:pol|txt|lgpo)$|[\\/]registry\.xml$/i.test(file) || !isFile(file)) return;
  const isPol = /\.pol$/i.test(file);
  try {
    const bytes = readWholeFile(file, isPol ? largestRegistryPol : largestText);
    const { form } = recognise(bytes);
    if (!isPol && form !== 'lgpo' && form !== 'markup') return;
    const { judgement, preferenceItems } = judgePolicyInput(bytes, file, scan.options);
    yield describe(scan, file, 'file', unnamed, { judgement, preferenceItems });
  } catch (error) {
    const ours = asOurs(error);
    const isOther =
      ours instanceof InputTooLargeError || (ours instanceof InvalidInputError && ours.expected === 'suite-list');
    if (isPol || !isOther) yield describe(scan, file, 'file', unnamed, { error: ours });
  }
}

const unnamed: GpoIdentity = { name: null, guid: null, domain: null };

function scanBackup(scan: Scan, folder: string, info: string | undefined, map: string | undefined): ScannedPolicy {
  let identity = unnamed;
  try {
    if (info !== undefined) identity = readBackupInfo(join(folder, info));
    if (map === undefined) throw new InvalidInputError(folder, undefined, 'backup-map', 'no-backup-map');
    const { identity: mapped, registryPol } = readBackupMap(join(folder, map));
    if (info === undefined) identity = mapped;
    const preferenceItems = readItems(folder, ['DomainSysvol', 'GPO', 'Machine']);
    if (registryPol === null) {
      return describe(scan, folder, 'backup', identity, { judgement: notSet, preferenceItems });
    }
    return judge(scan, folder, 'backup', identity, findPath(folder, registryPol.split('\\')), preferenceItems);
  } catch (error) {
    return describe(scan, folder, 'backup', identity, { error: asOurs(error) });
  }
}

function scanSysvol(scan: Scan, folder: string, ini: string): ScannedPolicy {
  let identity: GpoIdentity = { ...unnamed, guid: basename(folder) };
  try {
    const name = readIniValue(decodeIni(readWholeFile(join(folder, ini), 1024 * 1024)), 'General', 'displayName');
    identity = { ...identity, name: name ?? null };
    const preferenceItems = readItems(folder, ['Machine']);
    const file = findPath(folder, ['Machine', 'Registry.pol'], true);
    if (file === undefined) {
      return describe(scan, folder, 'sysvol', identity, { judgement: notSet, preferenceItems });
    }
    return judge(scan, folder, 'sysvol', identity, file, preferenceItems);
  } catch (error) {
    return describe(scan, folder, 'sysvol', identity, { error: asOurs(error) });
  }
}

/** Of the computer half: the other one cannot set the order. */
function readItems(folder: string, half: readonly string[]): readonly PreferenceItem[] {
  const file = findPath(folder, [...half, 'Preferences', 'Registry', 'Registry.xml'], true);
  return file === undefined ? [] : describePreferenceItems(readPreferenceItems(readXml(file, isPreferenceName)));
}

const notSet: PolicyFileJudgement = { verdict: 'not-set', order: null };

function judge(
  scan: Scan,
  folder: string,
  kind: 'backup' | 'sysvol',
  identity: GpoIdentity,
  file: string,
  preferenceItems: readonly PreferenceItem[],
): ScannedPolicy {
  const { judgement, bytes } = repairPolicyFile(readWholeFile(file, largestRegistryPol), file, scan.options);
  const { out } = scan.options;
  if (out === undefined || kind !== 'backup' || judgement.verdict !== 'needs-repair') {
    return describe(scan, folder, kind, identity, { judgement, preferenceItems });
  }
  const written = join(out, relative(scan.root, folder) || basename(realpathSync(folder)));
  const staleReport = copyRepaired(folder, written, relative(folder, file), bytes);
  return describe(scan, folder, kind, identity, { judgement, preferenceItems, written, staleReport });
}

/** The whole folder appears under its name, repaired, or does not appear. Answers whether a report is in it. */
function copyRepaired(folder: string, target: string, file: string, bytes: Uint8Array): boolean {
  const draft = `${target}.${process.pid}.tmp`;
  try {
    if (lstatSync(target, { throwIfNoEntry: false }) !== undefined) throw systemError('EEXIST');
    mkdirSync(dirname(target), { recursive: true });
    cpSync(folder, draft, {
      recursive: true,
      errorOnExist: true,
      force: false,
      filter: (source) => !lstatSync(source).isSymbolicLink(),
    });
    replaceFile(join(draft, file), bytes);
    renameSync(draft, target);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    throw asFileError(error, target, 'write');
  }
  return listFolder(target).some((name) => name.toLowerCase() === 'gpreport.xml');
}

function systemError(code: string): Error {
  return Object.assign(new Error(code), { code });
}

function describe(
  scan: Scan,
  folder: string,
  kind: ScannedPolicy['kind'],
  identity: GpoIdentity,
  more: Partial<ScannedPolicy>,
): ScannedPolicy {
  const path = relative(scan.root, folder).split(sep).join('/');
  const nothing = { judgement: null, preferenceItems: [], error: null, written: null, staleReport: false };
  return { folder: path, kind, ...identity, ...nothing, progress: scan.progress, ...more };
}

function listFolder(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch (error) {
    throw asFileError(error, folder, 'read');
  }
}

function isFolder(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function isFile(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

function findPath(folder: string, names: readonly string[]): string;
function findPath(folder: string, names: readonly string[], mayMiss: true): string | undefined;
/** Windows does not tell case apart, other systems that hold a copy do. */
function findPath(folder: string, names: readonly string[], mayMiss = false): string | undefined {
  let path = folder;
  for (const name of names) {
    if (mayMiss && !isFolder(path)) return undefined;
    const found = listFolder(path).find((one) => one.toLowerCase() === name.toLowerCase());
    if (found === undefined && mayMiss) return undefined;
    path = join(path, found ?? name);
  }
  return path;
}

function requireOutside(root: string, out: string): void {
  let existing = out;
  while (lstatSync(existing, { throwIfNoEntry: false }) === undefined && dirname(existing) !== existing) {
    existing = dirname(existing);
  }
  const path = relative(realpathSync(root), join(realpathSync(existing), relative(existing, out)));
  if (!isAbsolute(path) && path.split(sep)[0] !== '..') {
    throw new InvalidInputError(out, undefined, 'folder-outside', 'folder-inside');
  }
}

function asOurs(error: unknown): SchannelDheError {
  if (error instanceof SchannelDheError) return error;
  throw error;
}
