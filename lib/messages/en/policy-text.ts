import type { PolicyTextMessages } from '../shape';
import { counted } from './plural';

export const policyText: PolicyTextMessages = {
  fault: {
    'wrong-separator': 'wrong separator, replaced',
    'missing-separator': 'no separator between two names, inserted',
    'leading-separator': 'separator before the first name, removed',
    'doubled-separator': 'doubled separator, removed',
    'trailing-separator': 'separator after the last name, removed',
    'full-width': 'full-width characters, replaced by ASCII',
    invisible: 'invisible characters, removed',
    'white-space': 'white space, removed',
    'blank-inside-name': 'white space inside a name, removed',
    quote: 'quotation mark, removed',
    'lower-case': 'lower-case letters, replaced',
    duplicate: 'second mention of a name, removed',
    'not-a-name': 'no suite name, removed',
    'cut-off': 'cut off by the policy editor at its limit: this piece and whatever followed it are lost',
    'other-spelling': 'a suite as another program spells it, which Windows does not know',
    'unknown-name': 'unknown name, kept',
  },
  withoutSpelling: (names) => `Kept, though that Windows has them in no spelling: ${names}`,
  faults: (count) => `${counted(count, 'fault')} in the text (--json lists each):`,
  faultColumns: ['count', 'first at', 'found', 'fault'],
  schannelSpells: (name, write) => `${name}: Schannel calls it ${write} (--translate writes it so)`,
  tooLong: (length, limit, names) =>
    `The text has ${counted(length, 'character')}, the policy editor takes ${limit}. What could go first: ${names || 'nothing'}.`,
  deploy: {
    groupPolicy: `What to do:
1. Open the policy: for a domain gpmc.msc, the GPO, Edit; for this machine alone gpedit.msc.
2. Computer Configuration > Policies > Administrative Templates > Network > SSL Configuration Settings > "SSL Cipher Suite Order" (gpedit.msc has no "Policies" level).
3. Select Enabled, replace everything in "SSL Cipher Suites" with this text, and press OK.
4. Computers take it over within 90 to 120 minutes (later across sites), or at once with gpupdate /target:computer. Then restart them.`,
    mdm: 'Put it into the MDM profile, ./Device/Vendor/MSFT/Policy/Config/Cryptography/TLSCipherSuites (names with semicolons between them). Then sync and restart.',
  },
};
