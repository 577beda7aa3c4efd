/** What the bundles leave out or load late. */
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
