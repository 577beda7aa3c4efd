#!/usr/bin/env node
/** `dist/cli.js`: the command line in the files of `dist/cli`, with byte code that the build made for this version of Node. */
import { readFileSync } from 'node:fs';
import { type ScriptFile, scriptLoader } from './script-loader';

const folder = `${__dirname}/cli`;
const byteCodeFolder = `${folder}/${process.version}-${process.platform}-${process.arch}`;
let hasByteCode = true;

function find(id: string): ScriptFile | undefined {
  const path = `${folder}/${id.slice(2)}`;
  const source = readIfThere(path, 'utf8');
  if (source === undefined) return undefined;
  const byteCode = hasByteCode ? readIfThere(`${byteCodeFolder}/${id.slice(2)}.cache`) : undefined;
  hasByteCode = byteCode !== undefined;
  return { path, source, byteCode };
}

/** To ask first whether it is there costs more than a file that is not. */
function readIfThere(path: string, encoding: 'utf8'): string | undefined;
function readIfThere(path: string): Uint8Array | undefined;
function readIfThere(path: string, encoding?: 'utf8'): string | Uint8Array | undefined {
  try {
    return readFileSync(path, encoding);
  } catch {
    return undefined;
  }
}

scriptLoader(find, require, __dirname).run('./core.js');
