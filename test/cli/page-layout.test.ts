/** Pages on narrow screens and on paper, in both languages and both themes. */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canRun } from '../../scripts/build/test/test-needs';
import { Browser } from '../evidence/browser';
import { run, useFolder } from './run';

const folder = useFolder();
const rows = 300;
const nameOf = (index: number) => (index === 1 ? `${'long'.repeat(50)}.example` : `host${index}.example`);

async function writeEvidence(file: string): Promise<void> {
  const lines = Array.from({ length: rows }, (_, index) =>
    JSON.stringify({
      ts: 1_795_511_104 + index * 600,
      'id.orig_h': '192.0.2.10',
      'id.resp_h': `2001:db8:1111:2222:3333:4444:5555:${index}`,
      'id.resp_p': 50_443,
      server_name: nameOf(index),
      version: 'TLSv12',
      cipher: index % 3 === 0 ? 'TLS_DHE_RSA_WITH_AES_128_GCM_SHA256' : 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
      established: true,
    }),
  );
  writeFileSync(folder('ssl.log'), lines.join('\n'));
  await run(`evidence ${folder('ssl.log')} --local 192.0.2.10 --html ${file} --simulate ws2022 --quiet`);
}

async function writeFleet(file: string): Promise<void> {
  const record = JSON.parse((await run('status --record --simulate ws2022')).stdout);
  const lines = Array.from({ length: rows }, (_, index) => JSON.stringify({ ...record, host: nameOf(index) }));
  writeFileSync(folder('fleet.ndjson'), lines.join('\n'));
  await run(`report ${folder('fleet.ndjson')} --html ${file} --quiet`);
}

describe.runIf(canRun('pages on paper')).each([
  ['evidence', writeEvidence],
  ['a fleet', writeFleet],
] as const)('the page of %s', (name, write) => {
  const file = () => folder(`${name.replace(' ', '-')}.html`);
  let browser: Browser;

  beforeAll(async () => {
    await write(file());
    browser = new Browser();
    await browser.open(pathToFileURL(file()).href);
  });
  afterAll(() => browser?.close());

  const show = async (language: string, theme: string) => {
    const shown = await browser.evaluate('document.documentElement.lang');
    if (shown !== language) await browser.evaluate('document.getElementById("language").click()');
    await browser.evaluate(`document.documentElement.dataset.theme = '${theme}'`);
  };

  const looks = ['en', 'ja'].flatMap((language) => ['light', 'dark'].map((theme) => [language, theme] as const));

  it.each([360, 768, 1280].flatMap((width) => looks.map((look) => [width, ...look] as const)))(
    'fits a window of %d pixels (%s, %s)',
    async (width, language, theme) => {
      await browser.send('Emulation.setDeviceMetricsOverride', {
        width,
        height: 800,
        deviceScaleFactor: 1,
        mobile: false,
      });
      await show(language, theme);
      expect(
        await browser.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'),
      ).toBe(0);
      // Heads stand over their columns, and no text runs into that of its neighbour.
      const lefts = (selector: string) =>
        browser.evaluate(
          `[...document.querySelectorAll('${selector}')].map((one) => Math.round(one.getBoundingClientRect().left))`,
        );
      expect(await lefts('#head th')).toEqual(await lefts('#rows .part:first-child tr:first-child td'));
      expect(
        await browser.evaluate(
          "[...document.querySelectorAll('#rows td, #head th')].filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => one.textContent)",
        ),
      ).toEqual([]);
    },
  );

  it.each(looks)('is printed whole (%s, %s)', async (language, theme) => {
    await browser.send('Emulation.clearDeviceMetricsOverride');
    await show(language, theme);
    const columns = (await browser.evaluate(
      "[...document.querySelectorAll('#head th')].map((one) => one.textContent)",
    )) as string[];
    writeFileSync(folder('page.pdf'), await browser.print());
    const text = execFileSync('pdftotext', ['-layout', folder('page.pdf'), '-'], { encoding: 'utf8' });
    const pages = text.split('\f').slice(0, -1);
    const hosts = new Set(text.match(/\bhost\d+\.example\b/g));
    expect(hosts.size).toBe(rows - 1);
    const withRows = pages.filter((page) => /\bhost\d+\.example\b/.test(page));
    for (const page of withRows) {
      const heads = page.replace(/\s+/g, '');
      for (const column of columns) expect(heads).toContain(column.replace(/\s+/g, ''));
    }
    expect(text).not.toMatch(/Dark \/ light|ダーク|日本語/);
    // Nothing lies beyond the page.
    const boxes = execFileSync('pdftotext', ['-bbox', folder('page.pdf'), '-'], { encoding: 'utf8' });
    const [width = 0] = [...boxes.matchAll(/<page width="([\d.]+)"/g)].map((one) => Number(one[1]));
    const rights = [...boxes.matchAll(/xMax="([\d.]+)"/g)].map((one) => Number(one[1]));
    expect(Math.max(...rights)).toBeLessThan(width - 20);
    await browser.send('Emulation.setEmulatedMedia', { media: 'print' });
    expect(await browser.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)');
    expect(await browser.evaluate('getComputedStyle(document.getElementById("theme")).display')).toBe('none');
    await browser.send('Emulation.setEmulatedMedia', { media: '' });
  });
});
