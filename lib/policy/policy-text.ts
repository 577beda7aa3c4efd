/**
 * The one-line text of the Windows setting "SSL Cipher Suite Order": names with commas between them (Group Policy) or
 * semicolons (MDM). People paste into it, input methods and one Japanese ADML file put `、` there, and Windows then reads
 * one giant unknown name. Repair is linear in the text, idempotent, and names each fault with its place.
 */
import type { z } from 'zod';
import { catalog, findSuite, foldName, longestKnownName } from '../cipher-suite/cipher-suite';
import { withoutCurveSuffix } from '../cipher-suite/curve-suffix';
import { canBeSuiteName, translateSuiteName } from '../cipher-suite/other-names';
import type { SuiteList } from '../cipher-suite/suite-list';
import type { DeepReadonly } from '../deep-readonly';
import { noSchannelSettings } from '../windows/schannel-settings';
import { judgeSuitesInAnyRole } from '../windows/suite-effect';
import { hasCurveSuffixes, type WindowsVersionId } from '../windows/versions';
import type { policyTextFaultSchema, policyTextLengthSchema } from './policy-text-schema';

/** Of Group Policy, and of MDM. */
export type PolicySeparator = ',' | ';';

/** The longest text that the policy editor takes (`<text>` of the ADMX schema); Microsoft repeats it as the limit. */
export const longestPolicyText = 1023;

/** More faults than this are counted, not listed. A policy value holds at most 32,767 characters ([MS-GPREG] 2.2.1). */
export const mostFaultsListed = 50_000;

/** What Windows would not read as it was meant. */
export type PolicyTextFault = DeepReadonly<z.infer<typeof policyTextFaultSchema>>;

export type PolicyTextFaultKind = PolicyTextFault['kind'];

/** The list that a text means, and all that had to be mended for it. */
export interface RepairedPolicyText {
  readonly list: readonly string[];
  /** In the order of their places; at most `mostFaultsListed` of `faultCount`. */
  readonly faults: readonly PolicyTextFault[];
  readonly faultCount: number;
}

/** The text of a policy; no spaces, which Windows takes for a part of a name. */
export function formatPolicyText(list: SuiteList, separator: PolicySeparator = ','): string {
  return list.join(separator);
}

/** The text as Windows reads it: nothing but the separator ends a name. Empty entries are left out. */
export function splitPolicyText(text: string, separator: PolicySeparator = ','): string[] {
  return text.split(separator).filter((name) => name !== '');
}

/**
 * The list that was meant, and every fault on the way to it. No unknown name is dropped; what cannot be a name is, and so
 * is the piece of one that the policy editor left at its limit.
 */
export function repairPolicyText(text: string, separator: PolicySeparator = ','): RepairedPolicyText {
  const faults = new FaultList(text);
  const list: string[] = [];
  const seen = new Set<string>();
  const accept = ({ name, start, end }: Span): void => {
    const known = findSuite(name);
    const isCutOff = text.length === longestPolicyText && end === text.length && knownBeginnings().has(foldName(name));
    if (known === undefined && (isCutOff || !canBeSuiteName(name))) {
      faults.add(isCutOff ? 'cut-off' : 'not-a-name', start, end, 'removed');
      return;
    }
    const folded = known?.name ?? foldName(name);
    if (seen.has(folded)) {
      faults.add('duplicate', start, end, 'removed');
      return;
    }
    seen.add(folded);
    if (known === undefined) faults.add(kindOfUnknown(name), start, end, 'kept');
    else if (known.name !== name) faults.add('lower-case', start, end, 'replaced');
    list.push(known?.name ?? name);
  };

  let start = 0;
  let separators = 0;
  for (const match of text.matchAll(boundaries)) {
    const end = match.index + match[0].length;
    const entry = readEntry(text, start, match.index, faults);
    for (const span of entry) accept(span);
    start = end;
    if (match.groups?.['separator'] === undefined) {
      faults.add('not-a-name', match.index, end, 'removed');
      continue;
    }
    if (match[0] !== separator) faults.add('wrong-separator', match.index, end, 'replaced');
    if (entry.length === 0) {
      faults.add(separators === 0 ? 'leading-separator' : 'doubled-separator', match.index, end, 'removed');
    }
    separators += 1;
  }
  const last = readEntry(text, start, text.length, faults);
  for (const span of last) accept(span);
  if (last.length === 0 && separators > 0 && list.length > 0) {
    faults.add('trailing-separator', start - 1, start, 'removed');
  }
  return { list, faults: faults.listed.sort((one, other) => one.position - other.position), faultCount: faults.count };
}

/**
 * What stands between names: a separator of any kind (`reg query` writes the two characters `\0`, OpenSSL lists have
 * colons), or signs of another kind of file, such as `=`, `|` and `\`.
 */
const boundaries =
  /(?<separator>\\0|[\0,;:、，､；：﹐﹑﹔])|(?:(?!\\0)(?![\uff01-\uff5e"'`‘’“”„«»「」『』,;:、，､；：﹐﹑﹔_-])[\p{P}\p{S}])+/gu;

function kindOfUnknown(name: string): PolicyTextFaultKind {
  return translateSuiteName(name) === undefined ? 'unknown-name' : 'other-spelling';
}

/** A name and the part of the text that it was read from. */
interface Span {
  name: string;
  readonly start: number;
  end: number;
}

class FaultList {
  readonly listed: PolicyTextFault[] = [];
  count = 0;
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** Neighbours of one kind are one fault: twenty blanks in a row are one thing to mend. */
  add(kind: PolicyTextFaultKind, start: number, end: number, action: PolicyTextFault['action']): void {
    const last = this.listed.at(-1);
    const continues = last?.kind === kind && last.position + last.length === start;
    if (continues && this.count === this.listed.length) {
      this.listed[this.listed.length - 1] = this.#fault(kind, last.position, end, action);
      return;
    }
    this.count += 1;
    if (this.listed.length < mostFaultsListed) this.listed.push(this.#fault(kind, start, end, action));
  }

  #fault(kind: PolicyTextFaultKind, start: number, end: number, action: PolicyTextFault['action']): PolicyTextFault {
    const found = this.#text.slice(start, Math.min(end, start + 64));
    return { kind, position: start, length: end - start, found, action };
  }
}

/** The names between two separators: none, one, or several where only white space stands between them. */
function readEntry(text: string, start: number, end: number, faults: FaultList): Span[] {
  const raw = text.slice(start, end);
  if (/^[\w-]+$/.test(raw)) return [{ name: raw, start, end }];
  const spans: Span[] = [];
  let gap: { readonly start: number; readonly end: number } | undefined;
  for (const token of raw.matchAll(/\p{White_Space}+|\P{White_Space}+/gu)) {
    const tokenStart = start + token.index;
    const tokenEnd = tokenStart + token[0].length;
    if (/^\p{White_Space}/u.test(token[0])) {
      gap = { start: tokenStart, end: tokenEnd };
      continue;
    }
    const name = cleanName(token[0], tokenStart, faults);
    if (name === '') continue;
    const previous = spans.at(-1);
    const continues = previous !== undefined && continuesName(previous.name, name, text.slice(gap?.start, gap?.end));
    if (gap !== undefined) {
      if (previous === undefined) faults.add('white-space', gap.start, gap.end, 'removed');
      else if (continues) faults.add('blank-inside-name', gap.start, gap.end, 'removed');
      else faults.add('missing-separator', gap.start, gap.end, 'inserted');
    }
    if (continues) {
      previous.name += name;
      previous.end = tokenEnd;
    } else {
      spans.push({ name, start: tokenStart, end: tokenEnd });
    }
    gap = undefined;
  }
  if (gap !== undefined) faults.add('white-space', gap.start, gap.end, 'removed');
  return spans;
}

/** Takes out of a name what cannot belong to one, and makes full-width ASCII (U+FF01 to U+FF5E) plain. */
function cleanName(token: string, start: number, faults: FaultList): string {
  let name = '';
  let index = 0;
  for (const [run] of token.matchAll(
    /[\uff01-\uff5e]+|[\p{Cc}\p{Cf}\p{Variation_Selector}]+|["'`‘’“”„«»「」『』]+|[^\uff01-\uff5e\p{Cc}\p{Cf}\p{Variation_Selector}"'`‘’“”„«»「」『』]+/gu,
  )) {
    const [from, to] = [start + index, start + index + run.length];
    index += run.length;
    if (/^[\uff01-\uff5e]/.test(run)) {
      faults.add('full-width', from, to, 'replaced');
      name += toHalfWidth(run).replace(/["'`]/g, '');
    } else if (/^[\p{Cc}\p{Cf}\p{Variation_Selector}]/u.test(run)) faults.add('invisible', from, to, 'removed');
    else if (/^["'`‘’“”„«»「」『』]/.test(run)) faults.add('quote', from, to, 'removed');
    else name += run;
  }
  return name;
}

function toHalfWidth(text: string): string {
  return text.replace(/[\uff01-\uff5e]/g, (character) => String.fromCharCode(character.charCodeAt(0) - 0xfee0));
}

/** Whether white space between two pieces stands inside one name. Pieces that nobody knows are not joined over a line. */
function continuesName(previous: string, next: string, gap: string): boolean {
  if (previous.length + next.length <= longestKnownName && knownBeginnings().has(foldName(previous + next)))
    return true;
  if (canBeSuiteName(next) || !/^(TLS|SSL)_/i.test(previous)) return false;
  return findSuite(previous) === undefined && !/[\r\n\u2028\u2029]/.test(gap);
}

let beginnings: Set<string> | undefined;

/** Every beginning of every known name. */
function knownBeginnings(): ReadonlySet<string> {
  beginnings ??= new Set(catalog.flatMap(({ name }) => Array.from(name, (_, index) => name.slice(0, index + 1))));
  return beginnings;
}

/** Against the 1,023 characters that the policy editor takes. */
export type PolicyTextLength = DeepReadonly<z.infer<typeof policyTextLengthSchema>>;

export type ExpendableReason = PolicyTextLength['expendable'][number]['reason'];

/**
 * The exact length of a list as Group Policy text, against the limit, and what could go.
 *
 * @param windows the versions that the text is for; where none is named, nothing is expendable for what it does there
 */
export function measurePolicyText(list: SuiteList, windows: readonly WindowsVersionId[] = []): PolicyTextLength {
  const reasons = expendableReasons(list, windows);
  const expendable = expendableOrder.flatMap((reason) =>
    list.toReversed().flatMap((name) => (reasons.get(name) === reason ? [{ name, reason }] : [])),
  );
  return { length: formatPolicyText(list).length, limit: longestPolicyText, expendable };
}

/** The list without as many expendable suites as it takes to fit; it may still be too long. */
export function shortenPolicyList(
  list: SuiteList,
  windows: readonly WindowsVersionId[] = [],
): { readonly list: readonly string[]; readonly dropped: readonly string[] } {
  const { length, limit, expendable } = measurePolicyText(list, windows);
  const dropped = new Set<string>();
  let left = length;
  for (const { name } of expendable) {
    if (left <= limit) break;
    dropped.add(name);
    left -= name.length + 1;
  }
  return { list: list.filter((name) => !dropped.has(name)), dropped: [...dropped] };
}

const expendableOrder: readonly ExpendableReason[] = [
  'no-effect',
  'curve-variant',
  'null-cipher',
  'rc4',
  'export-grade',
  'ssl-2',
];

function expendableReasons(
  list: SuiteList,
  windows: readonly WindowsVersionId[],
): ReadonlyMap<string, ExpendableReason | undefined> {
  const hasEffect = new Set(
    windows.flatMap((version) =>
      judgeSuitesInAnyRole(list, { windows: version, settings: noSchannelSettings, fips: false }).flatMap(
        ({ name, effect }) => (effect === 'no-effect' ? [] : [name]),
      ),
    ),
  );
  const ignoresCurves = windows.length > 0 && !windows.some(hasCurveSuffixes);
  const plain = new Set(list);
  const seen = new Set<string>();
  return new Map(
    list.map((name) => {
      const base = withoutCurveSuffix(name);
      const isVariant = base !== name && (plain.has(base) || seen.has(base));
      seen.add(base);
      if (windows.length > 0 && !hasEffect.has(name)) return [name, 'no-effect'];
      return [name, ignoresCurves && isVariant ? 'curve-variant' : weakness(name)];
    }),
  );
}

function weakness(name: string): ExpendableReason | undefined {
  const suite = findSuite(name);
  if (suite?.cipher === 'NULL') return 'null-cipher';
  if (suite?.protocols.every((protocol) => protocol === 'SSL 2.0') && suite.protocols.length > 0) return 'ssl-2';
  if (suite?.export) return 'export-grade';
  return suite?.cipher.startsWith('RC4') ? 'rc4' : undefined;
}
