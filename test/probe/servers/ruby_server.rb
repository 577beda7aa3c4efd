# ruby_server <port> <certificate> <key> <parameters>: Ruby's openssl, TLS 1.2 with DHE on loopback.
require "openssl"
require "socket"

port, certificate, key, parameters = ARGV
context = OpenSSL::SSL::SSLContext.new
context.cert = OpenSSL::X509::Certificate.new(File.read(certificate))
context.key = OpenSSL::PKey.read(File.read(key))
context.tmp_dh = OpenSSL::PKey::DH.new(File.read(parameters))
context.max_version = OpenSSL::SSL::TLS1_2_VERSION
context.ciphers = "DHE-RSA-AES128-GCM-SHA256"
listener = TCPServer.new("127.0.0.1", port.to_i)
loop do
  Thread.new(listener.accept) do |socket|
    OpenSSL::SSL::SSLSocket.new(socket, context).accept.close
  rescue StandardError
    socket.close
  end
end
