/**
 * What a suite name does, read from the parsed pages by name alone: a second opinion, which shares no code with `lib`.
 * Each rule is a line of a Microsoft page; where none tells, the name may work.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

type Effect = 'works' | 'may-work' | 'no-effect';

interface Page {
  readonly windows: readonly string[];
  readonly enabledByDefault: readonly string[];
  readonly supportedButOff: readonly string[];
  readonly pskListed: readonly string[];
  readonly onlyOnExplicitRequest: readonly string[];
}

const read = (file: string) => readFileSync(join(__dirname, '..', 'fixtures', file), 'utf8');

export const suitePages: Readonly<Record<string, Page>> = JSON.parse(read('cipher-defaults.json'));

const suites: readonly {
  readonly name: string;
  readonly protocols: readonly string[];
  readonly documentedInVersionPages: boolean;
}[] = JSON.parse(read('cipher-catalog.json')).suites;

const pasted = [
  '3-guard-counts-unsupported-names/policy-leaves-nothing.txt',
  '3-guard-counts-unsupported-names/policy-leaves-only-rsa.txt',
  '4-curve-suffix-on-windows-10/policy.txt',
  '9-openssl-names/policy.txt',
  '9-openssl-names/colons.txt',
];

/** Every name of every list: the pages', the catalog's, what people pasted, and modern names with a curve. */
export const everyList: readonly string[] = [
  ...new Set([
    ...suites.map(({ name }) => name),
    ...pasted.flatMap((file) => read(`field/${file}`).trim().split(/[,:]/)),
    'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384_P384',
    'TLS_RSA_WITH_AES_128_CBC_SHA_P256',
    'RSA_EXPORT1024_DES_CBC_SHA',
    'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA256',
  ]),
];

const cells = new Map(
  read('protocol-defaults.tsv')
    .split('\n')
    .map((line) => line.split('\t'))
    .map(([row, protocol, role, state]) => [`${row} ${protocol} ${role}`, state]),
);

/** The names of the page's rows; some rows are in only one of its tables. */
const rows: Readonly<Record<string, readonly string[]>> = {
  'vista-2008': ['Windows Server 2008 with Service Pack 2 (SP2)', 'Windows Server 2008 with SP2'],
  'win7-2008r2': ['Windows 7/Windows Server 2008 R2'],
  'win8-2012': ['Windows 8/Windows Server 2012'],
  'win8.1-2012r2': ['Windows 8.1/Windows Server 2012 R2'],
  'win10-1507': ['Windows 10, version 1507'],
  'win10-1511': ['Windows 10, version 1511'],
  'win10-1607-ws2016': ['Windows 10, version 1607/Windows Server 2016 Standard'],
  'win10-1703': ['Windows 10, version 1703'],
  'win10-1709': ['Windows 10, version 1709', 'Windows 10, version 1703'],
  'win10-1803': ['Windows 10, version 1803'],
  'win10-1809-ws2019': ['Windows 10, version 1809/Windows Server 2019'],
  'win10-1903': ['Windows 10, version 1903'],
  'win10-20h2': ['Windows 10, version 20H2'],
  'win10-22h2': ['Windows 10, version 22H2', 'Windows 10, version 21H1'],
  'win11-21h2': ['Windows 11, version 21H2', 'Windows 11'],
  'win11-22h2': ['Windows 11, version 22H2', 'Windows 11'],
  ws2022: ['Windows Server 2022'],
  'ws2022-23h2': ['Windows Server 2022'],
  ws2025: ['Windows Server 2025'],
};

/** What the page says of a protocol: `Enabled`, `Disabled` or `Not supported`. */
export function protocolCell(windows: string, protocol: string, role: string): string {
  const states = rows[windows]?.map((row) => cells.get(`${row} ${protocol} ${role}`));
  return states?.find((state) => state !== undefined) ?? 'none';
}

export interface OracleCase {
  /** A setting, as `<key below SCHANNEL> <value>`. */
  readonly id: string;
  readonly role: 'client' | 'server';
  readonly fips: boolean;
}

export function effectByPages(name: string, windows: string, { id, role, fips }: OracleCase): Effect {
  const page = suitePages[windows] as Page;
  const supported = [...page.enabledByDefault, ...page.supportedButOff, ...page.pskListed];
  const marksCurves = page.enabledByDefault.some((other) => /_P256$/.test(other));
  const plain = name.replace(/_P(256|384|521)$/, '');
  const suite =
    suites.find((other) => other.name === (marksCurves ? name : plain)) ?? suites.find((other) => other.name === name);
  const effects: Effect[] = [];

  if (supported.includes(name)) effects.push('works');
  else if (!marksCurves && plain !== name && supported.includes(plain) && plain.includes('_ECDHE_'))
    effects.push('may-work');
  else if (suite !== undefined && !suite.documentedInVersionPages) effects.push('may-work');
  else return 'no-effect';
  if ([...page.onlyOnExplicitRequest, ...page.pskListed].includes(name)) effects.push('may-work');

  const best = (suite?.protocols ?? []).map((protocol) => protocolEffect(protocol, windows, { id, role, fips }));
  if (best.length > 0)
    effects.push(best.includes('works') ? 'works' : best.includes('may-work') ? 'may-work' : 'no-effect');
  effects.push(settingEffect(plain, marksCurves, id));
  if (fips) effects.push(/_RC4_|_NULL_|_MD5$/.test(name) ? 'no-effect' : 'may-work');
  return effects.includes('no-effect') ? 'no-effect' : effects.includes('may-work') ? 'may-work' : 'works';
}

function protocolEffect(protocol: string, windows: string, { id, role, fips }: OracleCase): Effect {
  if (fips && protocol.startsWith('SSL')) return 'no-effect';
  const byDefault = protocolCell(windows, protocol, role);
  if (byDefault === 'Not supported') return 'no-effect';
  const setting = role === 'server' && id.startsWith(`Protocols\\${protocol}\\Server`) ? id : '';
  if (setting.includes('"enabled":0')) return 'no-effect';
  if (setting.includes('"disabledByDefault":0')) return 'works';
  if (setting.includes('"disabledByDefault":1')) return 'may-work';
  return byDefault === 'Enabled' ? 'works' : 'may-work';
}

/** Which names a key concerns, and for which of them a source says that 0 ends them. */
const keys: Readonly<Record<string, { readonly concerns: RegExp; readonly ends: RegExp }>> = {
  'KeyExchangeAlgorithms\\Diffie-Hellman': { concerns: /^TLS_DHE_/, ends: /./ },
  'KeyExchangeAlgorithms\\ECDH': { concerns: /^TLS_ECDHE_|^TLS_(AES|CHACHA20)_/, ends: /^TLS_ECDHE_/ },
  'KeyExchangeAlgorithms\\PKCS': {
    concerns: /^TLS_RSA_|^SSL_|_(EC)?DHE_RSA_|^TLS_(AES|CHACHA20)_/,
    ends: /^TLS_RSA_(WITH|EXPORT)|^SSL_/,
  },
  'Ciphers\\NULL': { concerns: /_NULL_/, ends: /./ },
  'Ciphers\\DES 56/56': { concerns: /_DES_CBC_|_DES_64_/, ends: /./ },
  'Ciphers\\RC4 40/128': { concerns: /_RC4_40_|_RC4_128_EXPORT40/, ends: /_RC4_40_/ },
  'Ciphers\\RC4 56/128': { concerns: /_RC4_56_/, ends: /./ },
  'Ciphers\\RC4 128/128': { concerns: /_RC4_128_/, ends: /_RC4_128_(?!EXPORT40)/ },
  'Ciphers\\Triple DES 168': { concerns: /_3DES_|_EDE3_/, ends: /./ },
  'Ciphers\\Triple DES 168/168': { concerns: /_3DES_|_EDE3_/, ends: /(?!)/ },
  'Ciphers\\AES 128/128': { concerns: /_AES_128_/, ends: /(?!)/ },
  'Ciphers\\AES 256/256': { concerns: /_AES_256_/, ends: /(?!)/ },
  'Hashes\\MD5': { concerns: /_MD5$/, ends: /./ },
  'Hashes\\SHA': { concerns: /_SHA$/, ends: /./ },
  'Hashes\\SHA256': { concerns: /_SHA256$/, ends: /(?!)/ },
  'Hashes\\SHA384': { concerns: /_SHA384$/, ends: /(?!)/ },
};

function settingEffect(name: string, marksCurves: boolean, id: string): Effect {
  const [, key = '', value] = /^(.*) (\S+)$/.exec(id) ?? [];
  const rule = keys[key];
  if (rule === undefined || value === '4294967295' || !rule.concerns.test(name)) return 'works';
  const isOldEcdh = key.endsWith('ECDH') && marksCurves;
  return value === '0' && rule.ends.test(name) && !isOldEcdh ? 'no-effect' : 'may-work';
}

/** Whether a name may serve TLS 1.2 or TLS 1.3 with an RSA certificate as client or server, read from its letters. */
export function canUseWithRsa(name: string, windows: string, settings: SettingsOfOracle): boolean {
  const plain = name.replace(/_P(256|384|521)$/, '');
  if (!/^TLS_(AES|CHACHA20)_|^TLS_((EC)?DHE_)?RSA_WITH_/.test(plain) || /_NULL_/.test(plain)) return false;
  const protocol = /_WITH_/.test(plain) ? 'TLS 1.2' : 'TLS 1.3';
  const set = [
    ...Object.entries(settings.keyExchanges).map(([key, value]) => `KeyExchangeAlgorithms\\${key} ${value}`),
    ...Object.entries(settings.ciphers).map(([key, value]) => `Ciphers\\${key} ${value}`),
    ...Object.entries(settings.hashes).map(([key, value]) => `Hashes\\${key} ${value}`),
  ];
  return (['client', 'server'] as const).some((role) => {
    const setting = `Protocols\\${protocol}\\Server ${JSON.stringify(settings.protocols[role][protocol] ?? {})}`;
    const cases = [...set, 'nothing'].map((id) => effectByPages(name, windows, { id, role, fips: false }));
    if (cases.includes('no-effect')) return false;
    return protocolEffect(protocol, windows, { id: setting, role: 'server', fips: false }) !== 'no-effect';
  });
}

interface SettingsOfOracle {
  readonly protocols: Readonly<Record<'client' | 'server', Readonly<Record<string, unknown>>>>;
  readonly ciphers: Readonly<Record<string, unknown>>;
  readonly hashes: Readonly<Record<string, unknown>>;
  readonly keyExchanges: Readonly<Record<string, unknown>>;
}
