/** XML by its root, and HTML: reports of Group Policy, preference items, PolicyAnalyzer's rules, settings of MDM, CLIXML. */
import { InvalidInputError } from '../../errors';
import { descendantsOf, parseXml, textOf, type XmlElement } from '../../files/xml';
import type { RegistryEntry } from '../../registry-files/registry-entry';
import type { InputContent } from '../input-content';
import { placesIn } from '../places';
import { readClixml } from './clixml';
import { readHtmlReport } from './html-report';
import { chooseList } from './literal-list';
import { readSyncMl } from './mdm-profile';
import { readPolicyReport } from './policy-report';
import { readPreferenceItems } from './preference-items';
import { fullKey, textValue } from './registry-text';

export interface ReadDocument {
  readonly content: InputContent;
  /** Every text in it, for whoever looks for what the reader left. */
  readonly texts: readonly string[];
}

/** @throws InvalidInputError */
export function readMarkup(text: string, source: string): ReadDocument {
  if (/^\s*(?:<!DOCTYPE\s+html|<html)\b/i.test(text)) {
    const { policies, texts } = readHtmlReport(text, source);
    if (policies.length === 0) throw none(source);
    return { content: { kind: 'policies', policies }, texts };
  }
  const root = parseXml(text, source);
  return { content: readXml(root, source), texts: [...textsIn(root)] };
}

function readXml(root: XmlElement, source: string): InputContent {
  const [name = ''] = Object.keys(root).filter((key) => !key.startsWith('?'));
  if (/^(?:RegistrySettings|Collection|Registry)$/.test(name)) return policies(readPreferenceItems(root), source);
  if (/^(?:GPO|GPOS|Rsop|report)$/i.test(name)) return policies(readPolicyReport(root), source);
  if (name === 'PolicyRules') return { kind: 'entries', entries: readPolicyRules(root), isWhole: false };
  if (name === 'Objs') {
    const content = readClixml(root);
    if (content === undefined) throw none(source);
    return content;
  }
  const [setting, ...more] = readSyncMl(root, source);
  if (setting !== undefined) {
    if (more.some(({ text }) => text !== setting.text)) throw several(source, more.length + 1);
    return { kind: 'text', ...setting };
  }
  // Any other document, where it names the place.
  const texts = [...textsIn(root)];
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

/** What the editor explains to people is no setting. */
function* textsIn(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (typeof value === 'object' && value !== null) {
    for (const [key, one] of Object.entries(value)) {
      if (key !== 'Explain') yield* textsIn(one);
    }
  }
}

const none = (source: string) => new InvalidInputError(source, undefined, 'suite-list', 'none-of-them');
const several = (source: string, number: number) => new InvalidInputError(source, undefined, 'one-list', { number });
