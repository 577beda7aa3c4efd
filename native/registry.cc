#include "registry.h"

#include "system_failure.h"

namespace schannel_dhe {
namespace {

// FILETIME counts 100 ns since 1601-01-01, 11,644,473,600 s before 1970.
double ToUnixMilliseconds(const FILETIME& time) {
  const uint64_t ticks = (static_cast<uint64_t>(time.dwHighDateTime) << 32) | time.dwLowDateTime;
  return static_cast<double>(ticks / 10000) - 11644473600000.0;
}

}  // namespace

std::optional<RegistryKey> OpenKey(const Text& path, REGSAM access) {
  RegistryKey key;
  const LSTATUS status = RegOpenKeyExW(HKEY_LOCAL_MACHINE, Wide(path), 0, access | KEY_WOW64_64KEY, key.out());
  if (status == ERROR_FILE_NOT_FOUND || status == ERROR_PATH_NOT_FOUND) return std::nullopt;
  if (status != ERROR_SUCCESS) throw Win32Failure("RegOpenKeyExW", static_cast<uint32_t>(status));
  return key;
}

std::optional<RegistryValue> ReadValue(const RegistryKey& key, const Text& name) {
  RegistryValue value{0, std::vector<uint8_t>(4096)};
  for (;;) {
    DWORD type = 0;
    DWORD size = static_cast<DWORD>(value.data.size());
    const LSTATUS status = RegQueryValueExW(key.get(), Wide(name), nullptr, &type, value.data.data(), &size);
    if (status == ERROR_FILE_NOT_FOUND) return std::nullopt;
    if (status == ERROR_MORE_DATA) {
      // It may grow again before the next call, so some more than it needs now.
      value.data.resize(size + size_t{256});
      continue;
    }
    if (status != ERROR_SUCCESS) throw Win32Failure("RegQueryValueExW", static_cast<uint32_t>(status));
    value.type = type;
    value.data.resize(size);
    return value;
  }
}

std::optional<double> KeyWriteTime(const Text& path) {
  const std::optional<RegistryKey> key = OpenKey(path, KEY_QUERY_VALUE);
  if (!key) return std::nullopt;
  FILETIME time{};
  const LSTATUS status = RegQueryInfoKeyW(key->get(), nullptr, nullptr, nullptr, nullptr, nullptr, nullptr, nullptr,
                                          nullptr, nullptr, nullptr, &time);
  if (status != ERROR_SUCCESS) throw Win32Failure("RegQueryInfoKeyW", static_cast<uint32_t>(status));
  return ToUnixMilliseconds(time);
}

}  // namespace schannel_dhe
