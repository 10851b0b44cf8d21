// SPDX-License-Identifier: Apache-2.0
#include "compiler/syntax/literal.h"

#include <gtest/gtest.h>

#include "tests/unit/syntax/parsed.h"

namespace mcplexer::syntax {
namespace {

// The value of an attribute, dumped; or the errors. Places count from the value's first byte.
std::string ValueOf(const std::string& text) {
  const Parsed parsed("server s { k =\n" + text + "\n}");
  if (!parsed.errors().empty()) return parsed.errors();
  return Dump(parsed.file.declarations.at(0).attributes.at(0).value);
}

std::string StringOf(const std::string& text) {
  const Parsed parsed("server s { k = " + text + "}");
  EXPECT_EQ(parsed.errors(), "");
  if (parsed.file.declarations.at(0).attributes.empty()) return "";
  return parsed.file.declarations.at(0).attributes.at(0).value.text;
}

TEST(LiteralTest, StringsHaveEscapes) {
  EXPECT_EQ(StringOf(R"("a\"b\\c\nd\te\rf")"), "a\"b\\c\nd\te\rf");
  EXPECT_EQ(StringOf(R"("\u{e9}\u00e9\u{1F600}\uD83D\uDE00")"), "éé😀😀");
  EXPECT_EQ(StringOf(R"("${secret(x)} $ $$")"), "${secret(x)} $ $$");
  EXPECT_EQ(StringOf("\"tab\there\""), "tab\there");
  EXPECT_EQ(StringOf("\"\""), "");
  EXPECT_EQ(StringOf(R"("// no comment /* either */")"), "// no comment /* either */");
}

TEST(LiteralTest, ABadEscapeIsShownWhereItStands) {
  EXPECT_EQ(ValueOf(R"("ab\qc")"), "2:4: error[E0101]: `\\q` is not an escape\n");
  EXPECT_EQ(ValueOf(R"("\u12")"), "2:2: error[E0101]: `\\u` is no Unicode character\n");
  EXPECT_EQ(ValueOf(R"("\u{110000}")"),
            "2:2: error[E0101]: `\\u{110000}` is no Unicode character\n");
  EXPECT_EQ(ValueOf(R"("\uD83D")"), "2:2: error[E0101]: `\\uD83D` is no Unicode character\n");
  EXPECT_EQ(ValueOf(R"("\u{}")"), "2:2: error[E0101]: `\\u{}` is no Unicode character\n");
  EXPECT_EQ(ValueOf("\"\\\xC3\xA9\""), "2:2: error[E0101]: `\\\xC3\xA9` is not an escape\n");
}

TEST(LiteralTest, RegexesKeepTheirBackslashes) {
  EXPECT_EQ(StringOf(R"(re"a\d\"b\\")"), R"(a\d"b\\)");
  EXPECT_EQ(ValueOf(R"(re"x")"), "re\"x\"");
}

TEST(LiteralTest, NumbersAndDurationsAndWords) {
  EXPECT_EQ(ValueOf("[0, -1, 2.50, 1e9, -0.5E-3]"), "[0, -1, 2.50, 1e9, -0.5E-3]");
  EXPECT_EQ(ValueOf("[250ms, 300s, 5m, 2h, 1d]"),
            "[250ms, 300000ms, 300000ms, 7200000ms, 86400000ms]");
  EXPECT_EQ(ValueOf("[true, false, null, on_failure, 007]"),
            "[true, false, null, word on_failure, word 007]");
  EXPECT_EQ(ValueOf("99999999999999999d"),
            "2:1: error[E0108]: this duration is too long to be counted\n");
}

TEST(LiteralTest, CollectionsAndCalls) {
  EXPECT_EQ(ValueOf("{ a: 1 b = 2, \"c d\": [x, [], {}] }"),
            "{\"a\": 1, \"b\": 2, \"c d\": [word x, [], {}]}");
  EXPECT_EQ(ValueOf("command([\"pass\", \"x\"])"), "call command([\"pass\", \"x\"])");
  EXPECT_EQ(ValueOf("secret(a)"), "call secret(word a)");
  EXPECT_EQ(ValueOf("f()"), "call f()");
}

TEST(LiteralTest, NamesAreAsciiLettersDigitsDashesAndUnderscores) {
  EXPECT_EQ(Parsed("server my-server_2 {}").errors(), "");
  EXPECT_EQ(Parsed("server 1password {}").errors(), "");
  EXPECT_EQ(Parsed("server a.b {}").errors(),
            "1:9: error[E0101]: `a.b` is not a name: it holds `.`\n");
  EXPECT_EQ(Parsed("server gith\xC3\xBC"
                   "b {}")
                .errors(),
            "1:12: error[E0101]: `gith\xC3\xBC"
            "b` is not a name: it holds `\xC3\xBC`\n");
  EXPECT_EQ(Parsed("server ${x} {}").errors(),
            "1:8: error[E0101]: `${x}` is not a name: it holds `$`\n");
  EXPECT_EQ(Parsed("server github{}").help(),
            "put a space before `{` where a block or a map begins");
  EXPECT_EQ(Parsed("test \"x\" { call a__* expect deny }").errors(),
            "1:20: error[E0101]: `a__*` is not the name of one tool: it holds `*`\n");
}

TEST(LiteralTest, WhatCannotBeSeenIsNotPartOfAWord) {
  EXPECT_EQ(Parsed("tools t = [a__b\xC2\xA0"
                   "c]")
                .errors(),
            "1:16: error[E0101]: U+00A0 cannot be seen\n");
}

}  // namespace
}  // namespace mcplexer::syntax
