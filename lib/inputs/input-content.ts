/** What a reader finds in an input. */
import { canBeSuiteName } from '../cipher-suite/other-names';
import type { Configuration, LayerId, PolicyOrigin } from '../configuration/configuration';
import type { RegistryEntry } from '../registry-files/registry-entry';

export type InputContent =
  | { readonly kind: 'configuration'; readonly configuration: Configuration }
  /**
   * `isWhole`: what stands in a named key, and below it, is all there is. `isDirty`: of a hive, whose logs may hold what was
   * written last.
   */
  | {
      readonly kind: 'entries';
      readonly entries: Iterable<RegistryEntry>;
      readonly isWhole: boolean;
      readonly isDirty?: boolean;
    }
  /** The list in force, and not where it was configured. */
  | { readonly kind: 'enumerated'; readonly names: readonly string[] }
  /** Of a report or a preference file: each one that sets the order. */
  | { readonly kind: 'policies'; readonly policies: readonly PolicyOrigin[] }
  /** A text of a layer; one that names no place is taken for Group Policy's. */
  | { readonly kind: 'text'; readonly layer: LayerId; readonly text: string };

/** A value that is a suite's name. */
export function configuredName(value: unknown): string[] {
  return typeof value === 'string' && canBeSuiteName(value) ? [value] : [];
}
