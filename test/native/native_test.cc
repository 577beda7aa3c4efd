// The C++ core on Linux under AddressSanitizer and UndefinedBehaviorSanitizer. Ends with "N passed, N failed".
#include <cstdio>
#include <functional>

#include "../../native/context_functions.h"
#include "../../native/contract_probe.h"
#include "../../native/file_replacement.h"
#include "../../native/machine_lock.h"
#include "../../native/registry.h"
#include "../../native/state_store.h"
#include "../../native/system_failure.h"
#include "../../native/system_state.h"
#include "fake_windows.h"

using namespace schannel_dhe;

static int passed = 0, failed = 0;

static void Test(const char* name, const std::function<bool()>& body) {
  fake = {};
  bool ok = false;
  try {
    ok = body();
  } catch (const SystemFailure& failure) {
    std::printf("%s answered 0x%08X\n", failure.function, failure.code);
  }
  // Whatever was handed out was given back.
  ok = ok && fake.open == 0;
  ok ? ++passed : ++failed;
  if (!ok) std::printf("FAILED: %s (%d still open)\n", name, fake.open);
}

static bool Fails(SystemFailure::Kind kind, uint32_t code, const std::function<void()>& body) {
  try {
    body();
  } catch (const SystemFailure& failure) {
    return failure.kind == kind && failure.code == code;
  }
  return false;
}

int main() {
  const Text key = u"SOFTWARE\\Key";
  Test("names come in their order", [] {
    fake.functions = {u"B", u"A", u"日本"};
    return ContextFunctions().Enumerate() == std::vector<Text>{u"B", u"A", u"日本"};
  });
  Test("an empty list has no array", [] { return ContextFunctions().Enumerate().empty(); });
  Test("an array with a hole is passed over", [] {
    fake.functions = {u"B", u"A"};
    fake.has_hole = true;
    return ContextFunctions().Enumerate() == std::vector<Text>{u"A"};
  });
  Test("nothing configured is an empty list", [] {
    fake.status = static_cast<NTSTATUS>(0xC0000225);
    return ContextFunctions().Enumerate().empty() && !ContextFunctions().Remove(u"A");
  });
  Test("any other status is a failure", [] {
    fake.status = static_cast<NTSTATUS>(0xC0000022);
    const ContextFunctions functions;
    const auto kind = SystemFailure::Kind::kNtStatus;
    return Fails(kind, 0xC0000022, [&] { functions.Enumerate(); }) &&
           Fails(kind, 0xC0000022, [&] { functions.Remove(u"A"); }) &&
           Fails(kind, 0xC0000022, [&] { functions.Add(u"A", 0); });
  });
  Test("removal tells what was there", [] {
    fake.functions = {u"B"};
    const ContextFunctions functions;
    return functions.Remove(u"B") && !functions.Remove(u"B");
  });
  Test("the probe gives every block back", [] {
    fake.functions = {u"B"};
    return ProbeContract(ContextFunctions()).size() == 8;
  });
  Test("a value that grows between two calls is read whole", [&] {
    fake.keys[key][u"V"] = {3, std::vector<BYTE>(5000, 7)};
    fake.growth = 3000;
    fake.growths = 4;
    const auto value = ReadValue(*OpenKey(key, KEY_QUERY_VALUE), u"V");
    return value && value->type == 3 && value->data.size() == 17000;
  });
  Test("an empty value is a value", [&] {
    fake.keys[key][u"V"] = {1, {}};
    const auto value = ReadValue(*OpenKey(key, KEY_QUERY_VALUE), u"V");
    return value && value->data.empty();
  });
  Test("absence is no failure", [&] {
    fake.keys[key];
    return !OpenKey(u"No", KEY_QUERY_VALUE) && !ReadValue(*OpenKey(key, KEY_QUERY_VALUE), u"V") && !KeyWriteTime(u"No");
  });
  Test("write times count from 1970", [&] {
    fake.keys[key];
    return KeyWriteTime(key) == 1609459200000.0;
  });
  Test("states are written, flushed, read, listed and deleted", [] {
    WriteState(u"b", u"日本");
    WriteState(u"a", u"");
    return ReadState(u"b") == u"日本" && ReadState(u"a") == u"" && !ReadState(u"c") && ListStates().size() == 2 &&
           DeleteState(u"a") && !DeleteState(u"a") && fake.flushes == 3;
  });
  Test("a state without its NUL, with an odd byte, or of another type", [] {
    auto& values = fake.keys[u"SOFTWARE\\SchannelDhe"];
    values[u"open"] = {1, {'a', 0, 'b', 0}};
    values[u"odd"] = {1, {'a', 0, 'b'}};
    values[u"number"] = {4, {1, 0, 0, 0}};
    return ReadState(u"open") == u"ab" && ReadState(u"odd") == u"a" &&
           Fails(SystemFailure::Kind::kWin32, 13, [] { ReadState(u"number"); });
  });
  Test("a lock is had, and given back", [] {
    if (!AcquireMachineLock(0)) return false;
    const auto again = AcquireMachineLock(0);
    return again && !AcquireMachineLock(0);
  });
  const auto hold_by_another = [] { fake.names = {u"SchannelDheChange|administrators|SchannelDheChange"}; };
  Test("a lock that another administrator or SYSTEM holds is waited for, in vain or not", [&] {
    hold_by_another();
    if (AcquireMachineLock(0) || fake.now != 5000) return false;
    if (AcquireMachineLock(120) || fake.now != 5120) return false;
    fake.released_at = 5300;
    return AcquireMachineLock(600'000) && fake.now >= 5300 && fake.now < 5400;
  });
  Test("an ordinary user can neither hold the lock nor stand in its place", [] {
    fake.names = {u"SchannelDheChange|user|SchannelDheChange", u"SchannelDheChange", u"Global\\SchannelDheChange"};
    if (!AcquireMachineLock(0)) return false;
    fake.is_administrator = false;
    return Fails(SystemFailure::Kind::kWin32, ERROR_ACCESS_DENIED, [] { AcquireMachineLock(600'000); });
  });
  Test("without private namespaces a name is the lock", [] {
    fake.has_namespaces = false;
    if (!AcquireMachineLock(0)) return false;
    fake.names = {u"Global\\SchannelDheChange"};
    return !AcquireMachineLock(100);
  });
  const auto with_files = [](const Text& owner) {
    fake.files = {{u"file", {u"old", owner}}, {u"draft", {u"new"}}};
  };
  Test("a file is replaced with its owner kept, and the old one kept or not", [&] {
    with_files(u"SYSTEM");
    ReplaceFileKeeping(u"file", u"draft", u"kept");
    if (fake.files[u"file"].content != u"new" || fake.files[u"file"].owner != u"SYSTEM") return false;
    if (fake.files[u"kept"].content != u"old" || fake.files.size() != 2 || fake.is_privileged) return false;
    with_files(u"me");
    ReplaceFileKeeping(u"file", u"draft", std::nullopt);
    return fake.files.size() == 1 && fake.files[u"file"].content == u"new";
  });
  Test("a file keeps its attributes, but those of how it is stored", [&] {
    with_files(u"me");
    fake.files[u"file"].attributes = FILE_ATTRIBUTE_HIDDEN | FILE_ATTRIBUTE_SYSTEM | FILE_ATTRIBUTE_COMPRESSED;
    ReplaceFileKeeping(u"file", u"draft", std::nullopt);
    if (fake.files[u"file"].attributes != (FILE_ATTRIBUTE_HIDDEN | FILE_ATTRIBUTE_SYSTEM)) return false;
    with_files(u"me");
    ReplaceFileKeeping(u"file", u"draft", std::nullopt);
    return fake.files[u"file"].attributes == FILE_ATTRIBUTE_NORMAL;
  });
  Test("a file that cannot be replaced, or whose owner cannot be kept, is the old one still", [&] {
    const auto is_old = [] { return fake.files.size() == 2 && fake.files[u"file"].content == u"old"; };
    const auto replace = [] { ReplaceFileKeeping(u"file", u"draft", u"kept"); };
    with_files(u"SYSTEM");
    fake.may_give_away = false;
    if (!Fails(SystemFailure::Kind::kWin32, 1307, replace) || !is_old()) return false;
    with_files(u"me");
    for (const DWORD error : {DWORD{ERROR_ACCESS_DENIED}, DWORD{ERROR_UNABLE_TO_MOVE_REPLACEMENT_2}}) {
      fake.replace_error = error;
      if (!Fails(SystemFailure::Kind::kWin32, error, replace) || !is_old()) return false;
    }
    fake.files.clear();
    return Fails(SystemFailure::Kind::kWin32, 2, replace);
  });
  Test("elevation and uptime", [] {
    if (!IsElevated()) return false;
    fake.is_elevated = false;
    return !IsElevated() && Uptime() == 5000;
  });
  std::printf("%d passed, %d failed\n", passed, failed);
  return failed == 0 ? 0 : 1;
}
