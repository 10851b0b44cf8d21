// SPDX-License-Identifier: Apache-2.0
// Patterns of random lists are found to lie within others exactly when all short names say so.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "compiler/analysis/checks/checks.h"
#include "tests/unit/analysis/analysed.h"
#include "tests/unit/analysis/small_world.h"

namespace mcplexer::analysis {
namespace {

// The names that one pattern matches, of those that can tell such patterns apart.
std::vector<bool> Matched(const model::Policy& policy, size_t pattern) {
  model::Policy only = policy;
  only.rules.front().names = {policy.rules.front().names[pattern]};
  const reference::Interpreter interpreter(only, "/home");
  std::vector<bool> matched;
  for (const std::string& name : AllTexts("abc", 4)) {
    reference::Call call;
    call.name = "s__" + name;
    call.directory = "/w";
    call.principal = PrincipalId(0u);
    matched.push_back(!interpreter.Decide(call).rules.empty());
  }
  return matched;
}

bool IsWithin(const std::vector<bool>& a, const std::vector<bool>& b) {
  for (size_t c = 0; c < a.size(); ++c) {
    if (a[c] && !b[c]) return false;
  }
  return true;
}

TEST(SwallowedPatternTest, AgreesWithAllShortNames) {
  std::mt19937 random(23);
  size_t swallowed = 0, kept = 0;
  for (int round = 0; round < Rounds(60); ++round) {
    std::string text = "server s { command = [\"s\"] }\nworkspace w {\n  root = \"/w\"\n  allow ";
    const size_t count = 2 + random() % 4;
    for (size_t i = 0; i < count; ++i) {
      text += (i == 0 ? "" : ", ") +
              Pick(random, {"s__a*", "s__*b", "s__a", "s__ab", "s__{a,b}*", "s__?b", "s__a?b",
                            "re\"s__(?:a|ab)\"", "re\"s__a+b*\"", "s__*a*", "s__[ab]"});
    }
    text += "\n}\n";
    SCOPED_TRACE(text);
    const Analysed world = Analyse(text);
    const std::vector<syntax::File> no_files;
    source::Diagnostics diagnostics;
    CheckSwallowedPatterns({*world.search, no_files, world.lowered->sources}, diagnostics);

    const auto& names = world.policy().rules.front().names;
    ASSERT_EQ(names.size(), count);
    std::vector<std::vector<bool>> matched;
    for (size_t i = 0; i < count; ++i) matched.push_back(Matched(world.policy(), i));
    for (size_t i = 0; i < count; ++i) {
      bool expected = false;
      for (size_t j = 0; j < count; ++j) {
        if (i == j || !IsWithin(matched[i], matched[j])) continue;
        // Of equals the first is kept.
        expected = expected || j < i || !IsWithin(matched[j], matched[i]);
      }
      const auto& all = diagnostics.all();
      const bool found = std::ranges::any_of(all, [&](const source::Diagnostic& diagnostic) {
        return diagnostic.primary.span == names[i].span;
      });
      EXPECT_EQ(found, expected) << names[i].text;
      ++(expected ? swallowed : kept);
    }
  }
  EXPECT_GT(swallowed, 20u);
  EXPECT_GT(kept, 20u);
}

}  // namespace
}  // namespace mcplexer::analysis
