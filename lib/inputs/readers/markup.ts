/** XML by its root, and HTML: reports of Group Policy, preference items, PolicyAnalyzer's rules, settings of MDM, CLIXML. */
import { InvalidInputError } from '../../errors';
import { decodeReferences, descendantsOf, parseXml, textOf, type XmlElement } from '../../files/xml';
import type { RegistryEntry } from '../../registry-files/registry-entry';
import type { InputContent } from '../input-content';
import { namesPlace, placesIn } from '../places';
import { type ClixmlString, readClixml, readClixmlString } from './clixml';
import { readHtmlReport } from './html-report';
import { chooseList } from './literal-list';
import { readSyncMl, syncMlNames } from './mdm-profile';
import { policyReportNames, readPolicyReport } from './policy-report';
import { isPreferenceName, readPreferenceItems } from './preference-items';
import { fullKey, textValue } from './registry-text';

export interface ReadDocument {
  readonly content: InputContent;
  /** The texts in it that may hold a name, for whoever looks for what the reader left. */
  readonly texts: readonly string[];
}

/** @throws InvalidInputError */
export function readMarkup(text: string, source: string): ReadDocument {
  if (/^\s*(?:<!DOCTYPE\s+html|<html)\b/i.test(text)) {
    // What looks like a tag counts too.
    const texts = [text, decodeReferences(text, (other) => other)];
    return { content: policies(readHtmlReport(text), source), texts };
  }
  const texts: string[] = [];
  const strings: ClixmlString[] = [];
  const root = parseXml(text, source, {
    keeps: (name) => names.has(name) || isPreferenceName(name),
    onElement: (name, own, attributes) => {
      if (name === 'S') strings.push(...readClixmlString(own, attributes.get('N')));
      // What the editor explains to people is no setting.
      if (name === 'Explain') return;
      for (const one of [own, ...attributes.values()]) if (mayTell(one)) texts.push(one);
    },
  });
  return { content: readXml(root, strings, texts, source), texts };
}

const ruleNames = ['ComputerConfig', 'Key', 'Value', 'RegType', 'RegData'];
/** What the readers ask for; nothing else of a document is kept. */
const names: ReadonlySet<string> = new Set([...policyReportNames, ...ruleNames, ...syncMlNames]);

/** It holds the name of a suite, or a piece of one, or a place. */
function mayTell(text: string): boolean {
  return /[A-Z0-9]\s?[_-]/i.test(text) || namesPlace(text);
}

function readXml(
  root: XmlElement,
  strings: readonly ClixmlString[],
  texts: readonly string[],
  source: string,
): InputContent {
  const [name = ''] = Object.keys(root);
  if (/^(?:RegistrySettings|Collection|Registry)$/.test(name)) return policies(readPreferenceItems(root), source);
  if (/^(?:GPO|GPOS|Rsop|report)$/i.test(name)) return policies(readPolicyReport(root), source);
  if (name === 'PolicyRules') return { kind: 'entries', entries: readPolicyRules(root), isWhole: false };
  if (name === 'Objs') {
    const content = readClixml(strings);
    if (content === undefined) throw none(source);
    return content;
  }
  const [setting, ...more] = readSyncMl(root, source);
  if (setting !== undefined) {
    if (more.some(({ text }) => text !== setting.text)) throw several(source, more.length + 1);
    return { kind: 'text', ...setting };
  }
  // Any other document, where it names the place.
  const [layer, ...others] = placesIn(texts.join('\n'));
  if (layer === undefined || others.length > 0) throw none(source);
  return { kind: 'text', layer, text: chooseList(texts, source) };
}

function policies(
  found: Extract<InputContent, { readonly kind: 'policies' }>['policies'],
  source: string,
): InputContent {
  if (found.length === 0) throw none(source);
  return { kind: 'policies', policies: found };
}

/** PolicyAnalyzer writes a rule for each value of a Registry.pol. */
function readPolicyRules(root: XmlElement): RegistryEntry[] {
  return [...descendantsOf(root, 'ComputerConfig')].flatMap((rule) => {
    const type = textOf(rule, 'RegType') ?? '';
    const data = textOf(rule, 'RegData') ?? '';
    return (
      textValue(fullKey(`HKLM\\${textOf(rule, 'Key')}`), textOf(rule, 'Value') ?? '', type, data, /[\0\r\n]+/) ?? []
    );
  });
}

const none = (source: string) => new InvalidInputError(source, undefined, 'suite-list', 'none-of-them');
const several = (source: string, number: number) => new InvalidInputError(source, undefined, 'one-list', { number });
