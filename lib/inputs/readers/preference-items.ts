/**
 * `Preferences\Registry\Registry.xml` of a GPO ([MS-GPPREF] 2.2.1.13): items that create, replace, update or delete one value.
 * Reports of Group Policy hold the same elements.
 */
import type { LayerId, PolicyOrigin } from '../../configuration/configuration';
import { encodeValue } from '../../configuration/registry-readings';
import { childrenOf, textOf, type XmlElement } from '../../files/xml';
import type { RegistryValue } from '../../registry-files/registry-value';
import { registryPlaces } from '../../windows/registry-places';
import { encodeText } from './registry-text';

/** Whether an element, or an attribute as `@name`, is one of those that are asked for here. */
export function isPreferenceName(name: string): boolean {
  return names.has(name) || name.startsWith('Filter');
}

const names: ReadonlySet<string> = new Set([
  ...['RegistrySettings', 'Collection', 'Registry', 'Properties', 'Values', 'Value'],
  ...['@name', '@disabled', '@action', '@hive', '@key', '@type', '@value'],
]);

/** What stands around an item counts for it too. */
interface Surroundings {
  readonly isDisabled: boolean;
  readonly isTargeted: boolean;
}

/** The items at and below an element that touch a layer's key or value, in their order. */
export function readPreferenceItems(root: XmlElement): PolicyOrigin[] {
  return readFolder(root, { isDisabled: false, isTargeted: false });
}

function readFolder(element: XmlElement, around: Surroundings): PolicyOrigin[] {
  return [
    ...['RegistrySettings', 'Collection'].flatMap((name) =>
      childrenOf(element, name).flatMap((folder) => readFolder(folder, within(folder, around))),
    ),
    ...childrenOf(element, 'Registry').flatMap((item) => readItem(item, within(item, around))),
  ];
}

function within(element: XmlElement, { isDisabled, isTargeted }: Surroundings): Surroundings {
  const filters = childrenOf(element, 'Filters').flatMap((one) => Object.keys(one));
  return {
    isDisabled: isDisabled || textOf(element, '@disabled') === '1',
    isTargeted: isTargeted || filters.some((name) => name.startsWith('Filter')),
  };
}

const actions = { C: 'create', R: 'replace', U: 'update', D: 'delete' } as const;

function readItem(item: XmlElement, around: Surroundings): PolicyOrigin[] {
  return childrenOf(item, 'Properties').flatMap((properties) => {
    const layer = findLayer(properties);
    if (layer === undefined) return [];
    // Update is what the editor offers first.
    const action = actions[(textOf(properties, '@action') ?? 'U').toUpperCase() as keyof typeof actions] ?? 'update';
    const value = action === 'delete' ? undefined : readValue(properties);
    const name = textOf(item, '@name');
    return [
      {
        kind: 'preference-item',
        name,
        links: [],
        isInForce: null,
        action,
        ...around,
        layer,
        value: encodeValue(value),
      },
    ];
  });
}

/** The layer whose value an item sets, or whose key it deletes with all that is in it. */
function findLayer(properties: XmlElement): LayerId | undefined {
  if (!/^(?:HKEY_LOCAL_MACHINE|HKLM)$/i.test(textOf(properties, '@hive') ?? '')) return undefined;
  const key = (textOf(properties, '@key') ?? '').replace(/^\\+|\\+$/g, '').toLowerCase();
  const name = (textOf(properties, '@name') ?? '').toLowerCase();
  const takesKey = name === '' && /^[DR]$/i.test(textOf(properties, '@action') ?? '');
  return (['groupPolicy', 'mdm', 'local'] as const).find((layer) => {
    const place = registryPlaces[layer];
    const wanted = place.key.toLowerCase();
    if (key === wanted) return name === place.valueName.toLowerCase() || takesKey;
    return takesKey && key !== '' && wanted.startsWith(`${key}\\`);
  });
}

function readValue(properties: XmlElement): RegistryValue | undefined {
  const type = textOf(properties, '@type') ?? 'REG_SZ';
  const texts = childrenOf(properties, 'Values').flatMap(({ Value: found }) =>
    Array.isArray(found) ? found : [found],
  );
  const text = texts.length > 0 ? texts.join('\0') : (textOf(properties, '@value') ?? '');
  return encodeText(type, text, texts.length > 0 ? '\0' : /[\s\0]+/);
}
