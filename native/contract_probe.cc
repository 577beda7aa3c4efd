#include "contract_probe.h"

namespace schannel_dhe {
namespace {

const Text kContext = u"SSL";
constexpr ULONG kSchannelInterface = 0x00010002;

}  // namespace

std::vector<ProbeAnswer> ProbeContract(const ContextFunctions& functions) {
  std::vector<ProbeAnswer> answers;
  const auto ask = [&](const char* question, ULONG table, const Text& context, ULONG interface_id) {
    ULONG size = 0;
    PCRYPT_CONTEXT_FUNCTIONS block = nullptr;
    const NTSTATUS status = functions.Ask(table, context, interface_id, &size, &block);
    if (block != nullptr) functions.Free(block);
    answers.push_back({question, status, size});
  };
  ask("enumerate", CRYPT_LOCAL, kContext, kSchannelInterface);
  ask("unknown-context", CRYPT_LOCAL, u"SchannelDheNoSuchContext", kSchannelInterface);
  ask("unknown-table", 7, kContext, kSchannelInterface);
  ask("unknown-interface", CRYPT_LOCAL, kContext, 0x0001ffff);
  ask("domain-table", CRYPT_DOMAIN, kContext, kSchannelInterface);

  answers.push_back(
      {"no-size", functions.Ask(CRYPT_LOCAL, kContext, kSchannelInterface, nullptr, nullptr), 0});
  ULONG size = 0;
  NTSTATUS status = functions.Ask(CRYPT_LOCAL, kContext, kSchannelInterface, &size, nullptr);
  answers.push_back({"size-alone", status, size});
  CRYPT_CONTEXT_FUNCTIONS small{};
  PCRYPT_CONTEXT_FUNCTIONS block = &small;
  size = 1;
  status = functions.Ask(CRYPT_LOCAL, kContext, kSchannelInterface, &size, &block);
  answers.push_back({"buffer-too-small", status, size});
  return answers;
}

}  // namespace schannel_dhe
