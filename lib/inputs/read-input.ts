/** One front door: bytes, or a pasted text, of any form → what they hold. */
import type { Configuration } from '../configuration/configuration';
import { requireSensibleSize } from '../configuration/offline-configuration';
import { InputTooLargeError, InvalidInputError } from '../errors';
import { largestRegFile, readRegFile } from '../registry-files/reg-file';
import type { RegistryEntry } from '../registry-files/registry-entry';
import { isRegistryHive, largestHive } from '../registry-files/registry-hive';
import { findRegistryPolValue, readRegistryPol } from '../registry-files/registry-pol';
import { registryPlaces } from '../windows/registry-places';
import type { InputContent } from './input-content';
import { requireAllDheTaken, withoutCommentLines } from './overlooked-dhe';
import { placesIn } from './places';
import { readHive } from './readers/hive';
import { readJson } from './readers/json';
import { readLiteralNames, requireWhole } from './readers/literal-list';
import { isOfMachine, readMachineLines } from './readers/machine-lines';
import { type ReadDocument, readMarkup } from './readers/markup';
import { readLgpoText, readRegQuery, readSecurityTemplate } from './readers/registry-listings';
import { linesOf } from './readers/registry-text';
import { readScript } from './readers/script';
import {
  isRegistryFile,
  joinBroken,
  type Recognised,
  recognise,
  recogniseText,
  type TextForm,
  tableNames,
  unwrap,
} from './recognise';

export type InputForm = NonNullable<Recognised['form']>;

export interface Input {
  readonly form: InputForm;
  readonly content: InputContent;
}

/** A file that is no registry file is some kilobytes; 16 MiB of text are a report of a whole domain. */
const largestText = 16 * 1024 * 1024;

/**
 * @param source names the input in errors
 * @throws InvalidInputError for anything that is none of the forms, or holds no list or several
 * @throws InputTooLargeError above 64 MiB, for texts above 16 MiB, for hives above 512 MiB
 */
export function readInput(bytes: Uint8Array, source: string): Input {
  if (bytes.byteLength > largestText) {
    const largest = isRegistryHive(bytes) ? largestHive : isRegistryFile(bytes) ? largestRegFile : largestText;
    if (bytes.byteLength > largest) throw new InputTooLargeError(source, largest, bytes.byteLength);
  }
  return readRecognised(recognise(bytes), bytes, source);
}

/** The same for a text that somebody pasted. */
export function readInputText(text: string, source: string): Input {
  if (text.length > largestText) throw new InputTooLargeError(source, largestText, text.length);
  return readRecognised(recogniseText(text), Buffer.from(text), source);
}

function readRecognised(recognised: Recognised, bytes: Uint8Array, source: string): Input {
  if (recognised.form === null) throw new InvalidInputError(source, undefined, 'input-form', recognised.looksLike);
  if (recognised.form === 'reg-file') {
    return {
      form: recognised.form,
      content: { kind: 'entries', entries: readAgain(() => readRegFile(bytes, source)), isWhole: true },
    };
  }
  if (recognised.form === 'registry-hive') {
    return { form: recognised.form, content: { kind: 'entries', isWhole: true, ...readHive(bytes, source) } };
  }
  if (recognised.form === 'registry-pol') return { form: recognised.form, content: entries(readPol(bytes, source)) };
  const { content, texts } = readDocument(recognised, source);
  requireAllDheTaken(texts, content, source);
  return { form: recognised.form, content };
}

/** What stands in a text, and all of it that is no comment. */
function readDocument(recognised: Extract<Recognised, { readonly text: string }>, source: string): ReadDocument {
  const { text } = recognised;
  if (recognised.form === 'markup') return readMarkup(text, source);
  if (recognised.form === 'machine-lines') return ofMachine(readMachineLines(recognised.documents, source));
  if (recognised.form === 'json') {
    const { document } = recognised;
    return isOfMachine(document) ? ofMachine(readMachineLines([document], source)) : readJson(text, document, source);
  }
  return { content: readText(recognised.form, text, source), texts: [withoutCommentLines(text)] };
}

function ofMachine(configuration: Configuration): ReadDocument {
  return { content: { kind: 'configuration', configuration }, texts: [] };
}

function readText(
  form: Exclude<TextForm, 'markup' | 'json' | 'machine-lines'>,
  text: string,
  source: string,
): InputContent {
  for (const line of linesOf(text)) requireSensibleSize(2 * line.length, source);
  switch (form) {
    case 'reg-query':
      return entries(readRegQuery(text));
    case 'lgpo':
      return entries(readLgpoText(text));
    case 'security-template':
      return entries(readSecurityTemplate(text));
    case 'script': {
      const found = readScript(text, source);
      return found.length > 0 ? entries(found) : readSource(text, source);
    }
    case 'table':
      requireWhole(text, source);
      return { kind: 'enumerated', names: tableNames(unwrap(text)) ?? [] };
    case 'source':
      return readSource(text, source);
    case 'list':
      requireWhole(text, source);
      return { kind: 'text', layer: 'groupPolicy', text };
  }
}

/** What is read anew each time: a whole hive as text is kept nowhere. */
function readAgain<Item>(read: () => Iterable<Item>): Iterable<Item> {
  return { [Symbol.iterator]: () => read()[Symbol.iterator]() };
}

function entries(found: readonly RegistryEntry[]): InputContent {
  return { kind: 'entries', entries: found, isWhole: false };
}

/** A key and one list of names beside it, in whatever language. */
function readSource(text: string, source: string): InputContent {
  const names = readLiteralNames(text, source);
  const places = placesIn(joinBroken(text));
  const [layer] = places;
  if (layer === undefined || places.length > 1) {
    throw new InvalidInputError(source, undefined, 'one-list', { number: places.length });
  }
  return { kind: 'text', layer, text: names.join(layer === 'mdm' ? ';' : ',') };
}

function readPol(bytes: Uint8Array, source: string): RegistryEntry[] {
  const { key, valueName: name } = registryPlaces.groupPolicy;
  const found = findRegistryPolValue(readRegistryPol(bytes, source), key, name);
  if (found === undefined) return [];
  const path = `HKEY_LOCAL_MACHINE\\${key}`;
  const { type, data } = found.entry;
  return [
    found.isSet ? { kind: 'value', key: path, name, value: { type, data } } : { kind: 'delete-value', key: path, name },
  ];
}
