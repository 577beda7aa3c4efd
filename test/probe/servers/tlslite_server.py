"""tlslite_server <port> <certificate> <key> <parameters>: tlslite-ng, TLS 1.2 with DHE on loopback."""
import socket
import sys
import threading

from tlslite.api import HandshakeSettings, TLSConnection, X509, X509CertChain, parsePEMKey

port, certificate, key, _ = sys.argv[1:]
with open(certificate, encoding="ascii") as file:
    chain = X509CertChain([X509().parse(file.read())])
with open(key, encoding="ascii") as file:
    private_key = parsePEMKey(file.read(), private=True)
settings = HandshakeSettings()
settings.maxVersion = (3, 3)
settings.keyExchangeNames = ["dhe_rsa"]


def serve(connection):
    try:
        secure = TLSConnection(connection)
        secure.handshakeServer(certChain=chain, privateKey=private_key, settings=settings)
        secure.recv(1)
    except Exception:  # What a client does wrong ends its connection alone.
        connection.close()


with socket.create_server(("127.0.0.1", int(port)), backlog=64) as listener:
    while True:
        threading.Thread(target=serve, args=(listener.accept()[0],), daemon=True).start()
