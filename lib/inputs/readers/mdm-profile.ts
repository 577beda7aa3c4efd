/** Settings of MDM: where each stands, and its data, which for an ADMX-backed one is markup in a text. */
import type { LayerId } from '../../configuration/configuration';
import { childOf, descendantsOf, parseXml, textOf, type XmlElement } from '../../files/xml';

export interface MdmSetting {
  readonly layer: LayerId;
  readonly text: string;
}

/** Policy CSP, areas Cryptography (names with semicolons) and ADMX_CipherSuiteOrder (the text of the Group Policy setting). */
const places: readonly (readonly [LayerId, RegExp])[] = [
  ['mdm', /Config[/_]Cryptography[/_]TLSCipherSuites/i],
  ['groupPolicy', /Config[/_]ADMX_CipherSuiteOrder[/_]SSLCipherSuiteOrder/i],
];

/** The layer that a path or the id of a setting is of. */
export function mdmLayer(path: unknown): LayerId | undefined {
  return typeof path === 'string' ? places.find(([, pattern]) => pattern.test(path))?.[0] : undefined;
}

/** What is asked for of SyncML. */
export const syncMlNames = [
  'SyncBody',
  'Add',
  'Replace',
  'Atomic',
  'Sequence',
  'Item',
  'Target',
  'LocURI',
  'Data',
  'data',
  '@value',
];

/** SyncML, and any other document whose elements have a `LocURI` and `Data`. */
export function readSyncMl(root: XmlElement, source: string): MdmSetting[] {
  return [...descendantsOf(root, 'Item')].flatMap((item) => {
    const layer = mdmLayer(textOf(childOf(item, 'Target') ?? {}, 'LocURI'));
    const text = textOf(item, 'Data') ?? textOf(childOf(childOf(item, 'Data'), 'data') ?? {}, '@value');
    return layer === undefined || text === null ? [] : [{ layer, text: admxText(text, source) }];
  });
}

/** `<enabled/><data id="…" value="…"/>`, or the text itself. */
export function admxText(text: string, source: string): string {
  if (!/^\s*<(?:enabled|data)\b/i.test(text)) return text;
  const [data] = descendantsOf(parseXml(`<policy>${text}</policy>`, source), 'data');
  return textOf(data ?? {}, '@value') ?? '';
}
