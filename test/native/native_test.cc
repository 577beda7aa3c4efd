// The C++ core on Linux under AddressSanitizer and UndefinedBehaviorSanitizer.
#include <gtest/gtest.h>

#include <functional>

#include "../../native/context_functions.h"
#include "../../native/contract_probe.h"
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

TEST_F(NativeTest, ALockIsHadWaitedForInVainOrInheritedFromTheDead) {
  EXPECT_TRUE(AcquireMachineLock(0));
  fake.wait_answer = WAIT_TIMEOUT;
  EXPECT_FALSE(AcquireMachineLock(0));
  fake.wait_answer = WAIT_ABANDONED;
  EXPECT_TRUE(AcquireMachineLock(0));
}

TEST_F(NativeTest, ElevationAndUptime) {
  EXPECT_TRUE(IsElevated());
  fake.is_elevated = false;
  EXPECT_FALSE(IsElevated());
  EXPECT_EQ(Uptime(), 5000);
}
