/** What the bundles leave out or load late. */
import type { Plugin } from 'esbuild';

/** The argument parser can start other programs as sub-commands. This one never does, and need not load what it takes. */
export const noChildProcess: Plugin = {
  name: 'no-child-process',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:child_process$/ }, ({ importer }) =>
      importer.includes('commander') ? { path: 'child_process', namespace: 'none' } : undefined,
    );
    onLoad({ filter: /.*/, namespace: 'none' }, () => ({ contents: 'module.exports = {};' }));
  },
};

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
