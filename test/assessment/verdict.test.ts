/** What is known of DHE, and why where it is not known. */
import { describe, expect, it } from 'vitest';
import { assess, type Doubt } from '../../lib/assessment/assess';
import type { Configuration } from '../../lib/configuration/configuration';
import { encodeDword, encodeMultiString, encodeString, RegistryType } from '../../lib/registry-files/registry-value';
import { noSchannelSettings } from '../../lib/windows/schannel-settings';
import { asExport, readMachine, withLayer, withoutKey, withValue } from '../support/configurations';

const ecdhe = 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384';
const rsa = 'TLS_RSA_WITH_AES_128_GCM_SHA256';
const dhe = 'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384';

const clean = readMachine({ local: [ecdhe, rsa] });
const cleanExport = asExport(clean);
const offering = readMachine({ local: [dhe, ecdhe] });
/** A DHE name behind the end of the list, where Windows should not look. */
const hidden = {
  type: RegistryType.multiString,
  data: new Uint8Array(Buffer.from(`${ecdhe}\0\0${dhe}\0\0`, 'utf16le')),
};
const policyOver = (local: readonly string[]) => readMachine({ local, groupPolicy: ecdhe });

describe('the verdict', () => {
  it.each<[string, Configuration, readonly string[] | null, Doubt | null]>([
    ['a list without DHE that Windows answers with', clean, [ecdhe, rsa], null],
    ['a list without DHE in an export', cleanExport, [ecdhe, rsa], null],
    ['an export without the local key', withoutKey(cleanExport, 'local'), null, 'not-in-export'],
    [
      'an export without a local value',
      withLayer(cleanExport, 'local', { status: 'absent', value: null }),
      [],
      'empty',
    ],
    ['a local list that is empty', asExport(readMachine({ local: [] })), [], 'empty'],
    ['a Windows that answers with nothing', { ...clean, enumerated: [] }, [], 'empty'],
    [
      'a local list that was written as one text',
      withValue(cleanExport, 'local', encodeString(`${ecdhe}, ${rsa};`)),
      [ecdhe, rsa],
      'wrong-type',
    ],
    ['a local value that is a number', withValue(cleanExport, 'local', encodeDword(1)), [], 'wrong-type'],
    [
      'a local value that is a number, where Windows answers',
      withValue(clean, 'local', encodeDword(1)),
      [ecdhe, rsa],
      'wrong-type',
    ],
    [
      'a local value that is a number, under a policy',
      withValue(policyOver([ecdhe]), 'local', encodeDword(1)),
      [ecdhe],
      null,
    ],
    ['names that nobody knows', asExport(readMachine({ local: ['TLS_FOO_BAR'] })), ['TLS_FOO_BAR'], 'no-known-name'],
    [
      'names with curves that are known without them',
      asExport(readMachine({ local: [`${ecdhe}_P256`] })),
      [`${ecdhe}_P256`],
      null,
    ],
    [
      'DHE in a name that nobody knows',
      asExport(readMachine({ local: [ecdhe, 'TLS_DHE_RSA_WITH_FOO'] })),
      [ecdhe, 'TLS_DHE_RSA_WITH_FOO'],
      'dhe-in-unknown-name',
    ],
    ['DHE behind the end of the local list', withValue(cleanExport, 'local', hidden), [ecdhe], 'dhe-in-unknown-name'],
    ['the same where Windows answers without it', withValue(clean, 'local', hidden), [ecdhe, rsa], null],
    ['the same under a policy', asExport(withValue(policyOver([ecdhe]), 'local', hidden)), [ecdhe], null],
    ['DHE stored since the start', { ...offering, enumerated: [ecdhe] }, [ecdhe], 'dhe-not-in-answer'],
    ['the same in FIPS mode', { ...offering, enumerated: [ecdhe], fips: true }, [ecdhe], null],
    ['DHE in a local list under a policy', policyOver([dhe, ecdhe]), [ecdhe], null],
    [
      'DHE that is switched off',
      { ...offering, schannel: { ...noSchannelSettings, keyExchanges: { 'Diffie-Hellman': 0 } } },
      [dhe, ecdhe],
      null,
    ],
    ['a hive that was not written whole', { ...cleanExport, isFromDirtyHive: true }, [ecdhe, rsa], 'dirty-hive'],
    [
      'an empty policy before the local list',
      withValue(cleanExport, 'groupPolicy', encodeString('')),
      [ecdhe, rsa],
      'empty',
    ],
    [
      'a policy of the wrong type before the local list',
      withValue(cleanExport, 'groupPolicy', encodeDword(1)),
      [ecdhe, rsa],
      'wrong-type',
    ],
    [
      'an MDM value of the wrong type before the local list',
      withValue(cleanExport, 'mdm', encodeDword(1)),
      [ecdhe, rsa],
      'wrong-type',
    ],
    [
      'an empty policy, and an MDM value of the wrong type',
      withValue(withValue(cleanExport, 'mdm', encodeDword(1)), 'groupPolicy', encodeString('')),
      [ecdhe, rsa],
      'empty',
    ],
    [
      'an export without the key of Group Policy',
      withoutKey(cleanExport, 'groupPolicy'),
      [ecdhe, rsa],
      'governing-layer-uncertain',
    ],
    [
      'the same of a hive that was not written whole',
      { ...withoutKey(cleanExport, 'groupPolicy'), isFromDirtyHive: true },
      [ecdhe, rsa],
      'governing-layer-uncertain',
    ],
    ['a malformed policy', asExport(readMachine({ groupPolicy: `${ecdhe}, ${rsa}` })), [ecdhe, ` ${rsa}`], 'malformed'],
  ])('of %s', (_, configuration, listed, doubt) => {
    expect(assess(configuration)).toMatchObject({
      verdict: doubt === null ? 'no-dhe-offered' : 'unknown',
      doubt,
      listed,
      dheSuites: [],
    });
  });

  it.each<[string, Configuration]>([
    ['a list that Windows answers with', offering],
    ['an export', asExport(offering)],
    ['a hive that was not written whole', asExport(offering, { isFromDirtyHive: true })],
    ['an export without the key of Group Policy', withoutKey(asExport(offering), 'groupPolicy')],
    ['an export of a machine in FIPS mode', asExport(offering, { fips: true })],
    ['an export under a value that is ignored', withValue(asExport(offering), 'groupPolicy', encodeString(''))],
    [
      'a key that says neither on nor off',
      { ...offering, schannel: { ...noSchannelSettings, keyExchanges: { 'Diffie-Hellman': 1 } } },
    ],
  ])('is that DHE is offered, without a doubt, of %s', (_, configuration) => {
    expect(assess(configuration)).toMatchObject({ verdict: 'dhe-offered', doubt: null, dheSuites: [dhe] });
  });
});

describe('what is offered', () => {
  it('is nobody knows what, where nobody knows the list', () => {
    expect(assess(withoutKey(cleanExport, 'local'))).toMatchObject({ listed: null, offered: null, effects: [] });
  });

  it('is what works or may work, in the order of the list', () => {
    const listed = ['TLS_FOO_BAR', rsa, `${ecdhe}_P256`, ecdhe];
    const { offered, effects } = assess(readMachine({ local: listed }));
    expect(offered).toEqual([rsa, `${ecdhe}_P256`, ecdhe]);
    expect(effects.map(({ name, effect }) => [name, effect])).toEqual([
      ['TLS_FOO_BAR', 'no-effect'],
      [rsa, 'works'],
      [`${ecdhe}_P256`, 'may-work'],
      [ecdhe, 'works'],
    ]);
  });

  it('is filtered by FIPS mode where Windows did not answer, and then alone', () => {
    const configuration = readMachine({ local: [ecdhe], fips: true });
    expect(assess(configuration).effects).toMatchObject([{ effect: 'works', reason: null }]);
    expect(assess(asExport(configuration)).effects).toMatchObject([{ effect: 'may-work', reason: { id: 'fips' } }]);
  });

  it('is judged for the Windows that the snapshot tells, and for the named one where it tells none', () => {
    const silent = { ...cleanExport, windows: { ...clean.windows, build: null } };
    expect(assess(silent)).toMatchObject({ version: null, offered: [ecdhe, rsa] });
    expect(assess(silent, { windows: 'win8.1-2012r2' })).toMatchObject({ version: 'win8.1-2012r2', offered: [rsa] });
    expect(assess(cleanExport, { windows: 'win8.1-2012r2' })).toMatchObject({
      version: 'ws2022',
      offered: [ecdhe, rsa],
    });
  });

  it('is of a policy judged for the named Windows as well', () => {
    const old = 'win8.1-2012r2';
    const policy = asExport(readMachine({ groupPolicy: [dhe, ecdhe].join() }));
    const silent = { ...policy, windows: { ...policy.windows, build: null } };
    const costsOn = (windows?: typeof old) =>
      assess(silent, windows === undefined ? {} : { windows }).findings.find(({ id }) => id === 'removal-costs');
    expect(costsOn()).toBeUndefined();
    expect(costsOn(old)?.data).toMatchObject({
      costs: expect.arrayContaining([expect.objectContaining({ id: 'leaves-nothing-for-rsa', windows: old })]),
    });
  });

  it('of an MDM value that is a list of strings is that list', () => {
    expect(assess(withValue(cleanExport, 'mdm', encodeMultiString([dhe])))).toMatchObject({
      governance: { layer: 'mdm' },
      listed: [dhe],
    });
  });
});
