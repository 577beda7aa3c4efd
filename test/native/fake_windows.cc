#include "fake_windows.h"

#include <bcrypt.h>

#include <cstdlib>
#include <cstring>

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

HANDLE CreateMutexW(void*, BOOL, LPCWSTR) {
  fake.open += 1;
  return &handle;
}
BOOL ReleaseMutex(HANDLE) { return TRUE; }
DWORD WaitForSingleObject(HANDLE, DWORD) { return fake.wait_answer; }
HANDLE GetCurrentProcess() { return nullptr; }

BOOL OpenProcessToken(HANDLE, DWORD, HANDLE* token) {
  fake.open += 1;
  *token = &handle;
  return TRUE;
}

BOOL GetTokenInformation(HANDLE, TOKEN_INFORMATION_CLASS, void* information, DWORD, DWORD*) {
  static_cast<TOKEN_ELEVATION*>(information)->TokenIsElevated = fake.is_elevated;
  return TRUE;
}

ULONGLONG GetTickCount64() { return 5000; }

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
