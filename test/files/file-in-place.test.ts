import {
  chmodSync,
  chownSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { readFileInPlace, replaceFileInPlace } from '../../lib/files/file-in-place';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(realpathSync(tmpdir()), 'in-place-'));
  file = join(folder, 'a.pol');
  writeFileSync(file, 'old');
});

const isPosix = process.platform !== 'win32';
const isRoot = isPosix && process.getuid?.() === 0;
const read = (name = file) => readFileInPlace(name, 100);
const text = (name: string) => readFileSync(name, 'utf8');

describe('a file replaced in place', () => {
  it('becomes the new one, and keeps the old one under a name that was free', () => {
    expect(replaceFileInPlace(read(), 'new', { keepOld: true })).toBe(`${file}.old`);
    expect(replaceFileInPlace(read(), 'newer', { keepOld: true })).toBe(`${file}.old-2`);
    expect(replaceFileInPlace(read(), 'newest', { keepOld: false })).toBeUndefined();
    expect(
      readdirSync(folder)
        .sort()
        .map((name) => [name, text(join(folder, name))]),
    ).toEqual([
      ['a.pol', 'newest'],
      ['a.pol.old', 'old'],
      ['a.pol.old-2', 'new'],
    ]);
  });

  it.skipIf(!isPosix)('keeps its mode, and the old file its own identity', () => {
    chmodSync(file, 0o604);
    const { ino } = statSync(file);
    const kept = replaceFileInPlace(read(), 'new', { keepOld: true }) ?? '';
    expect([statSync(file).mode & 0o777, statSync(kept).mode & 0o777, statSync(kept).ino]).toEqual([0o604, 0o604, ino]);
  });

  it.skipIf(!isRoot)('keeps its owner', () => {
    chownSync(file, 1234, 4321);
    replaceFileInPlace(read(), 'new', { keepOld: true });
    expect(statSync(file)).toMatchObject({ uid: 1234, gid: 4321 });
  });

  it.skipIf(!isPosix)('follows no link, neither as the file nor above it, and names it', () => {
    const [link, door] = [join(folder, 'link.pol'), join(folder, 'door')];
    symlinkSync(file, link);
    mkdirSync(join(folder, 'real'));
    writeFileSync(join(folder, 'real', 'b.pol'), 'old');
    symlinkSync(join(folder, 'real'), door);
    const refused = (found: string) =>
      expect.objectContaining({ code: 'INVALID_INPUT', expected: 'path-without-links', found: { text: found } });
    expect(() => read(link)).toThrow(refused(`${link} -> ${file}`));
    expect(() => read(join(door, 'b.pol'))).toThrow(refused(`${door} -> ${join(folder, 'real')}`));
  });

  it('is left alone where it is no longer the one that was read', () => {
    const before = read();
    const refused = expect.objectContaining({ code: 'INVALID_INPUT', expected: 'unchanged-file' });
    writeFileSync(file, 'other');
    expect(() => replaceFileInPlace(before, 'new', { keepOld: true })).toThrow(refused);
    const again = read();
    writeFileSync(`${file}.2`, 'other');
    renameSync(`${file}.2`, file);
    expect(() => replaceFileInPlace(again, 'new', { keepOld: true })).toThrow(refused);
    expect([text(file), readdirSync(folder)]).toEqual(['other', ['a.pol']]);
  });

  it('is the old one where the swap fails, and nothing stays beside it', () => {
    const swap = () => {
      throw Object.assign(new Error(), { code: 'EACCES' });
    };
    expect(() => replaceFileInPlace(read(), 'new', { swap, keepOld: true })).toThrow(
      expect.objectContaining({ code: 'FILE_ACCESS', reason: 'EACCES', operation: 'write' }),
    );
    expect([text(file), readdirSync(folder)]).toEqual(['old', ['a.pol']]);
  });

  it('tells of its hard links, and refuses what is no file or too large', () => {
    linkSync(file, join(folder, 'b.pol'));
    expect(read().otherNames).toBe(1);
    replaceFileInPlace(read(), 'new', { keepOld: false });
    expect([text(file), text(join(folder, 'b.pol')), read().otherNames]).toEqual(['new', 'old', 0]);
    expect(() => read(folder)).toThrow(expect.objectContaining({ code: 'FILE_ACCESS', reason: 'EISDIR' }));
    expect(() => readFileInPlace(file, 2)).toThrow(expect.objectContaining({ code: 'INPUT_TOO_LARGE' }));
  });
});
