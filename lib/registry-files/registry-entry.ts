/** What a file or a text says of the registry, whatever its form. */
import type { RegistryValue } from './registry-value';

/** `key` is the full path, its root written out; the default value of a key has the name `''`. */
export type RegistryEntry =
  | { readonly kind: 'key' | 'delete-key'; readonly key: string }
  | { readonly kind: 'delete-value'; readonly key: string; readonly name: string }
  | { readonly kind: 'value'; readonly key: string; readonly name: string; readonly value: RegistryValue };
