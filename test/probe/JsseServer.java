import java.io.FileInputStream;
import java.net.InetAddress;
import java.security.KeyStore;
import java.security.Security;
import javax.net.ssl.*;

/**
 * JsseServer <keystore> <password> <suite>: a TLS 1.2 DHE server on loopback; prints its port and serves until it is ended.
 * Its group is that of -Dgroup={p,g} in hexadecimal, and of -Djdk.tls.ephemeralDHKeySize.
 */
class JsseServer {
  public static void main(String[] arguments) throws Exception {
    // 1,024 bits, DSS and its suites are switched off by default.
    Security.setProperty("jdk.tls.disabledAlgorithms", "SSLv3");
    Security.setProperty("jdk.tls.legacyAlgorithms", "");
    Security.setProperty("jdk.tls.server.defaultDHEParameters", System.getProperty("group", ""));
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(new FileInputStream(arguments[0]), arguments[1].toCharArray());
    KeyManagerFactory keys = KeyManagerFactory.getInstance("SunX509");
    keys.init(store, arguments[1].toCharArray());
    SSLContext context = SSLContext.getInstance("TLSv1.2");
    context.init(keys.getKeyManagers(), null, null);
    SSLServerSocket server =
        (SSLServerSocket) context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    server.setEnabledProtocols(new String[] {"TLSv1.2"});
    server.setEnabledCipherSuites(new String[] {arguments[2]});
    System.out.println("port " + server.getLocalPort());
    while (true) {
      SSLSocket socket = (SSLSocket) server.accept();
      new Thread(() -> {
        try (socket) {
          socket.startHandshake();
          socket.getInputStream().read();
        } catch (Exception ignored) {
        }
      }).start();
    }
  }
}
