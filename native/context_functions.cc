#include "context_functions.h"

#include <memory>

#include "system_failure.h"

namespace schannel_dhe {
namespace {

const Text kContext = u"SSL";
constexpr ULONG kSchannelInterface = 0x00010002;  // NCRYPT_SCHANNEL_INTERFACE, bcrypt.h
constexpr NTSTATUS kNotFound = static_cast<NTSTATUS>(0xC0000225);

Module LoadFromSystem32(const Text& file) {
  WCHAR folder[MAX_PATH];
  const UINT length = GetSystemDirectoryW(folder, MAX_PATH);
  if (length == 0 || length >= MAX_PATH) throw Win32Failure("GetSystemDirectoryW", GetLastError());
  const Text path = FromWide(folder) + u"\\" + file;
  Module module(LoadLibraryExW(Wide(path), nullptr, LOAD_LIBRARY_SEARCH_SYSTEM32));
  if (module.get() == nullptr) throw Win32Failure("LoadLibraryExW", GetLastError());
  return module;
}

template <typename Function>
Function Find(const Module& module, const char* name) {
  const FARPROC address = GetProcAddress(module.get(), name);
  if (address == nullptr) throw Win32Failure(name, GetLastError());
  // By way of void*, since compilers warn of a cast from one function type to another.
  return reinterpret_cast<Function>(reinterpret_cast<void*>(address));
}

}  // namespace

ContextFunctions::ContextFunctions()
    : bcrypt_(LoadFromSystem32(u"bcrypt.dll")),
      enumerate_(Find<decltype(enumerate_)>(bcrypt_, "BCryptEnumContextFunctions")),
      remove_(Find<decltype(remove_)>(bcrypt_, "BCryptRemoveContextFunction")),
      add_(Find<decltype(add_)>(bcrypt_, "BCryptAddContextFunction")),
      free_buffer_(Find<decltype(free_buffer_)>(bcrypt_, "BCryptFreeBuffer")) {}

std::vector<Text> ContextFunctions::Enumerate() const {
  // Without a buffer of ours CNG allocates one block that holds everything, so no size can change between two calls.
  ULONG size = 0;
  PCRYPT_CONTEXT_FUNCTIONS block = nullptr;
  const NTSTATUS status = enumerate_(CRYPT_LOCAL, Wide(kContext), kSchannelInterface, &size, &block);
  const std::unique_ptr<CRYPT_CONTEXT_FUNCTIONS, decltype(free_buffer_)> owner(block, free_buffer_);
  if (status == kNotFound) return {};
  if (status < 0) throw NtStatusFailure("BCryptEnumContextFunctions", status);
  std::vector<Text> names;
  // An empty list is success with a count of zero and no array.
  if (block == nullptr || block->rgpszFunctions == nullptr) return names;
  names.reserve(block->cFunctions);
  for (ULONG index = 0; index < block->cFunctions; ++index) {
    if (block->rgpszFunctions[index] != nullptr) names.push_back(FromWide(block->rgpszFunctions[index]));
  }
  return names;
}

NTSTATUS ContextFunctions::Ask(ULONG table, const Text& context, ULONG interface_id, ULONG* size,
                               PCRYPT_CONTEXT_FUNCTIONS* block) const {
  return enumerate_(table, Wide(context), interface_id, size, block);
}

void ContextFunctions::Free(PCRYPT_CONTEXT_FUNCTIONS block) const { free_buffer_(block); }

bool ContextFunctions::Remove(const Text& name) const {
  const NTSTATUS status = remove_(CRYPT_LOCAL, Wide(kContext), kSchannelInterface, Wide(name));
  if (status == kNotFound) return false;
  if (status < 0) throw NtStatusFailure("BCryptRemoveContextFunction", status);
  return true;
}

void ContextFunctions::Add(const Text& name, uint32_t position) const {
  const NTSTATUS status = add_(CRYPT_LOCAL, Wide(kContext), kSchannelInterface, Wide(name), position);
  if (status < 0) throw NtStatusFailure("BCryptAddContextFunction", status);
}

}  // namespace schannel_dhe
