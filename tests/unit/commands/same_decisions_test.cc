// SPDX-License-Identifier: Apache-2.0
#include "compiler/commands/same_decisions.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/unit/commands/compiled.h"

namespace mcplexer::commands {
namespace {

bool Same(const std::string& a, const std::string& b) {
  const std::string head = "server s { command = [\"x\"] }\nworkspace w { root = \"/w\"\n";
  return SameDecisions(*Compiled(head + a + "\n}"), *Compiled(head + b + "\n}"));
}

TEST(SameDecisionsTest, PlacesAndCommentsChangeNone) {
  EXPECT_TRUE(Same("allow s__a\n deny s__b", "// now\n\nallow s__a  // here\n\n   deny s__b"));
}

TEST(SameDecisionsTest, WhateverElseIsInThePlanDoes) {
  const std::string before = "allow s__a because \"x\" as r";
  EXPECT_TRUE(Same(before, before));
  for (const char* after :
       {"deny s__a because \"x\" as r", "allow s__b because \"x\" as r",
        "allow s__a because \"y\" as r", "allow s__a because \"x\" as q",
        "allow s__a priority 7 because \"x\" as r", "allow s__a in \"x\" because \"x\" as r",
        "allow s__a because \"x\" as r  deny s__b", "approve s__a because \"x\" as r", ""}) {
    EXPECT_FALSE(Same(before, after)) << after;
  }
}

TEST(SameDecisionsTest, NothingIsKnownOfWhatDoesNotCompile) {
  EXPECT_FALSE(Same("allow nobody__a", "allow nobody__a"));
}

}  // namespace
}  // namespace mcplexer::commands
