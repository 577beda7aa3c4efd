/**
 * Runs the files that the build split the command line into. Each is a function expression, which V8 compiles without
 * another copy of its text, and from byte code where the build made that.
 */
import { Script } from 'node:vm';

export interface ScriptFile {
  /** Where it came from, in stacks. */
  readonly path: string;
  /** `(function (exports, require, module, __filename, __dirname) { … })`. */
  readonly source: string;
  /**
   * V8 takes it for its own version and flags and a source of this length alone, and compiles the source otherwise. It
   * checks nothing else, so that it has to come from where the source comes from.
   */
  readonly byteCode: Uint8Array | undefined;
}

type Load = (id: string) => unknown;

type Body = (
  exports: object,
  require: Load,
  module: { readonly exports: object },
  file: string,
  folder: string,
) => void;

/**
 * @param find the file of an id such as `./core.js`; undefined for what is none of the command line's
 * @param requireOther loads what `find` does not know
 * @param observe hears of every script that was compiled: the build makes byte code of them
 */
export function scriptLoader(
  find: (id: string) => ScriptFile | undefined,
  requireOther: Load,
  folder: string,
  observe?: (id: string, script: Script) => void,
): Load {
  const loaded = new Map<string, { exports: object }>();
  const load: Load = (id) => {
    const present = loaded.get(id);
    if (present !== undefined) return present.exports;
    const file = id.startsWith('./') ? find(id) : undefined;
    if (file === undefined) return requireOther(id);
    const module = { exports: {} };
    loaded.set(id, module);
    const { path, source, byteCode } = file;
    const script = new Script(source, { filename: path, ...(byteCode !== undefined && { cachedData: byteCode }) });
    observe?.(id, script);
    (script.runInThisContext() as Body)(module.exports, load, module, path, folder);
    return module.exports;
  };
  return load;
}
