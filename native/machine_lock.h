// One change at a time on a machine. Who holds the lock is who made a private namespace that only administrators can make:
// an ordinary user can neither hold it nor stand in its place. It is gone when its maker gives it back or ends, however it
// ends. Nobody ever opens it, so one handle alone keeps it.
#pragma once

#include <cstdint>
#include <optional>

#include "owners.h"

namespace schannel_dhe {

void DestroyNamespace(HANDLE handle);

struct MachineLock {
  Owner<HANDLE, DestroyNamespace> space;
  // Held instead where the system has no private namespaces.
  Handle name;
};

// Nothing where somebody else, this process included, still holds it after the time.
std::optional<MachineLock> AcquireMachineLock(uint32_t timeout_milliseconds);

}  // namespace schannel_dhe
