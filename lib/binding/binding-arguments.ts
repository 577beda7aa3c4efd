/** The argument checks of the contract, shared by every implementation so that both refuse the same. */
import { InvalidArgumentError } from '../errors';

const longestFunctionName = 63; // NCRYPT_SSL_CIPHER_SUITE holds 64 WCHARs with the NUL (sslprovider.h)
const longestStateText = 500_000;

export function requireFunctionName(name: unknown): asserts name is string {
  if (typeof name !== 'string' || name === '' || name.length > longestFunctionName || name.includes('\0')) {
    throw new InvalidArgumentError('name', `1 to ${longestFunctionName} characters without NUL`, name);
  }
}

export function requirePosition(position: unknown): asserts position is number {
  requireInteger(position, 'position', 0xffffffff);
}

export function requireTimeout(milliseconds: unknown): asserts milliseconds is number {
  requireInteger(milliseconds, 'milliseconds', 600_000);
}

export function requireRegistryPath(...parts: readonly unknown[]): void {
  for (const part of parts) {
    if (typeof part !== 'string' || part.length > 16_383 || part.includes('\0')) {
      throw new InvalidArgumentError('registry key or value name', 'a text without NUL', part);
    }
  }
}

export function requireStateName(name: unknown): asserts name is string {
  if (typeof name !== 'string' || !/^[A-Za-z0-9._-]{1,64}$/.test(name)) {
    throw new InvalidArgumentError('name', '1 to 64 of A-Z a-z 0-9 . _ -', name);
  }
}

export function requireStateText(text: unknown): asserts text is string {
  if (typeof text !== 'string' || text.length > longestStateText || text.includes('\0')) {
    throw new InvalidArgumentError('text', `at most ${longestStateText} characters without NUL`, text);
  }
}

function requireInteger(value: unknown, what: string, most: number): void {
  if (!Number.isInteger(value) || (value as number) < 0 || (value as number) > most) {
    throw new InvalidArgumentError(what, `an integer from 0 to ${most}`, value);
  }
}
