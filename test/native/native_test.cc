// The C++ core on Linux under AddressSanitizer and UndefinedBehaviorSanitizer.
#include <gtest/gtest.h>

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

class NativeTest : public testing::Test {
 protected:
  void SetUp() override { fake = {}; }
  // Whatever was handed out was given back.
  void TearDown() override { EXPECT_EQ(fake.open, 0); }

  const Text key = u"SOFTWARE\\Key";
};

static void ExpectFailure(SystemFailure::Kind kind, uint32_t code, const std::function<void()>& body) {
  try {
    body();
  } catch (const SystemFailure& failure) {
    EXPECT_EQ(failure.kind, kind);
    EXPECT_EQ(failure.code, code);
    return;
  }
  FAIL() << "nothing failed";
}

TEST_F(NativeTest, NamesComeInTheirOrder) {
  fake.functions = {u"B", u"A", u"日本"};
  EXPECT_EQ(ContextFunctions().Enumerate(), (std::vector<Text>{u"B", u"A", u"日本"}));
}

TEST_F(NativeTest, AnEmptyListHasNoArray) { EXPECT_TRUE(ContextFunctions().Enumerate().empty()); }

TEST_F(NativeTest, AnArrayWithAHoleIsPassedOver) {
  fake.functions = {u"B", u"A"};
  fake.has_hole = true;
  EXPECT_EQ(ContextFunctions().Enumerate(), std::vector<Text>{u"A"});
}

TEST_F(NativeTest, NothingConfiguredIsAnEmptyList) {
  fake.status = static_cast<NTSTATUS>(0xC0000225);
  EXPECT_TRUE(ContextFunctions().Enumerate().empty());
  EXPECT_FALSE(ContextFunctions().Remove(u"A"));
}

TEST_F(NativeTest, AnyOtherStatusIsAFailure) {
  fake.status = static_cast<NTSTATUS>(0xC0000022);
  const ContextFunctions functions;
  const auto kind = SystemFailure::Kind::kNtStatus;
  ExpectFailure(kind, 0xC0000022, [&] { functions.Enumerate(); });
  ExpectFailure(kind, 0xC0000022, [&] { functions.Remove(u"A"); });
  ExpectFailure(kind, 0xC0000022, [&] { functions.Add(u"A", 0); });
}

TEST_F(NativeTest, RemovalTellsWhatWasThere) {
  fake.functions = {u"B"};
  const ContextFunctions functions;
  EXPECT_TRUE(functions.Remove(u"B"));
  EXPECT_FALSE(functions.Remove(u"B"));
}

TEST_F(NativeTest, TheProbeGivesEveryBlockBack) {
  fake.functions = {u"B"};
  EXPECT_EQ(ProbeContract(ContextFunctions()).size(), 8u);
}

TEST_F(NativeTest, AValueThatGrowsBetweenTwoCallsIsReadWhole) {
  fake.keys[key][u"V"] = {3, std::vector<BYTE>(5000, 7)};
  fake.growth = 3000;
  fake.growths = 4;
  const auto value = ReadValue(*OpenKey(key, KEY_QUERY_VALUE), u"V");
  ASSERT_TRUE(value);
  EXPECT_EQ(value->type, 3u);
  EXPECT_EQ(value->data.size(), 17000u);
}

TEST_F(NativeTest, AnEmptyValueIsAValue) {
  fake.keys[key][u"V"] = {1, {}};
  const auto value = ReadValue(*OpenKey(key, KEY_QUERY_VALUE), u"V");
  ASSERT_TRUE(value);
  EXPECT_TRUE(value->data.empty());
}

TEST_F(NativeTest, AbsenceIsNoFailure) {
  fake.keys[key];
  EXPECT_FALSE(OpenKey(u"No", KEY_QUERY_VALUE));
  EXPECT_FALSE(ReadValue(*OpenKey(key, KEY_QUERY_VALUE), u"V"));
  EXPECT_FALSE(KeyWriteTime(u"No"));
}

TEST_F(NativeTest, WriteTimesCountFrom1970) {
  fake.keys[key];
  EXPECT_EQ(KeyWriteTime(key), 1609459200000.0);
}

TEST_F(NativeTest, StatesAreWrittenFlushedReadListedAndDeleted) {
  WriteState(u"b", u"日本");
  WriteState(u"a", u"");
  EXPECT_EQ(ReadState(u"b"), u"日本");
  EXPECT_EQ(ReadState(u"a"), u"");
  EXPECT_FALSE(ReadState(u"c"));
  EXPECT_EQ(ListStates().size(), 2u);
  EXPECT_TRUE(DeleteState(u"a"));
  EXPECT_FALSE(DeleteState(u"a"));
  EXPECT_EQ(fake.flushes, 3);
}

TEST_F(NativeTest, AStateWithoutItsNulWithAnOddByteOrOfAnotherType) {
  auto& values = fake.keys[u"SOFTWARE\\SchannelDhe"];
  values[u"open"] = {1, {'a', 0, 'b', 0}};
  values[u"odd"] = {1, {'a', 0, 'b'}};
  values[u"number"] = {4, {1, 0, 0, 0}};
  EXPECT_EQ(ReadState(u"open"), u"ab");
  EXPECT_EQ(ReadState(u"odd"), u"a");
  ExpectFailure(SystemFailure::Kind::kWin32, 13, [] { ReadState(u"number"); });
}

TEST_F(NativeTest, ALockIsHadAndGivenBack) {
  EXPECT_TRUE(AcquireMachineLock(0));
  const auto again = AcquireMachineLock(0);
  EXPECT_TRUE(again);
  EXPECT_FALSE(AcquireMachineLock(0));
}

TEST_F(NativeTest, ALockThatAnotherAdministratorOrSystemHoldsIsWaitedFor) {
  fake.names = {u"SchannelDheChange|administrators|SchannelDheChange"};
  EXPECT_FALSE(AcquireMachineLock(0));
  EXPECT_EQ(fake.now, 5000);
  EXPECT_FALSE(AcquireMachineLock(120));
  EXPECT_EQ(fake.now, 5120);
  fake.released_at = 5300;
  EXPECT_TRUE(AcquireMachineLock(600'000));
  EXPECT_GE(fake.now, 5300);
  EXPECT_LT(fake.now, 5400);
}

TEST_F(NativeTest, AnOrdinaryUserCanNeitherHoldTheLockNorStandInItsPlace) {
  fake.names = {u"SchannelDheChange|user|SchannelDheChange", u"SchannelDheChange", u"Global\\SchannelDheChange"};
  EXPECT_TRUE(AcquireMachineLock(0));
  fake.is_administrator = false;
  ExpectFailure(SystemFailure::Kind::kWin32, ERROR_ACCESS_DENIED, [] { AcquireMachineLock(600'000); });
}

TEST_F(NativeTest, WithoutPrivateNamespacesANameIsTheLock) {
  fake.has_namespaces = false;
  EXPECT_TRUE(AcquireMachineLock(0));
  fake.names = {u"Global\\SchannelDheChange"};
  EXPECT_FALSE(AcquireMachineLock(100));
}

static void WithFiles(const Text& owner) { fake.files = {{u"file", {u"old", owner}}, {u"draft", {u"new"}}}; }

TEST_F(NativeTest, AFileIsReplacedWithItsOwnerKeptAndTheOldOneKeptOrNot) {
  WithFiles(u"SYSTEM");
  ReplaceFileKeeping(u"file", u"draft", u"kept");
  EXPECT_EQ(fake.files[u"file"].content, u"new");
  EXPECT_EQ(fake.files[u"file"].owner, u"SYSTEM");
  EXPECT_EQ(fake.files[u"kept"].content, u"old");
  EXPECT_EQ(fake.files.size(), 2u);
  EXPECT_FALSE(fake.is_privileged);
  WithFiles(u"me");
  ReplaceFileKeeping(u"file", u"draft", std::nullopt);
  EXPECT_EQ(fake.files.size(), 1u);
  EXPECT_EQ(fake.files[u"file"].content, u"new");
}

TEST_F(NativeTest, AFileKeepsItsAttributesButThoseOfHowItIsStored) {
  WithFiles(u"me");
  fake.files[u"file"].attributes = FILE_ATTRIBUTE_HIDDEN | FILE_ATTRIBUTE_SYSTEM | FILE_ATTRIBUTE_COMPRESSED;
  ReplaceFileKeeping(u"file", u"draft", std::nullopt);
  EXPECT_EQ(fake.files[u"file"].attributes, static_cast<DWORD>(FILE_ATTRIBUTE_HIDDEN | FILE_ATTRIBUTE_SYSTEM));
  WithFiles(u"me");
  ReplaceFileKeeping(u"file", u"draft", std::nullopt);
  EXPECT_EQ(fake.files[u"file"].attributes, static_cast<DWORD>(FILE_ATTRIBUTE_NORMAL));
}

TEST_F(NativeTest, AFileThatCannotBeReplacedOrWhoseOwnerCannotBeKeptIsTheOldOneStill) {
  const auto is_old = [] { return fake.files.size() == 2 && fake.files[u"file"].content == u"old"; };
  const auto replace = [] { ReplaceFileKeeping(u"file", u"draft", u"kept"); };
  const auto kind = SystemFailure::Kind::kWin32;
  WithFiles(u"SYSTEM");
  fake.may_give_away = false;
  ExpectFailure(kind, 1307, replace);
  EXPECT_TRUE(is_old());
  WithFiles(u"me");
  for (const DWORD error : {DWORD{ERROR_ACCESS_DENIED}, DWORD{ERROR_UNABLE_TO_MOVE_REPLACEMENT_2}}) {
    fake.replace_error = error;
    ExpectFailure(kind, error, replace);
    EXPECT_TRUE(is_old());
  }
  fake.files.clear();
  ExpectFailure(kind, 2, replace);
}

TEST_F(NativeTest, ElevationAndUptime) {
  EXPECT_TRUE(IsElevated());
  fake.is_elevated = false;
  EXPECT_FALSE(IsElevated());
  EXPECT_EQ(Uptime(), 5000);
}
