/**
 * Everything that this package throws on purpose, but for `InvalidArgumentError`. `code` is literal and never changes
 * once published: branch on it, not on `message`, which is an English sentence for logs.
 */
export abstract class SchannelDheError extends Error {
  abstract readonly code: string;
}

/** An argument of this package's own functions that is none: a mistake of the caller, seen before anything is done. */
export class InvalidArgumentError extends TypeError {
  readonly code = 'INVALID_ARGUMENT';
  constructor(
    readonly argument: string,
    readonly expected: string,
    found: unknown,
  ) {
    super(`${argument}: expected ${expected}, found ${describeValue(found)}.`);
    this.found = describeValue(found);
  }
  /** The value, or its type where it is neither a text nor a number. */
  readonly found: string;
}

function describeValue(value: unknown): string {
  if (typeof value !== 'string') return typeof value === 'number' ? String(value) : typeof value;
  return quote(value.length > 80 ? `${value.slice(0, 80)}...` : value);
}

/** ASCII's control characters escaped, so that none ends a line; a path has its backslashes once. */
function quote(text: string): string {
  return JSON.stringify(text).replaceAll('\\\\', '\\');
}

/** A CNG function answered with a failing NTSTATUS (an unsigned 32-bit number; bit 31 is set). */
export class NtStatusError extends SchannelDheError {
  readonly code = 'NTSTATUS';
  constructor(
    readonly functionName: string,
    readonly status: number,
    readonly statusName: string,
  ) {
    super(
      `${functionName} was expected to succeed, but Windows answered 0x${status.toString(16).toUpperCase().padStart(8, '0')} (${statusName}).`,
    );
  }
}

/** A Win32 function failed with a system error number, such as 5 for "access is denied". */
export class Win32Error extends SchannelDheError {
  readonly code = 'WIN32';
  constructor(
    readonly functionName: string,
    readonly win32Code: number,
  ) {
    super(`${functionName} was expected to succeed, but Windows answered with system error ${win32Code}.`);
  }
}

/** This process has no Schannel to work on: not Windows, or a Windows for which no addon exists. */
export class UnsupportedPlatformError extends SchannelDheError {
  readonly code = 'UNSUPPORTED_PLATFORM';
  constructor(
    readonly platform: string,
    readonly architecture: string,
  ) {
    super(
      `Schannel is part of Windows, and this is ${platform} ${architecture}. Run it on Windows, read an export or a snapshot, or use the simulation.`,
    );
  }
}

/** The addon could not be loaded; `attempts` lists every path that was tried and why it failed. */
export class NativeBindingNotLoadedError extends SchannelDheError {
  readonly code = 'NATIVE_BINDING_NOT_LOADED';
  constructor(
    readonly architecture: string,
    readonly attempts: readonly { readonly path: string; readonly reason: string }[],
  ) {
    const advice =
      architecture === 'arm64'
        ? 'No addon is shipped for arm64: use x64 Node, which Windows on Arm runs, or build it in a checkout with "npx node-gyp rebuild"'
        : 'Reinstall the package';
    super(
      `The native addon was expected inside this package, but could not be loaded. Tried: ${attempts
        .map(({ path, reason }) => `${path} (${reason})`)
        .join('; ')}. ${advice}.`,
    );
  }
}

/** The addon beside the single executable is not the one that it was built with, so it was not loaded. */
export class AddonMismatchError extends SchannelDheError {
  readonly code = 'ADDON_MISMATCH';
  constructor(
    readonly path: string,
    readonly expectedSha256: string,
    readonly foundSha256: string,
  ) {
    super(
      `${path} was expected to be the addon of this executable (SHA-256 ${expectedSha256}), and is another file (${foundSha256}). It was not loaded. Find out who put it there, and install both files again.`,
    );
  }
}

/** A change needs an elevated process, and this one is not elevated. Nothing was changed. */
export class NotElevatedError extends SchannelDheError {
  readonly code = 'NOT_ELEVATED';
  constructor() {
    super('Changing the suite list needs an elevated process, and this one is not. Run it as administrator.');
  }
}

/** Another change holds the machine lock. Nothing was changed. */
export class MachineLockBusyError extends SchannelDheError {
  readonly code = 'MACHINE_LOCK_BUSY';
  constructor(readonly waitedMilliseconds: number) {
    super(
      `One change at a time: another one was still running after ${waitedMilliseconds} ms. Wait for it to end and run this again.`,
    );
  }
}

/** This process is elevated, and Windows denies it the machine lock all the same. Nothing was changed. */
export class MachineLockDeniedError extends SchannelDheError {
  readonly code = 'MACHINE_LOCK_DENIED';
  constructor() {
    super(
      'The lock for changes is for members of the Administrators group and for SYSTEM, and this elevated process is neither. Run it under such an account.',
    );
  }
}

/** The machine's configuration is not the one that the plan was made from. Nothing was changed. */
export class StalePlanError extends SchannelDheError {
  readonly code = 'STALE_PLAN';
  constructor(
    readonly expectedFingerprint: string,
    readonly actualFingerprint: string,
  ) {
    super('The configuration changed after the plan was made. Make a new plan and apply that.');
  }
}

/** The backup that was asked for is not in the state store; `id` is undefined where any backup would have done. */
export class BackupNotFoundError extends SchannelDheError {
  readonly code = 'BACKUP_NOT_FOUND';
  constructor(
    readonly id: string | undefined,
    readonly knownIds: readonly string[],
  ) {
    super(
      id === undefined
        ? 'A backup was expected, but none was ever made on this machine. There is nothing to restore.'
        : `Backup ${quote(id)} was not found. Known backups: ${knownIds.join(', ') || 'none'}.`,
    );
  }
}

/** What can be wrong with an entry of the state store. */
const storedStateProblems = {
  'not-text': 'it is no REG_SZ value',
  'not-json': 'it is not JSON',
  'other-member': 'is not what this version writes',
} as const;

export interface StoredStateProblem {
  readonly problem: keyof typeof storedStateProblems;
  /** With `other-member`: the first member that differs, such as `$.removed[0].name`; else null. */
  readonly path: string | null;
}

/** In English. */
export function describeStateProblem({ problem, path }: StoredStateProblem): string {
  return `${path === null ? '' : `${path} `}${storedStateProblems[problem]}`;
}

/** A backup or the journal in the state store is not what this version writes. It is left as it is. */
export class StoredStateDamagedError extends SchannelDheError {
  readonly code = 'STORED_STATE_DAMAGED';
  constructor(
    readonly entry: string,
    readonly problem: StoredStateProblem['problem'],
    readonly path: StoredStateProblem['path'],
  ) {
    super(
      `The stored entry ${quote(entry)} cannot be read: ${describeStateProblem({ problem, path })}. It was left as it is. Use another backup, or have an administrator look at that value.`,
    );
  }
}

/** A list is not what the change should have made it, although no function failed. */
export class UnexpectedListError extends SchannelDheError {
  readonly code = 'UNEXPECTED_LIST';
  constructor(
    readonly place: 'enumeration' | 'registry',
    readonly expected: readonly string[],
    readonly found: readonly string[],
  ) {
    super(
      `The ${place === 'enumeration' ? 'list that Windows answers with' : "registry's local list"} was expected to hold ${expected.length} suites after the change, in their old order, and holds ${found.length} (${found.filter((name) => !expected.includes(name)).join(', ') || 'in another order, or some are missing'}).`,
    );
  }
}

/** A value was written, and reads otherwise. */
export class UnexpectedValueError extends SchannelDheError {
  readonly code = 'UNEXPECTED_VALUE';
  constructor(
    readonly key: string,
    readonly valueName: string,
  ) {
    super(`${valueName} below HKLM\\${key} was expected to be what was written, and is not. Look who else sets it.`);
  }
}

/** Where in an input a fault was met. Lines and columns count from 1, offsets are bytes from 0, `path` is a JSON path. */
export type InputPlace = { readonly line: number } | { readonly offset: number } | { readonly path: string };

/** An input was read and is not what it should be. */
export class InvalidInputError extends SchannelDheError {
  readonly code = 'INVALID_INPUT';
  constructor(
    readonly source: string,
    readonly place: InputPlace | undefined,
    readonly expected: ExpectedInput,
    readonly found: FoundInput,
  ) {
    super(
      `${source}${place === undefined ? '' : `, ${describePlace(place)}`}: expected ${expectedInputs[expected]}, found ${describeFound(found)}.`,
    );
  }
}

/** What an input should have been, by id: the ids are stable, the English is for logs. */
export const expectedInputs = {
  'reg-header': 'the first line "Windows Registry Editor Version 5.00" or "REGEDIT4"',
  'reg-encoding': 'UTF-16LE with a byte order mark, UTF-8, or REGEDIT4 text',
  'reg-line': 'a key in [brackets], a "name"=value line, or a comment',
  'reg-key': 'a key that ends in ] and starts with a root such as HKEY_LOCAL_MACHINE',
  'reg-value-name': 'a value name in quotes, or @, followed by =',
  'reg-value-data': 'a "string", dword:, hex:, hex(n): or -',
  'reg-closing-quote': 'a closing quote at the end of the string',
  'reg-hex-bytes': 'pairs of hexadecimal digits with commas between them',
  'reg-dword': 'one to eight hexadecimal digits after dword:',
  'reg-continuation': 'more bytes on another line',
  'reg-complete-value': 'a REG_MULTI_SZ value with the zeros that end it (the file seems to be cut off)',
  'cipher-suite-keys': 'the registry key of the local suite list or of a policy that sets it',
  'suite-list': 'a list with names of cipher suites',
  'input-form':
    'a .reg file, a registry hive, reg query or reg add, a PowerShell script, Get-TlsCipherSuite, a list, CSV, JSON, Registry.pol, LGPO text, .PolicyRules, GptTmpl.inf, a Group Policy report, Registry.xml, an MDM profile, a snapshot, a record or the lines of the collector',
  'one-list': 'one list of cipher suites',
  'whole-list': 'the whole list, not cut off with dots (with "| Format-List" or "-ExpandProperty" nothing is cut)',
  'dhe-in-list': 'every DHE name inside of the one list (is a line broken, or is there a second list?)',
  'literal-value': 'a value that stands in the script as it is, since nothing of it is run',
  'control-set': 'the key SYSTEM\\Select, which tells which of the control sets is in force, since they differ',
  'cipher-suite-hive': 'the hive SYSTEM or SOFTWARE of a machine (Windows\\System32\\config)',
  'hive-header': 'the header of a registry hive ("regf", version 1, a primary file and not a log)',
  'hive-cell': 'a cell in use that lies inside of the hive',
  'hive-record': 'a record of a hive that its cell can hold',
  'registry-pol':
    'a Registry.pol, the one form that is corrected as a file ("policy text" prints the corrected text for any other)',
  'same-machine': 'what the other files of that machine hold (files of one machine agree)',
  json: 'a JSON document',
  snapshot: 'a snapshot of a machine, as this program saves it',
  'state-file': 'the saved state of a simulated machine',
  'utf-8-text': 'text in UTF-8 or UTF-16LE',
  request: 'a request {"arguments": [at most 100 texts], "input": text}',
  'probe-target': 'a host, host:port or [IPv6 address]:port, with a port from 1 to 65535',
  'probe-lines': 'a line of what an earlier "probe --hosts" printed',
  'server-name': 'the name of a server, and no address',
  'certificate-file': 'certificates in PEM, or PFX that its passphrase opens',
  'private-key-pem': 'a private key in PEM that its passphrase opens',
  'key-of-certificate': 'the key of the certificate',
  'rsa-key': 'an RSA key',
  'another-file': 'another file than the one that was read',
  'path-without-links': 'a path without links, since a link may lead elsewhere by the time of the writing',
  'unchanged-file': 'the file as it was read before',
  'pol-signature': 'the signature "PReg" at the start of a Registry.pol',
  'pol-version': 'version 1 of Registry.pol',
  'pol-record': 'the "[" that opens a record',
  'pol-key': 'a key of 1 to 32,767 characters with a NUL after it',
  'pol-separator': 'a ";" between two fields of a record',
  'pol-value-name': 'a value name of at most 259 characters with a NUL after it',
  'pol-type': 'a value type of four bytes',
  'pol-size': 'a data size of four bytes, at most 65,535',
  'pol-data': 'as many bytes of data as the record announces',
  'pol-record-end': 'the "]" that closes a record',
  xml: 'well-formed XML',
  'xml-without-dtd': 'XML without a document type definition',
  'backup-info': 'the bkupInfo.xml of a GPO backup',
  'backup-map': 'the Backup.xml of a GPO backup',
  'backup-location': 'a path below the folder of the backup',
  'folder-outside': 'a folder outside of the one that is read',
  record: 'a record of a machine, as "status --record" prints it',
  'raw-lines': 'all of the numbered lines that Get-SchannelDheRecord.ps1 printed on a machine, as they are',
  'one-machine': 'what one machine holds ("report" takes many)',
  'evidence-source':
    'Schannel events as XML, an IIS, Exchange or Zeek log, the output of tshark, or a capture (pcap, pcapng)',
  'local-address': 'an IP address, such as 192.0.2.10',
  'capture-file': 'a capture as a file, or what tshark prints of it ("evidence --tshark-command")',
  evidence: 'what "evidence --json" printed',
  'dsc-instance': 'an instance of SchannelDhe/CipherSuiteOrder as JSON ("dsc schema" prints its schema)',
  'dsc-statement': 'false, the one state that can be brought about ("restore" puts the DHE suites back)',
} as const;

export type ExpectedInput = keyof typeof expectedInputs;

/** What stood there instead, by id where there is nothing to quote: the ids are stable, the English is for logs. */
export const foundInputs = {
  nothing: 'nothing',
  'end-of-file': 'the end of the file',
  'not-json': 'no JSON',
  'another-document': 'another document',
  'another-content': 'another content',
  'changed-since': 'another content since',
  'document-type': 'a document type definition',
  'no-backup-map': 'no Backup.xml',
  'another-list': 'another list in force',
  'none-of-them': 'none of them',
  'other-hive': 'a hive of another name',
  'registry-hive': 'a registry hive ("status --from" takes one)',
  'configuration-input': 'how a machine is configured ("status --from" takes it)',
  'disk-image': 'the image of a disk (take Windows\\System32\\config\\SYSTEM and SOFTWARE out of it)',
  archive: 'a compressed archive (unpack it, and give what is in it)',
  pdf: 'a PDF document (copy the text in it)',
  program: 'a Windows program',
  'event-log': 'an event log ("wevtutil qe <file> /lf:true /f:xml" writes the XML that "evidence" takes)',
  'event-trace': 'an event trace ("pktmon etl2pcap" or etl2pcapng makes the capture of it that "evidence" takes)',
  log: 'a log of connections ("evidence" takes one)',
  certificate: 'a certificate or a key ("probe --cert" takes one)',
  capture: 'a capture ("evidence" takes one)',
  'piped-capture': 'a capture that comes through a pipe',
  image: 'a picture (copy the text that it shows)',
  'office-document': 'an Office document or an MSI package (copy the text in it)',
  binary: 'binary data',
  'list-in-force':
    'the list in force, which does not tell which layer sets it (run "schannel-dhe disable" on that machine, or export its keys)',
  'two-encodings': 'text in two encodings (something was appended to it: give both parts with --from)',
  'other-text': 'another text',
  'another-form': 'a file of another form',
  'same-file': 'the same file',
  'folder-inside': 'a folder inside of it',
  'empty-key': 'an empty one',
  'neither-encoding': 'bytes that are neither',
  'half-character': 'half a UTF-16 character',
  'big-endian': 'UTF-16 with the high byte first',
  'no-byte-order-mark': 'UTF-16 without a byte order mark',
  'zero-byte': 'a zero byte',
  'other-key': 'the key of another certificate',
  'key-of-other-type': 'a key of another type',
  'lines-missing': 'not all of them',
  'damaged-data': 'damaged data',
} as const;

/** An id, or what was found: a text of the input, bytes in hexadecimal digits, a number, and so on. */
export type FoundInput =
  | keyof typeof foundInputs
  | { readonly text: string }
  | { readonly json: string }
  | { readonly bytes: string }
  | { readonly number: number }
  | { readonly longerThan: number }
  | { readonly announced: number; readonly left: number }
  | { readonly unknownMember: string }
  | { readonly noKey: string }
  | { readonly otherValueIn: string };

function describeFound(found: FoundInput): string {
  if (typeof found === 'string') return foundInputs[found];
  if ('text' in found) return quote(found.text);
  if ('json' in found) return found.json;
  if ('bytes' in found) return `the bytes ${found.bytes}`;
  if ('number' in found) return String(found.number);
  if ('longerThan' in found) return `more than ${found.longerThan} characters`;
  if ('announced' in found) return `${found.announced} bytes announced and ${found.left} left`;
  if ('otherValueIn' in found) return `another value in HKLM\\${found.otherValueIn}`;
  return 'noKey' in found ? `no key HKLM\\${found.noKey}` : `an unknown member ${quote(found.unknownMember)}`;
}

function describePlace(place: InputPlace): string {
  if ('line' in place) return `line ${place.line}`;
  return 'offset' in place ? `offset ${place.offset}` : place.path;
}

/** What the system's codes mean, for logs. */
const reasons: Readonly<Record<string, string>> = {
  EACCES: 'EACCES, access is denied',
  EPERM: 'EPERM, that is not permitted',
  ENOENT: 'ENOENT, no such file or folder',
  EISDIR: 'EISDIR, it is a folder ("policy scan" takes one)',
  ENOTDIR: 'ENOTDIR, it is no folder ("policy file" takes a file)',
  EEXIST: 'EEXIST, it is there already',
  ENOSPC: 'ENOSPC, the disk is full',
  EBUSY: 'EBUSY, it is in use',
  NOT_A_FILE: 'a device or a pipe is no file',
};

/** A file could not be read or written; `reason` is the system's code, such as `ENOENT`, or `NOT_A_FILE`. */
export class FileAccessError extends SchannelDheError {
  readonly code = 'FILE_ACCESS';
  constructor(
    readonly file: string,
    readonly operation: 'read' | 'write',
    readonly reason: string,
  ) {
    super(`${file} could not be ${operation === 'read' ? 'read' : 'written'}: ${reasons[reason] ?? reason}.`);
  }
}

/** An input is larger than anything that it could sensibly be; sizes in bytes. */
export class InputTooLargeError extends SchannelDheError {
  readonly code = 'INPUT_TOO_LARGE';
  constructor(
    readonly source: string,
    readonly limit: number,
    readonly found: number,
  ) {
    super(`${source} may hold at most ${limit} bytes, and it holds ${found}.`);
  }
}

/** This process was started with a Node setting that could run other code in it, so it changes nothing. */
export class SteeredProcessError extends SchannelDheError {
  readonly code = 'STEERED_PROCESS';
  constructor(readonly variable: string) {
    super(
      `The environment variable ${variable} is set, which could make this program run other code with your rights. Nothing was changed. Clear it and run this again.`,
    );
  }
}

/** A TLS peer sent something that is no such message; `offset` counts bytes from the message's start. */
export class PeerMessageError extends SchannelDheError {
  readonly code = 'PEER_MESSAGE';
  constructor(
    readonly tlsMessage: string,
    readonly offset: number,
    readonly problem: string,
  ) {
    super(`${tlsMessage}, offset ${offset}: the peer sent ${problem}.`);
  }
}

/** A local address and port cannot be listened on; `reason` is the system's code, such as `EADDRINUSE`. */
export class ListenError extends SchannelDheError {
  readonly code = 'LISTEN';
  constructor(
    readonly address: string,
    readonly port: number,
    readonly reason: string,
  ) {
    super(
      `Port ${port} of ${address} cannot be listened on: ${reason}. Choose another port, or an address of this machine.`,
    );
  }
}

/** A program that is needed for an input is in none of the places where it is looked for. */
export class ProgramNotFoundError extends SchannelDheError {
  readonly code = 'PROGRAM_NOT_FOUND';
  constructor(
    readonly program: string,
    readonly tried: readonly string[],
  ) {
    super(
      `${program} was expected at ${tried.join(' or ')}, and is not there. Install Wireshark, name it with --tshark, or run the command that "evidence --tshark-command" prints where it is installed, and give its output.`,
    );
  }
}

/** Windows' own program for the event log did not give what was asked of it. */
export class EventLogReadError extends SchannelDheError {
  readonly code = 'EVENT_LOG_READ';
  constructor(
    readonly program: string,
    /** A system error number, or what kept it from starting, such as `ENOENT`. */
    readonly reason: number | string,
  ) {
    super(
      `${program} was expected to print the events of Schannel, and ended with ${reason}. Look whether this account may read the System log (5 is access denied), or save it as XML elsewhere and give the file.`,
    );
  }
}

/** The name that stands in stacks, also where the code is minified. */
function setNames(classes: Readonly<Record<string, { readonly prototype: Error }>>): void {
  for (const [name, { prototype }] of Object.entries(classes)) prototype.name = name;
}

setNames({
  InvalidArgumentError,
  NtStatusError,
  Win32Error,
  UnsupportedPlatformError,
  NativeBindingNotLoadedError,
  NotElevatedError,
  MachineLockBusyError,
  StalePlanError,
  BackupNotFoundError,
  StoredStateDamagedError,
  UnexpectedListError,
  UnexpectedValueError,
  InvalidInputError,
  FileAccessError,
  InputTooLargeError,
  SteeredProcessError,
  PeerMessageError,
  ListenError,
  ProgramNotFoundError,
  EventLogReadError,
});
