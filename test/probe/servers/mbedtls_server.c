/* mbedtls_server <port> <certificate> <key> <suite>: TLS 1.2 on loopback, one handshake after another. */
#include <mbedtls/ctr_drbg.h>
#include <mbedtls/entropy.h>
#include <mbedtls/net_sockets.h>
#include <mbedtls/ssl.h>

int main(int count, char **arguments) {
  (void)count;
  int suites[] = {0, 0};
  mbedtls_net_context listener, socket;
  mbedtls_ssl_context session;
  mbedtls_ssl_config configuration;
  mbedtls_entropy_context entropy;
  mbedtls_ctr_drbg_context random;
  mbedtls_x509_crt certificate;
  mbedtls_pk_context key;
  mbedtls_net_init(&listener);
  mbedtls_ssl_init(&session);
  mbedtls_ssl_config_init(&configuration);
  mbedtls_entropy_init(&entropy);
  mbedtls_ctr_drbg_init(&random);
  mbedtls_x509_crt_init(&certificate);
  mbedtls_pk_init(&key);
  mbedtls_ctr_drbg_seed(&random, mbedtls_entropy_func, &entropy, NULL, 0);
  suites[0] = mbedtls_ssl_get_ciphersuite_id(arguments[4]);
  if (mbedtls_x509_crt_parse_file(&certificate, arguments[2]) != 0) return 2;
  if (mbedtls_pk_parse_keyfile(&key, arguments[3], NULL) != 0) return 3;
  if (mbedtls_net_bind(&listener, "127.0.0.1", arguments[1], MBEDTLS_NET_PROTO_TCP) != 0) return 4;
  mbedtls_ssl_config_defaults(&configuration, MBEDTLS_SSL_IS_SERVER, MBEDTLS_SSL_TRANSPORT_STREAM, MBEDTLS_SSL_PRESET_DEFAULT);
  mbedtls_ssl_conf_rng(&configuration, mbedtls_ctr_drbg_random, &random);
  mbedtls_ssl_conf_ciphersuites(&configuration, suites);
  mbedtls_ssl_conf_own_cert(&configuration, &certificate, &key);
  mbedtls_ssl_setup(&session, &configuration);
  for (;;) {
    mbedtls_net_init(&socket);
    if (mbedtls_net_accept(&listener, &socket, NULL, 0, NULL) != 0) return 5;
    mbedtls_ssl_session_reset(&session);
    mbedtls_ssl_set_bio(&session, &socket, mbedtls_net_send, mbedtls_net_recv, NULL);
    mbedtls_ssl_handshake(&session);
    mbedtls_net_free(&socket);
  }
}
