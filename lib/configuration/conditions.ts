/** What a snapshot tells of the circumstances in which its suites work or do not. */
import type { SchannelSettings } from '../windows/schannel-settings-schema';
import type { Conditions } from '../windows/suite-effect';
import { findWindowsVersion, type WindowsVersionId } from '../windows/versions';
import type { Configuration } from './configuration';

/** The version of the snapshot's Windows; undefined where the snapshot does not hold its build. */
export function windowsVersionOf({
  windows: { build, installationType },
}: Configuration): WindowsVersionId | undefined {
  return build === null ? undefined : findWindowsVersion(build, installationType ?? undefined);
}

/**
 * @param options `isEnumerated`: the list in question is CNG's answer, which FIPS mode has filtered already; `windows`: what
 * somebody says of a snapshot that does not know its version
 */
export function conditionsOf(
  configuration: Configuration,
  { isEnumerated, windows }: { readonly isEnumerated: boolean; readonly windows?: WindowsVersionId | undefined },
): Conditions {
  return {
    windows: windowsVersionOf(configuration) ?? windows,
    settings: settingsOf(configuration),
    fips: configuration.fips === true && !isEnumerated,
  };
}

/** A snapshot from before the SCHANNEL keys were read knows of one of them all the same. */
function settingsOf({ schannel, diffieHellman: { enabled } }: Configuration): SchannelSettings {
  if (schannel.seen !== 'nothing' || enabled === null) return schannel as SchannelSettings;
  return { ...(schannel as SchannelSettings), keyExchanges: { 'Diffie-Hellman': enabled } };
}
