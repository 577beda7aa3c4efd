import { describe, expect, it } from 'vitest';
import {
  findWindowsVersion,
  firstBuildOf,
  hasCurveSuffixes,
  isSupportedOn,
  type Role,
  type WindowsVersionId,
  windowsDefaults,
  windowsVersionIds,
} from '../../lib/windows/versions';
import { protocolCell, suitePages } from '../support/effect-oracle';

describe.each(windowsVersionIds)('%s', (id) => {
  const { builds, enabledByDefault, supportedButOff, pskListed, onlyOnExplicitRequest } = windowsDefaults[id];

  it('has the lists of its page', () => {
    const {
      enabledByDefault: on,
      supportedButOff: off,
      pskListed: psk,
      onlyOnExplicitRequest: asked,
    } = suitePages[id] ?? {};
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
  expect(windowsVersionIds).toEqual(Object.keys(suitePages));
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

it.each<[WindowsVersionId, number, boolean]>([
  ['vista-2008', 6000, false],
  ['win7-2008r2', 7600, false],
  ['win8.1-2012r2', 9600, false],
  ['ws2022', 20348, true],
  ['win11-21h2', 22000, false],
  ['ws2025', 26100, true],
])('%s begins with build %i, as a server alone: %s', (id, build, isServer) => {
  expect(firstBuildOf(id)).toEqual({ build, isServer });
});

it.each(windowsVersionIds)('the names of %s have curves where its page has them', (id) => {
  const page = suitePages[id];
  expect(hasCurveSuffixes(id)).toBe(page?.enabledByDefault.some((name) => /_P\d+$/.test(name)));
});

it.each(windowsVersionIds)('%s supports what its page has, on or off, and nothing else', (id) => {
  const { enabledByDefault = [], supportedButOff = [], pskListed = [] } = suitePages[id] ?? {};
  const own = new Set([...enabledByDefault, ...supportedButOff, ...pskListed]);
  const every = Object.values(suitePages).flatMap((page) => [...page.enabledByDefault, ...page.supportedButOff]);
  for (const name of [...own, ...every, 'TLS_FOO_BAR', '']) expect(isSupportedOn(id, name)).toBe(own.has(name));
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
  it.each(windowsVersionIds)('of %s are those of the page', (id) => {
    for (const role of ['client', 'server'] satisfies Role[]) {
      const { enabled, disabled } = windowsDefaults[id].protocols[role];
      for (const protocol of ['TLS 1.3', 'TLS 1.2', 'TLS 1.1', 'TLS 1.0', 'SSL 3.0', 'SSL 2.0'] as const) {
        const cell = protocolCell(id, protocol, role);
        const ours = enabled.includes(protocol)
          ? 'Enabled'
          : disabled.includes(protocol)
            ? 'Disabled'
            : 'Not supported';
        expect(`${role} ${protocol} ${ours}`).toBe(`${role} ${protocol} ${cell}`);
      }
    }
  });
});
