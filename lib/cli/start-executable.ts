/** What the single executable starts with: the command line in its assets. */
import { dirname } from 'node:path';
import { getRawAsset } from 'node:sea';
import { type ScriptFile, scriptLoader } from './script-loader';

function find(id: string): ScriptFile | undefined {
  const name = id.slice(2);
  const asset = assetOf(name) ?? unpack(assetOf(`${name}.gz`));
  // They are ASCII.
  return asset && { path: name, source: asset.toString('latin1'), byteCode: assetOf(`${name}.cache`) };
}

/** The libraries, which few runs need, take a quarter of their size. */
function unpack(asset: Buffer | undefined): Buffer | undefined {
  return asset && (require('node:zlib') as typeof import('node:zlib')).gunzipSync(asset);
}

/** A view of the executable's own memory. */
function assetOf(name: string): Buffer | undefined {
  try {
    return Buffer.from(getRawAsset(name) as ArrayBuffer);
  } catch {
    return undefined;
  }
}

scriptLoader(find, require, dirname(process.execPath)).run('./core.js');
