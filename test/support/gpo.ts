/** GPO backups and SYSVOL folders, made from the real backup. */
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readRegistryPol, writeRegistryPol } from '../../lib/registry-files/registry-pol';
import { fixtures, orderSetting } from './registry-pol';

export const realBackup = join(fixtures, 'gpo-backup', '{A2A38432-E322-437F-9975-B7CC7F16F4AA}');
export const polOf = (folder: string) => join(folder, 'DomainSysvol', 'GPO', 'Machine', 'registry.pol');

export const faultyText = 'TLS_DHE_RSA_WITH_AES_128_CBC_SHA、TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256';
export const correctedText = 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256';

/** The real backup, with the cipher suite order put into its Registry.pol. */
export function makeBackup(folder: string, text: string): string {
  cpSync(realBackup, folder, { recursive: true });
  const entries = readRegistryPol(readFileSync(polOf(folder)), 'x');
  writeFileSync(polOf(folder), writeRegistryPol([...entries, orderSetting(text)]));
  return folder;
}

export function makeSysvolGpo(folder: string, text: string): string {
  mkdirSync(join(folder, 'MACHINE'), { recursive: true });
  writeFileSync(join(folder, 'GPT.INI'), '[General]\r\nVersion=65539\r\ndisplayName=TLS servers\r\n');
  writeFileSync(join(folder, 'MACHINE', 'Registry.pol'), writeRegistryPol([orderSetting(text)]));
  return folder;
}
