/** Our reading of XML against two others: fast-xml-parser for the tree, libxml2 for what is XML at all. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { XMLParser } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import { parseXml } from '../../lib/files/xml';
import { canRun } from '../../scripts/build/test/test-needs';
import { useFolder } from '../cli/run';
import { dirty, samples } from '../inputs/samples';
import { mutate, numbers } from '../support/mutate';

const other = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  removeNSPrefix: true,
  parseTagValue: false,
  parseAttributeValue: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  htmlEntities: true,
});
const documents = samples
  .map(({ write }) => Buffer.from(write(dirty)).toString())
  .filter((text) => /^<(?!!DOCTYPE)/.test(text));
const more = [
  '<a b="1" c=\'"\'>x &amp; &#x41;&#66;<![CDATA[<&]]><d/><d>2</d><!-- <e> --><?p <f>?></a>',
  '<p:a xmlns:p="x"><p:b p:c="&lt;">\n</p:b></p:a>\n<!-- end -->\n',
];

const accepts = (text: string) => {
  try {
    parseXml(text, 'x');
    return true;
  } catch (error) {
    expect(error).toMatchObject({ code: 'INVALID_INPUT' });
    return false;
  }
};

it.each([...documents, ...more])('%.60s… has the tree that fast-xml-parser finds', (text) => {
  expect(parseXml(text, 'x')).toEqual(other.parse(text));
});

describe.skipIf(!canRun('libxml2'))('libxml2', () => {
  const folder = useFolder();

  it('accepts every mutated document that we accept', () => {
    const next = numbers(16);
    mkdirSync(folder('xml'));
    let files = 0;
    const taken: string[] = [];
    for (let round = 0; round < 30_000 && taken.length < 300; round += 1) {
      const text = mutate(
        Buffer.from([...documents, ...more][next(documents.length + more.length)] ?? ''),
        next,
      ).toString();
      if (!accepts(text)) continue;
      files += 1;
      const file = folder(`xml/${files}.xml`);
      writeFileSync(file, text.replace(/<\?[\s\S]*?\?>/g, ''));
      taken.push(file);
    }
    expect(taken.length).toBe(300);
    const { stderr } = spawnSync('xmllint', ['--noout', '--nonet', ...taken], { encoding: 'utf8' });
    expect(stderr.split('\n').filter((line) => line.includes('parser error'))).toEqual([]);
  });

  it.each([
    ['<a>', 'an element without an end'],
    ['<a></b>', 'another end'],
    ['<a/><b/>', 'two roots'],
    ['<a/>x', 'text behind the root'],
    ['<a b=1/>', 'an attribute without quotation marks'],
    ['<a b="1" b="2"/>', 'an attribute twice'],
    ['<a b="1"c="2"/>', 'no blank between two attributes'],
    ['<a b="<"/>', 'a tag in an attribute'],
    ['<a>&nbsp;</a>', 'an entity that nobody declares'],
    ['<a>&</a>', 'a sign that is no reference'],
    ['<a>&#0;</a>', 'the character 0'],
    ['<1/>', 'a name that begins with a digit'],
    ['<a><!-- </a>', 'a comment without an end'],
    ['<a><![CDATA[</a>', 'a section without an end'],
    [' ', 'nothing'],
  ])('refuses %s with us: %s', (text) => {
    const file = folder('one.xml');
    writeFileSync(file, text);
    expect(spawnSync('xmllint', ['--noout', file]).status).not.toBe(0);
    expect(accepts(text)).toBe(false);
  });
});

it.each([
  ['a declaration of types', '<!DOCTYPE a><a/>'],
  ['elements too deep', '<a>'.repeat(300) + '</a>'.repeat(300)],
  ['too many attributes', `<a ${Array.from({ length: 2000 }, (_, at) => `a${at}=""`).join(' ')}/>`],
])('%s: refused', (_, text) => {
  expect(accepts(text)).toBe(false);
});

it('keeps nothing that is not asked for', () => {
  const seen: string[] = [];
  const kept = parseXml('<r a="1"><x><y>1</y></x><y b="2" c="3">2<z>3</z></y><__proto__><y/></__proto__></r>', 'x', {
    keeps: (name) => name === 'y' || name === '@b',
    onElement: (name, text, attributes) => seen.push(`${name}:${text}:${[...attributes.values()]}`),
  });
  expect(kept).toEqual({ r: { y: { '@b': '2', '#text': '2' } } });
  expect(seen).toEqual(['y:1:', 'x::', 'z:3:', 'y:2:2,3', 'y::', '__proto__::', 'r::1']);
});
