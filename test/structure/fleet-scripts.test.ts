/** The scripts of `scripts/fleet` are those that their one source makes, in the bytes that their engines take. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeFleetScripts } from '../../scripts/build/make/build-fleet';

const folder = join(__dirname, '..', '..', 'scripts', 'fleet');
const scripts = makeFleetScripts();

it('are all there, and no other', () => {
  const found = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ps1'));
  // The collector needs nothing installed, and has a source of its own.
  expect(found.filter((name) => name !== 'Get-SchannelDheRecord.ps1').sort()).toEqual([...scripts.keys()].sort());
});

describe.each([...scripts])('%s', (name, made) => {
  it('is what "npm run build:fleet" makes', () => {
    expect(readFileSync(join(folder, name), 'latin1')).toBe(made);
  });

  it('is ASCII in lines of Windows, without a line of the source', () => {
    expect(made).toMatch(/^(?:[\x20-\x7e]*\r\n)+$/);
    expect(made).not.toContain('#@');
  });

  it('looks for the program in no place that a user can write to', () => {
    expect(made).not.toMatch(/\$env:|Get-Command|\bPATH'?\)|&\s*\$/i);
  });
});
