// SPDX-License-Identifier: Apache-2.0
// Input made to harm. Sizes are those that broke naive parsers; the bounds on what is reported show
// that recovery does not cascade.

#include <gtest/gtest.h>

#include "tests/unit/syntax/parsed.h"

namespace mcplexer::syntax {
namespace {

constexpr size_t kMiB = size_t{1} << 20;
constexpr size_t kQuarterMiB = kMiB / 4;

std::string Repeat(std::string_view text, size_t times) {
  std::string out;
  out.reserve(text.size() * times);
  for (size_t i = 0; i < times; ++i) out += text;
  return out;
}

TEST(HostileTest, NestingIsLimited) {
  for (const char* open : {"[", "{ a: ", "f("}) {
    const Parsed parsed("server s { x = " + Repeat(open, 100'000));
    EXPECT_NE(parsed.errors().find("error[E0105]: brackets and `not`s nest deeper than 200"),
              std::string::npos)
        << parsed.errors().substr(0, 200);
    EXPECT_EQ(parsed.diagnostics.all().size(), 1u);
  }
  for (const char* open : {"(", "not ", "not ("}) {
    const Parsed parsed("workspace w { deny a__* when " + Repeat(open, 100'000));
    EXPECT_EQ(parsed.diagnostics.all().size(), 1u);
    EXPECT_EQ(parsed.diagnostics.all()[0].code, source::Code::kLimitExceeded);
  }
  const Parsed blocks("workspace w {\n" + Repeat("in \"a\" {\n", 100'000));
  EXPECT_EQ(blocks.diagnostics.all().size(), 1u);
  EXPECT_EQ(blocks.diagnostics.all()[0].code, source::Code::kLimitExceeded);
}

TEST(HostileTest, TwoHundredLevelsAreFine) {
  EXPECT_EQ(Parsed("server s { x = " + Repeat("[", 199) + Repeat("]", 199) + "}").errors(), "");
  EXPECT_EQ(
      Parsed("server s { x = " + Repeat("[", 200) + Repeat("]", 200) + "}").errors().substr(7),
      "error[E0105]: brackets and `not`s nest deeper than 200, the limit\n");
  EXPECT_EQ(Parsed("workspace w { deny a__* when " + Repeat("(", 199) + "has arg.a" +
                   Repeat(")", 199) + "}")
                .errors(),
            "");
}

TEST(HostileTest, AQuarterMebibyteOfOneMarkIsAFewErrors) {
  for (const char* mark :
       {"(",    "[",   "{",       "}",      ")",     "]",      "\"",       "/*",
        "$",    "${",  "\\",      "@",      ",",     "=",      "a{",       "a[",
        "re\"", "in ", "server ", "allow ", "a{[x]", "arg[\"", "\xC3\xA9", "not "}) {
    const Parsed parsed(Repeat(mark, kQuarterMiB / std::string_view(mark).size()));
    EXPECT_GE(parsed.diagnostics.all().size(), 1u) << mark;
    EXPECT_LE(parsed.diagnostics.all().size(), 1'001u) << mark;
  }
}

TEST(HostileTest, ErrorsAreLimited) {
  const Parsed parsed(Repeat("server s { = }\n", 100'000));
  EXPECT_EQ(parsed.diagnostics.all().size(), 1'001u);
  EXPECT_EQ(parsed.diagnostics.all().back().message,
            "1000 errors in this file; the rest of it is not read");
}

TEST(HostileTest, ErrorsOfOneStatementAreLimitedToo) {
  EXPECT_EQ(
      Parsed("workspace w { deny a__* " + Repeat("in \"a\" ", 50'000)).diagnostics.all().size(),
      1'001u);
  EXPECT_EQ(
      Parsed("server s { x = [" + Repeat("\"\\q\",", 50'000) + "] }").diagnostics.all().size(),
      1'001u);
}

TEST(HostileTest, StatementsAndRulesAreLimited) {
  source::Limits limits;
  limits.statement_tokens = 1'000;
  limits.rules = 100;
  const Parsed longer("tools t = [" + Repeat("a__b,", 2'000) + "]", limits);
  EXPECT_EQ(longer.errors(),
            "1:2502: error[E0105]: this statement has more than 1000 words and marks, the limit\n");
  EXPECT_EQ(Parsed("workspace w {" + Repeat("deny a__*\n", 100) + "}", limits).errors(), "");
  EXPECT_EQ(Parsed("workspace w {" + Repeat("deny a__*\n", 101) + "}", limits).errors(),
            "102:1: error[E0105]: this file has more than 100 rules, the limit\n");
}

TEST(HostileTest, BadTextIsNotParsed) {
  const Parsed nul(std::string("server a {}\nserver \0 {}", 23));
  EXPECT_EQ(nul.errors(), "2:8: error[E0106]: a NUL byte in the source text\n");
  EXPECT_EQ(nul.tree(), "");
  EXPECT_EQ(Parsed("server \xFF {}").errors(),
            "1:8: error[E0106]: byte 0xff is not valid UTF-8 here\n");
  EXPECT_EQ(Parsed("server \xE2\x80\xAE {}").errors(),
            "1:8: error[E0114]: U+202E turns the direction of the text that follows\n");
}

TEST(HostileTest, ControlCharactersAreNotText) {
  EXPECT_EQ(Parsed("server s { a = \"x\x1b[31m\" }").errors(),
            "1:18: error[E0114]: the control character U+001B\n");
  EXPECT_EQ(Parsed("// a comment?\rserver s {}").errors(),
            "1:14: error[E0114]: a carriage return that does not belong to a line end\n");
  EXPECT_EQ(Parsed("server \x7f {}").diagnostics.all().size(), 1u);
  EXPECT_EQ(Parsed("server \x01 {}").diagnostics.all().size(), 1u);
}

TEST(HostileTest, AVeryLongWordIsOneWord) {
  const Parsed parsed("tools t = [" + std::string(kMiB, 'a') + "]");
  EXPECT_EQ(parsed.errors(), "");
  EXPECT_EQ(parsed.file.declarations.at(0).patterns.at(0).text.size(), kMiB);
}

}  // namespace
}  // namespace mcplexer::syntax
