/** A fleet of whose every machine it is known what it offers: by Microsoft's pages, and by nothing that this program judges. */
import { closeSync, openSync, writeSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { writeRegFile } from '../../lib/registry-files/reg-file';
import { encodeDword, encodeMultiString, encodeString } from '../../lib/registry-files/registry-value';
import { windowsDefaults } from '../../lib/windows/versions';
import { suitePages } from '../support/effect-oracle';

export interface KnownMachine {
  readonly version: string;
  readonly layer: 'groupPolicy' | 'mdm' | 'local';
  readonly offersDhe: boolean;
  readonly regFile: Uint8Array;
}

const control = 'HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control';
const key = (path: string) => ({ kind: 'key', key: path }) as const;
const value = (name: string, set: ReturnType<typeof encodeString>) => ({ kind: 'value', name, value: set }) as const;

/** Each of the 19 versions, each layer, with DHE and without. */
export const kinds: readonly KnownMachine[] = Object.entries(suitePages).flatMap(([version, page]) =>
  (['groupPolicy', 'mdm', 'local'] as const).flatMap((layer) =>
    [true, false].map((offersDhe): KnownMachine => {
      const isDhe = (name: string) => name.startsWith('TLS_DHE_');
      const others = page.enabledByDefault.filter((name) => !isDhe(name));
      const dhe = [...page.enabledByDefault, ...page.supportedButOff].find(isDhe);
      if (dhe === undefined) throw new Error(`no page has a DHE suite for ${version}`);
      // The layer that governs decides; below it stands the contrary.
      const [governing, other] = offersDhe ? [[dhe, ...others], others] : [others, [dhe, ...others]];
      const { build, isServer } = buildOf(version);
      const regFile = writeRegFile([
        key('HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\Microsoft'),
        ...(layer === 'groupPolicy'
          ? [
              key('HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002'),
              value('Functions', encodeString(governing.join(','))),
            ]
          : []),
        key(`${control}\\Cryptography`),
        ...(layer === 'mdm'
          ? [
              key(`${control}\\Cryptography\\MDMPolicies\\SSL`),
              value('CipherSuites', encodeString(governing.join(';'))),
            ]
          : []),
        key(`${control}\\Cryptography\\Configuration\\Local\\SSL\\00010002`),
        value('Functions', encodeMultiString(layer === 'local' ? governing : other)),
        key(`${control}\\SecurityProviders\\SCHANNEL`),
        key(`${control}\\Lsa\\FipsAlgorithmPolicy`),
        key('HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion'),
        value('CurrentBuildNumber', encodeString(String(build))),
        value('UBR', encodeDword(1)),
        value('InstallationType', encodeString(isServer ? 'Server' : 'Client')),
      ]);
      return { version, layer, offersDhe, regFile };
    }),
  ),
);

function buildOf(version: string): { readonly build: number; readonly isServer: boolean } {
  const { client, server } = windowsDefaults[version as keyof typeof windowsDefaults].builds;
  return { build: server[0] ?? client[0] ?? 0, isServer: server.length > 0 };
}

export interface Truth {
  readonly machines: number;
  readonly dheOffered: number;
  readonly restartAdvised: number;
  readonly duplicates: number;
  readonly unread: number;
  readonly layers: Record<string, { machines: number; dheOffered: number; unknown: number }>;
  readonly versions: Record<string, { machines: number; dheOffered: number; unknown: number }>;
}

/**
 * One file of lines: of every hundred machines five come as lines of the collector and the others as records, one has an older
 * record that says the contrary, and one line is damaged.
 *
 * @param recordOf the record of each kind, whose host, time and restart are set here
 */
export function writeFleet(file: string, count: number, recordOf: (kind: KnownMachine) => object): Truth {
  const truth = { machines: count, dheOffered: 0, restartAdvised: 0, duplicates: 0, unread: 0 };
  const [layers, versions]: [Truth['layers'], Truth['versions']] = [{}, {}];
  const records = kinds.map((kind) => JSON.stringify(recordOf(kind)));
  const data = kinds.map(({ regFile }) => gzipSync(regFile).toString('base64'));
  const handle = openSync(file, 'w');
  let text = '';
  const line = (kind: number, host: string, time: string, isRestart: boolean) =>
    (records[kind] ?? '')
      .replace('"host":null', `"host":"${host}"`)
      .replace(/"time":"[^"]*"/, `"time":"${time}"`)
      .replace(/"restart":"[^"]*"/, `"restart":"${isRestart ? 'advised' : 'not-needed'}"`);
  for (let index = 0; index < count; index += 1) {
    const at = (index * 7 + Math.floor(index / kinds.length)) % kinds.length;
    const { version, layer, offersDhe } = kinds[at] as KnownMachine;
    const [host, hundredth] = [`srv${index}.dc${index % 7}.example`, index % 100];
    const isRestart = index % 11 === 0 && hundredth >= 5;
    if (hundredth < 5) {
      const known = { schemaVersion: 1, kind: 'raw', host, time: '2026-11-24T10:00:00Z', part: 1, parts: 1 };
      text += `${JSON.stringify({ ...known, data: data[at], error: null })}\n`;
    } else text += `${line(at, host, '2026-11-24T10:00:00.000Z', isRestart)}\n`;
    if (hundredth === 50) {
      text += `${line((at + 1) % kinds.length, host, '2026-11-01T00:00:00.000Z', false)}\n`;
      truth.duplicates += 1;
    }
    if (hundredth === 99) {
      text += `${line(at, `lost${index}`, '2026-11-24T10:00:00.000Z', false).slice(0, -1)}\n`;
      truth.unread += 1;
    }
    layers[layer] ??= none();
    versions[version] ??= none();
    for (const tally of [layers[layer], versions[version]]) {
      tally.machines += 1;
      tally.dheOffered += Number(offersDhe);
    }
    truth.dheOffered += Number(offersDhe);
    truth.restartAdvised += Number(isRestart);
    if (text.length > 1_000_000 || index === count - 1) {
      writeSync(handle, text);
      text = '';
    }
  }
  closeSync(handle);
  return { ...truth, layers, versions };
}

const none = () => ({ machines: 0, dheOffered: 0, unknown: 0 });
