/**
 * The one judgement of a policy value: what is in force, what is wrong with it, and what should stand there. Whoever shows,
 * plans, prints or writes a policy asks here.
 */
import type { z } from 'zod';
import { isDheSuite } from '../cipher-suite/cipher-suite';
import { findMeantSuite } from '../cipher-suite/curve-suffix';
import { translateSuiteName } from '../cipher-suite/other-names';
import {
  doubtfulDheNames,
  isSameList,
  type SuiteList,
  withoutDheSuites,
  withoutDuplicates,
} from '../cipher-suite/suite-list';
import type { DeepReadonly } from '../deep-readonly';
import {
  decodeMultiString,
  decodeWholeString,
  RegistryType,
  type RegistryValue,
  registryTypeName,
} from '../registry-files/registry-value';
import { type ConvertedList, convertList } from '../windows/convert-list';
import { type CostOptions, isLockOut, judgeCosts } from '../windows/effect-costs';
import { noSchannelSettings } from '../windows/schannel-settings';
import { type Conditions, judgeSuitesInAnyRole } from '../windows/suite-effect';
import { hasCurveSuffixes, type WindowsVersionId } from '../windows/versions';
import type { costSchema } from './cost-schema';
import {
  formatPolicyText,
  measurePolicyText,
  type PolicySeparator,
  type PolicyTextFault,
  type PolicyTextFaultKind,
  type PolicyTextLength,
  repairPolicyText,
  shortenPolicyList,
} from './policy-text';

/** Why nobody knows what Windows makes of a value. */
export type PolicyDoubt = 'wrong-type' | 'empty' | 'malformed' | NameRefusal;

/** What a policy text does, and what it should be. */
export interface PolicyJudgement {
  /** Of the value as it stands. `no-dhe-offered` only where it is well formed and none of its DHE suites works or may work. */
  readonly verdict: 'dhe-offered' | 'no-dhe-offered' | 'unknown';
  /** The first reason for `unknown`, else null. */
  readonly doubt: PolicyDoubt | null;
  /** Such as `REG_SZ`; null for a text that came from no registry. */
  readonly type: string | null;
  /** As it stands; the strings of a REG_MULTI_SZ with separators between them. */
  readonly text: string;
  /** The list that was meant. */
  readonly list: readonly string[];
  /** Its DHE suites, in any spelling. */
  readonly dheSuites: readonly string[];
  readonly faults: readonly PolicyTextFault[];
  readonly faultCount: number;
  /** Schannel's names for those that are spelt as other programs do. */
  readonly translations: readonly { readonly name: string; readonly write: string }[];
  /** With `convert`: what the named versions spell otherwise. */
  readonly converted: ConvertedList['changed'];
  /** What should stand there; whether it may be printed or written, `refusals` tells. */
  readonly corrected: {
    readonly text: string;
    readonly list: readonly string[];
    /** The DHE suites that were taken out, and what was dropped to fit. */
    readonly removed: readonly string[];
    readonly dropped: readonly string[];
    /** Against the limit of the policy editor; null for MDM, which has none that is known. */
    readonly length: PolicyTextLength | null;
  };
  /** Whether nothing needs correcting. */
  readonly isInOrder: boolean;
  /** Reasons never to print, write or put in force the corrected text. */
  readonly refusals: readonly Cost[];
  readonly warnings: readonly Cost[];
}

/** What a list costs on one of the named versions, null where none was named; or what is wrong with its names. */
export type Cost = DeepReadonly<z.infer<typeof costSchema>>;

/** Reasons to change nothing at all, and to print or write no such text. */
export function isRefusal({ id }: Cost): boolean {
  return id === 'no-known-name' || id === 'dhe-in-unknown-name' || isLockOut({ id });
}

export type NameRefusal = 'no-known-name' | 'dhe-in-unknown-name';

/** By what a policy text is judged. */
export interface PolicyJudgementOptions extends CostOptions {
  /** The versions that the policy is for. Where none is named, every documented name may work. */
  readonly windows?: readonly WindowsVersionId[];
  /** The settings and FIPS mode of the machine at hand, where there is one. */
  readonly machine?: Pick<Conditions, 'settings' | 'fips'>;
  readonly keepDhe?: boolean;
  /** Write the names of other programs as Schannel does. */
  readonly translate?: boolean;
  /** Write every name as the named versions spell it, where all of them do so alike: with its curve, or without. */
  readonly convert?: boolean;
  /** Drop expendable suites from a text that is too long for the policy editor. */
  readonly shorten?: boolean;
  /** Refuse where the guard would only warn. */
  readonly strict?: boolean;
}

/** Judges a value of the registry, or of a Registry.pol. MDM's type is not documented: a text or a list may be right. */
export function judgePolicyValue(
  { type, data }: RegistryValue,
  separator: PolicySeparator,
  options: PolicyJudgementOptions = {},
): PolicyJudgement {
  const isList = type === RegistryType.multiString;
  const isText = type === RegistryType.string || type === RegistryType.expandString;
  const text = isList ? decodeMultiString(data).join(separator) : isText ? decodeWholeString(data) : '';
  const isRight = type === RegistryType.string || (separator === ';' && isList);
  return judge(text, { name: registryTypeName(type), isRight }, separator, options);
}

/** Judges a text that somebody has in hand. */
export function judgePolicyText(
  text: string,
  separator: PolicySeparator,
  options: PolicyJudgementOptions = {},
): PolicyJudgement {
  return judge(text, { name: null, isRight: true }, separator, options);
}

function judge(
  text: string,
  type: { readonly name: string | null; readonly isRight: boolean },
  separator: PolicySeparator,
  options: PolicyJudgementOptions,
): PolicyJudgement {
  const { windows = [], shorten = false, keepDhe = false, translate = false, strict = false } = options;
  const repaired = repairPolicyText(text, separator);
  const { list, faults, faultCount } = repaired;
  const machine = options.machine ?? { settings: noSchannelSettings, fips: false };
  const conditions = (windows.length === 0 ? [undefined] : windows).map((version) => ({
    windows: version,
    ...machine,
  }));
  const translations = list.flatMap((name) => {
    const write = translateSuiteName(name);
    return write === undefined ? [] : [{ name, write }];
  });
  const translated = translate ? withoutDuplicates(list.map((name) => translateSuiteName(name) ?? name)) : list;
  const { list: wanted, changed: converted } = options.convert
    ? spellFor(translated, windows)
    : { list: translated, changed: [] };
  const kept = keepDhe ? wanted : withoutDheSuites(wanted);
  const keptNames = new Set(kept);
  const { list: target, dropped } = shorten ? shortenPolicyList(kept, windows) : { list: kept, dropped: [] };
  const dheSuites = list.filter(isDheSuite);
  const isOffered = conditions.some((condition) =>
    judgeSuitesInAnyRole(dheSuites, condition).some(({ effect }) => effect !== 'no-effect'),
  );
  const isRepeated = faults.some(({ kind }) => kind === 'duplicate');
  const found = findDoubt(text, type.isRight, repaired);
  const doubt = found === 'dhe-in-unknown-name' && isOffered ? null : found;
  const costs = judgeTarget(wanted, target, conditions, options);
  const refusals = costs.filter((cost) => strict || isRefusal(cost));
  return {
    verdict: doubt !== null ? 'unknown' : isOffered ? 'dhe-offered' : 'no-dhe-offered',
    doubt,
    type: type.name,
    text,
    list,
    dheSuites,
    faults,
    faultCount,
    translations,
    converted,
    corrected: {
      text: formatPolicyText(target, separator),
      list: target,
      removed: wanted.filter((name) => !keptNames.has(name)),
      dropped,
      length: separator === ',' ? measurePolicyText(target, windows) : null,
    },
    isInOrder: doubt === null && !isRepeated && isSameList(target, list) && refusals.length === 0,
    refusals,
    warnings: costs.filter((cost) => !refusals.includes(cost)),
  };
}

/**
 * Faults that leave no doubt about the list: Microsoft's text for the setting lets every name end with a comma, a second
 * mention adds nothing, and a name that Windows does not know is without effect.
 */
const harmless: readonly PolicyTextFaultKind[] = ['trailing-separator', 'duplicate', 'unknown-name', 'other-spelling'];

function findDoubt(
  text: string,
  isRightType: boolean,
  { list, faults, faultCount }: ReturnType<typeof repairPolicyText>,
): PolicyDoubt | null {
  if (!isRightType) return 'wrong-type';
  if (text === '') return 'empty';
  if (faultCount > faults.length || faults.some(({ kind }) => !harmless.includes(kind))) return 'malformed';
  return judgeNames(list);
}

function judgeNames(list: SuiteList): NameRefusal | null {
  if (!list.some((name) => findMeantSuite(name) !== undefined)) return 'no-known-name';
  return doubtfulDheNames(list).length > 0 ? 'dhe-in-unknown-name' : null;
}

/** Versions up to 8.1 and later ones in one policy have no spelling in common. */
function spellFor(list: SuiteList, windows: readonly WindowsVersionId[]): ConvertedList {
  const [first, ...others] = windows;
  const isOneSpelling = others.every((one) => first !== undefined && hasCurveSuffixes(one) === hasCurveSuffixes(first));
  return first !== undefined && isOneSpelling ? convertList(list, first) : { list: [...list], changed: [] };
}

function judgeTarget(
  before: SuiteList,
  after: SuiteList,
  conditions: readonly Conditions[],
  options: PolicyJudgementOptions,
): Cost[] {
  const names = after.length === 0 ? null : judgeNames(after);
  if (names !== null && !(options.keepDhe && names === 'dhe-in-unknown-name'))
    return [{ id: names, roles: [], peers: [], windows: null }];
  return conditions.flatMap((condition) =>
    judgeCosts(before, after, condition, options).map((cost) => ({ ...cost, windows: condition.windows ?? null })),
  );
}
