/** Values as registry tools write them in a line of text. */
import type { RegistryEntry } from '../../registry-files/registry-entry';
import { encodeDword, encodeMultiString, encodeString, RegistryType } from '../../registry-files/registry-value';

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

/** `type` is a name such as `REG_MULTI_SZ`, `MultiString` or `SZ`; undefined for one that holds neither text nor number. */
export function textValue(
  key: string,
  name: string,
  type: string,
  text: string,
  separator: string | RegExp = '\\0',
): RegistryEntry | undefined {
  switch (type.toUpperCase().replace(/^REG_/, '')) {
    case 'SZ':
    case 'STRING':
      return { kind: 'value', key, name, value: encodeString(text) };
    case 'EXPAND_SZ':
    case 'EXPANDSTRING':
      return { kind: 'value', key, name, value: { ...encodeString(text), type: RegistryType.expandString } };
    case 'MULTI_SZ':
    case 'MULTISTRING': {
      const strings = text.split(separator).filter((one) => one !== '');
      return { kind: 'value', key, name, value: encodeMultiString(strings) };
    }
    case 'DWORD': {
      const number = Number(text.trim());
      return number >= 0 && number <= 0xffffffff && text.trim() !== ''
        ? { kind: 'value', key, name, value: encodeDword(number) }
        : undefined;
    }
    default:
      return undefined;
  }
}
