import { describeStateProblem } from '../../errors';
import type { AssessmentMessages } from '../shape';
import { counted } from './plural';

export const assessment: AssessmentMessages = {
  join: (sentences) => sentences.join(' '),
  layer: { groupPolicy: 'Group Policy', mdm: 'MDM', local: 'the local list' },
  finding: {
    'dhe-offered': ({ suites }) => `Offered DHE suites: ${suites.join(', ')}.`,
    'dhe-hidden-by-fips': ({ suites }) =>
      `FIPS mode hides DHE suites that are still configured and return when it is turned off: ${suites.join(', ')}.`,
    'dhe-in-overridden-list': ({ suites, governing }, m) =>
      `The local list holds ${counted(suites.length, 'DHE suite that is', 'DHE suites that are')} not in force while ${m.layer[governing]} governs. "disable --local-list" removes ${suites.length === 1 ? 'it' : 'them'}.`,
    'governed-by-group-policy': ({ key }) =>
      `Group Policy sets the list (SSL Cipher Suite Order, HKLM\\${key}). Change the policy, not the machine.`,
    'governed-by-mdm': ({ key }) => `MDM sets the list (HKLM\\${key}). Change the MDM profile, not the machine.`,
    'governing-layer-uncertain': ({ layer }, m) =>
      `Probably ${m.layer[layer]} is in force, but what is known does not prove it.`,
    'policy-text-malformed': ({ layer, faultCount }, m) =>
      `The text of ${m.layer[layer]} has ${counted(faultCount, 'fault')}; Windows may recognise none of its suites. "policy text" repairs it.`,
    'policy-wrong-type': ({ layer, found, key }, m) =>
      `${m.layer[layer]}: the value in HKLM\\${key} is ${found}, should be REG_SZ; Windows ignores it.`,
    'policy-too-long': ({ length, shortened, limit }) =>
      `The policy text has ${counted(length, 'character')}, ${shortened} without DHE suites; the policy editor takes ${limit}.`,
    'policy-empty': ({ layer, key }, m) =>
      `${m.layer[layer]}: the value in HKLM\\${key} is empty. What Windows does then is not documented.`,
    'local-wrong-type': ({ found, key }) => `The local list in HKLM\\${key} is ${found}, should be REG_MULTI_SZ.`,
    'configured-enumerated-differ': ({ onlyConfigured, onlyEnumerated }) =>
      `The registry and Windows' own answer differ (only in the registry: ${onlyConfigured.join(', ') || 'none'}; only answered: ${onlyEnumerated.join(', ') || 'none'}). Restart, then look again.`,
    'layer-not-in-export': ({ key, exportKey }) =>
      `Nothing here tells of HKLM\\${key}. Have its parent exported on that machine, and give both files with --from: reg export HKLM\\${exportKey} ${exportKey.startsWith('SYSTEM') ? 'a' : 'b'}.reg`,
    'policy-without-effect': ({ key, dheSuites }) =>
      `What stands in HKLM\\${key} has no effect, and can be deleted: the policy is one for programs of 32 and 64 bits.${dheSuites.length === 0 ? '' : ` It names ${counted(dheSuites.length, 'DHE suite')}.`}`,
    'dirty-hive': () =>
      'The hive was copied before Windows had written all of it: what changed last may stand in its logs (.LOG1, .LOG2). Load it with "reg load" on any Windows, with its logs beside it, and take it again.',
    'policy-origins': ({ origins }) =>
      `Set by ${origins
        .map(({ name, links, isInForce, isDisabled, dheSuites }) => {
          const facts = [
            ...(links.length === 0 ? [] : [`linked to ${links.join(', ')}`]),
            ...(isInForce === null ? [] : [isInForce ? 'in force' : 'overridden']),
            ...(isDisabled ? ['its computer settings are disabled'] : []),
            counted(dheSuites.length, 'DHE suite'),
          ];
          return `the GPO "${name ?? '?'}" (${facts.join('; ')})`;
        })
        .join(', and by ')}.`,
    'preference-items': ({ items }) =>
      `A preference item sets the order too: ${items
        .map(({ name, links, action, isDisabled, isTargeted, dheSuites }) => {
          const facts = [
            action,
            ...(links.length === 0 ? [] : [`linked to ${links.join(', ')}`]),
            ...(isDisabled ? ['disabled'] : []),
            ...(isTargeted ? ['item-level targeting: for some machines alone'] : []),
            counted(dheSuites.length, 'DHE suite'),
          ];
          return `"${name ?? '?'}" (${facts.join('; ')})`;
        })
        .join(
          ', ',
        )}. It fights the policy, and either may win: delete the item (gpmc.msc, Edit, Computer Configuration > Preferences > Windows Settings > Registry), and let the policy alone set the order.`,
    'diffie-hellman-disabled': ({ enabled, suites }) =>
      suites.length === 0
        ? `Diffie-Hellman is switched off by its SCHANNEL key (Enabled = ${enabled}).`
        : `DHE is configured, and switched off by its SCHANNEL key (Diffie-Hellman, Enabled = ${enabled}): ${suites.join(', ')}.`,
    'diffie-hellman-unclear': ({ enabled }) =>
      `The SCHANNEL key Diffie-Hellman has Enabled = ${enabled}. Only 0 (off) and 0xffffffff (on) are documented.`,
    'nothing-works-here': ({ listed }) =>
      `${listed === 1 ? 'The one listed cipher suite does not work' : `None of the ${listed} listed cipher suites works`} on this Windows with these settings. Nothing can connect by TLS.`,
    'curve-suffixes': ({ suites }) =>
      `Names with a curve were for Windows 8.1 and older. Write instead, and set the curve order apart: ${suites.map(({ name, write }) => `${name} -> ${write}`).join(', ')}.`,
    'leading-zero-fix': ({ state, build, revision }) =>
      ({
        present: `This Windows (build ${build}.${revision ?? '?'}) has the leading-zero fix of KB4557473; other peers may lack theirs.`,
        absent: `This Windows (build ${build}.${revision ?? '?'}) lacks the leading-zero fix of KB4557473. Install KB4537806 or later.`,
        'never-made': `For this Windows (build ${build}) the leading-zero fix of KB4557473 was never made.`,
        unknown: 'Whether this Windows has the leading-zero fix of KB4557473 cannot be seen.',
      })[state],
    'event-logging-set': ({ startedAt, until, isOver }) =>
      `Schannel's EventLogging was set by this tool on ${startedAt}${until === null ? '' : ` until ${until}`}${isOver ? ', which is over' : ''}. "evidence --logging off" puts it back.`,
    'restart-advised': ({ certain }) =>
      certain
        ? 'The list was changed after the last start. Restart, to be sure that every service uses it.'
        : 'A key of the list was written after the last start. If the list changed, restart.',
    'interrupted-change': ({ operation, backupId }) =>
      operation === 'selfcheck'
        ? 'A self-check was interrupted. "restore" takes away what it left behind.'
        : `A "${operation}" was interrupted. Run "disable" to finish, or "restore ${backupId}" to go back.`,
    'stored-state-unreadable': ({ key, entries }) =>
      `Entries of this tool in HKLM\\${key} cannot be read: ${entries.map((one) => `${one.entry} (${describeStateProblem(one)})`).join(', ')}. Everything works without them; "restore --set-aside" moves them out of the way.`,
    'unknown-suites': ({ suites }) =>
      `Names that Schannel does not know, without effect here: ${suites.map(({ name, write }) => (write === null ? name : `${name} (Schannel: ${write})`)).join(', ')}.`,
    'duplicate-suites': ({ suites }) => `Listed more than once: ${suites.join(', ')}.`,
    'unsupported-suites': ({ suites }) => `Not supported by this Windows, and without effect: ${suites.join(', ')}.`,
    'windows-version-unknown': ({ build }) =>
      `The Windows version is not known (build ${build ?? 'not in the export'}).`,
  },
  severity: { error: 'problem', warning: 'warning', info: 'info' },
  next: {
    disable:
      'Next: "schannel-dhe disable --dry-run" shows what would go; "schannel-dhe disable" removes it and keeps a backup.',
    export:
      'Next: run "schannel-dhe disable" on that machine, or write an edit to import there: "schannel-dhe disable --from <this file> --out fixed.reg".',
    policy: 'Next: "schannel-dhe disable" prints the corrected policy text and where it goes; it changes nothing here.',
  },
  columns: ['#', 'cipher suite', 'key exchange', '', 'here'],
  suitesLeftOut: (count) => `${counted(count, 'suite')} without DHE not shown; "status --all" shows every suite.`,
};
