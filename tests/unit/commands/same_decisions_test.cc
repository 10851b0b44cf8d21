// SPDX-License-Identifier: Apache-2.0
#include "compiler/commands/same_decisions.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/unit/commands/compiled.h"

namespace mcplexer::commands {
namespace {

Sameness Compared(const std::string& a, const std::string& b) {
  const std::string head = "server s { command = [\"x\"] }\nworkspace w { root = \"/w\"\n";
  return SameDecisions(*Compiled(head + a + "\n}"), *Compiled(head + b + "\n}"));
}

bool Same(const std::string& a, const std::string& b) { return Compared(a, b) == Sameness::kSame; }

TEST(SameDecisionsTest, PlacesAndCommentsChangeNone) {
  EXPECT_TRUE(Same("allow s__a\n deny s__b", "// now\n\nallow s__a  // here\n\n   deny s__b"));
}

TEST(SameDecisionsTest, WhatIsCitedChangesNone) {
  const std::string before = "allow s__a because \"x\" as r";
  for (const char* after :
       {"allow s__a because \"y\" as r", "allow s__a because \"x\" as q",
        "allow s__a priority 7 as r", "allow s__a as r allow s__a", "allow s__a as r deny s__b",
        "allow s__{a,a}", "allow s__a in \"**\""}) {
    EXPECT_TRUE(Same(before, after)) << after;
  }
}

TEST(SameDecisionsTest, WhateverElseIsSaidDoes) {
  const std::string before = "allow s__a as r";
  EXPECT_TRUE(Same(before, before));
  for (const char* after :
       {"deny s__a as r", "allow s__b as r", "allow s__a in \"x\" as r",
        "allow s__a as r deny s__a when arg.n == 1", "approve s__a as r", "allow s__* as r", ""}) {
    EXPECT_EQ(Compared(before, after), Sameness::kDifferent) << after;
  }
}

TEST(SameDecisionsTest, DeclarationsCountWhetherOrNotACallIsConcerned) {
  const auto with = [](const std::string& attribute) {
    return Compiled("server s {\n  command = [\"x\"]\n  " + attribute +
                    "\n}\nworkspace w { root = \"/w\" }\n");
  };
  EXPECT_EQ(SameDecisions(*with(""), *with("")), Sameness::kSame);
  for (const char* attribute : {"on_drift = warn", "call_timeout = 1s", "env = { A = \"b\" }"}) {
    EXPECT_EQ(SameDecisions(*with(""), *with(attribute)), Sameness::kDifferent) << attribute;
  }
}

TEST(SameDecisionsTest, WhatCannotBeSettledIsNotTheSame) {
  // The same, but the solver does not look into two arguments that are compared with each other.
  EXPECT_EQ(Compared("allow s__a when arg.a == arg.b", "allow s__a when arg.b == arg.a"),
            Sameness::kUnknown);
}

TEST(SameDecisionsTest, NothingIsKnownOfWhatDoesNotCompile) {
  EXPECT_FALSE(Same("allow nobody__a", "allow nobody__a"));
}

}  // namespace
}  // namespace mcplexer::commands
