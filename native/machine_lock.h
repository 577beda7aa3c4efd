// One change at a time on a machine: a named kernel mutex, which the system releases when its process dies.
#pragma once

#include <cstdint>
#include <memory>

namespace schannel_dhe {

class MachineLock {
 public:
  virtual ~MachineLock() = default;
};

// Nothing where another thread or process still holds it after the time. A mutex lets the thread that owns it in again,
// so the caller keeps account of its own hold. Must be given back by the thread that took it.
std::unique_ptr<MachineLock> AcquireMachineLock(uint32_t timeout_milliseconds);

}  // namespace schannel_dhe
