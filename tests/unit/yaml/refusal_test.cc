// SPDX-License-Identifier: Apache-2.0
// What is refused before a document exists: text that is not YAML, or that a policy must not hold.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/unit/yaml/parsed.h"

namespace mcplexer::yaml {
namespace {

using ::testing::ElementsAre;
using ::testing::StartsWith;

struct Refusal {
  std::string text;
  std::string finding;  // the beginning of the only one
};

void ExpectRefused(const std::vector<Refusal>& cases) {
  for (const Refusal& c : cases) {
    const auto parsed = Parse(c.text);
    EXPECT_THAT(parsed->Findings(), ElementsAre(StartsWith(c.finding))) << c.text;
    EXPECT_TRUE(parsed->file.declarations.empty()) << c.text;
  }
}

TEST(RefusalTest, MalformedYaml) {
  ExpectRefused({
      {"workspaces: [a, b\n", "1:13 E0113 this has no closing `]`"},
      {"workspaces: {a: b\n", "1:13 E0113 this has no closing `}`"},
      {"imports: [x__{a,b}_*]\n", "1:14 E0113 expected `,` or `]` here"},
      {"imports: \"abc\n", "1:10 E0113 this has no closing quote"},
      {"imports: 'abc''\n", "1:10 E0113 this has no closing quote"},
      {"imports: \"abc", "1:14 E0113 the file ends inside a quoted text"},
      {"imports: @set\n", "1:10 E0113 a YAML value cannot begin with `@`"},
      {"imports: `x`\n", "1:10 E0113 a YAML value cannot begin with ``"},
      {"imports: a: b\n", "1:11 E0113 a `: ` cannot stand here"},
      {"workspaces:\n  - id: a\n    name: b\n   root_path: c\n",
       "4:4 E0113 expected `- `, or a line"},
      {"imports: \"a\" b\n", "1:14 E0113 expected a key"},
      {"imports: \"a\\qb\"\n", "1:14 E0113 unknown escape character"},
      {"imports: \"\\ud800\"\n", "1:"},
      {"imports: ]\n", "1:10 E0113 "},
  });
}

TEST(RefusalTest, TabsForIndentation) {
  ExpectRefused({
      {"imports:\n\t- a\n", "2:2 E0113 "},
      {"\timports: a\n", "1:9 E0113 "},
      {"imports:\n  - a\n\t- b\n", "3:1 E0113 "},
  });
}

TEST(RefusalTest, TabsBetweenTokensAreFine) {
  EXPECT_THAT(Parse("imports:\t[a,\tb]\t# c\n")->Findings(), ElementsAre());
}

TEST(RefusalTest, AnchorsAliasesAndTags) {
  ExpectRefused({
      {"imports: &a [x]\n", "1:10 E0113 `&a` is a YAML anchor"},
      {"&a imports: [x]\n", "1:1 E0113 `&a` is a YAML anchor"},
      {"imports: [&a x, *a]\n", "1:11 E0113 `&a` is a YAML anchor"},
      {"imports: &a\n", "1:10 E0113 `&a` is a YAML anchor"},
      {"imports: *a\n", "1:10 E0113 an unquoted `*` at the start of a value is a YAML alias"},
      {"imports: *__delete_*\n", "1:10 E0113 an unquoted `*`"},
      {"imports: [*__{a,b}_*]\n", "1:11 E0113 an unquoted `*`"},
      {"imports: !!str x\n", "1:10 E0113 `!!str` is a YAML tag"},
      {"imports: ! x\n", "1:10 E0113 `!` is a YAML tag"},
      {"imports: !<tag:yaml.org,2002:seq> [x]\n", "1:10 E0113 "},
      {"!!map\nimports: [x]\n", "1:1 E0113 `!!map` is a YAML tag"},
      {"imports: !!binary aGk=\n", "1:10 E0113 `!!binary` is a YAML tag"},
      {"<<: {imports: [x]}\n", "1:1 E0113 a policy has no merge keys"},
  });
}

TEST(RefusalTest, AliasBombEndsAtItsFirstAnchor) {
  std::string bomb = "a0: &a0 [x, x]\n";
  for (int i = 1; i < 40; ++i) {
    bomb += fmt::format("a{0}: &a{0} [*a{1}, *a{1}]\n", i, i - 1);
  }
  ExpectRefused({{bomb, "1:5 E0113 `&a0` is a YAML anchor"}});
}

TEST(RefusalTest, DocumentsAndDirectives) {
  ExpectRefused({
      {"imports: [a]\n---\nimports: [b]\n", "2:1 E0113 a policy file holds one YAML document"},
      {"imports: [a]\n...\nimports: [b]\n", "3:1 E0113 a policy file holds one YAML document"},
      {"[a]\n[b]\n", "2:1 E0113 a policy file holds one YAML document"},
      {"%YAML 1.2\n---\nimports: [a]\n", "1:1 E0113 a policy has no use for YAML directives"},
      {"# c\n\n%imports: [a]\n", "3:1 E0113 a policy has no use for YAML directives"},
  });
  EXPECT_THAT(Parse("---\nimports: [a]\n...\n")->Findings(), ElementsAre());
  EXPECT_THAT(Parse("---\n")->Findings(), ElementsAre());
}

TEST(RefusalTest, KeysThatAreNoTexts) {
  ExpectRefused({
      {"? [a]\n: b\n", "1:3 E0113 a key has to be a text"},
      {"{a: b}: c\n", "1:1 E0113 a key has to be a text"},
      {"~: b\n", "1:1 E0113 a key has to be a text"},
      {": b\n", "1:1 E0113 a key has to be a text"},
  });
}

TEST(RefusalTest, KeysWithoutAColonAtTheEndOfTheFile) {
  ExpectRefused({
      {"imports: [a]\ntests", "2:1 E0113 there is no `:` behind this key"},
      {"workspaces:\n  - id: a\n    root_path: /\n    null x\n",
       "4:5 E0113 there is no `:` behind this key"},
  });
}

TEST(RefusalTest, EscapesThatGiveUtf8AreFine) {
  const auto parsed = Parse("imports: [\"a\\u00a0\\x85\\u202e\\U0001F600\\t\\e\"]\n");
  EXPECT_THAT(parsed->Findings(), ElementsAre());
  EXPECT_EQ(parsed->file.declarations.at(0).name.text, "a\u00a0\xC2\x85\u202e\U0001F600\t\x1b");
}

TEST(RefusalTest, DuplicateKeysShowBothPlaces) {
  const auto parsed = Parse("imports: [a]\ntests: []\n\"imports\": [b]\n");
  EXPECT_THAT(parsed->Findings(),
              ElementsAre("3:1 E0109 the key `imports` is given more than once"));
  EXPECT_EQ(parsed->Underlined(), "\"imports\"");
  const source::Diagnostic& finding = parsed->diagnostics.all()[0];
  ASSERT_EQ(finding.secondary.size(), 1u);
  EXPECT_EQ(finding.secondary[0].span, (source::Span{parsed->id, 0, 7}));
  EXPECT_TRUE(parsed->file.declarations.empty());
}

TEST(RefusalTest, EveryDuplicateKeyIsShown) {
  const auto parsed = Parse(
      "workspaces:\n  - {id: a, id: b}\n  - id: c\n    tags:\n      x: 1\n      y: 2\n      x: "
      "3\n");
  EXPECT_THAT(parsed->Findings(), ElementsAre("2:13 E0109 the key `id` is given more than once",
                                              "7:7 E0109 the key `x` is given more than once"));
}

TEST(RefusalTest, BytesThatNoReaderMayGuessAbout) {
  using std::string_literals::operator""s;
  ExpectRefused({
      {"imports: [\"\xff\"]\n", "1:12 E0106 "},
      {"imports: [\xC0\x80]\n", "1:11 E0106 "},
      {"\xFF\xFEi\0m\0"s, "1:1 E0106 "},
      {"imports: [a\0]\n"s, "1:12 E0106 "},
      {"imports: [\"a\\0b\"]\n", "1:11 E0106 the text holds a NUL"},
      {"imports: [\"a\\_b\"]\n", "1:11 E0106 an escape in the text gives no UTF-8"},
      {"imports: [\"a\\Nb\"]\n", "1:11 E0106 an escape in the text gives no UTF-8"},
      // yaml-cpp takes this byte for the end of the file.
      {"imports: [a]\n\x04tests: []\n", "2:1 E0114 the control character U+0004"},
      {"imports: [a]\n# comment\rtests: []\n", "2:10 E0114 a carriage return"},
      {"imports: [a] # x\u2028tests: []\n", "1:17 E0114 U+2028"},
      {"imports: [\"a\u202eb\"]\n", "1:13 E0114 "},
  });
}

TEST(RefusalTest, WindowsLineEndsKeepPlaces) {
  const auto parsed = Parse("imports: [a]\r\nworkspace: x\r\n");
  EXPECT_THAT(parsed->Findings(), ElementsAre(StartsWith("2:1 E0107 ")));
}

}  // namespace
}  // namespace mcplexer::yaml
