/** Which layer a text speaks of. */
import type { LayerId } from '../configuration/configuration';

const patterns: readonly (readonly [LayerId, RegExp])[] = [
  ['local', /Cryptography[\\/]+Configuration[\\/]+Local[\\/]+SSL(?:[\\/]+0*10002|\s[\s\S]{0,400}?^00010002\b)/im],
  // `Get-Item` names the parent as the hive, and the key below it.
  ['groupPolicy', /Cryptography[\\/]+Configuration[\\/]+SSL(?:[\\/]+0*10002|\s[\s\S]{0,400}?^00010002\b)/im],
  ['mdm', /Cryptography[\\/]+MDMPolicies[\\/]+SSL|Cryptography[\\/_]+TLSCipherSuites/i],
];

/** The layers whose key or setting is named. */
export function placesIn(text: string): LayerId[] {
  return patterns.flatMap(([layer, pattern]) => (pattern.test(text) ? [layer] : []));
}

export function namesPlace(text: string): boolean {
  return placesIn(text).length > 0;
}
