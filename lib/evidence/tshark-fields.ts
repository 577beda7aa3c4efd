/** What is asked of Wireshark's `tshark`, which reassembles, and knows STARTTLS, TDS and RDP. */

/** In the order of the columns. */
export const tsharkFields = [
  'frame.number',
  'frame.time_epoch',
  'frame.len',
  'frame.cap_len',
  'tcp.stream',
  'ip.src',
  'ip.dst',
  'ipv6.src',
  'ipv6.dst',
  'tcp.srcport',
  'tcp.dstport',
  'tcp.flags.fin',
  'tcp.flags.reset',
  'tcp.analysis.lost_segment',
  'tcp.analysis.ack_lost_segment',
  'tls.record.content_type',
  'tls.alert_message.level',
  'tls.alert_message.desc',
  'tls.handshake.type',
  'tls.handshake.version',
  'tls.handshake.ciphersuite',
  'tls.handshake.extensions_server_name',
  'tls.handshake.extensions_supported_group',
  'tls.handshake.extensions.supported_version',
  'tls.handshake.p',
  'tls.handshake.ys',
  'tls.handshake.yc',
] as const;

export type TsharkField = (typeof tsharkFields)[number];

/**
 * All that a handshake and its end consist of, and what tells that something of it is missing; application data are left
 * out, of which a capture mostly consists.
 */
const filter = [
  'tls.handshake || tls.alert_message || tls.record.content_type in {20,21}',
  '(tcp.flags.reset == 1) || (tcp.flags.fin == 1)',
  '(tcp && frame.cap_len < frame.len) || tcp.analysis.lost_segment || tcp.analysis.ack_lost_segment',
].join(' || ');

/** Packets that overtook one another are put in order; off as a rule. Since Wireshark 3.0. */
const inOrder = 'tcp.reassemble_out_of_order:TRUE';

/** Names are not looked up, and no personal setting of whoever runs it takes part. */
export function tsharkArguments(capture: string): string[] {
  const columns = tsharkFields.flatMap((field) => ['-e', field]);
  const form = ['-E', 'header=y', '-E', 'separator=/t', '-E', 'occurrence=a', '-E', 'aggregator=,', '-E', 'quote=n'];
  return ['-n', '-o', inOrder, '-r', capture, '-Y', filter, '-T', 'fields', ...form, ...columns];
}

/** For a person to run, in cmd, PowerShell and POSIX shells alike. */
export function writeTsharkCommand(): string {
  const words = tsharkArguments('capture.pcapng').map((word) => (/^[\w./=-]+$/.test(word) ? word : `"${word}"`));
  return `tshark ${words.join(' ')} > handshakes.tsv`;
}
