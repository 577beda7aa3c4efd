// libFuzzer: whatever bytes a registry value or a list of names holds, reading it ends in values or in one SystemFailure.
#include <cstring>

#include "../../native/context_functions.h"
#include "../../native/registry.h"
#include "../../native/state_store.h"
#include "../../native/system_failure.h"
#include "fake_windows.h"

using namespace schannel_dhe;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size < 2) return 0;
  static const Text key = u"SOFTWARE\\SchannelDhe";
  const std::vector<BYTE> bytes(data + 2, data + size);
  FakeValue& value = fake.keys[key][u"v"];
  value = {data[0] % 12u, bytes};
  fake.growths = data[1] % 3;
  fake.growth = data[1];
  try {
    ReadState(u"v");
  } catch (const SystemFailure&) {
  }
  const auto read = ReadValue(*OpenKey(key, KEY_QUERY_VALUE), u"v");
  if (!read || read->data.size() != value.data.size()) __builtin_trap();

  Text text(bytes.size() / 2, u'\0');
  if (!text.empty()) std::memcpy(text.data(), bytes.data(), text.size() * 2);
  fake.functions.clear();
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find(u'\0', at), text.size());
    fake.functions.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  static const ContextFunctions functions;
  if (functions.Enumerate() != fake.functions) __builtin_trap();
  return 0;
}
