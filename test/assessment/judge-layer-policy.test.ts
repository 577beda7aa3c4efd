/** A policy value is judged for the machine that holds it. */
import { expect, it } from 'vitest';
import { judgeLayerPolicy, type MachinePolicyOptions } from '../../lib/assessment/judge-layer-policy';
import type { Configuration } from '../../lib/configuration/configuration';
import { noSchannelSettings } from '../../lib/windows/schannel-settings';
import { asExport, readMachine } from '../support/configurations';

const ecdsa = 'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384';
const rsa = 'TLS_RSA_WITH_AES_128_GCM_SHA256';
const dhe = 'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384';
const silent = (text: string) => {
  const configuration = asExport(readMachine({ groupPolicy: text }));
  return { ...configuration, windows: { ...configuration.windows, build: null } };
};
const ids = (costs: readonly { readonly id: string }[] = []) => costs.map(({ id }) => id);

it('is nothing where the layer holds none', () => {
  expect(judgeLayerPolicy(readMachine({}), 'groupPolicy')).toBeNull();
});

it('reads each layer with its own separator', () => {
  expect(judgeLayerPolicy(readMachine({ mdm: `${ecdsa};${rsa}` }), 'mdm')).toMatchObject({
    doubt: null,
    list: [ecdsa, rsa],
  });
  expect(judgeLayerPolicy(readMachine({ groupPolicy: `${ecdsa},${rsa}` }), 'groupPolicy')).toMatchObject({
    doubt: null,
    list: [ecdsa, rsa],
  });
});

it('warns of what it costs, and refuses that where it is strict', () => {
  const configuration = readMachine({ groupPolicy: rsa });
  const lenient = judgeLayerPolicy(configuration, 'groupPolicy');
  expect([ids(lenient?.refusals), ids(lenient?.warnings)]).toEqual([[], ['leaves-no-ecdhe']]);
  const strict = judgeLayerPolicy(configuration, 'groupPolicy', { strict: true });
  expect([ids(strict?.refusals), ids(strict?.warnings)]).toEqual([['leaves-no-ecdhe'], []]);
});

it('asks for RSA unless all certificates are ECDSA', () => {
  const configuration = readMachine({ groupPolicy: ecdsa });
  expect(ids(judgeLayerPolicy(configuration, 'groupPolicy')?.refusals)).toEqual(['leaves-nothing-for-rsa']);
  expect(judgeLayerPolicy(configuration, 'groupPolicy', { ecdsaOnly: true })).toMatchObject({
    refusals: [],
    warnings: [],
  });
});

it('is for the Windows of the machine, for the named one where nothing tells it, else for none', () => {
  const windowsOf = (configuration: Configuration, options: MachinePolicyOptions = {}) =>
    judgeLayerPolicy(configuration, 'groupPolicy', options)?.warnings.map(({ id, windows }) => [id, windows]);
  expect(windowsOf(readMachine({ groupPolicy: rsa }), { windows: 'win8.1-2012r2' })).toEqual([
    ['leaves-no-ecdhe', 'ws2022'],
  ]);
  expect(windowsOf(silent(rsa), { windows: 'win8.1-2012r2' })).toEqual([['leaves-no-ecdhe', 'win8.1-2012r2']]);
  expect(windowsOf(silent(rsa))).toEqual([['leaves-no-ecdhe', null]]);
});

it('counts the settings of the machine, and FIPS mode, which filters no policy yet', () => {
  const configuration = readMachine({ groupPolicy: `${ecdsa},${dhe}` });
  expect(judgeLayerPolicy(configuration, 'groupPolicy')?.verdict).toBe('dhe-offered');
  const schannel = { ...noSchannelSettings, keyExchanges: { 'Diffie-Hellman': 0 } };
  expect(judgeLayerPolicy({ ...configuration, schannel }, 'groupPolicy')?.verdict).toBe('no-dhe-offered');
  const rc4 = readMachine({ groupPolicy: 'TLS_RSA_WITH_RC4_128_SHA', windows: 'win8.1-2012r2' });
  expect(ids(judgeLayerPolicy(rc4, 'groupPolicy')?.refusals)).toEqual([]);
  expect(ids(judgeLayerPolicy({ ...rc4, fips: true }, 'groupPolicy')?.refusals)).toEqual(['leaves-nothing-for-rsa']);
});
