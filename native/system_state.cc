#include "system_state.h"

#include "owners.h"
#include "system_failure.h"

namespace schannel_dhe {

bool IsElevated() {
  Handle token;
  if (!OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, token.out()))
    throw Win32Failure("OpenProcessToken", GetLastError());
  TOKEN_ELEVATION elevation{};
  DWORD size = 0;
  if (!GetTokenInformation(token.get(), TokenElevation, &elevation, sizeof elevation, &size))
    throw Win32Failure("GetTokenInformation", GetLastError());
  return elevation.TokenIsElevated != 0;
}

double Uptime() { return static_cast<double>(GetTickCount64()); }

}  // namespace schannel_dhe
