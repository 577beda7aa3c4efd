import type { ListenMessages } from '../shape';
import { counted } from './plural';

export const listen: ListenMessages = {
  listen: {
    listening: (place, url, isLoopback) =>
      `Listening on ${place}${isLoopback ? ', which only this machine can reach (--address 0.0.0.0 lets others in)' : ''}. Let the client connect at least three times without checking the certificate, as with: curl.exe -k ${url}
Some of the groups are weak, so that the zeros need not be waited for: there the connection ends before the client can send anything.
Ctrl-C ends it and judges the clients.`,
    notAffected: (client) => `${client} is not affected: it handles leading zero bytes as RFC 5246 says.`,
    affected: (client, faults, percent, oneIn) =>
      `${client} is affected. ${faults} About ${percent} of its DHE connections with such servers fail (1 in ${oneIn}).`,
    noDheOffered: (client) => `${client} offers no TLS 1.2 DHE suite for RSA certificates, so the fault cannot occur.`,
    inconclusive: (client, reason) => `${client} could not be judged: ${reason}.`,
    advice: {
      'not-affected': null,
      affected:
        'Update that client (Windows: see KB4557473), or stop it from offering DHE: run schannel-dhe disable there.',
      'no-dhe-offered': null,
      inconclusive: null,
    },
    fault: {
      'keeps-zeros':
        'It keeps the leading zero bytes of the shared secret, which RFC 5246 (8.1.2) strips: it fails with servers that strip them.',
      'fails-on-zeros': 'It fails with every server where the shared secret begins with a zero byte.',
      'refuses-short-server-public':
        "It refuses a server's public value without its leading zero byte: it fails with servers that send it short.",
      'refuses-padded-server-public':
        "It refuses a server's public value with its leading zero byte: it fails with servers that send it padded.",
    },
    reason: {
      'no-handshake': 'it began no TLS handshake',
      'no-tls-1.2': 'it does not speak TLS 1.2',
      'certificate-refused':
        'it refuses the certificate; tell it not to check (curl -k), or give one that it trusts (--cert, --key)',
      'control-failed': 'handshakes without any leading zero failed too',
      unstable: 'the same handshake sometimes completed and sometimes failed',
      'too-few-connections': 'it needs more connections: at least three, and some sixteen where one fails',
      'shared-secret-not-seen':
        "it takes the server's values with zeros, but it refuses the groups in which shared secrets begin with one, and luck has shown none yet",
    },
    case: {
      'shared-secret-zeros': 'shared secret with zero bytes (weak group)',
      'shared-secret-one-zero': 'shared secret with one zero byte (weak group)',
      control: 'server value without leading zero',
      'server-public-zero-short': 'server value with a zero byte, sent short',
      'server-public-zero-padded': 'server value with a zero byte, sent padded',
      none: 'no server value sent',
    },
    result: {
      completed: 'completed',
      alert: 'alert',
      closed: 'closed',
      timeout: 'no answer in time',
      malformed: 'malformed',
      'no-dhe-offered': 'no DHE suite offered',
      'no-tls-1.2': 'no TLS 1.2 offered',
      'wrong-keys': 'made other keys',
      'kept-zeros': 'kept the zeros of the shared secret',
      'unlucky-key': 'its key says nothing this time',
    },
    sharedSecretZero: 'shared secret with a zero byte, in any group',
    columns: ['handshake', 'completed', 'failed'],
    odds: (handshakes, percent, needed) =>
      `Without the weak groups a zero byte in the shared secret is a matter of luck: with ${counted(handshakes, 'handshake')} the odds of having seen one are ${percent}; ${needed} make it 99 %.`,
    nobody: 'No client connected.',
    turnedAway: (count) =>
      `${counted(count, 'connection was', 'connections were')} turned away: too many at once, or from too many addresses.`,
  },
};
