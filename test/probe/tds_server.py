"""tds_server.py <port> <certificate> <key> <ciphers>: the beginning of SQL Server, over python-tds' reader and writer of packets.

A message that does not complete what TLS waits for ends the connection: each carries a whole flight.
"""

import socket
import ssl
import sys
import threading

from pytds.tds import _TdsReader, _TdsWriter
from pytds.tds_base import PacketType

PRELOGIN = b"\x00\x00\x0b\x00\x06\x01\x00\x11\x00\x01\xff" + b"\x0f\x00\x07\xd0\x00\x00" + b"\x01"
END_OF_MESSAGE = 1


class Session:
    def __init__(self, transport):
        self._transport = transport
        self._spid = 0


def read_message(reader):
    parts = []
    while not parts or not reader._status & END_OF_MESSAGE:
        parts.append(reader.read_whole_packet())
    return reader._type, b"".join(parts)


def write_message(writer, kind, content):
    writer.begin_packet(kind)
    writer.write(content)
    writer.flush()


def serve(connection, context):
    with connection:
        session = Session(connection)
        reader, writer = _TdsReader(session), _TdsWriter(session, 4096)
        kind, _ = read_message(reader)
        if kind != PacketType.PRELOGIN:
            return
        write_message(writer, PacketType.REPLY, PRELOGIN)
        incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        tls = context.wrap_bio(incoming, outgoing, server_side=True)
        while True:
            kind, flight = read_message(reader)
            if kind != PacketType.PRELOGIN:
                return
            incoming.write(flight)
            try:
                tls.do_handshake()
                is_done = True
            except ssl.SSLWantReadError:
                is_done = False
            answer = outgoing.read()
            if not answer:
                return
            write_message(writer, PacketType.PRELOGIN, answer)
            if is_done:
                connection.recv(1)
                return


port, certificate, key, ciphers = sys.argv[1:]
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.maximum_version = ssl.TLSVersion.TLSv1_2
context.set_ciphers(ciphers)
context.load_cert_chain(certificate, key)
context.load_dh_params(certificate.replace("cert.pem", "dh.pem"))
with socket.create_server(("127.0.0.1", int(port))) as server:
    while True:
        threading.Thread(target=serve, args=(server.accept()[0], context), daemon=True).start()
