/** Suites by their numbers, so that a list of forty fits into a line that carries more than it. */
import { type CipherSuite, catalog } from './cipher-suite';

/** In hex, four digits for TLS (RFC 8446, B.4), with the curve that an old name carries: `c030`, `c030_P256`. */
function codeOf({ codePoint, curve }: CipherSuite): string {
  const code = codePoint.slice(2).toLowerCase();
  return curve === undefined ? code : `${code}_${curve}`;
}

/** The usual spelling where there are two. */
const suites = catalog.filter(({ aliasOf }) => aliasOf === undefined);
const codes = new Map(suites.map((suite) => [suite.name, codeOf(suite)]));
const names = new Map(suites.map((suite) => [codeOf(suite), suite.name]));

/** The code of a name that is spelt as Schannel does; any other stands for itself. */
export function suiteCode(name: string): string {
  return codes.get(name) ?? name;
}

export function suiteOfCode(code: string): string {
  return names.get(code) ?? code;
}
