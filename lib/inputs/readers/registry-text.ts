/** Values as registry tools write them in a line of text. */
import type { RegistryEntry } from '../../registry-files/registry-entry';
import {
  encodeDword,
  encodeMultiString,
  encodeString,
  RegistryType,
  type RegistryValue,
} from '../../registry-files/registry-value';

/** The full path; the root as `HKLM`, `HKLM:`, `HKEY_LOCAL_MACHINE` or `MACHINE`, with a provider before it. */
export function fullKey(path: string): string {
  const key = path
    .trim()
    .replace(/^(?:Microsoft\.PowerShell\.Core\\)?Registry::/i, '')
    .replace(/^(?:\\\\[^\\]+\\)?(?:HKLM|MACHINE|HKEY_LOCAL_MACHINE):?(?=[\\/]|$)/i, 'HKEY_LOCAL_MACHINE')
    .replaceAll('/', '\\')
    .replace(/\\{2,}/g, '\\')
    .replace(/\\+$/, '');
  return key;
}

/** Of other keys nothing is read: a listing of a whole hive would become many times its size in memory. */
const telling = /Cryptography|SCHANNEL|FipsAlgorithmPolicy|\\Select$|CurrentVersion$|Tcpip\\Parameters$/i;

/** Undefined for a key that tells nothing, and for a type that holds neither text nor number. */
export function textValue(
  key: string,
  name: string,
  type: string,
  text: string,
  separator?: string | RegExp,
): RegistryEntry | undefined {
  const value = telling.test(key) ? encodeText(type, text, separator) : undefined;
  return value === undefined ? undefined : { kind: 'value', key, name, value };
}

/** `type` is a name such as `REG_MULTI_SZ`, `MultiString` or `SZ`. */
export function encodeText(type: string, text: string, separator: string | RegExp = '\\0'): RegistryValue | undefined {
  switch (type.toUpperCase().replace(/^REG_/, '')) {
    case 'SZ':
    case 'STRING':
      return encodeString(text);
    case 'EXPAND_SZ':
    case 'EXPANDSTRING':
      return { ...encodeString(text), type: RegistryType.expandString };
    case 'MULTI_SZ':
    case 'MULTISTRING':
      return encodeMultiString(text.split(separator).filter((one) => one !== ''));
    case 'DWORD': {
      const number = Number(text.trim());
      return number >= 0 && number <= 0xffffffff && text.trim() !== '' ? encodeDword(number) : undefined;
    }
    default:
      return undefined;
  }
}

/** Line by line, without their ends. */
export function* linesOf(text: string): Generator<string> {
  for (let start = 0; start < text.length; ) {
    const end = text.indexOf('\n', start);
    const line = text.slice(start, end === -1 ? undefined : end);
    yield line.endsWith('\r') ? line.slice(0, -1) : line;
    start = end === -1 ? text.length : end + 1;
  }
}
