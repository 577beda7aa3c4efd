#pragma once

#include <windows.h>

#define CRYPT_LOCAL 1u
#define CRYPT_DOMAIN 2u

struct CRYPT_CONTEXT_FUNCTIONS {
  ULONG cFunctions;
  PWSTR* rgpszFunctions;
};
using PCRYPT_CONTEXT_FUNCTIONS = CRYPT_CONTEXT_FUNCTIONS*;

NTSTATUS BCryptEnumContextFunctions(ULONG, LPCWSTR, ULONG, ULONG*, PCRYPT_CONTEXT_FUNCTIONS*);
NTSTATUS BCryptAddContextFunction(ULONG, LPCWSTR, ULONG, LPCWSTR, ULONG);
NTSTATUS BCryptRemoveContextFunction(ULONG, LPCWSTR, ULONG, LPCWSTR);
void BCryptFreeBuffer(void*);
