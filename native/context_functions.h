// The context functions of CNG's context "SSL", interface NCRYPT_SCHANNEL_INTERFACE: the cipher suites of Schannel.
#pragma once

#include <windows.h>
#include <bcrypt.h>

#include <cstdint>
#include <vector>

#include "owners.h"
#include "text.h"

namespace schannel_dhe {

class ContextFunctions {
 public:
  // Loads bcrypt.dll from System32, and from nowhere else.
  ContextFunctions();

  // The list in force, highest priority first; empty where nothing is configured.
  std::vector<Text> Enumerate() const;

  // False where the local list does not hold the name.
  bool Remove(const Text& name) const;

  // Inserts ahead of what stands at the position; a name that is there moves.
  void Add(const Text& name, uint32_t position) const;

  // The call itself, for whoever wants to see what it answers.
  NTSTATUS Ask(ULONG table, const Text& context, ULONG interface_id, ULONG* size,
               PCRYPT_CONTEXT_FUNCTIONS* block) const;
  void Free(PCRYPT_CONTEXT_FUNCTIONS block) const;

 private:
  Module bcrypt_;
  decltype(&BCryptEnumContextFunctions) enumerate_;
  decltype(&BCryptRemoveContextFunction) remove_;
  decltype(&BCryptAddContextFunction) add_;
  decltype(&BCryptFreeBuffer) free_buffer_;
};

}  // namespace schannel_dhe
