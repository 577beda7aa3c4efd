/** node_server <port> <certificate> <key> <parameters>: Node's TLS 1.2 with DHE on loopback. */
const { readFileSync } = require('node:fs');
const { createServer } = require('node:tls');

const [, , port, cert, key, dhparam] = process.argv;
const files = { cert: readFileSync(cert), key: readFileSync(key), dhparam: readFileSync(dhparam) };
const server = createServer({ ...files, maxVersion: 'TLSv1.2', ciphers: 'DHE-RSA-AES128-GCM-SHA256' }, (socket) => {
  socket.on('error', () => {}).end();
});
server.on('tlsClientError', () => {}).listen(Number(port), '127.0.0.1');
