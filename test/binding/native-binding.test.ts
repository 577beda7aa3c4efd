import { expect, it } from 'vitest';
import { createNativeBinding, type NativeAddon } from '../../lib/binding/native-binding';

/** An addon to which Windows answers "access is denied" (5) where it asks for the lock. */
const denied = (isElevated: boolean) =>
  createNativeBinding({
    isElevated: () => isElevated,
    lock: () => {
      throw Object.assign(new Error(), { kind: 'win32', functionName: 'CreatePrivateNamespaceW', number: 5 });
    },
  } as unknown as NativeAddon);

it.each([
  [false, 'NOT_ELEVATED'],
  [true, 'MACHINE_LOCK_DENIED'],
])('a denied lock, elevated %s, is %s', (isElevated, code) => {
  expect(() => denied(isElevated).acquireMachineLock(0)).toThrow(expect.objectContaining({ code }));
});
