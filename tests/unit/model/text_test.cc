// SPDX-License-Identifier: Apache-2.0
// `${..}` in texts, and conditions as text.
#include <gtest/gtest.h>

#include <string>

#include "compiler/model/attributes.h"
#include "compiler/model/names.h"
#include "compiler/model/references.h"
#include "compiler/model/values.h"
#include "tests/unit/model/lowered.h"

namespace mcplexer::model {
namespace {

std::string Split(std::string_view text) {
  const auto pieces = SplitReferences(text);
  if (!pieces) return "error at " + std::to_string(pieces.error().offset);
  std::string out;
  for (const TextPiece& piece : *pieces)
    out += piece.reference ? "<" + piece.text + ">" : piece.text;
  return out;
}

TEST(TextTest, ReferencesAreSplitOff) {
  EXPECT_EQ(Split(""), "");
  EXPECT_EQ(Split("plain"), "plain");
  EXPECT_EQ(Split("a ${b} c"), "a <b> c");
  EXPECT_EQ(Split("${a}${b}"), "<a><b>");
  EXPECT_EQ(Split("$ $x $"), "$ $x $");
  EXPECT_EQ(Split("$${a}"), "${a}");
  EXPECT_EQ(Split("$$ $$${a} ${b}"), "$$ $${a} <b>");
  EXPECT_EQ(Split("x ${a"), "error at 2");
}

TEST(TextTest, UnescapingAgreesWithSplitting) {
  for (const char* text : {"", "plain", "$", "$$", "$$$", "$${", "a$${b}$${c", "$$${x"}) {
    const auto pieces = SplitReferences(text);
    ASSERT_TRUE(pieces) << text;
    std::string joined;
    for (const TextPiece& piece : *pieces) joined += piece.text;
    EXPECT_EQ(Unescaped(text), joined) << text;
  }
}

TEST(TextTest, Names) {
  for (const char* name : {"a", "A-b_9", "_x", "9", "0-a"}) EXPECT_TRUE(IsName(name)) << name;
  for (const char* name : {"", "-a", "a.b", "a#1", "a b", "a/b", "\xC3\xA4"}) {
    EXPECT_FALSE(IsName(name)) << name;
  }
  EXPECT_TRUE(IsName(std::string(128, 'a')));
  EXPECT_FALSE(IsName(std::string(129, 'a')));
}

std::string ConditionOf(const std::string& condition) {
  const auto lowered = LowerText(
      "server s { command = [\"s\"] }\n"
      "workspace w { root = \"/\" tags = { t: \"\", \"odd key\": \"\" }\n"
      "  allow s__a when " +
      condition + "\n}\n");
  EXPECT_TRUE(lowered->findings.empty()) << condition << ": " << lowered->findings[0];
  return lowered->policy.conditions.empty() ? "" : lowered->policy.conditions[0].text;
}

TEST(TextTest, ConditionsAreShownWithTheParenthesesTheyNeed) {
  for (const char* same : {
           "arg.a == 1",
           "arg.a? != \"x\\\"\\\\\"",
           "arg[\"odd key\"][0].b-c >= -1.5e3",
           "not arg.a == 1",
           "arg.a == 1 and arg.b == 2 or arg.c == 3",
           "arg.a == 1 and (arg.b == 2 or arg.c == 3)",
           "not (arg.a == 1 and has arg.b)",
           "not not has arg.b",
           "all arg.x[*].y in [1, \"b\", null, true]",
           "any arg.x[*] like \"*.md\"",
           "size(arg.a) < 3",
           "arg.a matches re\"a\\.b\\\"\"",
           "arg.a under \"src\"",
           "workspace.tags.t == \"x\"",
           "workspace.tags[\"odd key\"] == session.client",
           "session.model == \"m\"",
       }) {
    EXPECT_EQ(ConditionOf(same), same);
  }
  EXPECT_EQ(ConditionOf("((arg.a == 1)   and ((has arg.b)))"), "arg.a == 1 and has arg.b");
  EXPECT_EQ(ConditionOf("arg.a matches \"x\""), "arg.a matches \"x\"");
}

}  // namespace
}  // namespace mcplexer::model
