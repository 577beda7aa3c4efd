/* wolfssl_server <port> <certificate> <key> <parameters>: TLS 1.2 with DHE on loopback, one handshake after another. */
#include <arpa/inet.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>
#include <wolfssl/options.h>
#include <wolfssl/ssl.h>

int main(int count, char **arguments) {
  (void)count;
  signal(SIGPIPE, SIG_IGN);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(atoi(arguments[1]))};
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  int listener = socket(AF_INET, SOCK_STREAM, 0);
  if (bind(listener, (struct sockaddr *)&address, sizeof address) != 0 || listen(listener, 64) != 0) return 2;
  wolfSSL_Init();
  WOLFSSL_CTX *context = wolfSSL_CTX_new(wolfTLSv1_2_server_method());
  if (wolfSSL_CTX_use_certificate_file(context, arguments[2], WOLFSSL_FILETYPE_PEM) != WOLFSSL_SUCCESS) return 3;
  if (wolfSSL_CTX_use_PrivateKey_file(context, arguments[3], WOLFSSL_FILETYPE_PEM) != WOLFSSL_SUCCESS) return 4;
  if (wolfSSL_CTX_SetTmpDH_file(context, arguments[4], WOLFSSL_FILETYPE_PEM) != WOLFSSL_SUCCESS) return 5;
  if (wolfSSL_CTX_set_cipher_list(context, "DHE-RSA-AES128-GCM-SHA256") != WOLFSSL_SUCCESS) return 6;
  for (;;) {
    int socket_handle = accept(listener, NULL, NULL);
    WOLFSSL *session = wolfSSL_new(context);
    wolfSSL_set_fd(session, socket_handle);
    wolfSSL_accept(session);
    wolfSSL_free(session);
    close(socket_handle);
  }
}
