/* wolfssl_client <port>: one TLS 1.2 handshake with DHE on loopback; ends with 0 where it was completed. */
#include <arpa/inet.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <wolfssl/options.h>
#include <wolfssl/ssl.h>

int main(int count, char **arguments) {
  (void)count;
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(atoi(arguments[1]))};
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  int socket_handle = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(socket_handle, (struct sockaddr *)&address, sizeof address) != 0) return 2;
  wolfSSL_Init();
  WOLFSSL_CTX *context = wolfSSL_CTX_new(wolfTLSv1_2_client_method());
  wolfSSL_CTX_set_verify(context, WOLFSSL_VERIFY_NONE, NULL);
  if (wolfSSL_CTX_set_cipher_list(context, "DHE-RSA-AES128-GCM-SHA256") != WOLFSSL_SUCCESS) return 3;
  WOLFSSL *session = wolfSSL_new(context);
  wolfSSL_set_fd(session, socket_handle);
  return wolfSSL_connect(session) == WOLFSSL_SUCCESS ? 0 : 1;
}
