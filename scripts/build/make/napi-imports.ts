/**
 * The C source that fills an addon's Node-API pointers from the host process, whatever its file is called. GNU delay-load
 * thunks are no way to do it: they do not keep the registers that hold floating-point arguments.
 */
import { createRequire } from 'node:module';

type SymbolLists = Readonly<Record<'js_native_api_symbols' | 'node_api_symbols', readonly string[]>>;

const { symbols } = createRequire(__filename)('node-api-headers') as {
  readonly symbols: Readonly<Record<string, SymbolLists>>;
};

/** @param version the Node-API version whose functions are wanted, with those of all before it */
export function generateNapiImports(version: number): string {
  const names = Object.entries(symbols)
    .filter(([id]) => Number(id.slice(1)) <= version)
    .flatMap(([, lists]) => [...lists.js_native_api_symbols, ...lists.node_api_symbols]);
  const unique = [...new Set(names)].sort();
  return `#include <windows.h>

#ifdef _WIN64
#define POINTER(name) __imp_##name
#else
#define POINTER(name) _imp__##name
#endif

static void missing(void) { __builtin_trap(); }

${unique.map((name) => `void (*POINTER(${name}))(void) = missing;`).join('\n')}

static const struct { void (**pointer)(void); const char *name; } imports[] = {
${unique.map((name) => `    {&POINTER(${name}), "${name}"},`).join('\n')}
};

/* Only what is loaded already: nothing is looked for on a disk. */
static FARPROC find(const char *name) {
  const HMODULE hosts[] = {GetModuleHandleW(NULL), GetModuleHandleW(L"node.dll"), GetModuleHandleW(L"libnode.dll")};
  for (size_t index = 0; index < sizeof hosts / sizeof *hosts; index += 1) {
    const FARPROC address = hosts[index] ? GetProcAddress(hosts[index], name) : NULL;
    if (address) return address;
  }
  return NULL;
}

__attribute__((constructor)) static void fill(void) {
  for (size_t index = 0; index < sizeof imports / sizeof *imports; index += 1) {
    const FARPROC address = find(imports[index].name);
    if (address) *imports[index].pointer = (void (*)(void))address;
  }
}
`;
}
