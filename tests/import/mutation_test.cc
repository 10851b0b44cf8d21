// SPDX-License-Identifier: Apache-2.0
// Broken configurations: the cases with bits turned, cut off, and pieces swapped. Whatever comes
// in, an import ends with a policy that compiles or with an error, and a credential that is still
// whole is in neither.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <chrono>
#include <random>
#include <string>

#include "tests/import/cases.h"

namespace mcplexer {
namespace {

std::string Mutated(std::string text, std::mt19937& random) {
  if (text.empty()) return text;
  const auto below = [&](size_t limit) { return static_cast<size_t>(random()) % limit; };
  const size_t kinds = 1 + below(2);
  for (size_t i = 0; i < kinds && !text.empty(); ++i) {
    const size_t at = below(text.size());
    switch (below(5)) {
      case 0:
        text[at] = static_cast<char>(static_cast<unsigned char>(text[at]) ^ (1U << below(8)));
        break;
      case 1:
        text.resize(at);
        break;
      case 2:
        text.erase(at, 1 + below(6));
        break;
      case 3:
        text.insert(at, 1, "{}[]\",:\\/*=#$\n"[below(14)]);
        break;
      default:
        text.insert(at, text.substr(below(text.size()), 1 + below(12)));
        break;
    }
  }
  return text;
}

TEST(ImportMutationTest, BrokenFilesEndInAPolicyOrAnError) {
  const auto cases = ReadCases();
  ASSERT_FALSE(cases.empty());
  std::mt19937 random(20240229);
  size_t policies = 0;
  size_t refused = 0;
  for (const auto& [name, sources] : cases) {
    for (int round = 0; round < 20; ++round) {
      std::vector<importer::Source> broken = sources;
      std::string all;
      for (importer::Source& source : broken) {
        source.text = Mutated(source.text, random);
        all += source.text;
      }
      SCOPED_TRACE(name + "\n" + all);
      const auto imported = importer::Import(broken, TestOptions());
      if (!imported) {
        ++refused;
        ASSERT_NE(imported.error().kind, importer::ImportError::Kind::kInternal)
            << imported.error().message;
      } else {
        ++policies;
      }
    }
  }
  // Neither kind is rare: the mutations are neither too mild nor too rough.
  EXPECT_GT(policies, 200U);
  EXPECT_GT(refused, 200U);
}

TEST(ImportMutationTest, DeepAndLongFilesAreRefusedQuickly) {
  const auto import = [](const std::string& path, std::string text) {
    const auto begin = std::chrono::steady_clock::now();
    const auto imported = importer::Import({{path, "file", std::move(text)}}, TestOptions());
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(20));
    return imported.has_value();
  };
  const auto repeat = [](std::string_view piece, size_t times) {
    std::string text;
    for (size_t i = 0; i < times; ++i) text += piece;
    return text;
  };
  EXPECT_FALSE(import("/x/mcp.json", repeat("[", 1'000'000)));
  EXPECT_FALSE(import("/x/mcp.json", repeat("{\"a\":", 1'000'000)));
  EXPECT_FALSE(import("/x/mcp.json", "{\"mcpServers\":" + repeat("[", 1'000'000)));
  EXPECT_FALSE(import("/x/mcp.json", repeat("/*", 1'000'000)));
  EXPECT_FALSE(import("/x/mcp.json", repeat(",", 1'000'000)));
  EXPECT_FALSE(import("/x/mcp.json", std::string(size_t{17} << 20, ' ')));
  EXPECT_FALSE(import("/x/config.toml", "a = " + repeat("[", 100'000)));
  EXPECT_FALSE(import("/x/config.toml", repeat("a.", 100'000) + "a = 1"));
  EXPECT_FALSE(import("/x/config.toml", "a = " + repeat("{a=", 100'000)));
  EXPECT_FALSE(import("/x/mcplexer.yaml", repeat("[", 100'000)));
  EXPECT_FALSE(import("/x/mcplexer.yaml", repeat("- ", 100'000)));
  std::string many = "{\"mcpServers\":{";
  for (int i = 0; i < 1'001; ++i) many += fmt::format("\"s{}\":{{\"command\":\"x\"}},", i);
  EXPECT_FALSE(import("/x/mcp.json", many + "}}"));
}

}  // namespace
}  // namespace mcplexer
