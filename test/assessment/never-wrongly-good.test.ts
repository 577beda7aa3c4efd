/** No mutation of a policy text that speaks of DHE gets the verdict that none is offered. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { assess } from '../../lib/assessment/assess';
import type { Configuration } from '../../lib/configuration/configuration';
import { readConfiguration } from '../../lib/configuration/read-configuration';
import { encodeString } from '../../lib/registry-files/registry-value';
import { SimulatedMachine } from '../../lib/simulation/simulated-machine';

const names = [
  'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
  'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256_P256',
  'TLS_RSA_WITH_AES_128_CBC_SHA',
  'TLS_AES_256_GCM_SHA384',
];
const dheNames = [
  'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384',
  'TLS_DHE_RSA_WITH_AES_128_CBC_SHA',
  'tls_dhe_rsa_with_aes_256_cbc_sha',
  'DHE-RSA-AES256-GCM-SHA384',
  'TLS-DHE-RSA-WITH-AES-128-GCM-SHA256',
  'EDH-RSA-DES-CBC3-SHA',
];
const pieces = [...'_-,;:、，\u00a0 \t\n\u200b\0"\\\uff21aEX0'];

/** DHE in these letters, whatever stands between them that no letter or digit is; ECDHE is not it. */
const speaksOfDhe = (text: string) => {
  const plain = text.normalize('NFKC').replace(/[^a-z0-9,;:]/gi, '');
  return /(?:^|[^C]|[^E]C)(?:DHE|EDH)/i.test(plain);
};

const mutation = fc.record({
  at: fc.nat(300),
  cut: fc.integer({ min: 0, max: 3 }),
  put: fc.array(fc.constantFrom(...pieces), { maxLength: 3 }).map((parts) => parts.join('')),
});

const policyText = fc
  .record({
    list: fc.shuffledSubarray(names, { minLength: 1 }),
    dhe: fc.constantFrom(...dheNames),
    place: fc.nat(4),
    separator: fc.constantFrom(',', ';', '、', ', ', ':'),
    mutations: fc.array(mutation, { maxLength: 3 }),
  })
  .map(({ list, dhe, place, separator, mutations }) =>
    mutations.reduce(
      (text, { at, cut, put }) =>
        text.slice(0, at % (text.length + 1)) + put + text.slice((at % (text.length + 1)) + cut),
      list.toSpliced(place, 0, dhe).join(separator),
    ),
  )
  .filter(speaksOfDhe);

const base = readConfiguration(
  new SimulatedMachine({ windows: 'ws2022', local: ['TLS_AES_256_GCM_SHA384'] }).connect(),
);

function underPolicy(text: string, isExport: boolean): Configuration {
  const { type, data } = encodeString(text);
  const value = { type, data: Buffer.from(data).toString('base64') };
  return {
    ...base,
    layers: { ...base.layers, groupPolicy: { ...base.layers.groupPolicy, status: 'set', value } },
    // As a Windows that takes the text letter for letter would answer.
    enumerated: isExport ? null : text.split(',').filter((name) => name !== ''),
    windows: { ...base.windows, build: isExport ? null : base.windows.build },
  };
}

it('is never that no DHE is offered', () => {
  fc.assert(
    fc.property(policyText, fc.boolean(), (text, isExport) => {
      expect(assess(underPolicy(text, isExport)).verdict).not.toBe('no-dhe-offered');
    }),
    { numRuns: process.env['CI'] ? 100_000 : 2_000 },
  );
}, 600_000);
