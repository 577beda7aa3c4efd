/**
 * `npm run pictures`: a terminal with `status`, as SVG beside the pages that show it (same bytes each time), and with Chromium
 * a page of `evidence --html`, as `build/pictures/page.png` (its bytes depend on the fonts here, so it is not kept).
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import stringWidth from 'fast-string-width';
import { runCli } from '../../../lib/cli/run-cli';
import type { Language } from '../../../lib/messages/languages';
import { Browser } from '../../../test/evidence/browser';

const root = join(__dirname, '..', '..', '..');

/** Where the picture of a language is. */
export const terminalPicture = (language: Language) => join(root, 'lib', 'cli', `status.${language}.svg`);

async function runHere(argv: readonly string[], colour: boolean): Promise<string> {
  const written: string[] = [];
  await runCli({
    argv,
    locale: 'en',
    colour,
    loadBinding: () => {
      throw new Error('expected a simulated machine or a file');
    },
    write: (text) => written.push(text),
    writeError: (text) => written.push(text),
    readStdin: async () => Buffer.alloc(0),
    ask: undefined,
  });
  return written.join('');
}

const paints: Readonly<Record<string, string>> = { 31: '#ff7b72', 32: '#7ee787', 33: '#f2cc60', 36: '#79c0ff' };
const [cell, height] = [8.4, 20];

/** Every piece between blanks or colours stands in its own column, whatever the font makes of full-width characters. */
function drawLine(line: string, row: number): string {
  let [x, colour, isBold] = [0, '', false];
  const pieces = line.split(/(\ue000\d+m| {2,})/).map((piece) => {
    const code = piece.startsWith('\ue000') ? /\d+/.exec(piece)?.[0] : undefined;
    if (code !== undefined) {
      if (code === '1' || code === '22') isBold = code === '1';
      else colour = paints[code] ?? '';
      return '';
    }
    const at = x;
    x += stringWidth(piece);
    if (piece.trim() === '') return '';
    const text = piece.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
    return `<tspan x="${(16 + at * cell).toFixed(1)}"${colour && ` fill="${colour}"`}${isBold ? ' font-weight="bold"' : ''}>${text}</tspan>`;
  });
  return pieces.join('') && `<text y="${36 + row * height}">${pieces.join('')}</text>`;
}

export async function drawTerminal(language: Language): Promise<string> {
  const words = ['status', '--simulate', 'win10-1607-ws2016', '--language', language];
  // Colours carry parameters that nobody can know, see lib/cli/terminal.ts.
  const text = `> schannel-dhe status\n${await runHere(words, true)}`
    .replaceAll('\u001b[', '\ue000')
    .replaceAll(/(?<=\ue000\d+);[\d;]+m/g, 'm');
  const lines = text.trimEnd().split('\n');
  const columns = Math.max(...lines.map((line) => stringWidth(line.replaceAll(/\ue000\d+m/g, ''))));
  const [width, whole] = [Math.ceil(32 + columns * cell), 36 + lines.length * height];
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${whole}" viewBox="0 0 ${width} ${whole}">
<title>schannel-dhe status</title>
<rect width="100%" height="100%" rx="8" fill="#0d1117"/>
<g font-family="ui-monospace, Consolas, 'MS Gothic', Menlo, monospace" font-size="14" fill="#e6edf3" xml:space="preserve">
${lines.map(drawLine).filter(Boolean).join('\n')}
</g>
</svg>
`;
}

/** A capture cannot be read without tshark, so the page is of the logs that the tests have. */
async function takePage(file: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'schannel-dhe-'));
  const page = join(folder, 'page.html');
  await runHere(
    ['evidence', join(root, 'test', 'fixtures', 'evidence'), '--simulate', 'win8.1-2012r2', '--html', page],
    false,
  );
  const browser = new Browser();
  try {
    await browser.open(pathToFileURL(page).href);
    writeFileSync(file, await browser.screenshot());
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true });
  }
}

async function main(): Promise<void> {
  const languages: readonly Language[] = ['en', 'ja'];
  for (const language of languages) writeFileSync(terminalPicture(language), await drawTerminal(language));
  const folder = join(root, 'build', 'pictures');
  mkdirSync(folder, { recursive: true });
  await takePage(join(folder, 'page.png'));
}

if (require.main === module) void main();
