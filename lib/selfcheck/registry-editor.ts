/** Windows' own reg.exe, by its full path and without a shell, so that the addon need not be able to write policies. */
import { execFileSync } from 'node:child_process';
import { win32 } from 'node:path';
import type { SchannelBinding } from '../binding/schannel-binding';
import {
  decodeDword,
  decodeMultiString,
  decodeString,
  RegistryType,
  type RegistryValue,
} from '../registry-files/registry-value';
import type { RegistryEditor } from './self-check';

export function createRegistryEditor(binding: SchannelBinding): RegistryEditor {
  const systemRoot = binding.readRegistryValue('SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion', 'SystemRoot');
  const reg = win32.join(
    systemRoot === undefined ? 'C:\\Windows' : decodeString(systemRoot.data),
    'System32',
    'reg.exe',
  );
  const run = (...parameters: readonly string[]) =>
    void execFileSync(reg, [...parameters, '/f', '/reg:64'], { stdio: 'ignore', timeout: 30_000 });
  return {
    setValue: (key, valueName, value) => run('add', `HKLM\\${key}`, '/v', valueName, ...describe(value)),
    deleteValue: (key, valueName) => run('delete', `HKLM\\${key}`, '/v', valueName),
  };
}

function describe(value: RegistryValue): readonly string[] {
  if (value.type === RegistryType.dword) return ['/t', 'REG_DWORD', '/d', String(decodeDword(value))];
  if (value.type === RegistryType.multiString)
    return ['/t', 'REG_MULTI_SZ', '/s', ',', '/d', decodeMultiString(value.data).join(',')];
  return ['/t', 'REG_SZ', '/d', decodeString(value.data)];
}
