/** Texts that name a key, a value, a type and data: `reg query`, LGPO, security templates. */
import type { RegistryEntry } from '../../registry-files/registry-entry';
import { fullKey, linesOf, textValue } from './registry-text';

/** `reg query`, with or without `/s`; its sentences, which are in the system's language, are passed over. */
export function readRegQuery(text: string): RegistryEntry[] {
  const entries: RegistryEntry[] = [];
  let key: string | undefined;
  for (const line of linesOf(text)) {
    if (/^HKEY_/i.test(line)) key = fullKey(line);
    const match = /^[ \t]+(\S[^\r\n]*?)(?: {4}|\t)(REG_[A-Z_]+)(?:(?: {4}|\t)(.*))?$/.exec(line);
    if (match === null || key === undefined) continue;
    const [, name = '', type = '', data = ''] = match;
    const entry = textValue(key, name, type, data);
    if (entry !== undefined) entries.push(entry);
  }
  return entries;
}

/** What `LGPO.exe /parse` writes and `/t` takes: four lines a setting. */
export function readLgpoText(text: string): RegistryEntry[] {
  const entries: RegistryEntry[] = [];
  let setting: string[] = [];
  for (const line of linesOf(text)) {
    if (line.trim() === '' || line.startsWith(';')) continue;
    if (setting.length === 0 && !/^(?:Computer|User)\s*$/i.test(line)) continue;
    setting.push(line);
    if (setting.length < 4) continue;
    const [half = '', path = '', name = '', action = ''] = setting;
    setting = [];
    if (/^User/i.test(half)) continue;
    const key = fullKey(`HKLM\\${path}`);
    if (/^DELETE(?:ALLVALUES)?\s*$/i.test(action)) entries.push({ kind: 'delete-value', key, name });
    const match = /^([A-Z_]+):(.*)$/i.exec(action);
    const entry = match === null ? undefined : textValue(key, name, match[1] ?? '', match[2] ?? '');
    if (entry !== undefined) entries.push(entry);
  }
  return entries;
}

/** `[Registry Values]` of a GptTmpl.inf: `MACHINE\key\value=type,data`, strings in quotes, those of type 7 with commas. */
export function readSecurityTemplate(text: string): RegistryEntry[] {
  const [, below = ''] = text.split(/^\[Registry Values\][ \t]*$/im);
  const [section = ''] = below.split(/^\[/m);
  return section.split(/\r?\n/).flatMap((line) => {
    const match = /^\s*"?(MACHINE\\[^=]*)\\([^\\="]+)"?\s*=\s*(\d+)\s*,(.*)$/i.exec(line);
    if (match === null) return [];
    const [, path = '', name = '', number = '', data = ''] = match;
    const type = { '1': 'SZ', '2': 'EXPAND_SZ', '4': 'DWORD', '7': 'MULTI_SZ' }[number] ?? '';
    const plain = type === 'MULTI_SZ' ? data.replaceAll('"', '') : data.trim().replace(/^"(.*)"$/, '$1');
    return textValue(fullKey(path), name, type, plain, ',') ?? [];
  });
}
