# perl_server <port> <certificate> <key> <parameters>: IO::Socket::SSL, TLS 1.2 with DHE on loopback.
use strict;
use warnings;
use IO::Socket::INET;
use IO::Socket::SSL;

my ($port, $certificate, $key, $parameters) = @ARGV;
$SIG{PIPE} = 'IGNORE';
my $listener = IO::Socket::INET->new(LocalAddr => '127.0.0.1', LocalPort => $port, Listen => 64, ReuseAddr => 1) or die;
while (my $socket = $listener->accept) {
    my $secure = IO::Socket::SSL->start_SSL($socket, SSL_server => 1, SSL_cert_file => $certificate, SSL_key_file => $key,
        SSL_dh_file => $parameters, SSL_version => 'TLSv1_2', SSL_cipher_list => 'DHE-RSA-AES128-GCM-SHA256');
    close($secure || $socket);
}
