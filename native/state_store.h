// Small named texts in HKLM\SOFTWARE\SchannelDhe, one REG_SZ each. The key inherits SOFTWARE's rights: users read it,
// administrators alone write it.
#pragma once

#include <optional>
#include <vector>

#include "text.h"

namespace schannel_dhe {

std::optional<Text> ReadState(const Text& name);

// Both are on the disk when they return.
void WriteState(const Text& name, const Text& text);
bool DeleteState(const Text& name);

std::vector<Text> ListStates();

}  // namespace schannel_dhe
