/** What the bundles leave out or load late. */
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Plugin } from 'esbuild';

/** In the single executable the validator is an asset, compiled where a command first needs it. */
export const validatorFromAsset: Plugin = {
  name: 'validator-from-asset',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^zod$/ }, () => ({ path: 'zod', namespace: 'asset' }));
    onLoad({ filter: /.*/, namespace: 'asset' }, () => ({
      contents: `
        const source = require('node:sea').getAsset('zod.js', 'utf8');
        const wrapped = '(function (module, exports, require) {' + source + '\\n})';
        new (require('node:vm').Script)(wrapped, { filename: 'zod.js' }).runInThisContext()(module, exports, require);`,
    }));
  },
};

/**
 * A schema is made where it is first used, and the validator loaded there: most runs check nothing that was stored, and
 * loading it would be a third of their start.
 */
export const schemasOnDemand: Plugin = {
  name: 'schemas-on-demand',
  setup({ onResolve, onLoad, resolve }) {
    onResolve({ filter: /-schema$/ }, async ({ path, importer, resolveDir, kind, pluginData }) => {
      // They build upon each other.
      if (pluginData === schemasOnDemand || importer.endsWith('-schema.ts')) return undefined;
      const found = await resolve(path, { resolveDir, importer, kind, pluginData: schemasOnDemand });
      return { path: found.path, namespace: 'schema' };
    });
    onLoad({ filter: /.*/, namespace: 'schema' }, ({ path }) => {
      const names = [...readFileSync(path, 'utf8').matchAll(/^export const (\w+)/gm)].map(([, name]) => name);
      const getters = names.map((name) => `get ${name}() { return load().${name}; }`).join(', ');
      return {
        contents: `
          let schemas;
          const load = () => (schemas ??= require(${JSON.stringify(path)}));
          module.exports = { __esModule: true, ${getters} };`,
        resolveDir: dirname(path),
      };
    });
  },
};
