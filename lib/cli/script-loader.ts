/**
 * Runs the files that the build split the command line into. Each is a function expression, which V8 compiles without
 * another copy of its text, and from byte code where the build made that.
 */
import { Script } from 'node:vm';

export interface ScriptFile {
  /** Where it came from, in stacks. */
  readonly path: string;
  /** `(function (exports, require, module, __filename, __dirname) { … })`, which answers with what fills `exports`. */
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
) => () => void;

/**
 * `run` leaves out what only others ask for.
 *
 * @param find the file of an id such as `./core.js`; undefined for what is none of the command line's
 * @param requireOther loads what `find` does not know
 * @param observe hears of every script that was compiled: the build makes byte code of them
 */
export function scriptLoader(
  find: (id: string) => ScriptFile | undefined,
  requireOther: Load,
  folder: string,
  observe?: (id: string, script: Script) => void,
): { readonly run: (id: string) => void; readonly load: Load } {
  const loaded = new Map<string, { readonly exports: object; fill: (() => void) | undefined }>();
  const load: Load = (id) => {
    const module = loaded.get(id) ?? read(id);
    if (module === undefined) return requireOther(id);
    module.fill?.();
    module.fill = undefined;
    return module.exports;
  };
  const read = (id: string) => {
    const file = id.startsWith('./') ? find(id) : undefined;
    if (file === undefined) return undefined;
    const module = { exports: {}, fill: undefined as (() => void) | undefined };
    loaded.set(id, module);
    const { path, source, byteCode } = file;
    const script = new Script(source, { filename: path, ...(byteCode !== undefined && { cachedData: byteCode }) });
    observe?.(id, script);
    module.fill = (script.runInThisContext() as Body)(module.exports, load, module, path, folder);
    return module;
  };
  return { run: read, load };
}
