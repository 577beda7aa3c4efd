// go_server <port> <certificate> <key>: Go's own TLS on loopback, which has no DHE.
package main

import (
	"crypto/tls"
	"net"
	"os"
)

func main() {
	pair, err := tls.LoadX509KeyPair(os.Args[2], os.Args[3])
	if err != nil {
		panic(err)
	}
	listener, err := tls.Listen("tcp", "127.0.0.1:"+os.Args[1], &tls.Config{Certificates: []tls.Certificate{pair}})
	if err != nil {
		panic(err)
	}
	for {
		connection, err := listener.Accept()
		if err != nil {
			return
		}
		go func(connection net.Conn) {
			_ = connection.(*tls.Conn).Handshake()
			connection.Close()
		}(connection)
	}
}
