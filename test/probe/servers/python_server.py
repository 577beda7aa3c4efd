"""python_server <port> <certificate> <key> <parameters>: Python's ssl, TLS 1.2 with DHE on loopback."""
import socket
import ssl
import sys
import threading

port, certificate, key, parameters = sys.argv[1:]
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.maximum_version = ssl.TLSVersion.TLSv1_2
context.set_ciphers("DHE-RSA-AES128-GCM-SHA256")
context.load_cert_chain(certificate, key)
context.load_dh_params(parameters)


def serve(connection):
    try:
        with context.wrap_socket(connection, server_side=True) as secure:
            secure.recv(1)
    except OSError:
        pass


with socket.create_server(("127.0.0.1", int(port)), backlog=64) as listener:
    while True:
        threading.Thread(target=serve, args=(listener.accept()[0],), daemon=True).start()
