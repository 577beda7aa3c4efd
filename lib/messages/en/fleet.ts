import type { FleetMessages } from '../shape';
import { counted } from './plural';

export const fleet: FleetMessages = {
  fleet: {
    summary: ({ machines, offering, unknown }) =>
      machines === 0
        ? 'Nothing that was read tells of a machine.'
        : `${offering} of ${counted(machines, 'machine')} ${offering === 1 ? 'offers' : 'offer'} DHE${unknown === 0 ? '' : `; of ${unknown} it is not known`}.`,
    verdict: { 'dhe-offered': 'offers DHE', 'no-dhe-offered': 'no DHE', unknown: 'not known' },
    layer: { groupPolicy: 'GPO', mdm: 'MDM', local: 'local' },
    restart: { advised: 'restart', perhaps: 'restart?', 'not-needed': 'no', unknown: 'not known' },
    removal: {
      'locks-out': 'locked out',
      'has-costs': 'has costs',
      'costs-nothing': 'costs nothing',
      'nothing-to-remove': 'none to remove',
      unknown: 'not known',
    },
    drift: {
      'now-offers': 'offers DHE now',
      'now-unknown': 'not known any more',
      'no-longer-offers': 'no longer offers it',
      'list-changed': 'list changed',
      new: 'new',
      unknown: 'not known',
      same: 'same',
    },
    unknownVersion: 'not known',
    restartCounts: (advised, perhaps) =>
      `${counted(advised, 'machine needs', 'machines need')} a restart${perhaps === 0 ? '' : `, and ${perhaps} perhaps: a key of the list was written after the last start`}.`,
    lockedOut: (machines) =>
      `${counted(machines, 'machine')} would be left with nothing that works for TLS 1.2 or 1.3: "disable" refuses there.`,
    duplicates: (records) =>
      `${counted(records, 'record is', 'records are')} of a machine that has a newer one, and ${records === 1 ? 'does' : 'do'} not count.`,
    unread: (count) => `${count} could not be read, and ${count === 1 ? 'is' : 'are'} in no number here:`,
    otherFiles: (files) => `${counted(files, 'file')} in the folders ${files === 1 ? 'is' : 'are'} something else.`,
    changed: (changes, missing) =>
      `Since the older collection: ${changes}${missing === 0 ? '' : `; ${counted(missing, 'machine is', 'machines are')} in the older one alone`}.`,
    missing: (hosts, more) => `In the older one alone: ${hosts}${more === 0 ? '' : ` and ${more} more`}.`,
    layerColumns: ['set by', 'machines', 'offer DHE', 'not known'],
    versionColumns: ['Windows', 'machines', 'offer DHE', 'not known'],
    gpoColumns: ['GPO', 'machines', 'offer DHE', 'not known'],
    machineColumns: ['machine', 'DHE', 'set by', 'Windows', 'restart', 'removal'],
    more: (machines) => `... and ${counted(machines, 'more machine')}; --csv, --html and --json have all.`,
    page: {
      title: 'Which machines offer DHE',
      machines: 'Machines',
      notes: 'Sources',
      filter: 'Filter: all of these words',
      count: '{} machines',
      time: 'as of',
      drift: 'since then',
      verdict: 'verdict',
    },
  },
};
