/* enumerate-bench <calls>: what BCryptEnumContextFunctions costs without an addon; prints microseconds per call. */
#include <windows.h>
#include <bcrypt.h>
#include <stdio.h>
#include <stdlib.h>

int main(int count, char **arguments) {
  const int calls = count > 1 ? atoi(arguments[1]) : 1;
  LARGE_INTEGER frequency, start, end;
  QueryPerformanceFrequency(&frequency);
  QueryPerformanceCounter(&start);
  for (int call = 0; call < calls; call += 1) {
    ULONG size = 0;
    PCRYPT_CONTEXT_FUNCTIONS block = NULL;
    if (BCryptEnumContextFunctions(CRYPT_LOCAL, L"SSL", 0x00010002, &size, &block) != 0) return 1;
    BCryptFreeBuffer(block);
  }
  QueryPerformanceCounter(&end);
  printf("%f\n", (double)(end.QuadPart - start.QuadPart) * 1e6 / (double)frequency.QuadPart / calls);
  return 0;
}
