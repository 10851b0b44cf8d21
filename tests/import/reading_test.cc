// SPDX-License-Identifier: Apache-2.0
// The pieces below the cases: JSON with comments, placeholders, permissions, names, shell words.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <string>

#include "compiler/import/document.h"
#include "compiler/import/names.h"
#include "compiler/import/permissions.h"
#include "compiler/import/placeholder.h"
#include "compiler/import/shell_command.h"
#include "runtime/json/comments.h"

namespace mcplexer::importer {
namespace {

TEST(JsonCommentsTest, OnlyCommentsAndTrailingCommasBecomeBlank) {
  EXPECT_EQ(json::WithoutComments("[1, 2, ]"), "[1, 2  ]");
  EXPECT_EQ(json::WithoutComments("{\"a\": [1,],}"), "{\"a\": [1 ] }");
  EXPECT_EQ(json::WithoutComments("[1, // ]\n]"), "[1      \n]");
  EXPECT_EQ(json::WithoutComments("[1 /* , */ , /**/ ]"), "[1" + std::string(16, ' ') + "]");
  EXPECT_EQ(json::WithoutComments("\xEF\xBB\xBF{}"), "   {}");
}

TEST(JsonCommentsTest, EverythingElseStays) {
  for (const char* text : {"[,]", "[1,,2]", "{,}", "\"// no\"", "\"a\\\",]\"", "/* open", "[1,",
                           "/", "{\"a\":,}", "\"open", "\"\\"}) {
    EXPECT_EQ(json::WithoutComments(text), text);
  }
}

TEST(DocumentTest, TheThreeLanguagesGiveOneTree) {
  const Limits limits;
  const auto json = ReadJson("{\"a\": {\"b\": [\"x\", 1, true]}, \"c\": \"y\"}", limits);
  const auto toml = ReadToml("c = 'y'\n[a]\nb = ['x', 1, true]\n", limits);
  const auto yaml = ReadYaml("a:\n  b: [x, 1, true]\nc: y\n", limits);
  ASSERT_TRUE(json && toml && yaml);
  EXPECT_EQ(json->root().Find("a").Fingerprint(), toml->root().Find("a").Fingerprint());
  EXPECT_EQ(json->root().Fingerprint(), yaml->root().Fingerprint());
  EXPECT_EQ(toml->root().Find("a").line(), 2U);
  EXPECT_FALSE(ReadJson("{\"a\": 1, \"\\u0061\": 2}", limits));
}

TEST(PlaceholderTest, TheClientsSpellingsAreKnown) {
  using Kind = Segment::Kind;
  const auto kinds = [](std::string_view text) {
    std::string out;
    for (const Segment& segment : SplitPlaceholders(text)) {
      out += "lviwnhsu"[static_cast<size_t>(segment.kind)];
    }
    return out;
  };
  EXPECT_EQ(kinds("a${env:X}b"), "lvl");
  EXPECT_EQ(kinds("${X}${input:y}"), "vi");
  EXPECT_EQ(kinds("${workspaceFolder}/x${/}${userHome}"), "wlsh");
  EXPECT_EQ(kinds("$NAME"), "v");
  EXPECT_EQ(kinds("$name costs 5$"), "l");
  EXPECT_EQ(kinds("${command:x} ${"), "ul");
  EXPECT_EQ(kinds(""), "");
  const auto segments = SplitPlaceholders("${A:-x${B}}");
  ASSERT_EQ(segments.size(), 1U);
  EXPECT_EQ(segments[0].kind, Kind::kVariable);
  EXPECT_EQ(segments[0].otherwise, "x${B}");
}

TEST(PermissionTest, EntriesNameToolsOfServers) {
  const auto tools = [](std::string_view entry, std::string_view server) {
    return ToolsOf(ParsePermission(entry), server);
  };
  EXPECT_EQ(tools("mcp__github", "github"), "*");
  EXPECT_EQ(tools("mcp__github__*", "github"), "*");
  EXPECT_EQ(tools("mcp__github__get_issue", "github"), "get_issue");
  EXPECT_EQ(tools("mcp__github__get_*", "github"), "get_*");
  EXPECT_EQ(tools("mcp__a__b__c", "a__b"), "c");
  EXPECT_EQ(tools("mcp__a__b__c", "a"), "b__c");
  EXPECT_EQ(tools("mcp__git", "github"), "");
  EXPECT_EQ(tools("mcp__github2__x", "github"), "");
  EXPECT_EQ(tools("mcp__*__drop_*", "db"), "drop_*");
  EXPECT_EQ(tools("mcp__d*", "db"), "*");
  EXPECT_EQ(tools("mcp__x__{a}", "x"), "\\{a\\}");
  EXPECT_TRUE(ParsePermission("mcp__x__y(z)").specifier);
}

TEST(NamesTest, WhatComesOutIsANamespace) {
  EXPECT_EQ(NamespaceFor("a b//c", "s"), "a_b_c");
  EXPECT_EQ(NamespaceFor("__a__b__", "s"), "a_b");
  EXPECT_EQ(NamespaceFor("-x", "s"), "x");
  for (const char* number : {"8", "12m", "5ms", "1e3", "1E-3"}) {
    EXPECT_EQ(NamespaceFor(number, "s"), std::string("s_") + number);
  }
  for (const char* name : {"8a", "1e", "1e-", "12mm", "m5", "1-2"}) {
    EXPECT_EQ(NamespaceFor(name, "s"), name);
  }
  EXPECT_EQ(NamespaceFor("\xC3\xA9", "s"), "s");
  EXPECT_EQ(NamespaceFor(std::string(40, 'a'), "s").size(), kLongestNamespace);
  UniqueNames names(4);
  EXPECT_EQ(names.Take("abcd"), "abcd");
  EXPECT_EQ(names.Take("abcd"), "ab_2");
  EXPECT_EQ(names.Take("ab_2"), "ab_3");
}

// The words as a real shell sees them.
std::string Printed(const std::vector<Text>& words) {
  std::vector<Text> all = {PlainText("printf"), PlainText("<%s>")};
  all.insert(all.end(), words.begin(), words.end());
  const std::string script = ShellCommand(all, [](size_t) { return std::string("VALUE"); });
  std::string quoted = "VALUE='the $secret \"`'; export VALUE; ";
  std::FILE* pipe = ::popen((quoted + script).c_str(), "r");
  std::string out;
  std::array<char, 256> buffer{};
  size_t read = 0;
  while ((read = std::fread(buffer.data(), 1, buffer.size(), pipe)) != 0) {
    out.append(buffer.data(), read);
  }
  ::pclose(pipe);
  return out;
}

TEST(ShellCommandTest, AShellReadsTheWordsThatWereMeant) {
  const Piece secret{"", 0};
  const auto plain = [](std::string text) { return Piece{std::move(text), Piece::kNoSecret}; };
  EXPECT_EQ(
      Printed({PlainText("a b"), PlainText("it's"), PlainText(""), PlainText("$HOME `x` \\ \"")}),
      "<a b><it's><><$HOME `x` \\ \">");
  EXPECT_EQ(Printed({{plain("--key="), secret}, {secret, plain("x")}, {secret}}),
            "<--key=the $secret \"`><the $secret \"`x><the $secret \"`>");
  EXPECT_EQ(Printed({{plain("$`\"\\'"), secret, plain("*?~ end")}}),
            "<$`\"\\'the $secret \"`*?~ end>");
}

}  // namespace
}  // namespace mcplexer::importer
