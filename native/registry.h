// Reading below HKEY_LOCAL_MACHINE, in the 64-bit view whatever this process is.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "owners.h"
#include "text.h"

namespace schannel_dhe {

struct RegistryValue {
  uint32_t type;
  std::vector<uint8_t> data;
};

// Nothing where the key does not exist.
std::optional<RegistryKey> OpenKey(const Text& path, REGSAM access);

// Nothing where the value does not exist.
std::optional<RegistryValue> ReadValue(const RegistryKey& key, const Text& name);

// Milliseconds since 1970; nothing where the key does not exist.
std::optional<double> KeyWriteTime(const Text& path);

}  // namespace schannel_dhe
