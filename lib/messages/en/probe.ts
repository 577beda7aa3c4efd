import type { ProbeMessages } from '../shape';

export const probe: ProbeMessages = {
  probe: {
    notAffected: (peer) => `${peer} is not affected: it handles leading zero bytes as RFC 5246 says.`,
    affected: (peer, faults, percent, oneIn) =>
      `${peer} is affected. ${faults} About ${percent} of its DHE connections fail (1 in ${oneIn}).`,
    noDheOffered: (peer) => `${peer} offers no TLS 1.2 DHE suite, so the fault cannot occur.`,
    inconclusive: (peer, reason) => `${peer} could not be judged: ${reason}.`,
    advice: {
      'not-affected': null,
      affected:
        'Update that server, or stop it from offering DHE. Until then stop offering DHE on the Windows side: schannel-dhe disable.',
      'no-dhe-offered': null,
      inconclusive: null,
    },
    fault: {
      'keeps-zeros': 'It keeps the leading zero bytes of the shared secret, which RFC 5246 (8.1.2) strips.',
      'fails-on-zeros': 'It fails where the shared secret begins with a zero byte.',
      'refuses-short-public': "It refuses a client's public value that is sent without its leading zero byte.",
      'refuses-padded-public': "It refuses a client's public value that is sent with its leading zero byte.",
    },
    reason: {
      unreachable: 'no connection could be made; check the port, and whether a firewall is in between',
      'no-such-host': 'its name leads to no address; check the spelling, or give the address',
      timeout: 'it did not answer in time',
      malformed: 'what it sent is no TLS 1.2 handshake',
      'control-failed': 'a handshake without any leading zero failed too',
      unstable: 'it began to refuse ordinary handshakes as well',
      'no-such-key': 'its group leads to no key that could be tried',
      interrupted: 'it was interrupted',
      'total-time': 'the time for all of it (--total) was up',
    },
    server: (suite, group, bits) => `Negotiated ${suite}, group ${group} (${bits} bits).`,
    ownGroup: 'of its own',
    reusesKey: 'It uses one key for several connections (the Raccoon attack needs that).',
    ownPublicZeros: {
      padded: 'It sends its own public value with leading zero bytes.',
      short: 'It sends its own public value without leading zero bytes.',
    },
    case: {
      control: 'no leading zero',
      'control-without-extended-master-secret': 'no leading zero, no extended master secret',
      'shared-secret-zero': 'shared secret with a zero byte, stripped',
      'shared-secret-zero-without-extended-master-secret': 'the same, no extended master secret',
      'shared-secret-zero-kept': 'shared secret with a zero byte, kept',
      'shared-secret-two-zeros': 'shared secret with two zero bytes, stripped',
      'shared-secret-two-zeros-kept': 'shared secret with two zero bytes, kept',
      'client-public-zero-short': 'client public value with a zero byte, sent short',
      'client-public-zero-padded': 'client public value with a zero byte, sent padded',
      'control-again': 'no leading zero, once more',
    },
    result: {
      completed: 'completed',
      alert: 'alert',
      closed: 'closed',
      timeout: 'no answer in time',
      unreachable: 'no connection',
      malformed: 'malformed',
      'no-such-key': 'no such key',
    },
    columns: ['handshake', 'result', 'time'],
    measureColumns: ['', 'handshakes', 'failed', 'unreachable', 'rate', '95 % interval'],
    noFailures:
      'No DHE handshake failed. A few thousand are needed to rule a rate of 1 in 256 out; "probe" without --measure decides it in ten.',
    fitsNothing: 'The rate fits neither 1/256 nor 3/256 (1.17 %): these failures have another cause, or more than one.',
    fits: (rates) => `The rate fits the leading-zero fault (${rates}). "probe" without --measure proves it.`,
  },
};
