/** Which layer's list is in force, and how sure that is. The order is that of recent builds of cng.sys. */
import { isSameList } from '../cipher-suite/suite-list';
import { judgePolicyValue } from '../policy/judge-policy-text';
import { RegistryType } from '../registry-files/registry-value';
import {
  type Configuration,
  configuredList,
  type LayerId,
  layerIds,
  layerValue,
  policySeparator,
} from './configuration';

/** Whose list counts. */
export interface Governance {
  readonly layer: LayerId;
  /** False where it rests on behaviour of Windows that nobody has documented or where the export leaves a layer open. */
  readonly certain: boolean;
  /** Layers that come before it and hold a value that Windows does not use, or that could not be seen. */
  readonly passedOver: readonly { readonly layer: LayerId; readonly reason: PassedOverReason }[];
}

export type PassedOverReason = 'wrong-type' | 'empty' | 'not-in-export';

/** The first of Group Policy, MDM and local that holds a usable value; local where none does. */
export function findGoverningLayer(configuration: Configuration): Governance {
  const passedOver: { layer: LayerId; reason: PassedOverReason }[] = [];
  let certain = true;
  for (const layer of layerIds) {
    const use = layer === 'local' ? 'governs' : judgePolicyLayer(configuration, layer);
    if (use === 'governs' || use === 'seems-to-govern')
      return { layer, certain: certain && use === 'governs', passedOver };
    if (use === 'absent') continue;
    passedOver.push({ layer, reason: use });
    // A field report says that a REG_MULTI_SZ there is ignored; nothing says what an empty text does. CNG's answer tells.
    if (configuration.enumerated === null || use === 'not-in-export') certain = false;
  }
  throw new Error('unreachable: the local layer always governs last');
}

function judgePolicyLayer(
  configuration: Configuration,
  layer: Exclude<LayerId, 'local'>,
): 'governs' | 'seems-to-govern' | 'absent' | PassedOverReason {
  const snapshot = configuration.layers[layer];
  const value = layerValue(snapshot);
  if (value === undefined) return snapshot.status === 'unknown' ? 'not-in-export' : 'absent';
  const { doubt, list } = judgePolicyValue(value, policySeparator(layer));
  // The type of the MDM value is not documented; where nobody could ask CNG, a list there may well be in force.
  const isTypeDoubtful = doubt === 'wrong-type' || value.type === RegistryType.multiString;
  if (!isTypeDoubtful && list.length > 0) return 'governs';
  if (isWhatCngAnswers(configuration, configuredList(configuration, layer))) return 'seems-to-govern';
  if (!isTypeDoubtful) return 'empty';
  return doubt !== 'wrong-type' && configuration.enumerated === null ? 'seems-to-govern' : 'wrong-type';
}

/** Whether CNG enumerates this list and the local layer does not explain it. */
function isWhatCngAnswers(configuration: Configuration, list: readonly string[] | undefined): boolean {
  const { enumerated } = configuration;
  const local = configuredList(configuration, 'local') ?? [];
  return enumerated !== null && list !== undefined && isSameList(enumerated, list) && !isSameList(enumerated, local);
}
