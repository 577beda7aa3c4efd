/** What a snapshot holds of the SCHANNEL keys. */
import { z } from 'zod';
import { cipherKeys, hashKeys, keyExchangeKeys, protocolNames } from './schannel-keys';

/** A REG_DWORD, or that another type stands there, which nobody documented. */
const settingValue = z.union([z.int().min(0).max(0xffffffff), z.literal('other-type')]);
const protocolSetting = z.strictObject({
  enabled: settingValue.optional(),
  disabledByDefault: settingValue.optional(),
});
const protocolSettings = z.partialRecord(z.enum(protocolNames), protocolSetting);

/** Raw values; what is not set is not there. */
export const schannelSettingsSchema = z.strictObject({
  /** How much of these keys could be seen: an export holds only what somebody exported. */
  seen: z.enum(['all', 'part', 'nothing']),
  protocols: z.strictObject({ client: protocolSettings, server: protocolSettings }),
  ciphers: z.partialRecord(z.enum(cipherKeys), settingValue),
  hashes: z.partialRecord(z.enum(hashKeys), settingValue),
  keyExchanges: z.partialRecord(z.enum(keyExchangeKeys), settingValue),
});

export type SettingValue = z.infer<typeof settingValue>;
/** The settings below the SCHANNEL key that decide whether a suite works. */
export type SchannelSettings = z.infer<typeof schannelSettingsSchema>;
