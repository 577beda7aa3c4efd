/** What `Get-GPOReport` and `gpresult /x` write: each GPO that sets the order, with its links and whether it won. */
import type { PolicyOrigin } from '../../configuration/configuration';
import { encodeValue } from '../../configuration/registry-readings';
import { childOf, childrenOf, descendantsOf, textOf, type XmlElement } from '../../files/xml';
import { encodeString } from '../../registry-files/registry-value';
import { registryPlaces } from '../../windows/registry-places';
import { isList } from '../recognise';
import { readPreferenceItems } from './preference-items';

/** What is asked for of a report, apart from preference items. */
export const policyReportNames = [
  ...[
    'GPO',
    'GPOS',
    'Name',
    'Computer',
    'Enabled',
    'LinksTo',
    'Link',
    'SOMPath',
    'ComputerResults',
    'Path',
    'Identifier',
  ],
  ...['ExtensionData', 'Extension', 'Policy', 'State', 'Precedence', 'EditText', 'RegistrySetting', 'KeyPath'],
  ...['Value', 'String'],
];

/** Of the computer half: the other one cannot set it. */
export function readPolicyReport(root: XmlElement): PolicyOrigin[] {
  const results = [...descendantsOf(root, 'ComputerResults')];
  if (results.length > 0) return results.flatMap(readResults);
  return [...descendantsOf(root, 'GPO')].flatMap(readGpo);
}

type Owner = Pick<PolicyOrigin, 'name' | 'links' | 'isInForce' | 'isDisabled'>;

function readGpo(gpo: XmlElement): PolicyOrigin[] {
  const computer = childOf(gpo, 'Computer');
  if (computer === undefined) return [];
  const links = childrenOf(gpo, 'LinksTo').filter((link) => textOf(link, 'Enabled') !== 'false');
  const owner: Owner = {
    name: textOf(gpo, 'Name'),
    links: links.flatMap((link) => textOf(link, 'SOMPath') ?? []),
    isInForce: null,
    isDisabled: textOf(computer, 'Enabled') === 'false',
  };
  return readExtensions(computer, () => owner);
}

/** In results every setting names its GPO, and the one with the precedence 1 won. */
function readResults(results: XmlElement): PolicyOrigin[] {
  const gpos = new Map(
    childrenOf(results, 'GPO').map((gpo) => [textOf(childOf(gpo, 'Path') ?? {}, 'Identifier')?.toLowerCase(), gpo]),
  );
  return readExtensions(results, (setting) => {
    const id = textOf(childOf(setting, 'GPO') ?? {}, 'Identifier');
    const gpo = gpos.get(id?.toLowerCase()) ?? {};
    const precedence = textOf(setting, 'Precedence');
    return {
      name: textOf(gpo, 'Name') ?? id,
      links: childrenOf(gpo, 'Link').flatMap((link) => textOf(link, 'SOMPath') ?? []),
      isInForce: precedence === null ? null : precedence === '1',
      isDisabled: false,
    };
  });
}

function readExtensions(half: XmlElement, ownerOf: (setting: XmlElement) => Owner): PolicyOrigin[] {
  const origin = (setting: XmlElement, text: string | null): PolicyOrigin => ({
    kind: 'gpo',
    ...ownerOf(setting),
    action: null,
    isTargeted: false,
    layer: 'groupPolicy',
    value: encodeValue(text === null ? undefined : encodeString(text)),
  });
  const extensions = childrenOf(half, 'ExtensionData').flatMap((data) => childrenOf(data, 'Extension'));
  return extensions.flatMap((extension) => [
    ...childrenOf(extension, 'Policy').flatMap((policy) => policyTexts(policy).map((text) => origin(policy, text))),
    ...childrenOf(extension, 'RegistrySetting').flatMap((setting) =>
      settingTexts(setting).map((text) => origin(setting, text)),
    ),
    ...childrenOf(extension, 'RegistrySettings').flatMap((settings) =>
      readPreferenceItems({ RegistrySettings: settings }).map((item) => ({ ...item, links: ownerOf(settings).links })),
    ),
  ]);
}

/** The names of policies are in the language of whoever made the report; a list of suites is one in any. */
function policyTexts(policy: XmlElement): (string | null)[] {
  const isOrder = /SSL Cipher Suite Order|SSL 暗号の順位/i.test(textOf(policy, 'Name') ?? '');
  if (isOrder && textOf(policy, 'State') === 'Disabled') return [null];
  const texts = childrenOf(policy, 'EditText').flatMap((edit) => textOf(edit, 'Value') ?? []);
  return texts.filter((text) => isOrder || isList(text));
}

/** A value for which the machine that made the report has no template. */
function settingTexts(setting: XmlElement): string[] {
  const { key, valueName } = registryPlaces.groupPolicy;
  if (textOf(setting, 'KeyPath')?.toLowerCase() !== key.toLowerCase()) return [];
  return childrenOf(setting, 'Value').flatMap((value) =>
    textOf(value, 'Name')?.toLowerCase() === valueName.toLowerCase() ? (textOf(value, 'String') ?? []) : [],
  );
}
