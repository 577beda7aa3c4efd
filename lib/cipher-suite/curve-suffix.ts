/**
 * The curve that a suite name carries up to Windows 8.1. Windows 10 and later have a curve order of their own
 * (MicrosoftDocs/win32, the note on every version page from 1507 on).
 */
import { type CipherSuite, findSuite } from './cipher-suite';

export type Curve = 'P256' | 'P384' | 'P521';

/** The suite meant by a name with a curve suffix, also one that no Windows ever had with a suffix; ECDHE alone has one. */
export function splitCurveSuffix(name: string): { readonly base: CipherSuite; readonly curve: Curve } | undefined {
  if (!curveSuffix.test(name)) return undefined;
  const base = findSuite(name.slice(0, -'_P256'.length));
  if (base?.keyExchange !== 'ECDHE' || base.curve !== undefined) return undefined;
  return { base, curve: name.slice(-'P256'.length).toUpperCase() as Curve };
}

const curveSuffix = /._[Pp](?:256|384|521)$/s;

/** The name without its curve; a name that carries none as it is. */
export function withoutCurveSuffix(name: string): string {
  return splitCurveSuffix(name)?.base.name ?? name;
}

/** The suite that a name means, with a curve or without. */
export function findMeantSuite(name: string): CipherSuite | undefined {
  return splitCurveSuffix(name)?.base ?? findSuite(name);
}
