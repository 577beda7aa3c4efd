// One file in the place of another, with everything of the old one but its content.
#pragma once

#include <optional>

#include "text.h"

namespace schannel_dhe {

// `draft` takes the name of `file`, and its owner, group, access rights, attributes and the streams that it does not have
// itself (ReplaceFileW; owner, group and attributes by hand). The old one is kept under the name `kept`, which nothing may have yet,
// or goes. Both or nothing: where this fails, `file` is the old one still.
void ReplaceFileKeeping(const Text& file, const Text& draft, const std::optional<Text>& kept);

}  // namespace schannel_dhe
