import type { FindingData, FindingId, Severity } from '../assessment/assess';
import type { RemovalCost } from '../assessment/removal-cost';
import type * as errors from '../errors';
import type { LocalUndo } from '../group-policy/change-local-policy';
import type { PolicyOwner } from '../group-policy/local-policy';
import type { PolicyFileVerdict } from '../group-policy/policy-file';
import type { PolicyTextFaultKind } from '../policy/policy-text';
import type { ClientDoubt, ClientFault, ClientVerdict, ServedCase, ServedConnection } from '../probe/judge-client';
import type { CaseId, CaseResult, Fault, InconclusiveReason, Verdict } from '../probe/probe-peer';

type Errors = {
  [Name in keyof typeof errors]: (typeof errors)[Name] extends (new (
    ...parameters: never[]
  ) => infer Thrown extends { readonly code: string })
    ? Thrown
    : never;
}[keyof typeof errors];

export type ErrorCode = Errors['code'];

/** A sentence for each error; where there is none, the error's own English is shown. */
export type ErrorSentences = { readonly [Code in ErrorCode]: (error: Extract<Errors, { code: Code }>) => string };

/** Every sentence that a person reads. Japanese has the same shape. */
export interface Messages {
  readonly layer: Readonly<Record<'groupPolicy' | 'mdm' | 'local', string>>;
  readonly verdict: Readonly<
    Record<'dhe-offered' | 'no-dhe-offered' | 'unknown', (dhe: number, all: number) => string>
  >;
  readonly finding: { readonly [Id in FindingId]: (data: FindingData[Id], messages: Messages) => string };
  readonly cost: Readonly<Record<RemovalCost, string>>;
  readonly fault: Readonly<Record<PolicyTextFaultKind, string>>;
  readonly severity: Readonly<Record<Severity, string>>;
  readonly next: Readonly<Record<'disable' | 'export' | 'policy', string>>;
  readonly error: Partial<ErrorSentences>;
  readonly columns: readonly string[];
  readonly suiteColumns: readonly string[];
  readonly backupColumns: readonly string[];
  readonly moreFaults: (count: number) => string;
  readonly unknownSchema: (name: string, known: readonly string[]) => string;
  readonly wouldRemove: (count: number, kept: number) => string;
  readonly changed: (count: number, backupId: string) => string;
  readonly nothingToDo: string;
  readonly refused: (costs: string) => string;
  readonly governed: (layer: string) => string;
  readonly deploy: Readonly<Record<'groupPolicy' | 'mdm', string>>;
  readonly costs: string;
  readonly failedUndone: (cause: string) => string;
  readonly failedUndoIncomplete: (cause: string, backupId: string) => string;
  readonly restored: (count: number, backupId: string) => string;
  readonly nothingToRestore: string;
  readonly drifted: string;
  readonly noBackups: string;
  readonly damagedBackup: string;
  readonly regFileWritten: (file: string) => string;
  readonly faultLine: (position: number, fault: string, found: string) => string;
  readonly tooLong: (length: number, limit: number, expendable: string) => string;
  readonly policy: {
    readonly verdict: Readonly<Record<PolicyFileVerdict, string>>;
    readonly summary: (type: string, length: number, suites: number, dhe: number) => string;
    readonly corrected: (length: number) => string;
    readonly written: (file: string, kept: string | null) => string;
    readonly repairNeedsTarget: string;
    readonly owner: Readonly<Record<PolicyOwner, (domainGpos: readonly string[]) => string>>;
    readonly localDone: Readonly<
      Record<'repair' | 'undo', Readonly<Record<Exclude<LocalUndo['kind'], 'nothing-to-do'>, string>>>
    >;
    readonly localInterrupted: string;
    readonly repairOrUndo: string;
    readonly holds: Readonly<Record<'yes' | 'no', string>>;
    readonly gpupdateNeedsChange: string;
    readonly repairNeedsFolder: string;
    readonly scanned: (verdict: PolicyFileVerdict, dhe: number, faults: number) => string;
    readonly skipped: string;
    readonly noPolicies: (folder: string) => string;
    readonly tally: (
      counts: Readonly<Record<'policies' | 'setting' | 'needRepair' | 'refused' | 'written' | 'skipped', number>>,
    ) => string;
    readonly importCopies: string;
    readonly staleReport: string;
  };
  readonly ask: string;
  readonly forgiven: string;
  readonly askDeepCheck: string;
  readonly probe: {
    readonly notAffected: (peer: string) => string;
    readonly affected: (peer: string, faults: string, percent: string, oneIn: number) => string;
    readonly noDheOffered: (peer: string) => string;
    readonly inconclusive: (peer: string, reason: string) => string;
    readonly advice: Readonly<Record<Verdict['id'], string | null>>;
    readonly fault: Readonly<Record<Fault, string>>;
    readonly reason: Readonly<Record<InconclusiveReason, string>>;
    readonly server: (suite: string, group: string, bits: number) => string;
    readonly ownGroup: string;
    readonly reusesKey: string;
    readonly ownPublicZeros: Readonly<Record<'padded' | 'short', string>>;
    readonly case: Readonly<Record<CaseId, string>>;
    readonly result: Readonly<Record<CaseResult['result'], string>>;
    readonly columns: readonly string[];
    readonly measureColumns: readonly string[];
    readonly noFailures: string;
    readonly fitsNothing: string;
    readonly fits: (rates: string) => string;
  };
  readonly listen: {
    readonly listening: (place: string, url: string, isLoopback: boolean) => string;
    readonly notAffected: (client: string) => string;
    readonly affected: (client: string, faults: string, percent: string, oneIn: number) => string;
    readonly noDheOffered: (client: string) => string;
    readonly inconclusive: (client: string, reason: string) => string;
    readonly advice: Readonly<Record<ClientVerdict['id'], string | null>>;
    readonly fault: Readonly<Record<ClientFault, string>>;
    readonly reason: Readonly<Record<ClientDoubt, string>>;
    readonly case: Readonly<Record<ServedCase | 'none', string>>;
    readonly result: Readonly<Record<ServedConnection['result'], string>>;
    readonly sharedSecretZero: string;
    readonly columns: readonly string[];
    readonly odds: (handshakes: number, percent: string, needed: number) => string;
    readonly nobody: string;
    readonly turnedAway: (count: number) => string;
  };
  readonly unexpected: string;
}

export const en: Messages = {
  layer: { groupPolicy: 'Group Policy', mdm: 'MDM', local: 'the local list' },
  verdict: {
    'dhe-offered': (dhe, all) => `DHE is offered: ${dhe} of the ${all} cipher suites in force are DHE suites.`,
    'no-dhe-offered': (_, all) => `No DHE suite is offered (${all} cipher suites in force).`,
    unknown: () => 'The list in force cannot be seen: the export does not hold it.',
  },
  finding: {
    'dhe-offered': ({ suites }) => `Offered DHE suites: ${suites.join(', ')}.`,
    'dhe-hidden-by-fips': ({ suites }) =>
      `FIPS mode hides DHE suites that are still configured and return when it is turned off: ${suites.join(', ')}.`,
    'dhe-in-overridden-list': ({ suites, governing }, m) =>
      `The local list holds ${suites.length} DHE suites that are not in force while ${m.layer[governing]} governs. "disable --local-list" removes them.`,
    'governed-by-group-policy': ({ key }) =>
      `Group Policy sets the list (SSL Cipher Suite Order, HKLM\\${key}). Change the policy, not the machine.`,
    'governed-by-mdm': ({ key }) => `MDM sets the list (HKLM\\${key}). Change the MDM profile, not the machine.`,
    'governing-layer-uncertain': ({ layer }, m) =>
      `Probably ${m.layer[layer]} is in force, but what is known does not prove it.`,
    'policy-text-malformed': ({ layer, faultCount }, m) =>
      `The text of ${m.layer[layer]} has ${faultCount} faults; Windows may recognise none of its suites. "policy text" repairs it.`,
    'policy-wrong-type': ({ layer, found, key }, m) =>
      `${m.layer[layer]}: the value in HKLM\\${key} is ${found}, should be REG_SZ; Windows ignores it.`,
    'policy-too-long': ({ length, limit }) =>
      `The policy text has ${length} characters; the policy editor takes ${limit}.`,
    'policy-empty': ({ layer, key }, m) =>
      `${m.layer[layer]}: the value in HKLM\\${key} is empty. What Windows does then is not documented.`,
    'local-wrong-type': ({ found, key }) => `The local list in HKLM\\${key} is ${found}, should be REG_MULTI_SZ.`,
    'configured-enumerated-differ': ({ onlyConfigured, onlyEnumerated }) =>
      `The registry and Windows' own answer differ (only in the registry: ${onlyConfigured.join(', ') || 'none'}; only answered: ${onlyEnumerated.join(', ') || 'none'}). Restart, then look again.`,
    'layer-not-in-export': ({ key }) =>
      `The export does not hold HKLM\\${key}. Export it too: reg export "HKLM\\${key}" file.reg`,
    'diffie-hellman-disabled': ({ enabled }) =>
      `Diffie-Hellman is switched off by its SCHANNEL key (Enabled = ${enabled}).`,
    'leading-zero-fix': ({ state, build, revision }) =>
      ({
        present: `This Windows (build ${build}.${revision ?? '?'}) has the leading-zero fix of KB4557473; other peers may lack theirs.`,
        absent: `This Windows (build ${build}.${revision ?? '?'}) lacks the leading-zero fix of KB4557473. Install KB4537806 or later.`,
        'never-made': `For this Windows (build ${build}) the leading-zero fix of KB4557473 was never made.`,
        unknown: 'Whether this Windows has the leading-zero fix of KB4557473 cannot be seen.',
      })[state],
    'restart-advised': ({ certain }) =>
      certain
        ? 'The list was changed after the last start. Restart, to be sure that every service uses it.'
        : 'A key of the list was written after the last start. If the list changed, restart.',
    'interrupted-change': ({ operation, backupId }) =>
      `A "${operation}" was interrupted. Run "disable" to finish, or "restore ${backupId}" to go back.`,
    'unknown-suites': ({ suites }) =>
      `Names that Schannel never documented; they are left alone: ${suites.join(', ')}.`,
    'duplicate-suites': ({ suites }) => `Listed more than once: ${suites.join(', ')}.`,
    'unsupported-suites': ({ suites }) => `Not supported by this Windows, and without effect: ${suites.join(', ')}.`,
    'windows-version-unknown': ({ build }) =>
      `The Windows version is not known (build ${build ?? 'not in the export'}).`,
    'removal-costs': ({ costs }, m) =>
      `Removing the DHE suites has a price: ${costs.map((cost) => m.cost[cost]).join(' ')}`,
  },
  cost: {
    'leaves-nothing': 'No cipher suite would be left at all.',
    'leaves-no-usable-suite': 'No suite would be left that TLS 1.2 or 1.3 can use with an RSA or ECDSA certificate.',
    'leaves-only-tls-1-3': 'Only TLS 1.3 suites would be left.',
    'leaves-no-ecdhe': 'No ECDHE suite would be left.',
    'loses-forward-secret-gcm-for-rsa':
      'The last forward-secret GCM suites for RSA certificates go; use an ECDSA certificate.',
    'leaves-nothing-for-dsa': 'A DSA (DSS) certificate can no longer be used.',
  },
  fault: {
    'wrong-separator': 'wrong separator, replaced',
    'missing-separator': 'no separator between two names, inserted',
    'leading-separator': 'separator before the first name, removed',
    'doubled-separator': 'doubled separator, removed',
    'trailing-separator': 'separator after the last name, removed',
    'full-width': 'full-width characters, replaced by ASCII',
    invisible: 'invisible characters, removed',
    'white-space': 'white space, removed',
    'blank-inside-name': 'white space inside a name, removed',
    quote: 'quotation mark, removed',
    'lower-case': 'lower-case letters, replaced',
    duplicate: 'second mention of a name, removed',
    'unknown-name': 'unknown name, kept',
  },
  severity: { error: 'error', warning: 'warning', info: 'info' },
  next: {
    disable:
      'Next: "schannel-dhe disable --dry-run" shows what would go; "schannel-dhe disable" removes it and keeps a backup.',
    export:
      'Next: run "schannel-dhe disable" on that machine, or write an edit to import there: "schannel-dhe disable --from <this file> --out fixed.reg".',
    policy: 'Next: "schannel-dhe disable" prints the corrected policy text and where it goes; it changes nothing here.',
  },
  error: {
    UNSUPPORTED_PLATFORM: ({ platform, architecture }) =>
      `Schannel is part of Windows, and this is ${platform} ${architecture}. Read a machine's export or snapshot with --from <file>, or use a simulated machine with --simulate <windows version>.`,
  },
  columns: ['#', 'cipher suite', 'key exchange', ''],
  suiteColumns: ['cipher suite', 'number', 'key exchange', 'protocols'],
  backupColumns: ['backup', 'suites', 'removed'],
  moreFaults: (count) => `... and ${count} more faults; --json lists them.`,
  unknownSchema: (name, known) => `There is no schema ${JSON.stringify(name)}. Known: ${known.join(', ')}.`,
  wouldRemove: (count, kept) =>
    `Dry run: ${count} DHE suites would be removed, ${kept} would stay in their order. Nothing was changed.`,
  changed: (count, id) =>
    `Removed ${count} DHE suites; the list was read again and is as planned. Restart, to be sure that every service uses it. Undo: schannel-dhe restore ${id}`,
  nothingToDo: 'Nothing to do: no DHE suite is configured.',
  refused: (costs) => `Refused, nothing was changed. ${costs}`,
  governed: (layer) =>
    `${layer} sets the list, so changing this machine would have no effect. The corrected policy text:`,
  deploy: {
    groupPolicy: `What to do:
1. Open the policy: for a domain gpmc.msc, the GPO, Edit; for this machine alone gpedit.msc.
2. Computer Configuration > Policies > Administrative Templates > Network > SSL Configuration Settings > "SSL Cipher Suite Order" (gpedit.msc has no "Policies" level).
3. Select Enabled, replace everything in "SSL Cipher Suites" with this text, and press OK.
4. Computers take it over within 90 to 120 minutes (later across sites), or at once with gpupdate /target:computer. Then restart them.`,
    mdm: 'Put it into the MDM profile, ./Device/Vendor/MSFT/Policy/Config/Cryptography/TLSCipherSuites (names with semicolons between them). Then sync and restart.',
  },
  costs: 'What it costs:',
  failedUndone: (cause) => `It failed and was undone; the list is the old one. ${cause}`,
  failedUndoIncomplete: (cause, id) =>
    `It failed and could not be undone completely. ${cause} Run: schannel-dhe restore ${id}`,
  restored: (count, id) =>
    `Put ${count} suites back from backup ${id}; the list was read again and proved. Restart, to be sure.`,
  nothingToRestore: 'Nothing to do: every suite of the backup is in its place.',
  drifted:
    'Refused: the list was changed since by something else. "restore --force" puts the suites behind their old neighbours.',
  noBackups: 'No backup was made on this machine.',
  damagedBackup: 'cannot be read',
  regFileWritten: (file) =>
    `${file} was written. Import it on that machine as administrator, then restart. Microsoft supports changing the list through CNG; running this tool there is the better way.`,
  faultLine: (position, fault, found) => `position ${position}: ${fault} (${found})`,
  tooLong: (length, limit, names) =>
    `The text has ${length} characters, the policy editor takes ${limit}. What could go first: ${names || 'nothing'}.`,
  policy: {
    verdict: {
      'not-set': 'This policy does not set the SSL cipher suite order.',
      deleted: 'This policy takes the SSL cipher suite order away (Disabled): the default list of Windows is in force.',
      'in-order': 'The SSL cipher suite order is as it should be: no DHE suite, no fault.',
      'needs-repair': 'The SSL cipher suite order needs repair.',
      'too-long':
        'The SSL cipher suite order needs repair, and is too long also without DHE suites. "--shorten" helps.',
      refused: 'The SSL cipher suite order needs a person: repaired, it would leave no usable suite.',
    },
    summary: (type, length, suites, dhe) =>
      `${type}, ${length} characters, ${suites} cipher suites, ${dhe} of them DHE suites (*).`,
    corrected: (length) => `The corrected text (${length} characters, at most 1023):`,
    written: (file, kept) =>
      kept === null ? `${file} was written.` : `${file} was replaced; the old one is kept as ${kept}.`,
    owner: {
      none: () => 'No policy sets the SSL cipher suite order on this machine.',
      'local-gpo': (gpos) =>
        `The order in force is the one that the local GPO sets.${gpos.length === 0 ? '' : ` Domain GPOs apply here too, and win where they set it: ${gpos.join(', ')}.`}`,
      mdm: () => 'The order in force was set by MDM (ADMX_CipherSuiteOrder). Correct the MDM profile.',
      'domain-gpo': (gpos) =>
        `The order in force is not from the local GPO; a domain GPO set it, one of these (the last one wins): ${gpos.join(', ')}.`,
      unknown: () => 'An order is in force, and nothing on this machine tells who set it: no known owner.',
    },
    localDone: {
      repair: {
        changed:
          'The local GPO was corrected; "policy local --undo" puts the old text back. Run gpupdate /target:computer /force, then restart.',
        finished: 'The repair that was interrupted is finished. Run gpupdate /target:computer /force, then restart.',
        refused: 'Nothing was changed.',
      },
      undo: {
        changed:
          'The text from before the repair is back in the local GPO. Run gpupdate /target:computer /force, then restart.',
        finished: 'The undo that was interrupted is finished. Run gpupdate /target:computer /force, then restart.',
        refused:
          'Nothing was changed: the local GPO no longer says what the repair wrote. Look at it first; --force puts the old text back all the same.',
      },
    },
    localInterrupted: 'A repair or undo of the local GPO was interrupted. Run "policy local" with --repair or --undo.',
    repairOrUndo: 'Give --repair or --undo, not both.',
    holds: {
      yes: 'Group Policy was refreshed and read again: the corrected text is in force. Restart, to be sure.',
      no: 'Group Policy was refreshed and read again: the corrected text is not in force. A domain policy may win.',
    },
    gpupdateNeedsChange: 'Give --gpupdate together with --repair or --undo.',
    repairNeedsFolder: 'Give --repair with --out <folder>.',
    scanned: (verdict, dhe, faults) =>
      ({
        'not-set': 'not set',
        deleted: 'disabled',
        'in-order': 'in order',
        'needs-repair': `needs repair (${dhe} DHE suites, ${faults} faults)`,
        'too-long': `needs repair, too long (${dhe} DHE suites, ${faults} faults)`,
        refused: 'needs a person',
      })[verdict],
    skipped: 'skipped',
    noPolicies: (folder) => `No GPO was found in ${folder}.`,
    tally: ({ policies, setting, needRepair, refused, written, skipped }) =>
      `${policies} GPOs: ${setting} set the order, ${needRepair} need repair, ${refused} need a person, ${written} written, ${skipped} skipped.`,
    importCopies: 'Import the corrected backups: "Import Settings" in gpmc.msc, or Import-GPO.',
    staleReport: 'Its gpreport.xml still tells of the old text.',
    repairNeedsTarget: 'Give --repair with exactly one of --out <file> and --in-place.',
  },
  ask: 'Remove these suites? [y/N] ',
  askDeepCheck:
    'This changes the suite list and the policies of this machine for some seconds and puts them back. Go on? [y/N] ',
  forgiven: 'Only an attempt was asked for (--best-effort), so this ends as a success.',
  probe: {
    notAffected: (peer) => `${peer} is not affected: it handles leading zero bytes as RFC 5246 says.`,
    affected: (peer, faults, percent, oneIn) =>
      `${peer} is affected. ${faults} About ${percent} of its DHE connections fail (1 in ${oneIn}).`,
    noDheOffered: (peer) => `${peer} offers no TLS 1.2 DHE suite, so the fault cannot occur.`,
    inconclusive: (peer, reason) => `${peer} could not be judged: ${reason}.`,
    advice: {
      'not-affected': null,
      affected:
        'Update that server, or stop it from offering DHE. Until then stop offering DHE on the Windows side: schannel-dhe disable.',
      'no-dhe-offered': null,
      inconclusive: null,
    },
    fault: {
      'keeps-zeros': 'It keeps the leading zero bytes of the shared secret, which RFC 5246 (8.1.2) strips.',
      'fails-on-zeros': 'It fails where the shared secret begins with a zero byte.',
      'refuses-short-public': "It refuses a client's public value that is sent without its leading zero byte.",
      'refuses-padded-public': "It refuses a client's public value that is sent with its leading zero byte.",
    },
    reason: {
      unreachable: 'no connection could be made; check the port, and whether a firewall is in between',
      'no-such-host': 'its name leads to no address; check the spelling, or give the address',
      timeout: 'it did not answer in time',
      malformed: 'what it sent is no TLS 1.2 handshake',
      'control-failed': 'a handshake without any leading zero failed too',
      unstable: 'it began to refuse ordinary handshakes as well',
      'no-such-key': 'its group leads to no key that could be tried',
      interrupted: 'it was interrupted',
      'total-time': 'the time for all of it (--total) was up',
    },
    server: (suite, group, bits) => `Negotiated ${suite}, group ${group} (${bits} bits).`,
    ownGroup: 'of its own',
    reusesKey: 'It uses one key for several connections (the Raccoon attack needs that).',
    ownPublicZeros: {
      padded: 'It sends its own public value with leading zero bytes.',
      short: 'It sends its own public value without leading zero bytes.',
    },
    case: {
      control: 'no leading zero',
      'control-without-extended-master-secret': 'no leading zero, no extended master secret',
      'shared-secret-zero': 'shared secret with a zero byte, stripped',
      'shared-secret-zero-without-extended-master-secret': 'the same, no extended master secret',
      'shared-secret-zero-kept': 'shared secret with a zero byte, kept',
      'shared-secret-two-zeros': 'shared secret with two zero bytes, stripped',
      'shared-secret-two-zeros-kept': 'shared secret with two zero bytes, kept',
      'client-public-zero-short': 'client public value with a zero byte, sent short',
      'client-public-zero-padded': 'client public value with a zero byte, sent padded',
      'control-again': 'no leading zero, once more',
    },
    result: {
      completed: 'completed',
      alert: 'alert',
      closed: 'closed',
      timeout: 'no answer in time',
      unreachable: 'no connection',
      malformed: 'malformed',
      'no-such-key': 'no such key',
    },
    columns: ['handshake', 'result', 'time'],
    measureColumns: ['', 'handshakes', 'failed', 'unreachable', 'rate', '95 % interval'],
    noFailures:
      'No DHE handshake failed. A few thousand are needed to rule a rate of 1 in 256 out; "probe" without --measure decides it in ten.',
    fitsNothing: 'The rate fits neither 1/256 nor 3/256 (1.17 %): these failures have another cause, or more than one.',
    fits: (rates) => `The rate fits the leading-zero fault (${rates}). "probe" without --measure proves it.`,
  },
  listen: {
    listening: (place, url, isLoopback) =>
      `Listening on ${place}${isLoopback ? ', which only this machine can reach (--address 0.0.0.0 lets others in)' : ''}. Let the client connect at least three times without checking the certificate, as with: curl.exe -k ${url}
Ctrl-C ends it and judges the clients.`,
    notAffected: (client) => `${client} is not affected: it handles leading zero bytes as RFC 5246 says.`,
    affected: (client, faults, percent, oneIn) =>
      `${client} is affected. ${faults} About ${percent} of its DHE connections fail (1 in ${oneIn}).`,
    noDheOffered: (client) => `${client} offers no TLS 1.2 DHE suite for RSA certificates, so the fault cannot occur.`,
    inconclusive: (client, reason) => `${client} could not be judged: ${reason}.`,
    advice: {
      'not-affected': null,
      affected:
        'Update that client (Windows: see KB4557473), or stop it from offering DHE: run schannel-dhe disable there.',
      'no-dhe-offered': null,
      inconclusive: null,
    },
    fault: {
      'keeps-zeros': 'It keeps the leading zero bytes of the shared secret, which RFC 5246 (8.1.2) strips.',
      'fails-on-zeros': 'It fails where the shared secret begins with a zero byte.',
      'refuses-short-server-public': "It refuses a server's public value that is sent without its leading zero byte.",
      'refuses-padded-server-public': "It refuses a server's public value that is sent with its leading zero byte.",
    },
    reason: {
      'no-handshake': 'it began no TLS handshake',
      'no-tls-1.2': 'it does not speak TLS 1.2',
      'certificate-refused': 'it refuses the self-signed certificate; tell it not to check (curl -k)',
      'control-failed': 'handshakes without any leading zero failed too',
      unstable: 'the same handshake sometimes completed and sometimes failed',
      'too-few-connections': 'it needs at least three connections, one for each kind of server value',
      'shared-secret-not-seen':
        "it takes the server's values with zeros, but no shared secret has begun with a zero byte yet",
    },
    case: {
      control: 'server value without leading zero',
      'server-public-zero-short': 'server value with a zero byte, sent short',
      'server-public-zero-padded': 'server value with a zero byte, sent padded',
      none: 'no server value sent',
    },
    result: {
      completed: 'completed',
      alert: 'alert',
      closed: 'closed',
      timeout: 'no answer in time',
      malformed: 'malformed',
      'no-dhe-offered': 'no DHE suite offered',
      'no-tls-1.2': 'no TLS 1.2 offered',
      'wrong-keys': 'made other keys',
      'kept-zeros': 'kept the zeros of the shared secret',
    },
    sharedSecretZero: 'shared secret with a zero byte',
    columns: ['handshake', 'completed', 'failed'],
    odds: (handshakes, percent, needed) =>
      `A zero byte in the shared secret is a matter of luck here: with ${handshakes} handshakes the odds of having seen one are ${percent}; ${needed} make it 99 %.`,
    nobody: 'No client connected.',
    turnedAway: (count) => `${count} connections were turned away: too many at once, or from too many addresses.`,
  },
  unexpected: 'Unexpected',
};
