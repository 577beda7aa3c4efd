#include "file_replacement.h"

#include <aclapi.h>

#include "owners.h"
#include "system_failure.h"

namespace schannel_dhe {
namespace {

void Require(DWORD error, const char* function) {
  if (error != ERROR_SUCCESS) throw Win32Failure(function, error);
}

// Gives files to others than oneself, on this thread and while it lives. Without it the system refuses what it must.
class RestorePrivilege {
 public:
  RestorePrivilege() {
    if (!ImpersonateSelf(SecurityImpersonation)) throw Win32Failure("ImpersonateSelf", GetLastError());
    Handle token;
    TOKEN_PRIVILEGES wanted{};
    wanted.PrivilegeCount = 1;
    wanted.Privileges[0].Attributes = SE_PRIVILEGE_ENABLED;
    // Who does not have the privilege may still own the file.
    if (OpenThreadToken(GetCurrentThread(), TOKEN_ADJUST_PRIVILEGES, TRUE, token.out()) &&
        LookupPrivilegeValueW(nullptr, SE_RESTORE_NAME, &wanted.Privileges[0].Luid))
      AdjustTokenPrivileges(token.get(), FALSE, &wanted, 0, nullptr, nullptr);
  }
  RestorePrivilege(const RestorePrivilege&) = delete;
  ~RestorePrivilege() { RevertToSelf(); }
};

void KeepOwner(const Text& file, const Text& draft) {
  constexpr SECURITY_INFORMATION kParts = OWNER_SECURITY_INFORMATION | GROUP_SECURITY_INFORMATION;
  PSID owner = nullptr, group = nullptr;
  LocalBlock block;
  Require(GetNamedSecurityInfoW(Wide(file), SE_FILE_OBJECT, kParts, &owner, &group, nullptr, nullptr, block.out()),
          "GetNamedSecurityInfoW");
  const RestorePrivilege privilege;
  // It takes the name as one that it could write to, and only reads it.
  const LPWSTR name = const_cast<LPWSTR>(Wide(draft));
  Require(SetNamedSecurityInfoW(name, SE_FILE_OBJECT, kParts, owner, group, nullptr, nullptr),
          "SetNamedSecurityInfoW");
}

// Those that a file keeps for its reader's sake; Windows itself refuses to replace a read-only file, and knows of
// compression and encryption.
void KeepAttributes(const Text& file, const Text& draft) {
  constexpr DWORD kParts = FILE_ATTRIBUTE_ARCHIVE | FILE_ATTRIBUTE_HIDDEN | FILE_ATTRIBUTE_NOT_CONTENT_INDEXED |
                           FILE_ATTRIBUTE_SYSTEM;
  const DWORD attributes = GetFileAttributesW(Wide(file));
  if (attributes == INVALID_FILE_ATTRIBUTES) throw Win32Failure("GetFileAttributesW", GetLastError());
  const DWORD kept = attributes & kParts;
  if (!SetFileAttributesW(Wide(draft), kept == 0 ? DWORD{FILE_ATTRIBUTE_NORMAL} : kept))
    throw Win32Failure("SetFileAttributesW", GetLastError());
}

}  // namespace

void ReplaceFileKeeping(const Text& file, const Text& draft, const std::optional<Text>& kept) {
  KeepOwner(file, draft);
  KeepAttributes(file, draft);
  if (ReplaceFileW(Wide(file), Wide(draft), kept ? Wide(*kept) : nullptr, 0, nullptr, nullptr)) return;
  const DWORD error = GetLastError();
  // The one failure after which the old file has the other name already (ReplaceFileW, return value).
  if (error == ERROR_UNABLE_TO_MOVE_REPLACEMENT_2 && kept) MoveFileExW(Wide(*kept), Wide(file), 0);
  throw Win32Failure("ReplaceFileW", error);
}

}  // namespace schannel_dhe
