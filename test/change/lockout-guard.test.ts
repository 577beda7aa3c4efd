/** What the guard refuses, and of what it only warns. */
import { describe, expect, it } from 'vitest';
import { guardAgainstLockout, judgeNewList } from '../../lib/change/lockout-guard';
import { noSchannelSettings } from '../../lib/windows/schannel-settings';
import type { WindowsVersionId } from '../../lib/windows/versions';

const on = (windows: WindowsVersionId | undefined) => ({ windows, settings: noSchannelSettings, fips: false });
const [dhe, dss] = ['TLS_DHE_RSA_WITH_AES_256_GCM_SHA384', 'TLS_DHE_DSS_WITH_AES_256_CBC_SHA'];
const ecdhe = ['TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384', 'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384'];
const idsOf = (costs: readonly { readonly id: string }[]) => costs.map(({ id }) => id);

describe('the guard', () => {
  it('finds nothing in a list that stays as it is, whatever it is', () => {
    expect(guardAgainstLockout([dhe], [dhe], on('ws2022'))).toEqual({ refusals: [], warnings: [] });
  });

  it('refuses a list in which nothing works, does not warn of that too, and says for which Windows', () => {
    const { refusals, warnings } = guardAgainstLockout([dhe, ...ecdhe], ecdhe, on('win8.1-2012r2'));
    expect(idsOf(refusals)).toContain('leaves-nothing-for-rsa');
    expect(idsOf(warnings)).not.toContain('leaves-nothing-for-rsa');
    expect(refusals).toContainEqual(expect.objectContaining({ windows: 'win8.1-2012r2' }));
  });

  it('warns of what can be borne, and refuses that too where it is strict', () => {
    const before = [...ecdhe, dss];
    const usual = guardAgainstLockout(before, ecdhe, on('ws2022'));
    expect([idsOf(usual.refusals), idsOf(usual.warnings)]).toEqual([[], ['leaves-nothing-for-dsa']]);
    const strict = guardAgainstLockout(before, ecdhe, on('ws2022'), { strict: true });
    expect([idsOf(strict.refusals), idsOf(strict.warnings)]).toEqual([['leaves-nothing-for-dsa'], []]);
  });

  it('names no Windows where none is known', () => {
    const { refusals, warnings } = guardAgainstLockout([...ecdhe, dss], ecdhe, on(undefined), { strict: true });
    expect([...refusals, ...warnings].map(({ windows }) => windows)).toEqual([null]);
  });

  it('judges a new list also where it is as long as the old one', () => {
    expect(idsOf(judgeNewList(ecdhe, ['TLS_X', 'TLS_Y'], on('ws2022')).refusals)).not.toEqual([]);
  });
});
