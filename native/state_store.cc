#include "state_store.h"

#include <cstring>

#include "registry.h"
#include "system_failure.h"

namespace schannel_dhe {
namespace {

const Text kPath = u"SOFTWARE\\SchannelDhe";

void Require(LSTATUS status, const char* function) {
  if (status != ERROR_SUCCESS) throw Win32Failure(function, static_cast<uint32_t>(status));
}

void Flush(const RegistryKey& key) { Require(RegFlushKey(key.get()), "RegFlushKey"); }

}  // namespace

std::optional<Text> ReadState(const Text& name) {
  const std::optional<RegistryKey> key = OpenKey(kPath, KEY_QUERY_VALUE);
  if (!key) return std::nullopt;
  const std::optional<RegistryValue> value = ReadValue(*key, name);
  if (!value) return std::nullopt;
  if (value->type != REG_SZ) throw Win32Failure("RegQueryValueExW", ERROR_INVALID_DATA);
  Text text(value->data.size() / sizeof(char16_t), u'\0');
  std::memcpy(text.data(), value->data.data(), text.size() * sizeof(char16_t));
  // The terminator may be missing (RegQueryValueExW, remarks).
  return text.substr(0, text.find(u'\0'));
}

void WriteState(const Text& name, const Text& text) {
  RegistryKey key;
  Require(RegCreateKeyExW(HKEY_LOCAL_MACHINE, Wide(kPath), 0, nullptr, REG_OPTION_NON_VOLATILE,
                          KEY_SET_VALUE | KEY_QUERY_VALUE | KEY_WOW64_64KEY, nullptr, key.out(), nullptr),
          "RegCreateKeyExW");
  Require(RegSetValueExW(key.get(), Wide(name), 0, REG_SZ, reinterpret_cast<const BYTE*>(text.c_str()),
                         static_cast<DWORD>((text.size() + 1) * sizeof(char16_t))),
          "RegSetValueExW");
  Flush(key);
}

bool DeleteState(const Text& name) {
  const std::optional<RegistryKey> key = OpenKey(kPath, KEY_SET_VALUE | KEY_QUERY_VALUE);
  if (!key) return false;
  const LSTATUS status = RegDeleteValueW(key->get(), Wide(name));
  if (status == ERROR_FILE_NOT_FOUND) return false;
  Require(status, "RegDeleteValueW");
  Flush(*key);
  return true;
}

std::vector<Text> ListStates() {
  std::vector<Text> names;
  const std::optional<RegistryKey> key = OpenKey(kPath, KEY_QUERY_VALUE);
  if (!key) return names;
  std::vector<WCHAR> name(16384);  // A value name has at most 16,383 characters.
  for (DWORD index = 0;; ++index) {
    DWORD length = static_cast<DWORD>(name.size());
    const LSTATUS status =
        RegEnumValueW(key->get(), index, name.data(), &length, nullptr, nullptr, nullptr, nullptr);
    if (status == ERROR_NO_MORE_ITEMS) return names;
    Require(status, "RegEnumValueW");
    names.push_back(Text(reinterpret_cast<const char16_t*>(name.data()), length));
  }
}

}  // namespace schannel_dhe
