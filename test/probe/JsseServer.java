import java.io.FileInputStream;
import java.net.InetAddress;
import java.security.KeyStore;
import java.security.Provider;
import java.security.Security;
import javax.net.ssl.*;

/**
 * JsseServer <keystore> <password> <suite> [port [address]]: a TLS 1.2 DHE server on loopback; prints its port and serves until it is
 * ended. -Dproviders=<class>,<class> uses other implementations than Java's own.
 * Its group is that of -Dgroup={p,g} in hexadecimal, and of -Djdk.tls.ephemeralDHKeySize.
 */
class JsseServer {
  public static void main(String[] arguments) throws Exception {
    // 1,024 bits, DSS and its suites are switched off by default.
    Security.setProperty("jdk.tls.disabledAlgorithms", "SSLv3");
    Security.setProperty("jdk.tls.legacyAlgorithms", "");
    Security.setProperty("jdk.tls.server.defaultDHEParameters", System.getProperty("group", ""));
    for (String provider : System.getProperty("providers", "").split(",")) {
      if (provider.isEmpty()) continue;
      Security.insertProviderAt((Provider) Class.forName(provider).getConstructor().newInstance(), 1);
    }
    int port = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 0;
    InetAddress address = arguments.length > 4 ? InetAddress.getByName(arguments[4]) : InetAddress.getLoopbackAddress();
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(new FileInputStream(arguments[0]), arguments[1].toCharArray());
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, arguments[1].toCharArray());
    SSLContext context = SSLContext.getInstance("TLSv1.2");
    context.init(keys.getKeyManagers(), null, null);
    SSLServerSocket server =
        (SSLServerSocket) context.getServerSocketFactory().createServerSocket(port, 50, address);
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
