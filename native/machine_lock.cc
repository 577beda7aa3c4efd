#include "machine_lock.h"

#include "owners.h"
#include "system_failure.h"
#include "text.h"

namespace schannel_dhe {
namespace {

const Text kName = u"Global\\SchannelDheChange";

class HeldMutex final : public MachineLock {
 public:
  explicit HeldMutex(Handle mutex) : mutex_(std::move(mutex)) {}
  ~HeldMutex() override { ReleaseMutex(mutex_.get()); }

 private:
  Handle mutex_;
};

}  // namespace

std::unique_ptr<MachineLock> AcquireMachineLock(uint32_t timeout_milliseconds) {
  Handle mutex(CreateMutexW(nullptr, FALSE, Wide(kName)));
  if (mutex.get() == nullptr) throw Win32Failure("CreateMutexW", GetLastError());
  switch (WaitForSingleObject(mutex.get(), timeout_milliseconds)) {
    case WAIT_OBJECT_0:
    case WAIT_ABANDONED:  // Its owner died; the record of its change tells how far it came.
      return std::make_unique<HeldMutex>(std::move(mutex));
    case WAIT_TIMEOUT:
      return nullptr;
    default:
      throw Win32Failure("WaitForSingleObject", GetLastError());
  }
}

}  // namespace schannel_dhe
