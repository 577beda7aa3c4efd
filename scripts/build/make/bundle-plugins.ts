/** What the bundle of the public API loads late. */
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Plugin } from 'esbuild';

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
