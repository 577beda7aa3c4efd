/** Real Registry.pol files, and records to put into them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { RegistryPolSetting } from '../../lib/registry-files/registry-pol';
import { encodeString } from '../../lib/registry-files/registry-value';
import { registryPlaces } from '../../lib/windows/registry-places';

export const fixtures = join(__dirname, '..', 'fixtures');

export const realFiles: readonly (readonly [string, Uint8Array])[] = readdirSync(join(fixtures, 'registry-pol')).map(
  (name) => [name, readFileSync(join(fixtures, 'registry-pol', name))],
);

/** The record that sets the cipher suite order. */
export function orderSetting(text: string, more: Partial<RegistryPolSetting> = {}): RegistryPolSetting {
  return { ...registryPlaces.groupPolicy, ...encodeString(text), ...more };
}

const text = (shortest: number, longest: number) =>
  fc
    .array(
      fc.oneof(
        { weight: 3, arbitrary: fc.constantFrom(...'[];*\\aA、', '\ud800', '\udc00') },
        fc.integer({ min: 1, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
      ),
      { minLength: shortest, maxLength: longest },
    )
    .map((units) => units.join(''));

export const anySetting: fc.Arbitrary<RegistryPolSetting> = fc.record({
  key: text(1, 40),
  valueName: text(0, 40),
  type: fc.oneof(fc.constantFrom(0, 1, 3, 4, 7, 11), fc.integer({ min: 0, max: 0xffffffff })),
  data: fc.oneof(fc.uint8Array({ maxLength: 60 }), fc.constant(new Uint8Array(Buffer.from('];[;][', 'utf16le')))),
});
