import type { GroupPolicyMessages } from '../shape';
import { counted } from './plural';

export const groupPolicy: GroupPolicyMessages = {
  policy: {
    verdict: {
      'not-set': 'This policy does not set the SSL cipher suite order.',
      deleted: 'This policy takes the SSL cipher suite order away (Disabled): the default list of Windows is in force.',
      'in-order': 'The SSL cipher suite order is as it should be: no DHE suite, no fault.',
      'needs-repair': 'The SSL cipher suite order needs repair.',
      'too-long':
        'The SSL cipher suite order needs repair, and is too long also without DHE suites. "--shorten" helps.',
      refused: 'The SSL cipher suite order cannot be repaired automatically: no usable suite would be left.',
    },
    summary: (type, length, suites, dhe) =>
      `${type === null ? '' : `${type}, `}${counted(length, 'character')}, ${counted(suites, 'cipher suite')}, of which ${counted(dhe, 'DHE suite')} (*).`,
    corrected: (length) => `The corrected text (${counted(length, 'character')}, at most 1023):`,
    written: (file, kept) =>
      kept === null ? `${file} was written.` : `${file} was replaced; the old one is kept as ${kept}.`,
    otherNames: (count) =>
      `The old file has ${count === 1 ? 'another name (a hard link), which still leads' : `${count} other names (hard links), which still lead`} to the old content.`,
    version: {
      raised: 'The version in gpt.ini was raised. Run gpupdate /target:computer /force, then restart.',
      'in-directory':
        'This is the folder of a domain GPO, whose version also stands in Active Directory: computers do not read the file again before both rise. Set the text in gpmc.msc, or with Set-GPRegistryValue, which raise both.',
    },
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
        'needs-repair': `needs repair (${counted(dhe, 'DHE suite')}, ${counted(faults, 'fault')})`,
        'too-long': `needs repair, too long (${counted(dhe, 'DHE suite')}, ${counted(faults, 'fault')})`,
        refused: 'not repairable automatically',
      })[verdict],
    skipped: 'skipped',
    noPolicies: (folder) => `No GPO, Registry.pol or LGPO text was found in ${folder}.`,
    tally: ({ policies, setting, needRepair, preferences, refused, written, skipped }) =>
      `${counted(policies, 'policy', 'policies')}: order set in ${setting}, to be repaired ${needRepair}, with a preference item ${preferences}, not repairable automatically ${refused}, written ${written}, skipped ${skipped}.`,
    importCopies: 'Import the corrected backups: "Import Settings" in gpmc.msc, or Import-GPO.',
    staleReport: 'Its gpreport.xml still tells of the old text.',
    repairNeedsTarget: 'Give --repair with exactly one of --out <file> and --in-place.',
  },
};
