// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/unit/syntax/parsed.h"

namespace mcplexer::syntax {
namespace {

size_t ErrorsOf(const std::string& text) { return Parsed(text).diagnostics.all().size(); }

TEST(RecoveryTest, TenMistakesAreTenErrors) {
  const Parsed parsed(
      "sever a { command = [\"x\"] }\n"
      "server b { command [\"x\"] }\n"
      "secret c == env(\"X\")\n"
      "tools d = [ a__*, ; ]\n"
      "workspace e {\n"
      "  root = \"~\"\n"
      "  allow using x\n"
      "  allow a__* usin x\n"
      "  allow a__* timeout soon\n"
      "  allow a__* when arg.x\n"
      "  allow a__* in src\n"
      "  alow a__*\n"
      "  deny ok__*\n"
      "}\n");
  std::vector<uint32_t> lines;
  for (const source::Diagnostic& diagnostic : parsed.diagnostics.all()) {
    lines.push_back(parsed.sources.position(parsed.file.id, diagnostic.primary.span.begin).line);
  }
  EXPECT_EQ(lines, (std::vector<uint32_t>{1, 2, 3, 4, 7, 8, 9, 11, 11, 12})) << parsed.errors();
}

TEST(RecoveryTest, AMisspeltKeywordIsPutRight) {
  const Parsed parsed(
      "wrkspace w { root = \"~\" alow a__* usng s as n }\ninvarint i { nevr allow a__* }");
  EXPECT_EQ(parsed.diagnostics.all().size(), 5u) << parsed.errors();
  EXPECT_EQ(parsed.help(), "did you mean `workspace`?");
  EXPECT_EQ(parsed.tree(),
            "workspace \"w\"\n  attribute \"root\" = \"~\"\n"
            "  rule allow tool\n    pattern glob \"a__*\"\n    using \"s\"\n    as \"n\"\n"
            "invariant \"i\"\n  never allow tool\n    pattern glob \"a__*\"\n");
}

TEST(RecoveryTest, AMissingBraceIsOneError) {
  EXPECT_EQ(Parsed("workspace a {\n  allow x__*\n\nserver s {\n  command = [\"x\"]\n}\n").errors(),
            "4:1: error[E0101]: found the declaration of a `server` inside of a block\n");
  EXPECT_EQ(Parsed("workspace a {\n in \"x\" {\n allow x__*\n").errors(),
            "2:2: error[E0101]: this block is never closed\n");
  EXPECT_EQ(
      Parsed(
          "workspace a {\n tags = { x: 1\n deny y__*\n allow x__*\n}\nserver s { command = 1 }\n")
          .errors(),
      "3:7: error[E0101]: found `y__*`, expected `:` or `=` after `deny`\n");
}

TEST(RecoveryTest, ASurplusBraceIsOneError) {
  EXPECT_EQ(Parsed("server s {}\n}\nserver t { x }").errors(),
            "2:1: error[E0101]: this `}` closes nothing\n"
            "3:14: error[E0101]: found `}`, expected `=` after `x`\n");
}

TEST(RecoveryTest, ABlockWithABadHeadIsStillChecked) {
  EXPECT_EQ(Parsed("workspace {\n allow a__*\n deny ;\n}\nserver s {}").errors(),
            "1:11: error[E0101]: found `{`, expected a name after `workspace`\n"
            "3:7: error[E0101]: found `;`, expected a pattern after `deny`\n");
}

TEST(RecoveryTest, RulesOutsideOfAWorkspaceAreOneError) {
  EXPECT_EQ(ErrorsOf("allow a__*\nallow b__*\ndeny c__*\nserver s {}"), 1u);
}

TEST(RecoveryTest, AMarkFromAnotherLanguageIsExplained) {
  EXPECT_EQ(Parsed("workspace w { allow a__* when has arg.x && has arg.y }").help(),
            "conditions are joined by `and`");
  EXPECT_EQ(Parsed("workspace w { allow a__* when !has arg.x }").help(),
            "a condition is negated by `not`");
  EXPECT_EQ(Parsed("workspace w { allow a__*; }").help(), "statements need nothing between them");
  EXPECT_EQ(Parsed("# comment\nserver s {}").help(), "comments begin with `//`");
  EXPECT_EQ(Parsed("server s { a = 'x' }").help(), "strings stand in double quotes");
  EXPECT_EQ(Parsed("server s { a: 1 }").help(), "attributes are written with `=`");
  EXPECT_EQ(Parsed("workspace w { in src/** { } }").help(),
            "paths stand in quotes: `in \"src/**\"`");
  EXPECT_EQ(Parsed("workspace w { deny docs/** }").help(),
            "if it is meant as a path or a pattern, put that in quotes");
  EXPECT_EQ(Parsed("workspace w { deny import }").help(),
            "as a pattern, a keyword stands in quotes: `\"import\"`");
  EXPECT_EQ(Parsed("workspace w { deny a__[b c] }").help(),
            "the bracket is never closed; a pattern with white space in it needs quotes");
}

TEST(RecoveryTest, UnclosedStringsAndCommentsAreShownWhereTheyBegin) {
  EXPECT_EQ(Parsed("server s { a = \"x\n b = 1 }\nserver t { ; }").errors(),
            "1:16: error[E0101]: this string is not closed on its line\n"
            "3:12: error[E0101]: found `;`, expected an attribute `key = value` or `}`\n");
  EXPECT_EQ(Parsed("server s { a = re\"x\n }").errors(),
            "1:16: error[E0101]: this string is not closed on its line\n");
  EXPECT_EQ(Parsed("server s {}\n/* never").errors(),
            "2:1: error[E0101]: this comment is never closed\n");
}

}  // namespace
}  // namespace mcplexer::syntax
