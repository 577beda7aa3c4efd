/**
 * A suite list as another Windows version spells it: without the curves from Windows 10 on, with them before, and no name as
 * OpenSSL or IANA have it.
 */
import { findMeantSuite, withoutCurveSuffix } from '../cipher-suite/curve-suffix';
import { translateSuiteName } from '../cipher-suite/other-names';
import { type SuiteList, withoutDuplicates } from '../cipher-suite/suite-list';
import { hasCurveSuffixes, isSupportedOn, type WindowsVersionId, windowsDefaults } from './versions';

/** A list in the spelling of one Windows. */
export interface ConvertedList {
  readonly list: readonly string[];
  /** What was not left as it stood. A name that was there already is not repeated. */
  readonly changed: readonly { readonly name: string; readonly to: readonly string[] }[];
}

/** Keeps the order. A name that the version has no spelling for stays as it is: whether to drop it is another question. */
export function convertList(list: SuiteList, windows: WindowsVersionId): ConvertedList {
  const converted = list.map((name) => ({ name, to: convertName(name, windows) }));
  return {
    list: withoutDuplicates(converted.flatMap(({ to }) => to)),
    changed: converted.filter(({ name, to }) => to[0] !== name),
  };
}

function convertName(given: string, windows: WindowsVersionId): readonly string[] {
  const name = translateSuiteName(given) ?? given;
  if (isSupportedOn(windows, name)) return [name];
  if (!hasCurveSuffixes(windows)) return [withoutCurveSuffix(name)];
  const spellings = spellingsOn(windows, name);
  return spellings.length === 0 ? [name] : spellings;
}

/** How a version spells the suite that a name means, in its order; what it has on by default before what is off. */
export function spellingsOn(windows: WindowsVersionId, name: string): string[] {
  const meant = findMeantSuite(name);
  const { enabledByDefault, supportedButOff, pskListed } = windowsDefaults[windows];
  const matching = (names: readonly string[]) => names.filter((other) => findMeantSuite(other) === meant);
  const enabled = matching([...enabledByDefault, ...pskListed]);
  return enabled.length > 0 ? enabled : matching(supportedButOff);
}
