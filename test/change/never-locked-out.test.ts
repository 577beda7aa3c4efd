/** After a change something works, or may work, with an RSA certificate, by an oracle that shares no code with the guard. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { applyPlan } from '../../lib/change/apply';
import { planDisable } from '../../lib/change/plan';
import { readConfiguration } from '../../lib/configuration/read-configuration';
import { encodeDword } from '../../lib/registry-files/registry-value';
import { SimulatedMachine } from '../../lib/simulation/simulated-machine';
import { windowsVersionIds } from '../../lib/windows/versions';
import { canUseWithRsa, everyList } from '../support/effect-oracle';

/** Below `SCHANNEL`, and the oracle's words for them. */
const values = [
  ['protocols', 'client', 'TLS 1.2', 'Protocols\\TLS 1.2\\Client'],
  ['protocols', 'client', 'TLS 1.3', 'Protocols\\TLS 1.3\\Client'],
  ['protocols', 'server', 'TLS 1.2', 'Protocols\\TLS 1.2\\Server'],
  ['ciphers', '', 'NULL', 'Ciphers\\NULL'],
  ['ciphers', '', 'Triple DES 168', 'Ciphers\\Triple DES 168'],
  ['ciphers', '', 'AES 128/128', 'Ciphers\\AES 128/128'],
  ['hashes', '', 'SHA', 'Hashes\\SHA'],
  ['keyExchanges', '', 'PKCS', 'KeyExchangeAlgorithms\\PKCS'],
  ['keyExchanges', '', 'ECDH', 'KeyExchangeAlgorithms\\ECDH'],
  ['keyExchanges', '', 'Diffie-Hellman', 'KeyExchangeAlgorithms\\Diffie-Hellman'],
] as const;

const dhe = everyList.filter((name) => name.startsWith('TLS_DHE_'));
const scenario = fc.record({
  windows: fc.constantFrom(...windowsVersionIds),
  list: fc
    .tuple(
      fc.uniqueArray(fc.constantFrom(...everyList), { maxLength: 6 }),
      fc.uniqueArray(fc.constantFrom(...dhe), { minLength: 1, maxLength: 2 }),
    )
    .map(([some, removable]) => [...new Set([...some, ...removable])].filter((name) => name.length < 64)),
  off: fc.subarray([...values], { maxLength: 3 }),
});

it('holds whatever the list, Windows and settings, and the change says what it did', () => {
  let changed = 0;
  fc.assert(
    fc.property(scenario, ({ windows, list, off }) => {
      const machine = new SimulatedMachine({ windows, local: list });
      const settings = {
        protocols: { client: {} as Record<string, unknown>, server: {} as Record<string, unknown> },
        ciphers: {} as Record<string, unknown>,
        hashes: {} as Record<string, unknown>,
        keyExchanges: {} as Record<string, unknown>,
      };
      for (const [kind, role, name, key] of off) {
        machine.setValue(
          `SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\${key}`,
          'Enabled',
          encodeDword(0),
        );
        if (kind === 'protocols') settings.protocols[role][name] = { enabled: 0 };
        else settings[kind][name] = 0;
      }
      const binding = machine.connect();
      const outcome = applyPlan(binding, planDisable(readConfiguration(binding)));
      if (outcome.kind !== 'changed') {
        expect(machine.enumerate()).toEqual(list);
        return;
      }
      changed += 1;
      expect(machine.enumerate().filter((name) => name.startsWith('TLS_DHE_'))).toEqual([]);
      expect(machine.enumerate().some((name) => canUseWithRsa(name, windows, settings))).toBe(true);
    }),
    { numRuns: process.env['CI'] ? 10_000 : 500 },
  );
  expect(changed).toBeGreaterThan(50);
}, 600_000);
