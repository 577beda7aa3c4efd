/**
 * Which file of `dist` a module of the command line stands in. A start pays for every byte that it compiles, needed or not:
 * `core.js` holds what `status` runs through, and the rest is read where a command or an input asks for it.
 */
import type { Metafile } from 'esbuild';
import { readImportGraph } from './import-graph';

export const core = 'core';

const schemas = 'schemas';
/** Of what several of the others import, few want what leans on evidence. */
const evidence = /^lib\/(evidence\/|cli\/views\/(evidence|fault)-view)/;

/** Loaded where a command imports it: `import()`. What is imported so and stands nowhere here goes to `rest`. */
const commands = {
  ja: /^messages\/ja\/index\.ts$/,
  native: /^binding\/load-native-binding\.ts$|^cli\/steering-variables\.ts$/,
  simulation: /^cli\/simulated-machine\.ts$/,
  change: /^cli\/commands\/(disable|restore|selfcheck)\/run\.ts$/,
  policy: /^cli\/commands\/policy-.*\/run\.ts$/,
  evidence: /^cli\/commands\/evidence\/(run|compare)\.ts$|^cli\/views\/evidence-page\.ts$/,
  gate: /^evidence\/(evidence-gate|remaining-list)\.ts$/,
  probe: /^cli\/commands\/probe\/(run|listen|hosts)\.ts$|^probe\/probe-tls13\.ts$/,
} as const;
const rest = 'rest';

/** Loaded where something of it is first used, without `import()`: its importers get a stand-in. */
const onDemand = {
  [schemas]: /-schema\.ts$|\/documents\.ts$|^cli\/document\.ts$/,
  'local-policy': /^group-policy\/change-local-policy\.ts$/,
  readers:
    /^inputs\/(readers\/|(overlooked-dhe|decode-text|places)\.ts$)|^files\/log-format\.ts$|^registry-files\/registry-pol\.ts$/,
  'policy-value':
    /^policy\/(policy-text|judge-policy-text)\.ts$|^cipher-suite\/other-names\.ts$|^windows\/convert-list\.ts$/,
  'text-width': /^cli\/views\/wide-text-width\.ts$/,
  errors: /^errors\.ts$|^cli\/command-line-error\.ts$/,
  'windows-defaults': /^windows\/defaults\.json$/,
  machine: /^configuration\/(read-configuration|stored-backups|parse)\.ts$/,
  declarations: /^cli\/commands\/(?!status\/).*\/command\.ts$/,
  'rooms-en': /^messages\/en\/(probe|listen|evidence|event-logging|fleet|explain|group-policy|errors)\.ts$/,
  'rooms-ja': /^messages\/ja\/(probe|listen|evidence|event-logging|fleet|explain|group-policy|errors)\.ts$/,
} as const;

/** What `status` runs through, beside what it imports in any case, and what declarations share. */
const hot =
  /^(cli\/main|cli\/(policy-options|input-options|suite-layers|request)|cli\/commands\/status\/run|cli\/obtain-configuration|inputs\/(open-configuration|read-input)|configuration\/read-configuration|messages\/en\/index)\.ts$/;

export interface Chunks {
  /** The chunk of each module, by its path from the root. */
  readonly of: ReadonlyMap<string, string>;
  /** Those that are loaded where something of them is first used. */
  readonly onDemand: ReadonlySet<string>;
  /** Those of them that a module of `core.js` imports. */
  readonly ofCore: ReadonlySet<string>;
}

export async function planChunks(entryPoint: string): Promise<Chunks> {
  const metafile = await readImportGraph([entryPoint]);
  const modules = Object.keys(metafile.inputs);
  const matching = (pattern: RegExp) => modules.filter((id) => pattern.test(id.replace(/^lib\//, '')));
  const named = Object.entries({ ...onDemand, ...commands }).map(
    ([name, pattern]) => [name, matching(pattern)] as const,
  );
  const placed = new Set([...matching(hot), ...named.flatMap(([, ids]) => ids)]);
  const roots = [...named, [rest, importedLate(metafile).filter((id) => !placed.has(id))] as const];
  const late = new Set(roots.flatMap(([name, ids]) => (name in onDemand ? ids : [])));
  const of = new Map<string, string>();
  for (const id of reachable(metafile, matching(hot), late)) of.set(id, core);
  const takenBy = new Map<string, string[]>();
  for (const [name, ids] of roots) {
    for (const id of ids) if (late.has(id)) of.set(id, name);
    const own = ids.flatMap((id) => (late.has(id) ? staticImports(metafile, id) : [id]));
    const known = new Set([...of].flatMap(([id, chunk]) => (chunk === core ? [id] : [])));
    for (const id of reachable(metafile, own, new Set([...known, ...late]))) {
      takenBy.set(id, [...(takenBy.get(id) ?? []), name]);
    }
  }
  const sharedBy = (id: string) =>
    [...reachable(metafile, [id], late)].some((one) => evidence.test(one)) ? 'shared-evidence' : 'shared';
  for (const [id, names] of takenBy) {
    // What prints a schema has all day; nothing else is to load the schemas for a module that it shares with them.
    const [name = schemas, ...others] = names.filter((one) => one !== schemas);
    of.set(id, of.get(id) ?? (others.length > 0 ? sharedBy(id) : name));
  }
  const inCore = [...of].flatMap(([id, chunk]) => (chunk === core ? staticImports(metafile, id) : []));
  return { of, onDemand: late, ofCore: new Set(inCore.filter((id) => late.has(id))) };
}

function importedLate(metafile: Metafile): string[] {
  const found = Object.values(metafile.inputs).flatMap(({ imports }) => imports);
  const late = found.filter(({ kind, path }) => kind === 'dynamic-import' && path.startsWith('lib/'));
  return [...new Set(late.map(({ path }) => path))];
}

function staticImports(metafile: Metafile, id: string): string[] {
  return (metafile.inputs[id]?.imports ?? [])
    .filter(({ kind, external, path }) => kind !== 'dynamic-import' && !external && path in metafile.inputs)
    .map(({ path }) => path);
}

/** These modules and whatever is loaded with them, but for what is known. */
function reachable(metafile: Metafile, roots: readonly string[], known: ReadonlySet<string>): Set<string> {
  const found = new Set<string>();
  const open = [...roots];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (found.has(id) || known.has(id)) continue;
    found.add(id);
    open.push(...staticImports(metafile, id));
  }
  return found;
}
