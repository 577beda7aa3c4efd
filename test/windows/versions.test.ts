import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  findWindowsVersion,
  firstBuildOf,
  type Role,
  type WindowsVersionId,
  windowsDefaults,
  windowsVersionIds,
} from '../../lib/windows/versions';

const fixtures = `${__dirname}/../fixtures`;

interface ParsedPage {
  readonly windows: readonly string[];
  readonly enabledByDefault: readonly string[];
  readonly supportedButOff: readonly string[];
  readonly pskListed: readonly string[];
  readonly onlyOnExplicitRequest: readonly string[];
}

const pages: Record<string, ParsedPage> = JSON.parse(readFileSync(`${fixtures}/cipher-defaults.json`, 'utf8'));

describe.each(windowsVersionIds)('%s', (id) => {
  const { builds, enabledByDefault, supportedButOff, pskListed, onlyOnExplicitRequest } = windowsDefaults[id];

  it('has the lists of its page', () => {
    const { enabledByDefault: on, supportedButOff: off, pskListed: psk, onlyOnExplicitRequest: asked } = pages[id] ?? {};
    expect([enabledByDefault, supportedButOff, pskListed, onlyOnExplicitRequest]).toEqual([on, off, psk, asked]);
    expect(enabledByDefault.length).toBeGreaterThan(0);
  });

  it('has builds that lead back to it', () => {
    expect(builds.client.length + builds.server.length).toBeGreaterThan(0);
    for (const build of builds.client) expect(findWindowsVersion(build, 'Client')).toBe(id);
    for (const build of builds.server) expect(findWindowsVersion(build, 'Server Core')).toBe(id);
    expect([...builds.client]).toEqual(builds.client.toSorted((one, other) => one - other));
    expect([...builds.server]).toEqual(builds.server.toSorted((one, other) => one - other));
    const { build, isServer } = firstBuildOf(id);
    expect(findWindowsVersion(build, isServer ? 'Server' : 'Client')).toBe(id);
  });
});

it('has every version of the pages', () => {
  expect(windowsVersionIds).toEqual(Object.keys(pages));
});

it.each<[number, string | undefined, WindowsVersionId | undefined]>([
  [20348, undefined, 'ws2022'],
  [20348, 'Client', 'ws2022'],
  [25398, undefined, 'ws2022-23h2'],
  [19045, 'Server', 'win10-22h2'],
  [22000, undefined, 'win11-21h2'],
  [9600, undefined, 'win8.1-2012r2'],
  [14393, undefined, 'win10-1607-ws2016'],
  [20349, undefined, 'ws2022'],
  [20349, 'Client', 'win10-22h2'],
  [26100, 'Server', 'ws2025'],
  [26100, 'Client', 'win11-22h2'],
  [27000, 'Client', 'win11-22h2'],
  [27000, 'Server Core', 'ws2025'],
  [3790, 'Server', undefined],
  [3790, undefined, undefined],
])('build %i of a %s is %s', (build, installationType, version) => {
  expect(findWindowsVersion(build, installationType)).toBe(version);
});

it('knows the same suites for a build that workstations and servers share, whichever it is', () => {
  for (const id of windowsVersionIds) {
    for (const build of windowsDefaults[id].builds.client) {
      const [client, server] = [findWindowsVersion(build, 'Client'), findWindowsVersion(build, 'Server')];
      if (client === server || client === undefined || server === undefined) continue;
      if (!windowsDefaults[server].builds.server.includes(build)) continue;
      expect(windowsDefaults[server].enabledByDefault).toEqual(windowsDefaults[client].enabledByDefault);
      expect(windowsDefaults[server].supportedButOff).toEqual(windowsDefaults[client].supportedButOff);
    }
  }
});

describe('the protocols that are on', () => {
  /** The names of the page's rows; some rows are in only one of its tables. */
  const rows: Record<WindowsVersionId, readonly string[]> = {
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
  const cells = readFileSync(`${fixtures}/protocol-defaults.tsv`, 'utf8')
    .split('\n')
    .map((line) => line.split('\t'));

  it.each(windowsVersionIds)('of %s are those of the page', (id) => {
    for (const role of ['client', 'server'] satisfies Role[]) {
      const { enabled, disabled } = windowsDefaults[id].protocols[role];
      for (const protocol of ['TLS 1.3', 'TLS 1.2', 'TLS 1.1', 'TLS 1.0', 'SSL 3.0', 'SSL 2.0'] as const) {
        const cell = rows[id]
          .flatMap((row) => cells.find(([name, other, end]) => name === row && other === protocol && end === role) ?? [])
          .at(3);
        const ours = enabled.includes(protocol) ? 'Enabled' : disabled.includes(protocol) ? 'Disabled' : 'Not supported';
        expect(`${role} ${protocol} ${ours}`).toBe(`${role} ${protocol} ${cell}`);
      }
    }
  });
});
