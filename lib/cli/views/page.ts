/** One HTML page that needs nothing beside itself, in both languages, dark and light. */
import { createHash } from 'node:crypto';
import type { Language } from '../../messages/languages';
import { type PageParts, pageScript, pageStyle } from './page-parts';

export interface Page {
  readonly language: Language;
  readonly parts: PageParts;
  /** Between the verdict and the table. */
  readonly sections: string;
  readonly data: {
    /** By language: what the elements show by their `data-word`, and the lists by the id of theirs. */
    readonly words: Readonly<Record<string, object>>;
    readonly rows: readonly (readonly (string | number | null)[])[];
  };
}

export function writePage({ language, parts, sections, data }: Page): string {
  const [style, script] = [pageStyle + parts.style, pageScript(parts.script)];
  // No text of another machine can end the element that it stands in.
  const json = JSON.stringify(data).replace(
    /[<\u2028\u2029]/g,
    (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  const policy = `default-src 'none'; script-src '${hashOf(script)}'; style-src '${hashOf(style)}'`;
  return `<!DOCTYPE html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>schannel-dhe</title>
<style>${style}</style>
</head>
<body>
<header><h1 data-word="title"></h1>
<button type="button" id="language" data-word="otherLanguage"></button>
<button type="button" id="theme" data-word="theme"></button></header>
<p class="verdict" data-word="verdict"></p>
${sections}
<section><h2 data-word="tableTitle"></h2>
<div class="tools"><input type="search" id="filter"><span class="soft" id="count"></span></div>
<div class="table"><table><thead id="head"></thead></table><div id="rows"></div></div></section>
<section><h2 data-word="sources"></h2><ul id="notes"></ul></section>
<script type="application/json" id="data">${json}</script>
<script>${script}</script>
</body>
</html>
`;
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
