/** Which layer a text speaks of. */
import type { LayerId } from '../configuration/configuration';

const patterns: readonly (readonly [LayerId, RegExp])[] = [
  ['local', /Cryptography[\\/]+Configuration[\\/]+Local[\\/]+SSL[\\/]+0*10002/i],
  ['groupPolicy', /Cryptography[\\/]+Configuration[\\/]+SSL[\\/]+0*10002/i],
  ['mdm', /Cryptography[\\/]+MDMPolicies[\\/]+SSL|Cryptography[\\/]+TLSCipherSuites/i],
];

/** The layers whose key or setting is named. */
export function placesIn(text: string): LayerId[] {
  return patterns.flatMap(([layer, pattern]) => (pattern.test(text) ? [layer] : []));
}

export function namesPlace(text: string): boolean {
  return placesIn(text).length > 0;
}
