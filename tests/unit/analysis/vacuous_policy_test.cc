// SPDX-License-Identifier: Apache-2.0
// Random small policies are said to allow everything or nothing exactly when trying all calls says
// so.
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "compiler/analysis/ambiguity.h"
#include "compiler/analysis/checks/checks.h"
#include "tests/unit/analysis/analysed.h"
#include "tests/unit/analysis/small_world.h"

namespace mcplexer::analysis {
namespace {

using Verdict = reference::Outcome::Verdict;

// The small world's calls, and of each other kind one, of which no rule there speaks.
std::vector<reference::Call> CallsOfAllKinds() {
  std::vector<reference::Call> calls = AllCalls();
  for (const char* directory : {"/w", "/w/i"}) {
    reference::Call call;
    call.directory = directory;
    call.principal = PrincipalId(0u);
    call.kind = model::CallKind::kPrompt;
    call.name = "s__x";
    calls.push_back(call);
    call.kind = model::CallKind::kResource;
    call.name = "x";
    call.server = ServerId(0u);
    calls.push_back(call);
  }
  return calls;
}

TEST(VacuousPolicyTest, AgreesWithAllCallsOfASmallWorld) {
  std::mt19937 random(17);
  size_t nothing = 0, everything = 0, neither = 0;
  for (int round = 0; round < Rounds(150); ++round) {
    const std::string text = RandomWorld(random, {.outer = 2, .inner = 1});
    SCOPED_TRACE(text);
    const Analysed world = Analyse(text);
    if (!FindAmbiguities(*world.search).empty()) continue;
    bool some_allowed = false, some_denied = false;
    const reference::Interpreter interpreter(world.policy(), "/home");
    for (const reference::Call& call : CallsOfAllKinds()) {
      const Verdict verdict = interpreter.Decide(call).verdict;
      some_allowed = some_allowed || verdict != Verdict::kDeny;
      some_denied = some_denied || verdict != Verdict::kAllow;
    }
    const std::vector<syntax::File> no_files;
    source::Diagnostics diagnostics;
    CheckVacuousPolicy({*world.search, no_files, world.lowered->sources}, diagnostics);
    // An allow in vain is a finding of its own, and the reason.
    const auto reaches = ComputeReachability(*world.search);
    bool in_vain = false;
    for (size_t r = 0; r < reaches.size(); ++r) {
      const bool decides =
          reaches[r].kind == Reach::Kind::kDecides || reaches[r].kind == Reach::Kind::kUnneeded;
      in_vain = in_vain || (!decides && world.policy().rules[r].effect != model::Effect::kDeny);
    }
    const bool expected = some_allowed ? !some_denied : !in_vain;
    ASSERT_EQ(!diagnostics.all().empty(), expected);
    if (diagnostics.all().empty()) {
      ++neither;
      continue;
    }
    const bool says_nothing =
        diagnostics.all().front().message.starts_with("nothing is ever allow");
    EXPECT_EQ(says_nothing, !some_allowed);
    ++(says_nothing ? nothing : everything);
  }
  EXPECT_GT(nothing, 1u);
  EXPECT_GT(everything, 2u);
  EXPECT_GT(neither, 50u);
}

}  // namespace
}  // namespace mcplexer::analysis
