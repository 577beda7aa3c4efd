/** The argument checks of the contract, shared by every implementation so that both refuse the same. */

const longestFunctionName = 63; // NCRYPT_SSL_CIPHER_SUITE holds 64 WCHARs with the NUL (sslprovider.h)
const longestStateText = 500_000;

export function requireFunctionName(name: unknown): asserts name is string {
  if (typeof name !== 'string' || name === '' || name.length > longestFunctionName || name.includes('\0')) {
    throw new TypeError(
      `Expected a name of 1 to ${longestFunctionName} characters without NUL, found ${describe(name)}.`,
    );
  }
}

export function requirePosition(position: unknown): asserts position is number {
  requireInteger(position, 'a position', 0xffffffff);
}

export function requireTimeout(milliseconds: unknown): asserts milliseconds is number {
  requireInteger(milliseconds, 'milliseconds', 600_000);
}

export function requireRegistryPath(...parts: readonly unknown[]): void {
  for (const part of parts) {
    if (typeof part !== 'string' || part.length > 16_383 || part.includes('\0')) {
      throw new TypeError(`Expected a registry key or value name without NUL, found ${describe(part)}.`);
    }
  }
}

export function requireStateName(name: unknown): asserts name is string {
  if (typeof name !== 'string' || !/^[A-Za-z0-9._-]{1,64}$/.test(name)) {
    throw new TypeError(`Expected a name of 1 to 64 of A-Z a-z 0-9 . _ -, found ${describe(name)}.`);
  }
}

export function requireStateText(text: unknown): asserts text is string {
  if (typeof text !== 'string' || text.length > longestStateText || text.includes('\0')) {
    throw new TypeError(
      `Expected a text of at most ${longestStateText} characters without NUL, found ${describe(text)}.`,
    );
  }
}

function requireInteger(value: unknown, what: string, most: number): void {
  if (!Number.isInteger(value) || (value as number) < 0 || (value as number) > most) {
    throw new TypeError(`Expected ${what} as an integer from 0 to ${most}, found ${describe(value)}.`);
  }
}

function describe(value: unknown): string {
  if (typeof value !== 'string') return typeof value === 'number' ? String(value) : typeof value;
  return JSON.stringify(value.length > 80 ? `${value.slice(0, 80)}…` : value);
}
