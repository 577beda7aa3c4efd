/** Windows' own reg.exe, by its full path and without a shell, so that the addon need not be able to write policies. */
import { execFileSync, spawnSync } from 'node:child_process';
import { win32 } from 'node:path';
import {
  decodeDword,
  decodeMultiString,
  decodeString,
  RegistryType,
  type RegistryValue,
} from '../registry-files/registry-value';
import { requireRegistryPath } from './binding-arguments';
import type { RegistryEditor } from './schannel-binding';

export function createRegistryEditor(systemFolder: string): RegistryEditor {
  const reg = win32.join(systemFolder, 'reg.exe');
  const change = (...parameters: readonly string[]) =>
    void execFileSync(reg, [...parameters, '/f', '/reg:64'], { stdio: 'ignore', timeout: 30_000 });
  const look = (...parameters: readonly string[]) =>
    spawnSync(reg, ['query', ...parameters, '/reg:64'], { encoding: 'latin1', timeout: 30_000 });
  return {
    setValue: (key, valueName, value) => {
      requireRegistryPath(key, valueName);
      change('add', `HKLM\\${key}`, '/v', valueName, ...describe(value));
    },
    deleteValue: (key, valueName) => {
      requireRegistryPath(key, valueName);
      if (look(`HKLM\\${key}`, '/v', valueName).status === 0) change('delete', `HKLM\\${key}`, '/v', valueName);
    },
    deleteEmptyKey: (key) => {
      requireRegistryPath(key);
      // Of a key that holds something it names each value, and each key below by its own path.
      const { status, stdout } = look(`HKLM\\${key}`);
      if (status !== 0 || stdout.split(/\r?\n/).some((line) => isContent(line, key))) return false;
      change('delete', `HKLM\\${key}`);
      return true;
    },
  };
}

function isContent(line: string, key: string): boolean {
  return line.trim() !== '' && line.trim().toLowerCase() !== `hkey_local_machine\\${key.toLowerCase()}`;
}

function describe(value: RegistryValue): readonly string[] {
  if (value.type === RegistryType.dword) return ['/t', 'REG_DWORD', '/d', String(decodeDword(value))];
  if (value.type === RegistryType.multiString)
    return ['/t', 'REG_MULTI_SZ', '/s', ',', '/d', decodeMultiString(value.data).join(',')];
  return ['/t', 'REG_SZ', '/d', decodeString(value.data)];
}
