/** The command line as CommonJS files that load each other; esbuild splits ES modules alone. */
import { readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { transform } from 'esbuild';
import type { Plugin } from 'rolldown';
import { type Chunks, core, planChunks } from './chunks';

const entryPoint = 'lib/cli/main.ts';
/** Libraries that stand beside the chunks, as files of their own. */
export const libraryNames = ['zod', 'node-forge'] as const;
const libraries = new RegExp(`^(${libraryNames.join('|')})$`);
const standIn = '\0stand-in:';
const all = '\0all:';

export interface CommandLineBundle {
  /** Name of the file → its text: ASCII, a function expression. */
  readonly files: ReadonlyMap<string, string>;
  /** The modules in it, by their paths. */
  readonly modules: readonly string[];
}

/** Works from the package's root. */
export async function bundleCommandLine(target: string): Promise<CommandLineBundle> {
  const { rolldown } = await import('rolldown');
  const chunks = await planChunks(entryPoint);
  const onDemand = [...new Set([...chunks.onDemand].map((id) => chunkOf(resolve(id), chunks)))];
  const bundle = await rolldown({
    input: { [core]: entryPoint, ...Object.fromEntries(onDemand.map((name) => [name, all + name])) },
    platform: 'node',
    external: [libraries, /\.node$/],
    plugins: [loadOnDemand(chunks), parseJson],
    preserveEntrySignatures: 'allow-extension',
    checks: { ineffectiveDynamicImport: false },
  });
  const { output } = await bundle.generate({
    format: 'cjs',
    entryFileNames: '[name].js',
    chunkFileNames: '[name].js',
    paths: (id) => (libraries.test(id) ? `./${id}.js` : id),
    codeSplitting: {
      includeDependenciesRecursively: false,
      groups: [{ name: (id) => chunkOf(id, chunks), debugName: 'chunks' }],
    },
  });
  const files = new Map<string, string>();
  const modules = new Set<string>();
  const helpers = output.find(({ fileName }) => fileName === 'rolldown-runtime.js');
  for (const file of output) {
    if (file === helpers) continue;
    if (file.type !== 'chunk') throw new Error(`expected code alone, found ${file.fileName}`);
    for (const id of file.moduleIds) if (!id.startsWith('\0')) modules.add(relative(process.cwd(), id));
    // A file more to read costs a start more than some lines in each.
    const code = file.code.replace(
      /require\(["']\.\/rolldown-runtime\.js["']\)/,
      () => `((exports) => { ${helpers?.type === 'chunk' ? helpers.code : ''}; return exports; })({})`,
    );
    files.set(file.fileName, asFunction((await transform(exportLate(code), { ...options, target })).code));
  }
  return { files, modules: [...modules] };
}

/** A start needs none of what others may ask of `core.js`, so that giving it is left to a function (`lib/cli/script-loader.ts`). */
function exportLate(code: string): string {
  const given = /\n((?:exports\.[\w$]+ = [^;]+;\n|Object\.defineProperty\(exports, [^;]+;\n\t?\}\n\}\);\n)+)$/.exec(
    code,
  );
  if (given === null) throw new Error(`expected the exports at the end, found: ${code.slice(-200)}`);
  return `${code.slice(0, given.index)}\nreturn () => {\n${given[1]}};\n`;
}

/** ASCII takes half the memory of Japanese letters as they stand, and is read twice as fast. */
const options = {
  format: 'cjs',
  platform: 'node',
  minify: true,
  legalComments: 'none',
  // What loads these files knows `require` alone.
  supported: { 'dynamic-import': false },
} as const;

/** As `lib/cli/script-loader.ts` runs it. */
export function asFunction(code: string): string {
  // esbuild leaves letters in regular expressions as they are.
  const ascii = code.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return `(function(exports,require,module,__filename,__dirname){${ascii}})`;
}

function chunkOf(id: string, { of, ofCore }: Chunks): string {
  if (id.startsWith(all)) return id.slice(all.length);
  if (id.startsWith(standIn)) return ofCore.has(pathOf(id.slice(standIn.length))) ? core : 'stand-ins';
  return of.get(pathOf(id)) ?? core;
}

const pathOf = (id: string) => relative(process.cwd(), id).replaceAll('\\', '/');

/** A module of another chunk that is loaded on demand becomes a stand-in, which loads it where something of it is used. */
function loadOnDemand(chunks: Chunks): Plugin {
  return {
    name: 'load-on-demand',
    async resolveId(source, importer, { kind }) {
      if (source.startsWith(all)) return source;
      if (importer === undefined) return undefined;
      if (importer.startsWith(standIn)) return { id: source, external: true };
      const found = await this.resolve(source, importer, { skipSelf: true });
      if (found === null || kind === 'dynamic-import' || !chunks.onDemand.has(pathOf(found.id))) return found;
      return chunkOf(importer, chunks) === chunkOf(found.id, chunks) ? found : standIn + found.id;
    },
    load(id) {
      if (id.startsWith(all)) return exportAll(id.slice(all.length), chunks);
      if (!id.startsWith(standIn)) return undefined;
      const path = id.slice(standIn.length);
      const load = `require('./${chunkOf(path, chunks)}.js').${nameOf(path)}`;
      const text = readFileSync(path, 'utf8');
      const code = path.endsWith('.json')
        ? `export default { ${gettersOf(Object.keys(JSON.parse(text)), `${load}.default`)} };`
        : `module.exports = { __esModule: true, ${gettersOf(exportsOf(text), load)} };`;
      return { moduleType: 'js', code };
    },
  };
}

function gettersOf(names: readonly string[], module: string): string {
  return names.map((name) => `get ${JSON.stringify(name)}() { return ${module}[${JSON.stringify(name)}]; }`).join(', ');
}

function exportsOf(source: string): string[] {
  return [...source.matchAll(/^export (?!type |interface )(?:abstract )?(.*)/gm)].map(([, line = '']) => {
    const [, name] = /^(?:const|(?:async )?function\*?|class) (\w+)/.exec(line) ?? [];
    if (name === undefined) throw new Error(`expected a named declaration, found: export ${line}`);
    return name;
  });
}

/** V8 reads a string by `JSON.parse` several times as fast as the same text as a literal of the program. */
const parseJson: Plugin = {
  name: 'parse-json',
  load(id) {
    if (!/[\\/]lib[\\/].*\.json$/.test(id)) return undefined;
    const text = JSON.stringify(JSON.parse(readFileSync(id, 'utf8')));
    return { moduleType: 'js', code: `export default JSON.parse(${JSON.stringify(text)});` };
  },
};

function exportAll(chunk: string, chunks: Chunks): { code: string; moduleType: 'js' } {
  const members = [...chunks.onDemand].filter((id) => chunkOf(resolve(id), chunks) === chunk).map((id) => resolve(id));
  const lines = members.map((id) => `export * as ${nameOf(id)} from ${JSON.stringify(id)};`);
  return { moduleType: 'js', code: lines.join('\n') };
}

function nameOf(path: string): string {
  return relative(join(process.cwd(), 'lib'), path).replace(/\W/g, '_');
}
