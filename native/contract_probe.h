// Asks CNG questions whose answers this addon does not need, so that `selfcheck` can compare them with what is believed.
#pragma once

#include <cstdint>
#include <vector>

#include "context_functions.h"

namespace schannel_dhe {

struct ProbeAnswer {
  const char* question;
  int32_t status;
  uint32_t size;
};

// Reads only.
std::vector<ProbeAnswer> ProbeContract(const ContextFunctions& functions);

}  // namespace schannel_dhe
