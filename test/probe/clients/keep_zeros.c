/* Preloaded, it makes an OpenSSL keep the leading zeros of a finite-field shared secret in TLS 1.2, as an affected peer does. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stddef.h>

int EVP_PKEY_CTX_set_dh_pad(void *context, int pad);

int EVP_PKEY_derive(void *context, unsigned char *key, size_t *length) {
  int (*derive)(void *, unsigned char *, size_t *) = dlsym(RTLD_NEXT, "EVP_PKEY_derive");
  EVP_PKEY_CTX_set_dh_pad(context, 1);
  return derive(context, key, length);
}
