/** What a suite list can no longer do than another, counted by what each entry does on the Windows at hand. */
import type { CipherSuite } from '../cipher-suite/cipher-suite';
import { findMeantSuite } from '../cipher-suite/curve-suffix';
import type { SuiteList } from '../cipher-suite/suite-list';
import knownPeers from './known-peers.json';
import { type Conditions, type Effect, judgeSuites } from './suite-effect';
import type { Role } from './versions';

/** The first three lock a machine out. */
export const effectCostIds = [
  'leaves-nothing',
  'leaves-nothing-for-rsa',
  'leaves-nothing-for-ecdsa',
  'rests-on-may-work',
  'leaves-only-tls-1-3',
  'leaves-no-ecdhe',
  'loses-forward-secret-gcm-for-rsa',
  'loses-known-peers',
  'leaves-nothing-for-dsa',
] as const;

/** Stable: scripts may compare them. */
export type EffectCostId = (typeof effectCostIds)[number];

/** What a machine can no longer do without the suites that were taken out. */
export interface EffectCost {
  readonly id: EffectCostId;
  /** As which end of a connection the machine pays it. */
  readonly roles: readonly Role[];
  /** With `loses-known-peers`: the ids in `knownPeers` of those it can no longer talk to. */
  readonly peers: readonly string[];
}

/** A public service, or a usual setup, that takes few suites. */
export interface KnownPeer {
  readonly id: string;
  /** As its maker calls it. */
  readonly name: string;
  readonly is: Role;
  readonly hosts: readonly string[];
  /** The day for which the source says so, ISO 8601. */
  readonly asOf: string;
  /** Without curves. */
  readonly accepts: readonly string[];
  readonly source: string;
}

/** Public services and usual setups that take few suites. */
export const peers = knownPeers.peers as readonly KnownPeer[];

export interface CostOptions {
  /** The machine's certificates are all ECDSA: it needs nothing for RSA. */
  readonly ecdsaOnly?: boolean;
}

/** Reasons to change nothing at all, and to print or write no such text. */
export function isLockOut({ id }: Pick<EffectCost, 'id'>): boolean {
  return id === 'leaves-nothing' || id === 'leaves-nothing-for-rsa' || id === 'leaves-nothing-for-ecdsa';
}

/**
 * What `after` lacks. Given the same list twice it judges that list: whatever it lacks costs, except what counts only as
 * a loss (the last three). A role that had nothing before is no reason to refuse, unless neither has anything.
 */
export function judgeCosts(
  before: SuiteList,
  after: SuiteList,
  conditions: Conditions,
  { ecdsaOnly = false }: CostOptions = {},
): EffectCost[] {
  if (after.length === 0) return [{ id: 'leaves-nothing', roles: [...roles], peers: [] }];
  // Of the second list, hardly any suite is not in the first.
  const all = [...new Set([...before, ...after])];
  const used = { client: usedBy(all, conditions, 'client'), server: usedBy(all, conditions, 'server') };
  const usedOf = (list: SuiteList, role: Role) => list.flatMap((name) => used[role].get(name) ?? []);
  const had = { client: usedOf(before, 'client'), server: usedOf(before, 'server') };
  const has = { client: usedOf(after, 'client'), server: usedOf(after, 'server') };
  const costs: EffectCost[] = [];
  const add = (id: EffectCostId, applies: (role: Role) => boolean): void => {
    const paying = roles.filter(applies);
    if (paying.length > 0) costs.push({ id, roles: paying, peers: [] });
  };
  const certificate = ecdsaOnly ? 'ECDSA' : 'RSA';
  const isUsable = (used: UsedSuite): boolean => used.modern !== 'no-effect' && serves(used, certificate);
  const hasNothing = (role: Role): boolean => !has[role].some(isUsable);
  const isLost = (role: Role): boolean => hasNothing(role) && (had[role].some(isUsable) || roles.every(hasNothing));
  const loses = (role: Role, wanted: (used: UsedSuite) => boolean): boolean =>
    had[role].some(wanted) && !has[role].some(wanted);

  add(ecdsaOnly ? 'leaves-nothing-for-ecdsa' : 'leaves-nothing-for-rsa', isLost);
  // Where the version is not known every suite may work at best, which says nothing about the list.
  if (conditions.windows !== undefined) {
    add('rests-on-may-work', (role) => {
      const usable = has[role].filter(isUsable);
      return usable.length > 0 && usable.every(({ modern }) => modern === 'may-work');
    });
  }
  add('leaves-only-tls-1-3', (role) => {
    const usable = has[role].filter(isUsable);
    return usable.length > 0 && usable.every(isTls13);
  });
  add('leaves-no-ecdhe', (role) => !hasNothing(role) && !has[role].some(({ suite }) => suite.keyExchange === 'ECDHE'));
  add('loses-forward-secret-gcm-for-rsa', (role) => loses(role, isForwardSecretGcmForRsa));
  for (const role of roles) {
    const lost = peers.filter((peer) => peer.is !== role && loses(role, isAcceptedBy(peer)));
    if (lost.length > 0) costs.push({ id: 'loses-known-peers', roles: [role], peers: lost.map(({ id }) => id) });
  }
  add('leaves-nothing-for-dsa', (role) => loses(role, ({ suite }) => suite.authentication === 'DSS'));
  return costs;
}

const roles: readonly Role[] = ['client', 'server'];

/** A suite that does something in a role. */
interface UsedSuite {
  readonly suite: CipherSuite;
  /** With TLS 1.2 or TLS 1.3. */
  readonly modern: Effect;
}

/** By name, those that do something. */
function usedBy(list: SuiteList, conditions: Conditions, role: Role): Map<string, UsedSuite> {
  const used = new Map<string, UsedSuite>();
  for (const { name, effect, protocols } of judgeSuites(list, conditions, role)) {
    const suite = findMeantSuite(name);
    if (suite === undefined || effect === 'no-effect') continue;
    // None is of both.
    const modern = protocols.find(({ protocol }) => protocol === 'TLS 1.2' || protocol === 'TLS 1.3');
    used.set(name, { suite, modern: modern?.effect ?? 'no-effect' });
  }
  return used;
}

/** That it encrypts, and does so with a certificate of that kind. */
function serves(used: UsedSuite, certificate: 'RSA' | 'ECDSA'): boolean {
  const { cipher, export: isExport, authentication } = used.suite;
  return cipher !== 'NULL' && !isExport && (isTls13(used) || authentication === certificate);
}

function isTls13({ suite }: UsedSuite): boolean {
  return suite.protocols.includes('TLS 1.3');
}

/** GCM came with TLS 1.2. */
function isForwardSecretGcmForRsa(used: UsedSuite): boolean {
  const { suite } = used;
  return suite.cipher.endsWith('GCM') && suite.forwardSecrecy && serves(used, 'RSA');
}

function isAcceptedBy({ accepts }: KnownPeer): (used: UsedSuite) => boolean {
  return ({ suite, modern }) => modern !== 'no-effect' && accepts.includes(suite.name);
}
