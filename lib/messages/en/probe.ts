import type { ProbeMessages } from '../shape';

const values = { 'one-value': 'one value', 'two-values': 'two values', 'three-values': 'all three values' } as const;

export const probe: ProbeMessages = {
  probe: {
    notAffected: (peer, rfc) => `${peer} is not affected: it handles leading zero bytes as ${rfc} says.`,
    affected: (peer, faults, percent, oneIn) =>
      `${peer} is affected. ${faults.join(' ')} About ${percent} of its DHE connections with such peers fail (1 in ${oneIn}).`,
    noDheOffered: (peer, refusals) =>
      `${peer} takes none of the DHE suites and groups that were tried (${refusals} connections, all refused), and answers an ordinary client: the fault cannot occur in the TLS versions that were tried.`,
    inconclusive: (peer, reason) => `${peer} could not be judged: ${reason}.`,
    advice: {
      'not-affected': null,
      affected:
        'Update that server, or stop it from offering DHE. Until then stop offering DHE on the Windows side: schannel-dhe disable.',
      'no-dhe-offered': null,
      inconclusive: null,
    },
    fault: {
      'keeps-zeros':
        'It keeps the leading zero bytes of the shared secret, which RFC 5246 (8.1.2) strips: it fails with peers that strip them.',
      'fails-on-zeros': 'It fails with every peer where the shared secret begins with a zero byte.',
      'keeps-zeros-without-extended-master-secret':
        'Without the extended master secret it keeps the leading zero bytes of the shared secret: it fails with peers that strip them and do not have that extension.',
      'fails-on-zeros-without-extended-master-secret':
        'Without the extended master secret it fails where the shared secret begins with a zero byte.',
      'keeps-two-zeros':
        'It keeps the zero bytes of a shared secret that begins with two of them: it then fails with peers that strip them.',
      'fails-on-two-zeros': 'It fails with every peer where the shared secret begins with two zero bytes.',
      'refuses-short-public':
        "It refuses a client's public value without its leading zero byte: it fails with peers that send it short.",
      'refuses-padded-public':
        "It refuses a client's public value with its leading zero byte: it fails with peers that send it padded.",
      'fails-on-own-public-zero': 'It fails with every peer where its own public value begins with a zero byte.',
      'signs-other-public':
        'It sends a public value of its own that begins with a zero byte in one form and signs it in the other: every peer that checks the signature refuses it.',
      'refuses-stripped-zeros':
        'It fails with peers that strip the leading zero bytes of the shared secret, as RFC 5246 (8.1.2) says; what it takes instead could not be tried.',
      'refuses-stripped-zeros-without-extended-master-secret':
        'Without the extended master secret it fails with peers that strip the leading zero bytes of the shared secret; what it takes instead could not be tried.',
      'refuses-stripped-two-zeros':
        'It fails with peers that strip the zero bytes of a shared secret that begins with two of them; what it takes instead could not be tried.',
      'strips-zeros':
        'It strips the leading zero bytes of the shared secret, which TLS 1.3 (RFC 8446, 7.4.1) keeps: it fails with peers that keep them.',
      'sends-short-public':
        'It sends its own public value without leading zero bytes, which TLS 1.3 (RFC 8446, 4.2.8.1) keeps: it fails with peers that demand the full length.',
    },
    reason: {
      unreachable: 'no connection could be made; check the port, and whether a firewall is in between',
      'no-such-host': 'its name leads to no address; check the spelling, or give the address',
      timeout: 'it did not answer in time (--timeout)',
      malformed: 'what it sent is no TLS handshake of the versions that were offered',
      'starttls-refused':
        'it does not go on to TLS when asked in its own protocol (STARTTLS or the like); switch TLS on there, or check the port',
      'control-failed': 'a handshake without any leading zero failed too',
      'signature-invalid': 'its key exchange is not signed by the key of its certificate',
      'certificate-required': 'it demands a certificate of its clients; give one with --cert and --key',
      'server-name-required':
        'it answers to names that it knows alone (alert 112, unrecognized_name); give one with --server-name',
      'version-refused': 'it does not speak the TLS version that was asked for; what it offers in others was not tried',
      'refuses-everybody':
        'it refuses an ordinary client as well; check the port and what is spoken before TLS (--starttls), or give the name that it serves with --server-name',
      'suite-not-spoken':
        'it takes a DHE suite alone with which this program cannot finish a handshake, such as one with a pre-shared key',
      unstable: 'the same handshake sometimes fails and sometimes does not',
      'connections-refused': 'it stopped taking connections; try again with a pause between them (--pause 5)',
      'several-servers':
        'servers with different certificates or groups take turns at this address, and none is known to have passed every case; probe each by its own address',
      'no-such-key': 'its group leads to no key that could be tried',
      'search-too-slow': 'the search for a key took too long on this machine; try again with a longer --timeout',
      'own-public-zero-unconfirmed':
        'handshakes failed in which its own public value began with a zero byte, too few for proof; a larger --hunt gives it more luck, where it has more than a few keys',
      'own-public-zero-not-seen':
        'everything else passed, but of its own public values none was seen that begins with a zero byte; a larger --hunt gives it more luck',
      'own-public-zero-withheld':
        'everything else passed, but of so many public values of its own chance would have let one begin with a zero byte, and none did: it makes no such values, or ends the connection before it sends one',
      'own-key-reused':
        'everything else passed, but it uses the same keys again and again, none of which begins with a zero byte; try --hunt again after it was restarted',
      'shared-secret-not-seen':
        'no shared secret began with a zero byte, which in TLS 1.3 is luck; a larger --hunt gives it more of that',
      'shared-secret-zero-unconfirmed':
        'handshakes failed in which the shared secret began with a zero byte, too few for proof; a larger --hunt gives it more luck',
      interrupted: 'it was interrupted',
      'total-time': 'the time for all of it (--total) was up',
    },
    address: (address) => `All connections went to ${address}; if the name has other addresses, they were not tried.`,
    chance: (oneIn) => `Failures without a cause would fall just so in 1 of ${oneIn} probes.`,
    server: (tls, suite, group, bits) => `Negotiated TLS ${tls}, ${suite}, group ${group} (${bits} bits).`,
    ownGroup: 'of its own',
    weakness: {
      'not-prime': 'WARNING: the modulus of that group is no prime: whoever knows its factors can read the connection.',
      'small-order':
        'WARNING: that group is weak on purpose or by mistake: its generator has so few powers that anybody can read the connection.',
      'special-form':
        'WARNING: that group is weaker than its size: its modulus is next to a power of two, and where it is just above one, every value begins with a zero byte.',
    },
    weakGroup: (bits) =>
      `WARNING: a group of ${bits} bits can be broken by those who can spend enough; 2048 are the least that is recommended.`,
    reusesKey: 'WARNING: it uses one key for several connections (the Raccoon attack needs that).',
    ownPublicZeros: {
      padded: 'It sends its own public value with leading zero bytes.',
      short:
        'It sends its own public value without leading zero bytes. That is allowed, but Windows before 10 1607 and Server 2016 fails on it as a client (0x80090321, SEC_E_BUFFER_TOO_SMALL): update those, or stop offering DHE on them.',
      'short-in-tls-1.3': 'It sends its own public value without leading zero bytes, which TLS 1.3 does not allow.',
      'not-seen': 'Its own public value began with no zero byte so far; --hunt 2000 looks for one.',
    },
    requiresExtendedMasterSecret:
      'It refuses clients without the extended master secret (RFC 7627), as KB4528489 recommends: the cases without it were left out.',
    hunt: (connections, zeros, failures) =>
      `Hunted in ${connections} more connections: ${zeros} values of the server's began with a zero byte, ${failures} connections failed.`,
    case: {
      control: 'no leading zero',
      'control-in-older-version': 'no leading zero, older version of TLS',
      'control-with-named-groups': 'no leading zero, groups of RFC 7919',
      'control-with-rare-suites': 'no leading zero, rare suites',
      'control-with-rare-suites-and-named-groups': 'no leading zero, rare suites, groups of RFC 7919',
      'ordinary-hello': 'an ordinary client without DHE',
      'control-without-extended-master-secret': 'no leading zero, no extended master secret',
      'shared-secret-zero': 'shared secret with a zero byte, stripped',
      'shared-secret-zero-without-extended-master-secret': 'the same, no extended master secret',
      'shared-secret-zero-kept': 'shared secret with a zero byte, kept',
      'shared-secret-zero-kept-without-extended-master-secret': 'the same, no extended master secret',
      'shared-secret-two-zeros': 'shared secret with two zero bytes, stripped',
      'shared-secret-two-zeros-kept': 'shared secret with two zero bytes, kept',
      'client-public-zero-short': 'client public value with a zero byte, sent short',
      'client-public-zero-padded': 'client public value with a zero byte, sent padded',
      'control-again': 'no leading zero, once more',
      'server-public-zero': "in search of a zero byte that is the server's",
    },
    outcome: { passed: 'passed', failed: 'FAILED', 'not-tested': 'not tested' },
    result: {
      completed: 'completed',
      alert: 'alert',
      closed: 'closed',
      timeout: 'no answer in time',
      unreachable: 'no connection',
      malformed: 'malformed',
      'starttls-refused': 'TLS refused',
      'bad-signature': 'bad signature',
      'suite-not-spoken': 'suite not spoken',
      'no-such-key': 'no such key',
      'search-too-slow': 'search too slow',
      'left-out': 'left out',
    },
    stage: { hello: 'at the hello', flight: 'before the key', key: 'after the key' },
    columns: ['handshake', 'verdict', 'result', 'stage', 'bytes', 'time'],
    lengths: 'Bytes: p, shared secret without its zeros, premaster secret, client public value as it was sent.',
    measureColumns: ['', 'handshakes', 'failed', 'unreachable', 'rate', '95 % interval'],
    measured: {
      'nobody-reachable': 'No connection could be made; nothing was counted.',
      'no-dhe-offered': 'It takes none of the DHE suites that were tried, so there is nothing to count.',
      'dhe-not-countable':
        'It takes DHE in an older version of TLS, or with rare suites or groups alone, which ordinary handshakes do not offer: nothing was counted. "probe" without --measure judges it.',
      'ecdhe-fails-too': 'ECDHE fails no less often: these failures do not come from DHE.',
      'no-failures':
        'No DHE handshake failed. About a thousand are needed to rule a rate of 1 in 256 out; "probe" without --measure decides it in seven.',
      'fits-nothing':
        'The rate fits no number of values with a leading zero: these failures have another cause, or more than one.',
    },
    expected: (percents) =>
      `With this p, ${percents.join(', ')} of the connections have a zero byte in one, two or three values.`,
    fits: (fitting) =>
      `The rate fits the leading-zero fault (${fitting.map((one) => values[one]).join(', ')}). "probe" without --measure proves it.`,
  },
};
