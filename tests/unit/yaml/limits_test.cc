// SPDX-License-Identifier: Apache-2.0
// Text that is meant to hurt, and text that is just large.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "compiler/yaml/document.h"
#include "tests/unit/yaml/parsed.h"

namespace mcplexer::yaml {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::StartsWith;

std::string Repeat(std::string_view piece, size_t times) {
  std::string text;
  for (size_t i = 0; i < times; ++i) text += piece;
  return text;
}

TEST(LimitsTest, DeepNestingIsAnErrorAtThePlaceItGoesTooDeep) {
  const std::vector<std::pair<std::string_view, std::string_view>> brackets = {
      {"[", "]"},    {"[a: ", "]"},   {"{a: ", "}"}, {"[\n", "\n]"},
      {"[[],", "]"}, {"{a: [", "]}"}, {"[a, ", "]"}};
  for (const auto& [piece, closing] : brackets) {
    const auto parsed = Parse("tests: " + Repeat(piece, 100'000) + Repeat(closing, 100'000));
    EXPECT_THAT(parsed->Findings(),
                ElementsAre(HasSubstr("E0105 values are nested more than 200 deep")))
        << piece;
  }
  EXPECT_THAT(Parse("tests: " + Repeat("[", 100'000) + Repeat("]", 100'000))->Findings(),
              ElementsAre(StartsWith("1:207 ")));
  EXPECT_THAT(Parse(Repeat("- ", 100'000))->Findings(), ElementsAre(StartsWith("1:401 E0105 ")));
}

TEST(LimitsTest, DeepNestingInAKeyIsAnErrorAtOnce) {
  for (const std::string_view piece : {"[", "{", "? ", "[? ", "{? "}) {
    EXPECT_THAT(Parse(Repeat(piece, 100'000))->Findings(), SizeIs(1)) << piece;
  }
}

TEST(LimitsTest, DeepIndentationIsAnError) {
  std::string text;
  for (size_t i = 0; i < 3'000; ++i) text += std::string(i, ' ') + "a:\n";
  EXPECT_THAT(Parse(text)->Findings(), ElementsAre(StartsWith("201:201 E0105 ")));
}

TEST(LimitsTest, NestingUpToTheLimitIsFine) {
  source::Limits limits;
  // tests, call list, call, arguments: six levels above `x`.
  const std::string text =
      "tests: [{name: t, in: /, calls: [{call: a__b, expect: deny, arguments: {x: " +
      Repeat("[", 194) + Repeat("]", 194) + "}}]}]\n";
  EXPECT_THAT(Parse(text, limits)->Findings(), IsEmpty());
  limits.nesting = 199;
  EXPECT_THAT(Parse(text, limits)->Findings(), ElementsAre(HasSubstr("E0105")));
}

// Each of these ends, in time in proportion to its length, with one finding or a handful.
TEST(LimitsTest, HostileRunsEndInAFinding) {
  for (const std::string_view piece :
       {": ", "a: ", "&a ",   "! ",     "!a",    "*a ", "'",  "\"",   "---\n", "%a\n",      "#",
        "\t", "a\n", "[]",    "{},",    "|\n",   ">\n", "a ", "\"\\", "a:\n",  "-\n",       "a,",
        "]",  "}",   "- a\n", "a: b\n", "? a\n", "-",   ":",  "?",    "!<",    "%TAG ! !\n"}) {
    const auto parsed = Parse(Repeat(piece, 50'000));
    EXPECT_LE(parsed->Findings().size(), source::Limits().errors_per_file + 1) << piece;
    EXPECT_TRUE(parsed->file.declarations.empty()) << piece;
    if (piece != "#" && piece != "\t") {
      EXPECT_THAT(parsed->Findings(), ::testing::Not(IsEmpty())) << piece;
    }
  }
}

TEST(LimitsTest, MemoryForOneBracketIsBounded) {
  const std::string text = "[" + Repeat("a,", kLookaheadBytes / 2 + 10'000) + "]\n";
  EXPECT_THAT(Parse(text)->Findings(), ElementsAre(HasSubstr("E0105 a single bracket or text")));
  const std::string scalar = "imports: [\"" + std::string(kLookaheadBytes + 10'000, 'x') + "\"]\n";
  EXPECT_THAT(Parse(scalar)->Findings(), ElementsAre(HasSubstr("E0105 a single bracket or text")));
}

TEST(LimitsTest, LongListsInBracketsAreFineBelowTheBound) {
  const auto parsed = Parse("imports: [" + Repeat("abcdefg, ", 50'000) + "]\n");
  EXPECT_THAT(parsed->Findings(), IsEmpty());
  EXPECT_THAT(parsed->file.declarations, SizeIs(50'000));
}

TEST(LimitsTest, LargeFilesAreRefused) {
  source::Limits limits;
  limits.file_bytes = 20;
  EXPECT_THAT(Parse("imports: [a, b, c, d]\n", limits)->Findings(),
              ElementsAre(HasSubstr("E0105")));
}

TEST(LimitsTest, ErrorsOfOneFileAreBounded) {
  source::Limits limits;
  limits.errors_per_file = 10;
  EXPECT_THAT(Parse("imports: [" + Repeat("\"\", ", 100) + "]\n", limits)->Findings(), SizeIs(10));
  std::string unknown;
  for (int i = 0; i < 100; ++i) unknown += fmt::format("zzzzzzzz{}: 1\n", i);
  EXPECT_THAT(Parse(unknown, limits)->Findings(), SizeIs(10));
  EXPECT_THAT(Parse(Repeat("tests: []\n", 100), limits)->Findings(), SizeIs(10));
}

TEST(LimitsTest, TenThousandRulesAreAllRead) {
  std::string text = "workspaces:\n  - {id: w, root_path: /w}\nroute_rules:\n";
  for (int i = 0; i < 10'000; ++i) {
    text += fmt::format(
        "  - id: r{0}\n    workspace_id: w\n    path_glob: \"src/{0}/**\"\n"
        "    tool_match: [\"github__get_{0}*\", \"linear__list_{0}\"]\n    policy: allow\n"
        "    auth_scope_id: s\n    priority: {0}\n    because: rule number {0}\n",
        i);
  }
  const auto parsed = Parse(text);
  EXPECT_THAT(parsed->Findings(), IsEmpty());
  const syntax::Declaration* rules = parsed->Find(syntax::Declaration::Kind::kRules, "w");
  ASSERT_NE(rules, nullptr);
  ASSERT_THAT(rules->body, SizeIs(10'000));
  EXPECT_EQ(rules->body[9'999].rule[0].id->text, "r9999");
  EXPECT_EQ(parsed->sources.position(parsed->id, rules->body[9'999].span.begin).line, 79'996u);
}

// Every place of a small policy with every piece of syntax put there: whatever comes of it, each
// place that is reported or kept lies in the file, and a file with an error is not a policy
// unnoticed.
TEST(LimitsTest, DamagedFilesGivePlacesInTheFile) {
  const std::string policy =
      "workspaces:\n  - id: w  # x\n    root_path: '~/w'\n    tags: {a: \"b\\t\"}\n"
      "route_rules:\n- workspace_id: w\n  policy: deny\n  tool_match: [a__b, \"*__c\"]\n"
      "  because: >-\n    one\n    two\n";
  ASSERT_THAT(Parse(policy)->Findings(), IsEmpty());
  size_t refused = 0;
  for (size_t at = 0; at <= policy.size(); ++at) {
    for (const std::string_view piece :
         {"", "\"", "'", "[", "}", ": ", "- ", "\n", " ", "~", "#"}) {
      std::string text = policy;
      text.replace(at, piece.empty() ? 1 : 0, piece);
      const auto parsed = Parse(text);
      const auto inside = [&](source::Span span) {
        return span.begin <= span.end && span.end <= text.size();
      };
      for (const source::Diagnostic& d : parsed->diagnostics.all()) {
        EXPECT_TRUE(inside(d.primary.span)) << text;
      }
      for (const syntax::Declaration& d : parsed->file.declarations) {
        EXPECT_TRUE(inside(d.span) && inside(d.name.span)) << text;
        for (const syntax::BodyItem& item : d.body) EXPECT_TRUE(inside(item.span)) << text;
      }
      refused += parsed->diagnostics.has_errors() ? 1 : 0;
    }
  }
  EXPECT_GT(refused, 1'000u);
}

}  // namespace
}  // namespace mcplexer::yaml
