/** What the addon makes of the real functions of Windows, beyond the contract. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, it } from 'vitest';
import { loadNativeBinding, swapNativeFiles } from '../../lib/binding/load-native-binding';
import { applyPlan } from '../../lib/change/apply';
import { planDisable } from '../../lib/change/plan';
import { restoreBackup } from '../../lib/change/restore';
import { findGoverningLayer } from '../../lib/configuration/governing-layer';
import { readConfiguration } from '../../lib/configuration/read-configuration';
import { readLocalList, resetMachine } from './machine';

const dhe = 'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384';
const ecdhe = 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384';
const rsa = 'TLS_RSA_WITH_AES_128_CBC_SHA';

afterEach(() => resetMachine({ local: [ecdhe] }));

describe('the addon', () => {
  it.each([
    [{ groupPolicy: `${dhe},${rsa}`, mdm: ecdhe }, 'groupPolicy', [dhe, rsa]],
    [{ mdm: `${ecdhe};${rsa}` }, 'mdm', [ecdhe, rsa]],
    [{}, 'local', [dhe, ecdhe]],
    [{ fips: true }, 'local', [ecdhe]],
    [{ groupPolicy: '' }, 'local', [dhe, ecdhe]],
    [{ groupPolicy: '', unknown: ['EmptyPolicyCounts'] as const }, 'groupPolicy', []],
  ])('reads the layers of %o', (options, layer, enumerated) => {
    resetMachine({ local: [dhe, ecdhe], ...options });
    const configuration = readConfiguration(loadNativeBinding());
    expect(configuration.enumerated).toEqual(enumerated);
    expect(findGoverningLayer(configuration).layer).toBe(layer);
    expect(configuration.bootTime?.slice(0, 2)).toBe('20');
  });

  it('disables and restores, name by name, and keeps other values of the key', () => {
    const list = [ecdhe, dhe, 'TLS_UNKNOWN_日本', rsa, 'TLS_DHE_DSS_WITH_AES_128_CBC_SHA'];
    resetMachine({ local: list });
    const binding = loadNativeBinding();
    expect(applyPlan(binding, planDisable(readConfiguration(binding))).kind).toBe('changed');
    expect(readLocalList()).toEqual([ecdhe, 'TLS_UNKNOWN_日本', rsa]);
    expect(applyPlan(binding, planDisable(readConfiguration(binding))).kind).toBe('nothing-to-do');
    expect(restoreBackup(binding).kind).toBe('changed');
    expect(readLocalList()).toEqual(list);
  });

  it('carries names of 63 characters, long lists and long texts', () => {
    const names = Array.from({ length: 300 }, (_, index) => `TLS_${String(index).padStart(59, 'X')}`);
    resetMachine({ local: names });
    const binding = loadNativeBinding();
    expect(binding.enumContextFunctions()).toEqual(names);
    const text = '暗'.repeat(500_000);
    binding.stateStore.write('long', text);
    expect(binding.stateStore.read('long') === text).toBe(true);
  });

  it('puts one file in the place of another, attributes and all, or leaves both', () => {
    const folder = mkdtempSync(join(tmpdir(), 'swap-'));
    const [file, draft, kept] = ['日本 a.pol', 'draft', 'kept'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    const attributes = (name: string) =>
      execFileSync('cmd.exe', ['/c', 'attrib', name], { encoding: 'utf8' }).split(folder)[0] ?? '';
    writeFileSync(file, 'old');
    execFileSync('cmd.exe', ['/c', 'attrib', '+h', '+s', file]);
    const before = attributes(file);
    writeFileSync(draft, 'new');
    swapNativeFiles(file, draft, kept);
    expect([readFileSync(file, 'utf8'), readFileSync(kept, 'utf8')]).toEqual(['new', 'old']);
    expect([before.includes('S'), attributes(file)]).toEqual([true, before]);
    expect(readdirSync(folder).sort()).toEqual(['kept', '日本 a.pol']);
    writeFileSync(draft, 'newer');
    swapNativeFiles(file, draft, undefined);
    expect([readFileSync(file, 'utf8'), readdirSync(folder).length]).toEqual(['newer', 2]);
    expect(() => swapNativeFiles(file, draft, undefined)).toThrow(expect.objectContaining({ win32Code: 2 }));
    expect(readFileSync(file, 'utf8')).toBe('newer');
  });

  it('ends wrong types in a TypeError', () => {
    const addon = require(`../../prebuilds/win32-${process.arch}/schannel_dhe.node`) as Record<
      string,
      (...parameters: unknown[]) => unknown
    >;
    for (const [name, member] of Object.entries(addon)) {
      if (member.length === 0 && /^(enum|list|isElevated|uptime|unlock|probe)/.test(name)) continue;
      expect(() => member({}), name).toThrow(TypeError);
      expect(() => member(), name).toThrow(TypeError);
    }
  });

  it('serves worker threads, each with a hold of its own on the lock', async () => {
    resetMachine({ local: [rsa] });
    const source = `
      const { parentPort } = require('node:worker_threads');
      const addon = require(${JSON.stringify(`${process.cwd()}/prebuilds/win32-${process.arch}/schannel_dhe.node`)});
      parentPort.postMessage([addon.enumContextFunctions(), addon.lock(0)]);
    `;
    const ask = () =>
      new Promise((resolve, reject) => {
        new Worker(source, { eval: true }).once('message', resolve).once('error', reject);
      });
    const lock = loadNativeBinding().acquireMachineLock(0);
    expect(await Promise.all([ask(), ask(), ask()])).toEqual(Array(3).fill([[rsa], false]));
    lock.release();
    expect(await ask()).toEqual([[rsa], true]);
  });

  it('leaks nothing over 100,000 enumerations', () => {
    resetMachine({ local: Array.from({ length: 40 }, (_, index) => `TLS_NAME_${index}`) });
    const binding = loadNativeBinding();
    const grow = (count: number) => {
      for (let call = 0; call < count; call += 1) binding.enumContextFunctions();
      return process.memoryUsage().rss;
    };
    const before = grow(10_000);
    expect(grow(100_000) - before).toBeLessThan(24 * 1024 * 1024);
  });
});
