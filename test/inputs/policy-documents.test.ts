/** Reports of Group Policy and preference items: who sets the order, and what is known of the machine then. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Assessment, assess } from '../../lib/assessment/assess';
import { openConfiguration, policyTextOf } from '../../lib/inputs/open-configuration';
import { readInput } from '../../lib/inputs/read-input';

const clean = 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,TLS_RSA_WITH_AES_128_GCM_SHA256';
const dhe = `${clean},TLS_DHE_RSA_WITH_AES_256_GCM_SHA384`;
const key = 'SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002';

const judge = (text: string | Uint8Array) => assess(openConfiguration(Buffer.from(text as string)));
const dataOf = ({ findings }: Assessment, id: string) => findings.find((finding) => finding.id === id)?.data;

describe('a report that Windows made', () => {
  const backup = join(__dirname, '..', 'fixtures', 'gpo-backup');
  const real = readFileSync(join(backup, readdirSync(backup)[0] ?? '', 'gpreport.xml')).toString('utf16le');

  it('of a GPO that does not set the order holds no list', () => {
    expect(() => judge(Buffer.from(real, 'utf16le'))).toThrow(expect.objectContaining({ expected: 'suite-list' }));
  });

  it.each([
    [
      'one with its template',
      `<q3:Policy><q3:Name>SSL 暗号の順位</q3:Name><q3:State>Enabled</q3:State><q3:EditText><q3:Name>x</q3:Name><q3:Value>${dhe}</q3:Value></q3:EditText></q3:Policy>`,
    ],
    [
      'one without',
      `<q3:RegistrySetting><q3:KeyPath>${key}</q3:KeyPath><q3:AdmSetting>false</q3:AdmSetting><q3:Value><q3:Name>Functions</q3:Name><q3:String>${dhe}</q3:String></q3:Value></q3:RegistrySetting>`,
    ],
  ])('holds the setting among all others: %s', (_, setting) => {
    const changed = real.replace('<q3:Policy>', () => `${setting}<q3:Policy>`);
    const assessment = judge(Buffer.from(changed, 'utf16le'));
    expect(assessment).toMatchObject({ verdict: 'dhe-offered', listed: dhe.split(',') });
    expect(dataOf(assessment, 'policy-origins')).toMatchObject({
      origins: [
        { name: 'DoD Windows 10 STIG - Computer (SHB v10.1.0)', isInForce: null, dheSuites: [expect.any(String)] },
      ],
    });
  });
});

const gpo = (name: string, text: string, { enabled = true, state = 'Enabled' } = {}) =>
  `<GPO><Name>${name}</Name><Computer><Enabled>${enabled}</Enabled><ExtensionData><Extension><Policy><Name>SSL Cipher Suite Order</Name><State>${state}</State>${state === 'Enabled' ? `<EditText><Value>${text}</Value></EditText>` : ''}</Policy></Extension></ExtensionData></Computer><LinksTo><SOMPath>contoso.com/${name}</SOMPath><Enabled>true</Enabled></LinksTo></GPO>`;

describe('several GPOs', () => {
  it('of which nobody knows which wins are all named, and nothing is known', () => {
    const report = `<report>${gpo('one', clean)}${gpo('two', dhe)}</report>`;
    const assessment = judge(report);
    expect(assessment).toMatchObject({ verdict: 'unknown', listed: null });
    expect(assessment.findings).toContainEqual({
      id: 'policy-origins',
      severity: 'warning',
      data: {
        origins: [
          { name: 'one', links: ['contoso.com/one'], isInForce: null, isDisabled: false, dheSuites: [] },
          {
            name: 'two',
            links: ['contoso.com/two'],
            isInForce: null,
            isDisabled: false,
            dheSuites: [expect.any(String)],
          },
        ],
      },
    });
    expect(() => policyTextOf(readInput(Buffer.from(report), 'x'), ',', 'x')).toThrow(
      expect.objectContaining({ expected: 'one-list', found: { number: 2 } }),
    );
  });

  it('that say the same are one policy, and one that is disabled is none', () => {
    expect(judge(`<report>${gpo('one', clean)}${gpo('two', clean)}</report>`).verdict).toBe('no-dhe-offered');
    expect(judge(`<report>${gpo('one', clean)}${gpo('two', dhe, { enabled: false })}</report>`).verdict).toBe(
      'no-dhe-offered',
    );
    expect(judge(`<report>${gpo('one', dhe, { enabled: false })}</report>`).verdict).toBe('unknown');
  });

  it('in results: the one with the precedence 1 won', () => {
    const policy = (id: string, precedence: number, text: string) =>
      `<Policy><GPO><Identifier>${id}</Identifier></GPO><Precedence>${precedence}</Precedence><Name>x</Name><EditText><Value>${text}</Value></EditText></Policy>`;
    const known = (id: string) =>
      `<GPO><Name>GPO ${id}</Name><Path><Identifier>${id}</Identifier></Path><Link><SOMPath>dc/${id}</SOMPath></Link></GPO>`;
    const results = (first: string, second: string) =>
      `<Rsop><ComputerResults>${known('{A}')}${known('{B}')}<ExtensionData><Extension>${policy('{A}', 2, first)}${policy('{B}', 1, second)}</Extension></ExtensionData></ComputerResults><UserResults/></Rsop>`;
    const assessment = judge(results(dhe, clean));
    expect(assessment.verdict).toBe('no-dhe-offered');
    expect(dataOf(assessment, 'policy-origins')).toMatchObject({
      origins: [
        { name: 'GPO {A}', links: ['dc/{A}'], isInForce: false, dheSuites: [expect.any(String)] },
        { name: 'GPO {B}', links: ['dc/{B}'], isInForce: true, dheSuites: [] },
      ],
    });
    expect(judge(results(clean, dhe)).verdict).toBe('dhe-offered');
  });

  it('a setting that is disabled takes the order away', () => {
    expect(openConfiguration(Buffer.from(gpo('one', '', { state: 'Disabled' }))).layers.groupPolicy.status).toBe(
      'absent',
    );
  });
});

describe('a preference item', () => {
  const item = (
    properties: string,
    around: { readonly item?: string; readonly filters?: string; readonly folder?: string } = {},
  ) =>
    `<RegistrySettings><Collection name="TLS" ${around.folder ?? ''}><Registry name="Functions" ${around.item ?? ''}><Properties hive="HKEY_LOCAL_MACHINE" key="${key}" name="Functions" type="REG_SZ" ${properties}/>${around.filters ?? ''}</Registry></Collection></RegistrySettings>`;
  const filters = '<Filters><FilterGroup bool="AND" not="0" name="CONTOSO\\Servers"/></Filters>';

  it.each([
    ['that updates', item(`action="U" value="${dhe}"`), 'dhe-offered', { action: 'update' }],
    ['that creates', item(`action="C" value="${clean}"`), 'no-dhe-offered', { action: 'create' }],
    [
      'that is disabled',
      item(`action="R" value="${dhe}"`, { item: 'disabled="1"' }),
      'unknown',
      { action: 'replace', isDisabled: true },
    ],
    [
      'in a folder that is disabled',
      item(`action="U" value="${clean}"`, { folder: 'disabled="1"' }),
      'unknown',
      { isDisabled: true },
    ],
    ['for some machines alone', item(`action="U" value="${clean}"`, { filters }), 'unknown', { isTargeted: true }],
    ['with DHE for some machines', item(`action="U" value="${dhe}"`, { filters }), 'dhe-offered', { isTargeted: true }],
    ['that deletes', item('action="D" value=""'), 'unknown', { action: 'delete' }],
  ])('%s is told as such', (_, text, verdict, told) => {
    const assessment = judge(text);
    expect(assessment.verdict).toBe(verdict);
    expect(dataOf(assessment, 'preference-items')).toMatchObject({ items: [told] });
  });

  it('that fights the policy of its own GPO leaves nothing known', () => {
    const both = gpo('one', clean).replace('</Extension>', `${item(`action="U" value="${dhe}"`)}</Extension>`);
    const assessment = judge(both);
    expect(assessment.verdict).toBe('unknown');
    expect(assessment.findings.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['policy-origins', 'preference-items']),
    );
  });

  it('of another value is none', () => {
    expect(() => judge(item('action="U" value="1"').replaceAll('00010002', '00010003'))).toThrow(
      expect.objectContaining({ expected: 'suite-list' }),
    );
  });
});

it.each(['<!DOCTYPE x [<!ENTITY a "b">]><GPO>&a;</GPO>', '<GPO><Name>', `<GPO>${'<a>'.repeat(200)}`])(
  '%s is refused',
  (text) => {
    expect(() => judge(text)).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
  },
);
