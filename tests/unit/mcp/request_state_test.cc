// SPDX-License-Identifier: Apache-2.0
#include "runtime/mcp/request_state.h"

#include <gtest/gtest.h>

#include "tests/unit/transport/manual_timers.h"

namespace mcplexer::mcp {
namespace {

using std::chrono::minutes;

TEST(RequestStatesTest, AreGoodForTheirPurposeAndAWhile) {
  transport::ManualTimers timers;
  const RequestStates states(timers);
  const std::string sealed = states.Seal("call a", "in.ner\n\"state\"");
  EXPECT_TRUE(RequestStates::IsSealed(sealed));
  EXPECT_EQ(states.Open("call a", sealed), "in.ner\n\"state\"");
  EXPECT_EQ(states.Open("call b", sealed), std::nullopt);
  EXPECT_EQ(RequestStates(timers).Open("call a", sealed), std::nullopt);
  for (size_t at = 0; at < sealed.size(); ++at) {
    std::string changed = sealed;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    EXPECT_EQ(states.Open("call a", changed), std::nullopt) << at;
    EXPECT_EQ(states.Open("call a", sealed.substr(0, at)), std::nullopt) << at;
  }
  timers.Advance(minutes(61));
  EXPECT_EQ(states.Open("call a", sealed), std::nullopt);
  EXPECT_EQ(states.Open("call a", states.Seal("call a", "")), "");
}

}  // namespace
}  // namespace mcplexer::mcp
