import type { EffectsMessages, OfferCounts } from '../shape';
import { counted } from './plural';

const as = (roles: readonly string[]) => (roles.length === 1 ? ` as a ${roles[0]}` : '');
const on = (system: string | null) => (system === null ? '' : ` on ${system}`);
/** That none works is told where that is known. */
const working = ({ works, mayWork }: OfferCounts, system: string | null) =>
  [
    ...(works > 0 || mayWork === 0 || system !== null
      ? [`${works || 'none'} ${works > 1 ? 'work' : 'works'}${on(system)}`]
      : []),
    ...(mayWork > 0 ? [`${mayWork} may work`] : []),
  ].join(', ');
const ofSuite = (write: string | null) => (write === null ? '' : `, write ${write}`);
const key = (path: string) => path.slice(path.lastIndexOf('\\') + 1);

export const effects: EffectsMessages = {
  verdict: {
    'dhe-offered': (counts, system) =>
      `DHE is offered: ${counts.listed} listed, ${working(counts, system)}, ${counts.dhe} of them DHE.`,
    'no-dhe-offered': (counts, system) =>
      `No DHE suite is offered: ${counts.listed} listed, ${working(counts, system)}.`,
  },
  unknown: {
    'not-in-export': 'Not known: the list in force cannot be seen, since the export does not hold it.',
    'wrong-type':
      'Not known: the list is of a type that Windows does not take, and nobody documented what it does then.',
    empty: 'Not known: the list is empty, and nobody documented what Windows does then.',
    malformed: 'Not known: the text of the policy has faults, and nobody knows what Windows makes of it.',
    'no-known-name': 'Not known: Schannel knows none of the names in the list.',
    'dhe-in-unknown-name': 'Not known: a name in the list that Schannel does not know speaks of DHE.',
    'dhe-not-in-answer':
      'Not known: the registry holds DHE suites that are not in the list in force; the next start may bring them.',
    'governing-layer-uncertain': 'Not known: it is not certain which layer is in force.',
    'dirty-hive': 'Not known: the hive was not written whole, and its logs may hold another list.',
  },
  effects: { works: 'works', 'may-work': 'may work', 'no-effect': 'no effect' },
  effectReason: {
    'unknown-name': ({ write }) => `unknown name${ofSuite(write)}`,
    'other-windows': ({ write }) => `not on this Windows${ofSuite(write[0] ?? null)}`,
    'curve-suffix': ({ write }) => `write ${write}`,
    undocumented: () => 'documented nowhere',
    'windows-unknown': () => 'version not known',
    'letter-case': ({ write }) => `write ${write}`,
    'on-request': () => 'only where a program asks for it',
    protocol: ({ protocols }) => `${protocols.map(({ protocol }) => protocol).join(', ')} off`,
    'key-exchange': ({ key: path, value }) => `${key(path)} Enabled=${value}`,
    cipher: ({ key: path, value }) => `${key(path)} Enabled=${value}`,
    hash: ({ key: path, value }) => `${key(path)} Enabled=${value}`,
    fips: () => 'FIPS mode',
  },
  cost: {
    'leaves-nothing': () => 'No cipher suite would be left at all.',
    'leaves-nothing-for-rsa': (roles) =>
      `No suite would be left that works there with TLS 1.2 or 1.3 and an RSA certificate${as(roles)}.`,
    'leaves-nothing-for-ecdsa': (roles) =>
      `No suite would be left that works there with TLS 1.2 or 1.3 and an ECDSA certificate${as(roles)}.`,
    'rests-on-may-work': (roles) =>
      `Of what would be left nothing is documented to work there with TLS 1.2 or 1.3 by default${as(roles)}: it may work.`,
    'leaves-only-tls-1-3': (roles) => `Only TLS 1.3 suites would be left${as(roles)}.`,
    'leaves-no-ecdhe': (roles) => `No ECDHE suite would be left that works there${as(roles)}.`,
    'loses-forward-secret-gcm-for-rsa': (roles) =>
      roles.includes('server')
        ? `The last forward-secret GCM suites for RSA certificates go${as(roles)}: who insists on one can no longer be talked to. An ECDSA certificate helps a server.`
        : 'The last forward-secret GCM suites for RSA certificates go: as a client this machine loses services that insist on one.',
    'loses-known-peers': (roles, peers) =>
      `Can no longer be talked to${as(roles)} (${counted(peers.length, 'known peer')}): ${peers.join('; ')}.`,
    'leaves-nothing-for-dsa': (roles) => `A DSA (DSS) certificate can no longer be used${as(roles)}.`,
    'no-known-name': () => 'Schannel knows none of the names in it.',
    'dhe-in-unknown-name': () => 'A name in it that Schannel does not know speaks of DHE.',
  },
  costsLeftOut: (count) => `Removing the DHE suites costs ${count} things: "disable --dry-run" tells them.`,
  removalCosts: (costs) => `What removing the DHE suites costs: ${costs}`,
};
