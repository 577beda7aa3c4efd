/** What every implementation of the binding contract must do; run on the simulation everywhere and on the addon on Windows. */
import { describe, expect, it } from 'vitest';
import type { SchannelBinding } from '../../lib/binding/schannel-binding';

export interface BindingCapabilities {
  /** A fresh machine with this local list, and a connection to it. */
  connect(local: readonly string[]): SchannelBinding;
  connectWithoutRights(local: readonly string[]): SchannelBinding;
  /** False on Wine, which calls every process elevated; what may be written is decided by the key's rights there too. */
  readonly tellsElevation: boolean;
  /** A second process on the machine that was connected to last. */
  connectAgain(): SchannelBinding;
}

const localKey = 'SYSTEM\\CurrentControlSet\\Control\\Cryptography\\Configuration\\Local\\SSL\\00010002';

export function describeBindingContract(
  name: string,
  { connect, connectWithoutRights, connectAgain, tellsElevation }: BindingCapabilities,
) {
  describe(`the binding contract, ${name}`, () => {
    it('enumerates the local list in its order, and an empty one as no names', () => {
      expect(connect(['B', 'A', 'C']).enumContextFunctions()).toEqual(['B', 'A', 'C']);
      expect(connect([]).enumContextFunctions()).toEqual([]);
    });

    it('removes one name, keeps the others in order, and tells a name that was not there', () => {
      const binding = connect(['A', 'B', 'C']);
      expect(binding.removeContextFunction('B')).toBe(true);
      expect(binding.enumContextFunctions()).toEqual(['A', 'C']);
      expect(binding.removeContextFunction('B')).toBe(false);
      expect(binding.enumContextFunctions()).toEqual(['A', 'C']);
    });

    it('adds ahead of what stands at the position, and moves a name that is there', () => {
      const binding = connect(['A', 'C']);
      binding.addContextFunction('B', 1);
      binding.addContextFunction('T', 0);
      binding.addContextFunction('Z', 0xffffffff);
      expect(binding.enumContextFunctions()).toEqual(['T', 'A', 'B', 'C', 'Z']);
      binding.addContextFunction('Z', 0);
      expect(binding.enumContextFunctions()).toEqual(['Z', 'T', 'A', 'B', 'C']);
    });

    it.each(['', 'x'.repeat(64), 'A\0B'])('refuses the name %j before any native call', (name) => {
      const binding = connect(['A']);
      expect(() => binding.removeContextFunction(name)).toThrow(TypeError);
      expect(() => binding.addContextFunction(name, 0)).toThrow(TypeError);
      expect(binding.enumContextFunctions()).toEqual(['A']);
    });

    it.each([-1, 1.5, 0x100000000, Number.NaN])('refuses the position %d', (position) => {
      expect(() => connect(['A']).addContextFunction('B', position)).toThrow(TypeError);
    });

    it('reads raw values and write times, and tells absence as a value', () => {
      const binding = connect(['A']);
      const value = binding.readRegistryValue(localKey, 'Functions');
      expect(value?.type).toBe(7);
      expect(Buffer.from(value?.data ?? []).toString('utf16le')).toBe('A\0\0');
      expect(binding.readRegistryValue(localKey.toLowerCase(), 'FUNCTIONS')?.type).toBe(7);
      expect(binding.readRegistryValue(localKey, 'Nothing')).toBeUndefined();
      expect(binding.readRegistryValue('SOFTWARE\\No such key', 'Functions')).toBeUndefined();
      expect(binding.registryKeyWriteTime('SOFTWARE\\No such key')).toBeUndefined();
      const before = binding.registryKeyWriteTime(localKey);
      binding.addContextFunction('B', 0);
      expect(binding.registryKeyWriteTime(localKey)?.getTime()).toBeGreaterThanOrEqual(before?.getTime() ?? Number.NaN);
    });

    it('keeps small texts: replaces, lists in order, deletes, tells absence', () => {
      const { stateStore } = connect(['A']);
      stateStore.write('b', '日本語 "\\ \n');
      stateStore.write('a', '1');
      stateStore.write('a', '2');
      expect(stateStore.read('a')).toBe('2');
      expect(connectAgain().stateStore.read('b')).toBe('日本語 "\\ \n');
      expect(stateStore.list()).toEqual(['a', 'b']);
      expect(stateStore.delete('a')).toBe(true);
      expect(stateStore.delete('a')).toBe(false);
      expect(stateStore.read('a')).toBeUndefined();
      expect(() => stateStore.read('a\\b')).toThrow(TypeError);
      expect(() => stateStore.write('a', '\0')).toThrow(TypeError);
    });

    it('tells a stored value that is no text from one that is not there', () => {
      const binding = connect(['A']);
      binding.stateStore.write('a', '1');
      binding.registryEditor.setValue('SOFTWARE\\SchannelDhe', 'b', { type: 4, data: new Uint8Array([1, 0, 0, 0]) });
      expect(binding.stateStore.list()).toEqual(['a', 'b']);
      expect(() => binding.stateStore.read('b')).toThrow(expect.objectContaining({ code: 'WIN32', win32Code: 13 }));
      expect(binding.stateStore.delete('b')).toBe(true);
    });

    it('edits keys as an administrator does, and deletes only keys that hold nothing', () => {
      const binding = connect(['A']);
      const { registryEditor: editor } = binding;
      const [above, key] = ['SOFTWARE\\SchannelDheTrial', 'SOFTWARE\\SchannelDheTrial\\Below'];
      const text = { type: 1, data: new Uint8Array(Buffer.from('A, B、C\0', 'utf16le')) };
      editor.setValue(key, 'Text', text);
      editor.setValue(key, 'Number', { type: 4, data: new Uint8Array([7, 0, 0, 0]) });
      expect(binding.readRegistryValue(key, 'Text')).toEqual(text);
      expect(binding.readRegistryValue(key, 'Number')?.type).toBe(4);
      expect(editor.deleteEmptyKey(above)).toBe(false);
      editor.deleteValue(key, 'Text');
      editor.deleteValue(key, 'Text');
      expect(editor.deleteEmptyKey(key)).toBe(false);
      editor.deleteValue(key, 'Number');
      expect(editor.deleteEmptyKey(key)).toBe(true);
      expect(editor.deleteEmptyKey(key)).toBe(false);
      expect(editor.deleteEmptyKey(above)).toBe(true);
    });

    it("reads and replaces the local GPO's files whole", () => {
      const { localPolicy } = connect(['A']);
      const before = localPolicy.read('gpt.ini');
      localPolicy.replace('gpt.ini', new Uint8Array([1, 2, 3]));
      localPolicy.replace('gpt.ini', new Uint8Array([4]));
      expect([...(connectAgain().localPolicy.read('gpt.ini') ?? [])]).toEqual([4]);
      expect(localPolicy.read('Registry.pol')).toBeUndefined();
      if (before !== undefined) localPolicy.replace('gpt.ini', before);
    });

    it('lets one process at a time hold the machine lock', () => {
      const lock = connect(['A']).acquireMachineLock(0);
      const other = connectAgain();
      expect(() => other.acquireMachineLock(0)).toThrow(expect.objectContaining({ code: 'MACHINE_LOCK_BUSY' }));
      lock.release();
      lock.release();
      other.acquireMachineLock(0).release();
    });

    it('without rights reads, and refuses to write', () => {
      const binding = connectWithoutRights(['A']);
      expect(binding.isElevated()).toBe(!tellsElevation);
      expect(binding.enumContextFunctions()).toEqual(['A']);
      const denied = expect.objectContaining({ code: 'NTSTATUS', status: 0xc0000022 });
      expect(() => binding.removeContextFunction('A')).toThrow(denied);
      expect(() => binding.addContextFunction('B', 0)).toThrow(denied);
      expect(() => binding.stateStore.write('a', '1')).toThrow(
        expect.objectContaining({ code: 'WIN32', win32Code: 5 }),
      );
      expect(binding.enumContextFunctions()).toEqual(['A']);
    });

    it('gives the events of Schannel as one XML document, or says why not', async () => {
      const pieces: Uint8Array[] = [];
      try {
        for await (const piece of connect(['A']).readSchannelEvents()) pieces.push(piece);
        const bytes = Buffer.concat(pieces);
        // Wine's own wevtutil prints nothing.
        if (bytes.length > 0) expect(bytes.toString('latin1').replaceAll('\0', '')).toContain('<Events');
      } catch (error) {
        expect(error).toMatchObject({ code: 'EVENT_LOG_READ' });
      }
    });
  });
}
