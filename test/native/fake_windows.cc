#include "fake_windows.h"

#include <aclapi.h>
#include <bcrypt.h>

#include <cstdlib>
#include <cstring>
#include <stdexcept>

FakeWindows fake;

struct FakeKey {
  std::u16string path;
};
struct FakeModule {
  int unused;
};

static DWORD last_error = 0;

static LSTATUS Open(LPCWSTR path, HKEY* key) {
  *key = new FakeKey{path};
  fake.open += 1;
  return ERROR_SUCCESS;
}

LSTATUS RegOpenKeyExW(HKEY, LPCWSTR path, DWORD, REGSAM, HKEY* key) {
  const std::u16string name = path;
  if (name == u"throw length_error") throw std::length_error("thrown by the fake");
  if (name == u"throw bad_alloc") throw std::bad_alloc();
  if (name == u"throw failure") return ERROR_ACCESS_DENIED;
  return fake.keys.count(path) ? Open(path, key) : ERROR_FILE_NOT_FOUND;
}

LSTATUS RegCreateKeyExW(HKEY, LPCWSTR path, DWORD, LPWSTR, DWORD, REGSAM, void*, HKEY* key, DWORD*) {
  fake.keys[path];
  return Open(path, key);
}

LSTATUS RegQueryValueExW(HKEY key, LPCWSTR name, DWORD*, DWORD* type, BYTE* data, DWORD* size) {
  auto& values = fake.keys[key->path];
  const auto found = values.find(name);
  if (found == values.end()) return ERROR_FILE_NOT_FOUND;
  FakeValue& value = found->second;
  if (fake.growths > 0) {
    fake.growths -= 1;
    value.data.resize(value.data.size() + fake.growth);
  }
  const DWORD room = *size;
  *size = static_cast<DWORD>(value.data.size());
  *type = value.type;
  if (room < value.data.size()) return ERROR_MORE_DATA;
  if (!value.data.empty()) std::memcpy(data, value.data.data(), value.data.size());
  return ERROR_SUCCESS;
}

LSTATUS RegSetValueExW(HKEY key, LPCWSTR name, DWORD, DWORD type, const BYTE* data, DWORD size) {
  fake.keys[key->path][name] = {type, std::vector<BYTE>(data, data + size)};
  return ERROR_SUCCESS;
}

LSTATUS RegDeleteValueW(HKEY key, LPCWSTR name) {
  return fake.keys[key->path].erase(name) ? ERROR_SUCCESS : ERROR_FILE_NOT_FOUND;
}

LSTATUS RegEnumValueW(HKEY key, DWORD index, LPWSTR name, DWORD* length, DWORD*, DWORD*, BYTE*, DWORD*) {
  const auto& values = fake.keys[key->path];
  if (index >= values.size()) return ERROR_NO_MORE_ITEMS;
  const std::u16string& found = std::next(values.begin(), index)->first;
  if (*length <= found.size()) return ERROR_MORE_DATA;
  std::memcpy(name, found.c_str(), (found.size() + 1) * sizeof(WCHAR));
  *length = static_cast<DWORD>(found.size());
  return ERROR_SUCCESS;
}

LSTATUS RegQueryInfoKeyW(HKEY, LPWSTR, DWORD*, DWORD*, DWORD*, DWORD*, DWORD*, DWORD*, DWORD*, DWORD*, DWORD*,
                         FILETIME* time) {
  // 2021-01-01T00:00:00Z
  *time = {0x0C358000, 0x01D6DFD1};
  return ERROR_SUCCESS;
}

LSTATUS RegFlushKey(HKEY) {
  fake.flushes += 1;
  return ERROR_SUCCESS;
}

LSTATUS RegCloseKey(HKEY key) {
  delete key;
  fake.open -= 1;
  return ERROR_SUCCESS;
}

static int handle;

BOOL CloseHandle(HANDLE) {
  fake.open -= 1;
  return TRUE;
}

BOOL FreeLibrary(HMODULE module) {
  delete module;
  fake.open -= 1;
  return TRUE;
}

DWORD GetLastError() { return last_error; }

UINT GetSystemDirectoryW(LPWSTR buffer, UINT) {
  const std::u16string folder = u"C:\\Windows\\System32";
  std::memcpy(buffer, folder.c_str(), (folder.size() + 1) * sizeof(WCHAR));
  return static_cast<UINT>(folder.size());
}

HMODULE LoadLibraryExW(LPCWSTR path, HANDLE, DWORD flags) {
  if (std::u16string(path) != u"C:\\Windows\\System32\\bcrypt.dll" || flags != LOAD_LIBRARY_SEARCH_SYSTEM32) {
    last_error = 126;
    return nullptr;
  }
  fake.open += 1;
  return new FakeModule{};
}

FARPROC GetProcAddress(HMODULE, const char* name) {
  const std::string wanted = name;
  const auto address = [](auto function) { return reinterpret_cast<FARPROC>(function); };
  if (wanted == "BCryptEnumContextFunctions") return address(&BCryptEnumContextFunctions);
  if (wanted == "BCryptAddContextFunction") return address(&BCryptAddContextFunction);
  if (wanted == "BCryptRemoveContextFunction") return address(&BCryptRemoveContextFunction);
  if (wanted == "BCryptFreeBuffer") return address(&BCryptFreeBuffer);
  return nullptr;
}

void SetLastError(DWORD error) { last_error = error; }
void Sleep(DWORD milliseconds) { fake.now += milliseconds; }
HANDLE GetCurrentProcess() { return nullptr; }
HANDLE GetCurrentThread() { return nullptr; }

// A name that somebody else holds until `released_at`.
static bool IsTaken(const std::u16string& name) {
  if (fake.released_at != 0 && fake.now >= fake.released_at) fake.names.clear();
  return fake.names.count(name) > 0;
}

HANDLE CreateMutexW(void*, BOOL, LPCWSTR name) {
  fake.open += 1;
  last_error = IsTaken(name) ? ERROR_ALREADY_EXISTS : ERROR_SUCCESS;
  return &handle;
}

BOOL CreateWellKnownSid(WELL_KNOWN_SID_TYPE, PSID, PSID sid, DWORD* size) {
  *static_cast<BYTE*>(sid) = 1;
  *size = 16;
  return TRUE;
}

HANDLE CreateBoundaryDescriptorW(LPCWSTR name, ULONG) {
  if (!fake.has_namespaces) return nullptr;
  fake.open += 1;
  return new std::u16string(name);
}

// It may become another block, as the real one does when it grows.
BOOL AddSIDToBoundaryDescriptor(HANDLE* boundary, PSID) {
  auto* old = static_cast<std::u16string*>(*boundary);
  *boundary = new std::u16string(*old + u"|administrators|");
  delete old;
  return TRUE;
}

void DeleteBoundaryDescriptor(HANDLE boundary) {
  delete static_cast<std::u16string*>(boundary);
  fake.open -= 1;
}

HANDLE CreatePrivateNamespaceW(void*, void* boundary, LPCWSTR name) {
  const std::u16string full = *static_cast<std::u16string*>(boundary) + name;
  if (full.find(u"|administrators|") != std::u16string::npos && !fake.is_administrator) last_error = ERROR_ACCESS_DENIED;
  else if (IsTaken(full)) last_error = ERROR_ALREADY_EXISTS;
  else {
    fake.names.insert(full);
    fake.open += 1;
    return new std::u16string(full);
  }
  return nullptr;
}

BOOLEAN ClosePrivateNamespace(HANDLE space, ULONG flags) {
  auto* name = static_cast<std::u16string*>(space);
  if (flags == PRIVATE_NAMESPACE_FLAG_DESTROY) fake.names.erase(*name);
  delete name;
  fake.open -= 1;
  return TRUE;
}

BOOL ReplaceFileW(LPCWSTR file, LPCWSTR draft, LPCWSTR kept, DWORD, void*, void*) {
  last_error = fake.replace_error;
  if (last_error != 0 && last_error != ERROR_UNABLE_TO_MOVE_REPLACEMENT_2) return FALSE;
  if (kept != nullptr) fake.files[kept] = fake.files[file];
  fake.files.erase(file);
  if (last_error != 0) return FALSE;
  fake.files[file] = fake.files[draft];
  fake.files.erase(draft);
  return TRUE;
}

DWORD GetFileAttributesW(LPCWSTR file) { return fake.files[file].attributes; }
BOOL SetFileAttributesW(LPCWSTR file, DWORD attributes) {
  fake.files[file].attributes = attributes;
  return attributes != 0;
}

BOOL MoveFileExW(LPCWSTR from, LPCWSTR to, DWORD) {
  fake.files[to] = fake.files[from];
  fake.files.erase(from);
  return TRUE;
}

void LocalFree(void* block) {
  delete static_cast<std::u16string*>(block);
  fake.open -= 1;
}

DWORD GetNamedSecurityInfoW(LPCWSTR file, SE_OBJECT_TYPE, SECURITY_INFORMATION, PSID* owner, PSID* group, void*, void*,
                            void** block) {
  if (!fake.files.count(file)) return ERROR_FILE_NOT_FOUND;
  *owner = *group = *block = new std::u16string(fake.files[file].owner);
  fake.open += 1;
  return ERROR_SUCCESS;
}

DWORD SetNamedSecurityInfoW(LPWSTR file, SE_OBJECT_TYPE, SECURITY_INFORMATION, PSID owner, PSID, void*, void*) {
  const std::u16string& wanted = *static_cast<std::u16string*>(owner);
  if (wanted != u"me" && !(fake.is_privileged && fake.may_give_away)) return 1307;  // ERROR_INVALID_OWNER
  fake.files[file].owner = wanted;
  return ERROR_SUCCESS;
}

BOOL ImpersonateSelf(SECURITY_IMPERSONATION_LEVEL) {
  fake.open += 1;
  return TRUE;
}

BOOL RevertToSelf() {
  fake.is_privileged = false;
  fake.open -= 1;
  return TRUE;
}

BOOL OpenThreadToken(HANDLE, DWORD, BOOL, HANDLE* token) {
  fake.open += 1;
  *token = &handle;
  return TRUE;
}

BOOL LookupPrivilegeValueW(LPCWSTR, LPCWSTR name, LUID* luid) {
  luid->LowPart = std::u16string(name) == SE_RESTORE_NAME ? 18 : 0;
  return TRUE;
}

BOOL AdjustTokenPrivileges(HANDLE, BOOL, TOKEN_PRIVILEGES* wanted, DWORD, TOKEN_PRIVILEGES*, DWORD*) {
  fake.is_privileged = wanted->Privileges[0].Luid.LowPart == 18 && wanted->Privileges[0].Attributes == SE_PRIVILEGE_ENABLED;
  return TRUE;
}

BOOL OpenProcessToken(HANDLE, DWORD, HANDLE* token) {
  fake.open += 1;
  *token = &handle;
  return TRUE;
}

BOOL GetTokenInformation(HANDLE, TOKEN_INFORMATION_CLASS, void* information, DWORD, DWORD*) {
  static_cast<TOKEN_ELEVATION*>(information)->TokenIsElevated = fake.is_elevated;
  return TRUE;
}

ULONGLONG GetTickCount64() { return fake.now; }

// One block with everything in it, exactly as large as it must be, so that one byte too far is seen.
NTSTATUS BCryptEnumContextFunctions(ULONG, LPCWSTR, ULONG, ULONG* size, PCRYPT_CONTEXT_FUNCTIONS* block) {
  if (fake.status != 0 || size == nullptr) return fake.status != 0 ? fake.status : static_cast<NTSTATUS>(0xC000000D);
  const size_t count = fake.functions.size();
  size_t bytes = sizeof(CRYPT_CONTEXT_FUNCTIONS) + count * sizeof(PWSTR);
  for (const auto& name : fake.functions) bytes += (name.size() + 1) * sizeof(WCHAR);
  *size = static_cast<ULONG>(bytes);
  if (block == nullptr || *block != nullptr) return static_cast<NTSTATUS>(0xC0000023);
  *block = static_cast<PCRYPT_CONTEXT_FUNCTIONS>(std::malloc(bytes));
  fake.open += 1;
  (*block)->cFunctions = static_cast<ULONG>(count);
  (*block)->rgpszFunctions = count == 0 ? nullptr : reinterpret_cast<PWSTR*>(*block + 1);
  auto* text = reinterpret_cast<WCHAR*>(reinterpret_cast<PWSTR*>(*block + 1) + count);
  for (size_t index = 0; index < count; ++index) {
    std::memcpy(text, fake.functions[index].c_str(), (fake.functions[index].size() + 1) * sizeof(WCHAR));
    (*block)->rgpszFunctions[index] = fake.has_hole && index == 0 ? nullptr : text;
    text += fake.functions[index].size() + 1;
  }
  return 0;
}

NTSTATUS BCryptAddContextFunction(ULONG, LPCWSTR, ULONG, LPCWSTR name, ULONG) {
  if (fake.status == 0) fake.functions.push_back(name);
  return fake.status;
}

NTSTATUS BCryptRemoveContextFunction(ULONG, LPCWSTR, ULONG, LPCWSTR name) {
  if (fake.status != 0) return fake.status;
  for (auto at = fake.functions.begin(); at != fake.functions.end(); ++at) {
    if (*at != name) continue;
    fake.functions.erase(at);
    return 0;
  }
  return static_cast<NTSTATUS>(0xC0000225);
}

void BCryptFreeBuffer(void* block) {
  std::free(block);
  fake.open -= 1;
}
