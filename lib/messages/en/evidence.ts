import type { EvidenceMessages } from '../shape';
import { counted } from './plural';

export const evidence: EvidenceMessages = {
  evidence: {
    verdict: {
      'dhe-seen': ({ dhe, seen, peers }) =>
        `DHE was negotiated in ${dhe} of ${seen} seen; ${counted(peers, 'peer uses', 'peers use')} it.`,
      'no-dhe-seen': ({ seen }) => `No DHE was negotiated in ${seen} seen.`,
      unknown: ({ seen }) =>
        seen === 0
          ? 'Nothing was seen that tells of DHE, so nothing is known.'
          : `No DHE was seen in ${seen}, but not all that was read could tell, so it is not known.`,
    },
    period: (first, last) => `From ${first} to ${last}.`,
    judgedBy: (suites) => `Judged by the ${counted(suites, 'suite')} that stay in the list without DHE.`,
    notJudged:
      'Whom the removal leaves with nothing is not judged: no list was given. Run it on that Windows, or give its export with --from.',
    removal: {
      'left-with-nothing': 'left with nothing',
      unknown: 'not known',
      'keeps-others': 'keeps others',
      'no-dhe-seen': 'uses no DHE',
    },
    reason: {
      'no-list': 'no list was given',
      'which-end': 'which end is this machine? (--local)',
      'offer-not-seen': 'its offer is in no capture here',
      'server-not-asked': 'ask it with "probe"',
      'may-work': 'what stays in common may work',
      'more-offers': 'it offers too many different things',
      'suite-not-told': 'the source does not tell',
    },
    removalCounts: (id, peers) => {
      const are = peers === 1 ? 'is' : 'are';
      return {
        'left-with-nothing': `${counted(peers, 'peer')} would be left with nothing in common.`,
        unknown: `What ${counted(peers, 'peer keeps', 'peers keep')} is not known.`,
        'keeps-others': `${counted(peers, 'peer')} offered a suite that stays and works: the removal costs nothing.`,
        'no-dhe-seen': `${counted(peers, 'peer')} ${are} seen without DHE.`,
      }[id];
    },
    columns: ['peer', 'is', 'port', 'DHE', 'others', 'last seen', 'after the removal'],
    role: { client: 'client', server: 'server', both: '?' },
    nobody: 'No peer uses DHE.',
    unnamed: '(not named)',
    more: (peers) => `... and ${counted(peers, 'more peer')}; --csv and --json have all.`,
    form: {
      'schannel-events': 'Schannel events',
      'iis-log': 'IIS log',
      'exchange-log': 'Exchange SMTP log',
      'zeek-tsv': 'Zeek ssl.log',
      'zeek-json': 'Zeek ssl.log (JSON)',
      'tshark-columns': 'tshark columns',
      'tshark-json': 'tshark JSON',
      capture: 'capture',
    },
    sourceColumns: ['source', 'form', 'seen', 'malformed'],
    requests: 'IIS logs count requests: one handshake may carry many.',
    untold: (source, lines) =>
      `${source}: ${counted(lines, 'line')} without TLS fields, which tell nothing. For IIS, add CRYPT_PROTOCOL and CRYPT_KEYEXCHANGE_ALG_ID to the log's custom fields.`,
    malformed: (source, count, first, problems) =>
      `${source}: ${count} malformed, the first is number ${first}: ${problems.join(', ')}.`,
    problemCount: (problem, count) => `${problem} (${count})`,
    cutPackets:
      'Cut packets hide handshakes. Capture whole ones: "dumpcap -s 0", "pktmon start --capture --pkt-size 0".',
    problem: {
      'too-long': 'too long',
      'field-count': 'not as many fields as its heading says',
      'no-time': 'no time',
      'unknown-value': 'a value that nobody knows',
      'not-json': 'no JSON',
      'not-xml': 'no well-formed XML',
      'cut-off': 'cut off',
      'no-header': 'no heading before it',
      'cut-packet': 'packet captured in part',
      'incomplete-handshake': 'handshake whose end is not known, since packets are missing or cut',
    },
    cutShort: (source, reason) => `${source} was not read to its end: ${reason}`,
    skipped: (files) => `Passed over ${counted(files, 'file')}; the first of them:`,
    interrupted: 'The reading was ended before its end.',
    leftOut: (seen) => `${seen} seen of peers beyond the first 100,000 are in no row.`,
    failures: 'Failures that Schannel wrote down:',
    failureColumns: ['event', 'alert', 'count'],
    page: {
      title: 'Who still uses DHE',
      otherLanguage: '日本語',
      theme: 'Dark / light',
      overTime: 'DHE over time',
      faultTitle: 'The leading-zero fault',
      tableTitle: 'Peers',
      sources: 'Sources',
      filter: 'Filter',
      failed: 'failed',
      first: 'first seen',
      count: '{} peers',
    },
    refused: 'Refused, nothing was changed: the evidence does not clear the removal.',
    concern: {
      'other-list':
        'it was judged by another list than the one that would be left here; gather it again on this machine',
      'other-machine': 'it was gathered on a machine of another name; gather it on this machine',
      old: 'what it saw last is more than three months ago; gather it again',
      'nothing-seen': 'it holds nothing that was seen with its key exchange, which clears nobody',
      'not-all-read': 'not all of it could be read, or could tell; "evidence" says what',
      'peers-left-out': 'it has more peers than it tells apart',
    },
    pageWritten: (file) => `Wrote ${file}.`,
    compared: {
      verdict: {
        'nothing-broke':
          'Nothing broke: no more failures than before, and of those seen with DHE before, none is missing.',
        'these-broke': 'Something broke after the change.',
        'too-little': 'Nothing is known to be broken, but too little was seen to say that nothing is:',
      },
      doubt: {
        'no-window': 'the sources hold no times',
        'windows-overlap': 'what is given with --after begins before what is given with --before ends',
        'dhe-still-used': 'DHE is still negotiated after the change, so it is not in force yet (restart?)',
        'short-window': 'less than a day can be compared, and much is done once a day',
        'nothing-seen': 'one of the two holds no handshake and no failure',
        'peers-missing': 'some that used DHE before were not seen again',
        'more-failures': 'there are more failures than before, as chance may have it',
        'new-peers-fail': 'peers fail that were not there before',
        'not-all-told': 'not all lines could tell',
      },
      windows: (hours, before, after) => `Compared: ${hours} hours up to ${before}, and as long from ${after}.`,
      columns: ['failures', 'before', 'after', 'by chance'],
      event: (event) =>
        ({
          36873: '36873 no suite to begin with',
          36874: '36874 no suite in common',
          36887: '36887 alert 40 received',
          36888: '36888 alert 40 sent',
        })[event] ?? String(event),
      broke: 'Fail since then:',
      newPeersThatFail: 'Fail, and were not there before:',
      missing: 'Used DHE before, and were not seen again:',
    },
    fault: {
      fits: (values) => `These failures fit the leading-zero fault: ${values}.`,
      doesNotFit: (reason) => `These handshakes do not fit the leading-zero fault: ${reason}.`,
      tooLittle: (reason) => `Whether the leading-zero fault is in this traffic cannot be told: ${reason}.`,
      value: {
        'server-short': "they follow the server's public value with a zero byte, sent short",
        'server-padded': "they follow the server's public value with a zero byte, sent padded",
        'client-short': "they follow the client's public value with a zero byte, sent short",
        'client-padded': "they follow the client's public value with a zero byte, sent padded",
        'shared-secret':
          'DHE alone fails, as often as a shared secret begins with a zero byte, which no capture shows ("probe" proves it)',
      },
      case: {
        'server-short': "zero in the server's, short",
        'server-padded': "zero in the server's, padded",
        'client-short': "zero in the client's, short",
        'client-padded': "zero in the client's, padded",
      },
      reason: {
        'too-rare': 'fewer fail than zero bytes would make fail',
        'other-rate': 'more fail than zero bytes explain',
        'ecdhe-fails-too': 'ECDHE with the same peers fails no less often',
        'no-dhe': 'no DHE was seen',
        'exchange-not-seen':
          'DHE was seen, but none of its key exchanges; logs, resumed sessions and cut packets show none',
        'too-few': 'too few handshakes',
        'nothing-to-compare': 'the rate fits, but no ECDHE with the same peers was captured to compare with',
      },
      columns: ['key exchange', 'finished', 'failed', '95 % interval', 'by chance'],
      dhe: 'DHE',
      ecdhe: 'ECDHE, same peers',
      plain: 'DHE, no zero byte in front',
      notCompared: (handshakes) =>
        `Not in the table: ${handshakes} with DHE, of resumed sessions, logs, packets that are not there, or certificate errors.`,
      expected: (percents) => `Of one, two or three faulty values one expects ${percents.join(', ')}.`,
      peers: (names) => `It fits with: ${names}.`,
    },
  },
};
