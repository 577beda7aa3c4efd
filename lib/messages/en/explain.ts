import type { ExplainMessages } from '../shape';

export const explain: ExplainMessages = {
  explain: {
    symptom: {
      'event-36871': 'Schannel event 36871: a TLS credential could not be created.',
      'event-36873': 'Schannel event 36873: this machine, as a client, found no cipher suite to offer.',
      'event-36874':
        'Schannel event 36874: this machine, as a server, supports none of the cipher suites of the client.',
      'event-36887': 'Schannel event 36887: the other side sent a fatal alert.',
      'event-36888': 'Schannel event 36888: this machine sent a fatal alert.',
      'algorithm-mismatch': '0x80090331 SEC_E_ALGORITHM_MISMATCH: client and server have no algorithm in common.',
      'message-altered': '0x8009030F SEC_E_MESSAGE_ALTERED: a message failed its integrity check (alert 20).',
      'illegal-message':
        '0x80090326 SEC_E_ILLEGAL_MESSAGE: an unexpected or badly formed message (alerts 10, 40, 47, 50 and others).',
      'decrypt-failure': '0x80090330 SEC_E_DECRYPT_FAILURE: a message could not be decrypted (alerts 21 and 51).',
      'buffer-too-small': '0x80090321 SEC_E_BUFFER_TOO_SMALL: a buffer was too small.',
      'connection-reset': '10054: an existing connection was forcibly closed by the remote host.',
    },
    meaning: {
      'protocol-off':
        'An application asks for protocol versions that are switched off here, such as TLS 1.0 and 1.1 (36871 with state 10013).',
      'private-key': 'The private key of the certificate cannot be read by the service that needs it.',
      'nothing-offered': 'No suite of the list in force works on this Windows with these settings.',
      'no-common-suite': 'The two sides have no cipher suite in common that works on both.',
      'malformed-policy':
        'A policy sets the cipher suite order with a text that Windows cannot read, for example with full-width commas.',
      'leading-zero':
        'A DHE suite was negotiated, and the two sides computed different keys because of leading zero bytes. It happens once in about 256 connections, without a pattern.',
      'no-extended-master-secret':
        'A DHE suite was negotiated with a peer without Extended Master Secret (alert 20, once in about 256 connections, since the updates of October 2019).',
      'short-public-value':
        'A DHE server sent a public value with fewer bytes than its prime, which Windows before 10 version 1607 cannot take.',
      'peer-refuses': 'The other side refuses what it was offered: a suite, a protocol version or an extension.',
      'certificate-refused': 'One side does not accept the certificate of the other.',
      'not-tls': 'A firewall, a load balancer or the service itself closed the connection. TLS need not be the cause.',
    },
    look: {
      status: 'schannel-dhe status: which suites are in force, and which of them work here.',
      policy: 'schannel-dhe status, and schannel-dhe policy text with the text of the policy: what is wrong with it.',
      probe: 'schannel-dhe probe <host>:<port>: whether the server has the fault with leading zero bytes.',
      disable: 'schannel-dhe disable --dry-run: what it would take to stop offering DHE, and what that costs.',
      'application-protocols':
        'The protocol versions that the application asks for (for .NET: SystemDefaultTlsVersions and SchUseStrongCrypto).',
      certificate: 'The certificate: its private key, its validity, its chain, and who may read the key.',
      'peer-suites': 'Which cipher suites the other side supports.',
      'peer-log':
        "The other side's log for the same moment. The number in the event is the alert: 20 is a wrong key, 40 a refusal, 70 a protocol version.",
      'windows-update':
        'Whether both sides have the fix for leading zero bytes (KB4557473); schannel-dhe status tells it of this Windows.',
      network:
        'What stands between the two machines, and a network trace: whether a Server Hello arrived before the end.',
    },
  },
};
