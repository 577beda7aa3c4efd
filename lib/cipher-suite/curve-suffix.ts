/**
 * The curve that a suite name carries up to Windows 8.1. Windows 10 and later have a curve order of their own
 * (MicrosoftDocs/win32, the note on every version page from 1507 on).
 */
import { type CipherSuite, findSuite } from './cipher-suite';

export type Curve = 'P256' | 'P384' | 'P521';

/** The suite meant by a name with a curve suffix, also one that no Windows ever had with a suffix; ECDHE alone has one. */
export function splitCurveSuffix(name: string): { readonly base: CipherSuite; readonly curve: Curve } | undefined {
  const match = /^(.+)_(P(?:256|384|521))$/i.exec(name);
  const base = match?.[1] === undefined ? undefined : findSuite(match[1]);
  if (base?.keyExchange !== 'ECDHE' || base.curve !== undefined) return undefined;
  return { base, curve: match?.[2]?.toUpperCase() as Curve };
}

/** The name without its curve; a name that carries none as it is. */
export function withoutCurveSuffix(name: string): string {
  return splitCurveSuffix(name)?.base.name ?? name;
}

/** The suite that a name means, with a curve or without. */
export function findMeantSuite(name: string): CipherSuite | undefined {
  return splitCurveSuffix(name)?.base ?? findSuite(name);
}
