/** One list of the forms in which people hold a cipher suite order: each written here by its public description, from any names. */
import { createHash } from 'node:crypto';
import type { LayerId } from '../../lib/configuration/configuration';
import { writeRegFile } from '../../lib/registry-files/reg-file';
import { writeRegistryPol } from '../../lib/registry-files/registry-pol';
import { encodeMultiString, encodeString } from '../../lib/registry-files/registry-value';
import { rawLines } from '../support/machine-lines';

export interface Sample {
  readonly name: string;
  /** Where the names stand; `enumerated` is what Windows answers, whichever layer it is from. */
  readonly layer: LayerId | 'enumerated';
  readonly write: (names: readonly string[]) => Uint8Array;
}

/** A list without DHE, and the same with one such suite in it. */
export const clean = [
  'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
  'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
  'TLS_RSA_WITH_AES_128_GCM_SHA256',
];
export const dhe = 'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384';
export const dirty = [...clean.slice(0, 1), dhe, ...clean.slice(1)];

const policyKey = 'SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002';
const localKey = 'SYSTEM\\CurrentControlSet\\Control\\Cryptography\\Configuration\\Local\\SSL\\00010002';
const mdmPath = './Device/Vendor/MSFT/Policy/Config/Cryptography/TLSCipherSuites';

const text = (name: string, layer: Sample['layer'], write: (names: readonly string[]) => string): Sample => ({
  name,
  layer,
  write: (names) => Buffer.from(write(names)),
});
const utf16 = (sample: Sample): Sample => ({
  ...sample,
  name: `${sample.name}, in UTF-16`,
  write: (names) => Buffer.from(`\ufeff${Buffer.from(sample.write(names)).toString()}`, 'utf16le'),
});
const regFile = (key: string, isList: boolean) => (names: readonly string[]) =>
  writeRegFile([
    { kind: 'key', key: `HKEY_LOCAL_MACHINE\\${key}` },
    { kind: 'value', name: 'Functions', value: isList ? encodeMultiString(names) : encodeString(names.join(',')) },
  ]);
const lines = (...all: readonly (string | readonly string[])[]) => `${all.flat().join('\r\n')}\r\n`;
const json = (document: unknown) => JSON.stringify(document, null, 2);
const quoted = (names: readonly string[]) => names.map((name) => `"${name}"`);

const regQueryText = text('reg query of the local list', 'local', (names) =>
  lines('', `HKEY_LOCAL_MACHINE\\${localKey}`, `    Functions    REG_MULTI_SZ    ${names.join('\\0')}`, ''),
);
const reportExtension = (names: readonly string[], inside = '') =>
  `<ExtensionData><Extension xmlns:q1="http://www.microsoft.com/GroupPolicy/Settings/Registry" xsi:type="q1:RegistrySettings">
<q1:Policy>${inside}<q1:Name>SSL Cipher Suite Order</q1:Name><q1:State>Enabled</q1:State>
<q1:Explain>Determines the cipher suites used by the Secure Socket Layer (SSL).</q1:Explain>
<q1:Category>Network/SSL Configuration Settings</q1:Category>
<q1:EditText><q1:Name>SSL Cipher Suites</q1:Name><q1:State>Enabled</q1:State><q1:Value>${names.join(',')}</q1:Value></q1:EditText></q1:Policy>
<q1:Blocked>false</q1:Blocked></Extension><Name>Registry</Name></ExtensionData>`;
const schemas = 'xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';
const gpoId = '{6AC1786C-016F-11D2-945F-00C04FB984F9}';
const gpoReport = text(
  'Get-GPOReport -ReportType Xml',
  'groupPolicy',
  (names) => `<?xml version="1.0" encoding="utf-16"?>
<GPO ${schemas} xmlns="http://www.microsoft.com/GroupPolicy/Settings">
<Identifier><Identifier xmlns="http://www.microsoft.com/GroupPolicy/Types">${gpoId}</Identifier></Identifier><Name>TLS servers</Name>
<Computer><VersionDirectory>1</VersionDirectory><Enabled>true</Enabled>${reportExtension(names)}</Computer>
<User><Enabled>true</Enabled></User>
<LinksTo><SOMName>Servers</SOMName><SOMPath>contoso.com/Servers</SOMPath><Enabled>true</Enabled><NoOverride>false</NoOverride></LinksTo></GPO>`,
);
const htmlReport = (names: readonly string[]) =>
  `<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html dir="ltr"><head><meta http-equiv="Content-Type" content="text/html; charset=UTF-16"><title>TLS servers</title>
<style type="text/css">td { color: #000 }</style><script language="javascript">if (1 < 2) { document.title = "<x>"; }</script></head>
<body><table class="info3"><tr><th>Policy</th><th>Setting</th><th>Winning GPO</th></tr>
<tr><td><a class="explainlink" href="javascript:void();">SSL Cipher Suite Order</a></td><td>Enabled</td><td>TLS servers</td></tr>
<tr><td colspan="3"><table class="subtable_frame"><tr><td>SSL Cipher Suites<br></td><td>${names.join(',')}</td></tr></table></td></tr></table></body></html>`;

const providerPath = (key: string) => `Microsoft.PowerShell.Core\\Registry::HKEY_LOCAL_MACHINE\\${key}`;
/** As a console breaks it, with the rest below the beginning. */
const wrapped = (value: string, width: number, indent: number) =>
  (value.match(new RegExp(`.{1,${width}}`, 'g')) ?? []).join(`\r\n${' '.repeat(indent)}`);
const recordOf = (names: readonly string[]) => ({
  ...{ schemaVersion: 1, kind: 'record', tool: '0.1.0', host: 'web1.corp.example', time: '2026-11-24T10:00:00.000Z' },
  windows: { version: 'ws2022', build: 20348, revision: 2849, installationType: 'Server' },
  ...{ verdict: 'dhe-offered', doubt: null, layer: 'local', certain: true, gpo: null, findings: ['dhe-offered'] },
  ...{ counts: { listed: names.length, dhe: 1, works: names.length }, restart: 'not-needed', removal: 'costs-nothing' },
  sha256: createHash('sha256').update(JSON.stringify(names)).digest('hex'),
  list: names,
});

export const samples: readonly Sample[] = [
  text('the text of a policy', 'groupPolicy', (names) => names.join(',')),
  text('lines', 'groupPolicy', (names) => lines(names)),
  text('a list with bullets, quotes and a comment', 'groupPolicy', (names) =>
    lines(
      '# the order of our servers',
      names.map((name) => `- "${name}"`),
    ),
  ),
  text('an array of PowerShell', 'groupPolicy', (names) => lines('$x = @(', quoted(names).join(', # why\r\n'), ')')),
  { name: '.reg of a policy', layer: 'groupPolicy', write: regFile(policyKey, false) },
  { name: '.reg of the local list', layer: 'local', write: regFile(localKey, true) },
  {
    name: '.reg of a hive loaded under another name',
    layer: 'local',
    write: regFile(localKey.replace('SYSTEM\\CurrentControlSet', 'OFFLINE\\ControlSet001'), true),
  },
  text('.reg in UTF-8', 'groupPolicy', (names) =>
    lines(
      'Windows Registry Editor Version 5.00',
      '',
      `[HKEY_LOCAL_MACHINE\\${policyKey}]`,
      `"Functions"="${names.join(',')}"`,
    ),
  ),
  text('an excerpt of a .reg', 'groupPolicy', (names) =>
    lines(`[HKEY_LOCAL_MACHINE\\${policyKey}]`, `"Functions"="${names.join(',')}"`),
  ),
  regQueryText,
  utf16(regQueryText),
  text('reg query /s of the policy, in Japanese', 'groupPolicy', (names) =>
    lines(
      '',
      `HKEY_LOCAL_MACHINE\\${policyKey}`,
      `    Functions    REG_SZ    ${names.join(',')}`,
      '',
      '検索の完了: 1 件一致',
    ),
  ),
  text('reg add in a batch file', 'groupPolicy', (names) =>
    lines(
      '@echo off',
      `set LIST=${names.join(',')}`,
      `reg add "HKLM\\${policyKey}" /v Functions /t REG_SZ ^`,
      ' /d "%LIST%" /f',
    ),
  ),
  text('reg add of the local list', 'local', (names) =>
    lines(`reg.exe add HKLM\\${localKey} /v Functions /t REG_MULTI_SZ /d ${names.join('\\0')} /f`),
  ),
  text('Set-ItemProperty', 'groupPolicy', (names) =>
    lines(
      `$path = 'HKLM:\\${policyKey}'`,
      '$suites = @(',
      quoted(names).join(',\r\n'),
      ')',
      "Set-ItemProperty -Path $path -Name Functions -Value ($suites -join ',')",
    ),
  ),
  text('New-ItemProperty', 'local', (names) =>
    lines(
      `New-ItemProperty -Path 'HKLM:\\${localKey}' -Name 'Functions' -PropertyType MultiString -Value @(${quoted(names).join(', ')}) -Force`,
    ),
  ),
  text('Get-TlsCipherSuite as a table', 'enumerated', (names) =>
    lines(
      '',
      'KeyType Certificate MaximumExchangeLength MinimumExchangeLength Exchange Hash Name',
      '------- ----------- ---- ----',
      names.map((name) => `0       RSA         16384 1024 ECDH      ${name}`),
    ),
  ),
  text('Get-TlsCipherSuite | ft Name', 'enumerated', (names) => lines('', 'Name', '----', names, '')),
  text('Get-TlsCipherSuite as a list', 'enumerated', (names) =>
    lines(
      names.flatMap((name) => [
        '',
        'KeyType               : 0',
        'Hash                  :',
        'CipherSuite           : 49192',
        'Cipher                : AES',
        `Name                  : ${name}`,
        'Protocols             : {771, 65277}',
      ]),
    ),
  ),
  text('Get-TlsCipherSuite as JSON', 'enumerated', (names) =>
    json(names.map((name) => ({ KeyType: 0, Cipher: 'AES', Name: name, Protocols: [771, 65277] }))),
  ),
  text('Get-TlsCipherSuite as CSV', 'enumerated', (names) =>
    lines(
      '#TYPE Microsoft.Windows.TlsCipherSuite',
      '"KeyType","Certificate","Name","Protocols"',
      names.map((name) => `"0","RSA","${name}","System.UInt32[]"`),
    ),
  ),
  text(
    'Get-TlsCipherSuite as CLIXML',
    'enumerated',
    (names) =>
      `<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04">${names
        .map(
          (name, id) =>
            `<Obj RefId="${id}"><TN RefId="0"><T>TlsCipherSuite</T></TN><Props><U32 N="KeyType">0</U32><S N="Name">${name}</S></Props></Obj>`,
        )
        .join('')}</Objs>`,
  ),
  text('Get-ItemProperty of the policy', 'groupPolicy', (names) =>
    lines(
      '',
      `Functions    : ${names.join(',')}`,
      `PSPath       : Microsoft.PowerShell.Core\\Registry::HKEY_LOCAL_MACHINE\\${policyKey}`,
      'PSChildName  : 00010002',
      'PSProvider   : Microsoft.PowerShell.Core\\Registry',
    ),
  ),
  text('Get-ItemProperty of the local list, in a narrow console', 'local', (names) =>
    lines(
      '',
      `Functions    : ${wrapped(`{${names.join(', ')}}`, 50, 15)}`,
      `PSPath       : ${wrapped(providerPath(localKey), 50, 15)}`,
      'PSChildName  : 00010002',
      'PSDrive      : HKLM',
    ),
  ),
  text('Get-ItemProperty | ConvertTo-Json', 'local', (names) =>
    json({ Functions: names, PSPath: providerPath(localKey), PSChildName: '00010002' }),
  ),
  text('Get-ItemProperty | Export-Csv', 'groupPolicy', (names) =>
    lines('"Functions","PSPath"', `"${names.join(',')}","${providerPath(policyKey)}"`),
  ),
  text(
    'Get-ItemProperty | Export-Clixml',
    'local',
    (names) =>
      `<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04"><Obj RefId="0"><MS><Obj N="Functions" RefId="1"><LST>${names.map((name) => `<S>${name}</S>`).join('')}</LST></Obj><S N="PSPath">${providerPath(localKey)}</S></MS></Obj></Objs>`,
  ),
  text('Get-Item as a table, with its hive', 'groupPolicy', (names) =>
    lines(
      '',
      `    Hive: HKEY_LOCAL_MACHINE\\${policyKey.replace('\\00010002', '')}`,
      '',
      'Name                           Property',
      '----                           --------',
      `00010002                       Functions : ${wrapped(names.join(','), 36, 43)}`,
    ),
  ),
  text('reg query at a prompt, with a yen sign for each backslash', 'groupPolicy', (names) =>
    lines(
      `C:\\>reg query HKLM\\${policyKey}`,
      '',
      `HKEY_LOCAL_MACHINE\\${policyKey}`,
      `    Functions    REG_SZ    ${names.join(',')}`,
      '',
      'C:\\>',
    ).replaceAll('\\', '\u00a5'),
  ),
  text('names at a prompt of PowerShell', 'groupPolicy', (names) =>
    lines('PS C:\\Users\\admin> (Get-TlsCipherSuite).Name', names, 'PS C:\\Users\\admin>'),
  ),
  text('[string]::Join', 'groupPolicy', (names) =>
    lines(
      '$suites = @(',
      quoted(names).map((name) => `  ${name}`),
      ')',
      '$order = [string]::Join(",", $suites)',
      `New-ItemProperty -Path "HKLM:\\${policyKey}" -Name "Functions" -Value $order -PropertyType String -Force`,
    ),
  ),
  text('splatting', 'groupPolicy', (names) =>
    lines(
      '$order = @{',
      `  Path  = 'HKLM:\\${policyKey}'`,
      "  Name  = 'Functions'",
      `  Value = '${names.join(',')}'`,
      '}',
      'Set-ItemProperty @order',
    ),
  ),
  text('Chef', 'groupPolicy', (names) =>
    lines(
      `registry_key 'HKEY_LOCAL_MACHINE\\${policyKey}' do`,
      `  values [{ name: 'Functions', type: :string, data: '${names.join(',')}' }]`,
      '  action :create',
      'end',
    ),
  ),
  text('Salt', 'groupPolicy', (names) =>
    lines(
      'order:',
      '  reg.present:',
      `    - name: HKLM\\${policyKey}`,
      '    - vname: Functions',
      `    - vdata: ${names.join(',')}`,
    ),
  ),
  text('a CSV row', 'groupPolicy', (names) =>
    lines(`"1050","TLS","Registry","","HKLM:\\${policyKey}","Functions","","${names.join(',')}","=","High"`),
  ),
  text('a Markdown row', 'groupPolicy', (names) =>
    lines('| Key | Value | Data |', '|---|---|---|', `| HKLM\\${policyKey} | Functions | ${names.join(',')} |`),
  ),
  text('Ansible', 'groupPolicy', (names) =>
    lines(
      '- name: order',
      '  ansible.windows.win_regedit:',
      `    path: HKLM:\\${policyKey}`,
      '    name: Functions',
      '    type: string',
      `    data: "${names.join(',')}"`,
    ),
  ),
  text('YAML with a list', 'local', (names) =>
    lines(
      '- ansible.windows.win_regedit:',
      `    path: HKLM:\\${localKey}`,
      '    name: Functions',
      '    type: multistring',
      '    data:',
      names.map((name) => `      - ${name}`),
    ),
  ),
  text('Puppet', 'groupPolicy', (names) =>
    lines(
      `registry_value { 'HKLM\\${policyKey}\\Functions':`,
      '  ensure => present,',
      '  type   => string,',
      `  data   => '${names.join(',')}',`,
      '}',
    ),
  ),
  text('DSC', 'groupPolicy', (names) =>
    lines(
      'Registry CipherOrder {',
      "  Ensure    = 'Present'",
      `  Key       = 'HKLM:\\${policyKey}'`,
      "  ValueName = 'Functions'",
      "  ValueType = 'String'",
      `  ValueData = '${names.join(',')}'`,
      '}',
    ),
  ),
  {
    name: 'Registry.pol',
    layer: 'groupPolicy',
    write: (names) => writeRegistryPol([{ key: policyKey, valueName: 'Functions', ...encodeString(names.join(',')) }]),
  },
  text('LGPO text', 'groupPolicy', (names) =>
    lines('; LGPO', 'Computer', policyKey, 'Functions', `SZ:${names.join(',')}`, ''),
  ),
  text(
    'PolicyAnalyzer',
    'groupPolicy',
    (names) =>
      `<PolicyRules><ComputerConfig><Key>${policyKey}</Key><Value>Functions</Value><RegType>REG_SZ</RegType><RegData>${names.join(',')}</RegData></ComputerConfig></PolicyRules>`,
  ),
  text('GptTmpl.inf', 'groupPolicy', (names) =>
    lines(
      '[Unicode]',
      'Unicode=yes',
      '[Registry Values]',
      `MACHINE\\${policyKey}\\Functions=1,"${names.join(',')}"`,
      '[Version]',
      'signature="$CHICAGO$"',
    ),
  ),
  gpoReport,
  utf16(gpoReport),
  text(
    'gpresult /x',
    'groupPolicy',
    (names) =>
      `<?xml version="1.0" encoding="utf-16"?><Rsop ${schemas} xmlns="http://www.microsoft.com/GroupPolicy/Rsop"><ComputerResults><Name>CONTOSO\\WEB1$</Name>
<GPO><Name>TLS servers</Name><Path><Identifier xmlns="http://www.microsoft.com/GroupPolicy/Types">${gpoId}</Identifier></Path><Link><SOMPath>contoso.com/Servers</SOMPath><AppliedOrder>1</AppliedOrder><Enabled>true</Enabled></Link></GPO>
${reportExtension(names, `<GPO xmlns="http://www.microsoft.com/GroupPolicy/Settings/Base"><Identifier xmlns="http://www.microsoft.com/GroupPolicy/Types">${gpoId}</Identifier></GPO><Precedence xmlns="http://www.microsoft.com/GroupPolicy/Settings/Base">1</Precedence>`)}
</ComputerResults></Rsop>`,
  ),
  text('gpresult /h', 'groupPolicy', htmlReport),
  text(
    'a preference item',
    'groupPolicy',
    (names) =>
      `<?xml version="1.0" encoding="utf-8"?>
<RegistrySettings clsid="{A3CCFC41-DFDB-43a5-8D26-0FE8B954DA51}"><Registry clsid="{9CD4B2F4-923D-47f5-A062-E897DD1DAD50}" name="Functions" status="Functions" image="7"><Properties action="U" displayDecimal="0" default="0" hive="HKEY_LOCAL_MACHINE" key="${policyKey}" name="Functions" type="REG_SZ" value="${names.join(',')}"/></Registry></RegistrySettings>`,
  ),
  text('an OMA-URI of Intune', 'mdm', (names) =>
    json({
      '@odata.type': '#microsoft.graph.windows10CustomConfiguration',
      displayName: 'TLS',
      omaSettings: [{ '@odata.type': '#microsoft.graph.omaSettingString', omaUri: mdmPath, value: names.join(';') }],
    }),
  ),
  text('a settings catalogue of Intune', 'mdm', (names) =>
    json({
      name: 'TLS',
      settings: [
        {
          settingInstance: {
            settingDefinitionId: 'device_vendor_msft_policy_config_cryptography_tlsciphersuites',
            simpleSettingCollectionValue: names.map((value) => ({
              '@odata.type': '#microsoft.graph.deviceManagementConfigurationStringSettingValue',
              value,
            })),
          },
        },
      ],
    }),
  ),
  text(
    'SyncML',
    'mdm',
    (names) =>
      `<SyncML xmlns="SYNCML:SYNCML1.2"><SyncBody><Replace><CmdID>1</CmdID><Item><Target><LocURI>${mdmPath}</LocURI></Target><Data>${names.join(';')}</Data></Item></Replace></SyncBody></SyncML>`,
  ),
  text(
    'an ADMX-backed setting of MDM',
    'groupPolicy',
    (names) =>
      `<SyncML xmlns="SYNCML:SYNCML1.2"><SyncBody><Replace><CmdID>1</CmdID><Item><Target><LocURI>./Device/Vendor/MSFT/Policy/Config/ADMX_CipherSuiteOrder/SSLCipherSuiteOrder</LocURI></Target><Data>&lt;enabled/&gt;&lt;data id="Pol_CipherSuiteOrder" value="${names.join(',')}"/&gt;</Data></Item></Replace></SyncBody></SyncML>`,
  ),
  text('an ADMX-backed OMA-URI of Intune', 'groupPolicy', (names) =>
    json({
      omaSettings: [
        {
          omaUri: './Device/Vendor/MSFT/Policy/Config/ADMX_CipherSuiteOrder/SSLCipherSuiteOrder',
          value: `<enabled/><data id="Pol_CipherSuiteOrder" value="${names.join(',')}"/>`,
        },
      ],
    }),
  ),
  text('a record of a machine', 'enumerated', (names) => `${JSON.stringify(recordOf(names))}\n`),
  text('a record that jq laid out', 'enumerated', (names) => json(recordOf(names))),
  text('a line of the collector', 'local', (names) => lines(...rawLines(regFile(localKey, true)(names)))),
  utf16(
    text('numbered lines of the collector, in another order', 'groupPolicy', (names) =>
      lines(...rawLines(regFile(policyKey, false)(names), { longestPiece: 100 }).reverse()),
    ),
  ),
];
