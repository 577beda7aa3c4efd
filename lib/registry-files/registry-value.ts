/**
 * REG_* values as Windows keeps them: a type number and bytes. Strings are UTF-16LE, and may lack the terminating NUL
 * that they should have (RegQueryValueEx documentation, "Remarks"), so decoding never relies on it.
 */

/** Type numbers of winnt.h. */
export const RegistryType = {
  none: 0,
  string: 1,
  expandString: 2,
  binary: 3,
  dword: 4,
  dwordBigEndian: 5,
  link: 6,
  multiString: 7,
  qword: 11,
} as const;

const typeNames = new Map<number, string>([
  [0, 'REG_NONE'],
  [1, 'REG_SZ'],
  [2, 'REG_EXPAND_SZ'],
  [3, 'REG_BINARY'],
  [4, 'REG_DWORD'],
  [5, 'REG_DWORD_BIG_ENDIAN'],
  [6, 'REG_LINK'],
  [7, 'REG_MULTI_SZ'],
  [11, 'REG_QWORD'],
]);

/** One registry value: the type number and the bytes, as stored. */
export interface RegistryValue {
  readonly type: number;
  readonly data: Uint8Array;
}

/** `REG_SZ` and the like; a number that Windows does not name comes back as `REG_TYPE_<n>`. */
export function registryTypeName(type: number): string {
  return typeNames.get(type) ?? `REG_TYPE_${type}`;
}

/** The text of a REG_SZ or REG_EXPAND_SZ value, up to the first NUL; an odd last byte is ignored, as Windows does. */
export function decodeString(data: Uint8Array): string {
  const text = decodeUtf16(data);
  const end = text.indexOf('\0');
  return end === -1 ? text : text.slice(0, end);
}

/** The same with whatever stands behind the first NUL: nobody knows whether all readers stop there. */
export function decodeWholeString(data: Uint8Array): string {
  return decodeUtf16(data).replace(/\0+$/, '');
}

/** The strings of a REG_MULTI_SZ value, up to the empty string that ends it or the end of the bytes. */
export function decodeMultiString(data: Uint8Array): string[] {
  const text = decodeUtf16(data);
  const end = text.startsWith('\0') ? 0 : text.indexOf('\0\0');
  const strings = (end === -1 ? text : text.slice(0, end)).split('\0');
  if (strings.at(-1) === '') strings.pop();
  return strings;
}

/** What stands in a REG_MULTI_SZ value behind the empty string that ends it, which Windows does not read; mostly nothing. */
export function hiddenStrings(data: Uint8Array): string[] {
  const text = decodeUtf16(data);
  const strings = text.split('\0').filter((one) => one !== '');
  return strings.slice(decodeMultiString(data).length);
}

/** The number of a REG_DWORD value, or undefined where the value is not one of four bytes. */
export function decodeDword({ type, data }: RegistryValue): number | undefined {
  if (data.byteLength !== 4) return undefined;
  const view = new DataView(data.buffer, data.byteOffset, 4);
  if (type === RegistryType.dword) return view.getUint32(0, true);
  return type === RegistryType.dwordBigEndian ? view.getUint32(0, false) : undefined;
}

export function encodeString(text: string): RegistryValue {
  return { type: RegistryType.string, data: encodeUtf16(`${text}\0`) };
}

/** REG_MULTI_SZ; an empty list is the single NUL that ends it. */
export function encodeMultiString(strings: readonly string[]): RegistryValue {
  return { type: RegistryType.multiString, data: encodeUtf16(`${strings.map((text) => `${text}\0`).join('')}\0`) };
}

export function encodeDword(value: number): RegistryValue {
  const data = new Uint8Array(4);
  new DataView(data.buffer).setUint32(0, value, true);
  return { type: RegistryType.dword, data };
}

function decodeUtf16(data: Uint8Array): string {
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength & ~1).toString('utf16le');
}

function encodeUtf16(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'utf16le'));
}

export function isSameValue(one: RegistryValue, other: RegistryValue): boolean {
  return one.type === other.type && Buffer.compare(one.data, other.data) === 0;
}
