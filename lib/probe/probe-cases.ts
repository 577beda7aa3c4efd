/** What each case of a probe sends. */
import type { KeyWish } from './handshake';
import type { CaseId } from './probe-report';

export interface ProbeCase {
  readonly wish: KeyWish;
  readonly extendedMasterSecret: boolean;
}

const plain: KeyWish = { clientPublicZeros: 0, sharedSecretZeros: 0, premaster: 'strip', clientPublic: 'short' };
const control: ProbeCase = { wish: plain, extendedMasterSecret: true };

function secretCase(zeros: 1 | 2, premaster: KeyWish['premaster'], extendedMasterSecret = true): ProbeCase {
  return { wish: { ...plain, sharedSecretZeros: zeros, premaster }, extendedMasterSecret };
}

function publicCase(clientPublic: KeyWish['clientPublic']): ProbeCase {
  return { wish: { ...plain, clientPublicZeros: 1, clientPublic }, extendedMasterSecret: true };
}

export const probeCases: Readonly<Record<Exclude<CaseId, 'ordinary-hello'>, ProbeCase>> = {
  control,
  'control-in-older-version': control,
  'control-with-named-groups': control,
  'control-with-rare-suites': control,
  'control-with-rare-suites-and-named-groups': control,
  'control-without-extended-master-secret': { wish: plain, extendedMasterSecret: false },
  'client-public-zero-short': publicCase('short'),
  'client-public-zero-padded': publicCase('padded'),
  'shared-secret-zero': secretCase(1, 'strip'),
  'shared-secret-zero-kept': secretCase(1, 'keep'),
  'shared-secret-zero-without-extended-master-secret': secretCase(1, 'strip', false),
  'shared-secret-zero-kept-without-extended-master-secret': secretCase(1, 'keep', false),
  'shared-secret-two-zeros': secretCase(2, 'strip'),
  'shared-secret-two-zeros-kept': secretCase(2, 'keep'),
  'control-again': control,
  'server-public-zero': control,
};
