#!/usr/bin/env node
/** `dist/cli.js`: the command line in the files of `dist/cli`, with byte code that the build made for this version of Node. */
import { existsSync, readFileSync } from 'node:fs';
import { type ScriptFile, scriptLoader } from './script-loader';

const folder = `${__dirname}/cli`;
const byteCodeFolder = `${folder}/${process.version}-${process.platform}-${process.arch}`;
const hasByteCode = existsSync(byteCodeFolder);

function find(id: string): ScriptFile | undefined {
  const path = `${folder}/${id.slice(2)}`;
  if (!existsSync(path)) return undefined;
  const byteCode = `${byteCodeFolder}/${id.slice(2)}.cache`;
  return {
    path,
    source: readFileSync(path, 'utf8'),
    byteCode: hasByteCode && existsSync(byteCode) ? readFileSync(byteCode) : undefined,
  };
}

scriptLoader(find, require, __dirname).run('./core.js');
