// Owners of what Windows hands out: each gives its thing back exactly once.
#pragma once

#include <windows.h>

#include <utility>

namespace schannel_dhe {

template <typename Thing, auto Release>
class Owner {
 public:
  Owner() = default;
  explicit Owner(Thing thing) : thing_(thing) {}
  Owner(Owner&& other) noexcept : thing_(std::exchange(other.thing_, Thing{})) {}
  Owner& operator=(Owner&& other) noexcept {
    std::swap(thing_, other.thing_);
    return *this;
  }
  Owner(const Owner&) = delete;
  Owner& operator=(const Owner&) = delete;
  ~Owner() {
    if (thing_ != Thing{}) Release(thing_);
  }

  Thing get() const { return thing_; }
  Thing* out() { return &thing_; }

 private:
  Thing thing_{};
};

inline void CloseKey(HKEY key) { RegCloseKey(key); }
inline void Close(HANDLE handle) { CloseHandle(handle); }
inline void Free(HMODULE module) { FreeLibrary(module); }
inline void FreeBlock(void* block) { LocalFree(block); }

using RegistryKey = Owner<HKEY, CloseKey>;
using Handle = Owner<HANDLE, Close>;
using Module = Owner<HMODULE, Free>;
using LocalBlock = Owner<void*, FreeBlock>;

}  // namespace schannel_dhe
