/* mbedtls_client <port>: one TLS 1.2 handshake with DHE on loopback; ends with 0 where it was completed. */
#include <mbedtls/ctr_drbg.h>
#include <mbedtls/entropy.h>
#include <mbedtls/net_sockets.h>
#include <mbedtls/ssl.h>

int main(int count, char **arguments) {
  (void)count;
  const int suites[] = {MBEDTLS_TLS_DHE_RSA_WITH_AES_128_GCM_SHA256, 0};
  mbedtls_net_context socket;
  mbedtls_ssl_context session;
  mbedtls_ssl_config configuration;
  mbedtls_entropy_context entropy;
  mbedtls_ctr_drbg_context random;
  mbedtls_net_init(&socket);
  mbedtls_ssl_init(&session);
  mbedtls_ssl_config_init(&configuration);
  mbedtls_entropy_init(&entropy);
  mbedtls_ctr_drbg_init(&random);
  mbedtls_ctr_drbg_seed(&random, mbedtls_entropy_func, &entropy, NULL, 0);
  if (mbedtls_net_connect(&socket, "127.0.0.1", arguments[1], MBEDTLS_NET_PROTO_TCP) != 0) return 2;
  mbedtls_ssl_config_defaults(&configuration, MBEDTLS_SSL_IS_CLIENT, MBEDTLS_SSL_TRANSPORT_STREAM, MBEDTLS_SSL_PRESET_DEFAULT);
  mbedtls_ssl_conf_authmode(&configuration, MBEDTLS_SSL_VERIFY_NONE);
  mbedtls_ssl_conf_rng(&configuration, mbedtls_ctr_drbg_random, &random);
  mbedtls_ssl_conf_ciphersuites(&configuration, suites);
  mbedtls_ssl_setup(&session, &configuration);
  mbedtls_ssl_set_bio(&session, &socket, mbedtls_net_send, mbedtls_net_recv, NULL);
  return mbedtls_ssl_handshake(&session) == 0 ? 0 : 1;
}
