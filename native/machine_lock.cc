#include "machine_lock.h"

#include <algorithm>

#include "system_failure.h"
#include "text.h"

namespace schannel_dhe {
namespace {

constexpr char16_t kName[] = u"SchannelDheChange";
constexpr char16_t kGlobalName[] = u"Global\\SchannelDheChange";
constexpr ULONGLONG kPause = 50;

void DeleteBoundary(HANDLE boundary) { DeleteBoundaryDescriptor(boundary); }
using Boundary = Owner<HANDLE, DeleteBoundary>;

// Whoever makes a namespace must be within its boundary, so the same name of an ordinary user's is another namespace
// (Microsoft Learn, "Object Namespaces"). Nothing where the system does not have them: Wine 8 answers with no boundary and
// with no error, which Windows never does.
std::optional<Boundary> AdministratorsAlone() {
  BYTE administrators[SECURITY_MAX_SID_SIZE];
  DWORD size = sizeof administrators;
  if (!CreateWellKnownSid(WinBuiltinAdministratorsSid, nullptr, administrators, &size))
    throw Win32Failure("CreateWellKnownSid", GetLastError());
  SetLastError(ERROR_SUCCESS);
  Boundary boundary(CreateBoundaryDescriptorW(Wide(kName), 0));
  if (boundary.get() == nullptr) {
    if (GetLastError() == ERROR_SUCCESS) return std::nullopt;
    throw Win32Failure("CreateBoundaryDescriptorW", GetLastError());
  }
  if (!AddSIDToBoundaryDescriptor(boundary.out(), administrators))
    throw Win32Failure("AddSIDToBoundaryDescriptor", GetLastError());
  return boundary;
}

std::optional<MachineLock> MakeNamespace(const Boundary& boundary) {
  MachineLock lock;
  *lock.space.out() = CreatePrivateNamespaceW(nullptr, boundary.get(), Wide(kName));
  if (lock.space.get() != nullptr) return lock;
  if (GetLastError() == ERROR_ALREADY_EXISTS) return std::nullopt;
  throw Win32Failure("CreatePrivateNamespaceW", GetLastError());
}

std::optional<MachineLock> MakeName() {
  MachineLock lock;
  *lock.name.out() = CreateMutexW(nullptr, FALSE, Wide(kGlobalName));
  if (lock.name.get() == nullptr) throw Win32Failure("CreateMutexW", GetLastError());
  if (GetLastError() == ERROR_ALREADY_EXISTS) return std::nullopt;
  return lock;
}

}  // namespace

void DestroyNamespace(HANDLE handle) { ClosePrivateNamespace(handle, PRIVATE_NAMESPACE_FLAG_DESTROY); }

std::optional<MachineLock> AcquireMachineLock(uint32_t timeout_milliseconds) {
  const ULONGLONG end = GetTickCount64() + timeout_milliseconds;
  const std::optional<Boundary> boundary = AdministratorsAlone();
  for (;;) {
    std::optional<MachineLock> lock = boundary ? MakeNamespace(*boundary) : MakeName();
    if (lock) return lock;
    const ULONGLONG now = GetTickCount64();
    if (now >= end) return std::nullopt;
    Sleep(static_cast<DWORD>(std::min(kPause, end - now)));
  }
}

}  // namespace schannel_dhe
