/** What ships runs elevated: what it is, what it asks of Windows, and that anybody can build the same bytes again. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildAddon } from '../../scripts/build/make/build-windows';
import { nodeExecutable } from '../../scripts/build/make/node-versions';

const root = join(__dirname, '..', '..');

describe.each([
  ['x64', 'x86_64', 'pei-x86-64', 0x160],
  ['ia32', 'i686', 'pei-i386', 0x140],
] as const)('the addon for %s', (architecture, target, format, characteristics) => {
  const file = join(root, 'prebuilds', `win32-${architecture}`, 'schannel_dhe.node');
  const headers = execFileSync(`${target}-w64-mingw32-objdump`, ['-f', '-p', file], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });

  it('is a DLL of that machine with ASLR, DEP and, on x64, high-entropy addresses', () => {
    expect(headers).toContain(`file format ${format}`);
    expect(Number.parseInt(/^DllCharacteristics\s+([0-9a-f]+)$/m.exec(headers)?.[1] ?? '', 16)).toBe(characteristics);
  });

  it('imports from DLLs that Windows loads from System32 alone, and exports the Node-API entry alone', () => {
    const imports = [...headers.matchAll(/DLL Name: (\S+)/g)].map(([, name]) => name?.toLowerCase());
    expect(imports.sort()).toEqual(['advapi32.dll', 'kernel32.dll', 'msvcrt.dll']);
    const exports = [...headers.matchAll(/^\t\[ +\d+\](?: \+base\[ +\d+\] +[0-9a-f]+)? ([a-z_]\w+)$/gm)].map(
      ([, name]) => name,
    );
    expect(exports).toEqual(['napi_register_module_v1', 'node_api_module_get_api_version_v1']);
  });

  it('has at most 300 KB', () => {
    expect(statSync(file).size).toBeLessThanOrEqual(300 * 1024);
  });

  it('comes out the same, byte for byte, from another folder', () => {
    const folder = mkdtempSync(join(tmpdir(), 'schannel-dhe-'));
    try {
      expect(readFileSync(buildAddon(architecture, join(folder, 'out'))).equals(readFileSync(file))).toBe(true);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

it('binding.gyp and CMakeLists.txt build the same sources with the same definitions', () => {
  const gyp = JSON.parse(readFileSync(join(root, 'binding.gyp'), 'utf8')).targets[0].conditions[0][1];
  const cmake = readFileSync(join(root, 'native', 'CMakeLists.txt'), 'utf8');
  const list = (name: string) => new RegExp(`set\\(${name}\\s([^)]*)\\)`).exec(cmake)?.[1]?.trim().split(/\s+/);
  expect((gyp.sources as string[]).map((file) => file.replace('native/', ''))).toEqual(list('SOURCES'));
  expect(gyp.defines).toEqual(list('DEFINITIONS'));
});

describe('the single executable', () => {
  const file = join(root, 'build', 'windows', 'schannel-dhe.exe');

  it('is within 2 % of the node.exe inside it', () => {
    const ratio = statSync(file).size / statSync(nodeExecutable('node22')).size;
    expect(ratio).toBeGreaterThan(0.98);
    expect(ratio).toBeLessThan(1.02);
  });

  it('says what it is, and asks for no elevation', () => {
    const bytes = readFileSync(file);
    expect(bytes.includes(Buffer.from('schannel-dhe.exe', 'utf16le'))).toBe(true);
    expect(bytes.includes('level="asInvoker"')).toBe(true);
    expect(bytes.includes('requireAdministrator')).toBe(false);
  });
});
