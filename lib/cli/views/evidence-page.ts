/** Evidence → one HTML page that needs nothing beside itself: for a change board, in both languages, dark and light. */
import { createHash } from 'node:crypto';
import type { Evidence } from '../../evidence/gather-evidence';
import type { Language } from '../../messages/languages';
import type { Messages } from '../../messages/shape';
import { pageScript, pageStyle } from './evidence-page-parts';
import { describeEvidence, describeFault, describeNotes, othersOf } from './evidence-view';
import { formatLocalTime } from './local-time';

export function writeEvidencePage(
  evidence: Evidence,
  languages: Readonly<Record<Language, Messages>>,
  language: Language,
): string {
  const words = Object.fromEntries(
    Object.entries(languages).map(([id, messages]) => [id, wordsOf(evidence, messages)] as const),
  );
  const data = {
    words,
    peers: evidence.peers.map((peer) => [
      (peer.role === 'server' ? peer.client : (peer.name ?? peer.server)) ?? peer.name ?? '',
      peer.role === null ? 'both' : peer.role === 'server' ? 'client' : 'server',
      peer.port,
      peer.keyExchanges.DHE ?? 0,
      othersOf(peer),
      peer.failed,
      peer.first === null ? '' : formatLocalTime(peer.first),
      peer.last === null ? '' : formatLocalTime(peer.last),
      peer.removal.id,
      peer.removal.reason,
    ]),
    timeline: evidence.timeline.map(({ time, dhe, others }) => [formatLocalTime(time), dhe, others]),
  };
  // No text of a peer can end the element that it stands in.
  const json = JSON.stringify(data).replace(
    /[<\u2028\u2029]/g,
    (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  const policy = `default-src 'none'; script-src '${hashOf(pageScript)}'; style-src '${hashOf(pageStyle)}'`;
  return `<!DOCTYPE html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>schannel-dhe</title>
<style>${pageStyle}</style>
</head>
<body>
<header><h1 data-word="title"></h1>
<button type="button" id="language" data-word="otherLanguage"></button>
<button type="button" id="theme" data-word="theme"></button></header>
<p class="verdict" data-word="verdict"></p>
<section><ul id="lines"></ul></section>
<section id="when"><h2 data-word="overTime"></h2>
<figure><svg id="timeline" viewBox="0 0 1000 160" preserveAspectRatio="none" role="img"></svg>
<figcaption><span class="when" id="from"></span><span class="key key-dhe">DHE</span>
<span class="key key-others" data-word="others"></span><span class="when" id="to"></span></figcaption></figure></section>
<section><h2 data-word="faultTitle"></h2><ul id="fault"></ul></section>
<section><h2 data-word="peers"></h2>
<div class="tools"><input type="search" id="filter"><span class="soft" id="count"></span></div>
<div class="table"><table><thead id="head"></thead><tbody id="rows"></tbody></table></div>
<p><button type="button" id="more" hidden></button></p></section>
<section><h2 data-word="sources"></h2><ul id="notes"></ul></section>
<script type="application/json" id="data">${json}</script>
<script>${pageScript}</script>
</body>
</html>
`;
}

/** Every text of the page that does not stand in a row, in one language. */
function wordsOf(evidence: Evidence, { evidence: words, ...messages }: Messages) {
  const all = { evidence: words, ...messages } as Messages;
  const [verdict, ...lines] = describeEvidence(evidence, all);
  const [peer, is, port, dhe, others, last, after] = words.columns;
  return {
    ...words.page,
    verdict,
    lines,
    fault:
      evidence.fault.dhe.completed + evidence.fault.dhe.failed === 0
        ? []
        : [describeFault(evidence.fault.verdict, words)],
    notes: describeNotes(evidence, all),
    columns: [peer, is, port, dhe, others, words.page.failed, words.page.first, last, after],
    others,
    removal: words.removal,
    reason: words.reason,
    role: words.role,
    unnamed: words.unnamed,
  };
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
