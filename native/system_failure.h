// A call that Windows answered with a failure. The edge turns it into a JavaScript error; nothing else throws on purpose.
#pragma once

#include <cstdint>

namespace schannel_dhe {

struct SystemFailure {
  enum class Kind { kNtStatus, kWin32 };

  Kind kind;
  const char* function;
  uint32_t code;
};

inline SystemFailure NtStatusFailure(const char* function, int32_t status) {
  return {SystemFailure::Kind::kNtStatus, function, static_cast<uint32_t>(status)};
}

inline SystemFailure Win32Failure(const char* function, uint32_t code) {
  return {SystemFailure::Kind::kWin32, function, code};
}

}  // namespace schannel_dhe
