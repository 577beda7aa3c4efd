/** What a suite list can no longer do once its DHE suites are gone. */
import type { z } from 'zod';
import { type CipherSuite, findSuite } from '../cipher-suite/cipher-suite';
import type { SuiteList } from '../cipher-suite/suite-list';
import type { removalCostSchema } from './removal-cost-schema';

export type RemovalCost = z.infer<typeof removalCostSchema>;

/** What `after` lacks. The last two are costs only where `before` had it; an empty list that was empty before costs nothing. */
export function removalCosts(before: SuiteList, after: SuiteList): RemovalCost[] {
  if (before.length === after.length) return [];
  if (after.length === 0) return ['leaves-nothing'];
  const costs: RemovalCost[] = [];
  const [had, has] = [knownSuites(before), knownSuites(after)];
  if (!has.some(isUsable)) costs.push('leaves-no-usable-suite');
  else if (has.every((suite) => !isUsable(suite) || isTls13(suite))) costs.push('leaves-only-tls-1-3');
  if (!has.some(({ keyExchange }) => keyExchange === 'ECDHE')) costs.push('leaves-no-ecdhe');
  if (had.some(isForwardSecretGcmForRsa) && !has.some(isForwardSecretGcmForRsa)) {
    costs.push('loses-forward-secret-gcm-for-rsa');
  }
  if (had.some(isForDsa) && !has.some(isForDsa)) costs.push('leaves-nothing-for-dsa');
  return costs;
}

function knownSuites(list: SuiteList): CipherSuite[] {
  return list.flatMap((name) => findSuite(name) ?? []);
}

/** TLS 1.2 or TLS 1.3 can use it with an RSA or an ECDSA certificate, and it encrypts. Unknown names never count. */
function isUsable(suite: CipherSuite): boolean {
  if (suite.cipher === 'NULL' || suite.export) return false;
  if (isTls13(suite)) return true;
  return suite.protocols.includes('TLS 1.2') && (suite.authentication === 'RSA' || suite.authentication === 'ECDSA');
}

function isTls13({ protocols }: CipherSuite): boolean {
  return protocols.includes('TLS 1.3');
}

function isForwardSecretGcmForRsa(suite: CipherSuite): boolean {
  return suite.cipher.endsWith('GCM') && suite.forwardSecrecy && (suite.authentication === 'RSA' || isTls13(suite));
}

function isForDsa({ authentication }: CipherSuite): boolean {
  return authentication === 'DSS';
}
