// SPDX-License-Identifier: Apache-2.0
#include "runtime/decide/text_index.h"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <string>

namespace mcplexer::decide {
namespace {

uint32_t FindIn(const TextIndex& index, std::string_view text) {
  return index.Find(TextIndex::HashOf(text), text);
}

TEST(TextIndex, WithoutTextsFindsNone) {
  const TextIndex index;
  EXPECT_EQ(FindIn(index, ""), TextIndex::kNotFound);
  EXPECT_EQ(FindIn(index, "a"), TextIndex::kNotFound);
  EXPECT_EQ(index.longest(), 0u);
}

TEST(TextIndex, FindsTheEmptyText) {
  const TextIndex index({"a", ""});
  EXPECT_EQ(FindIn(index, ""), 1u);
  EXPECT_EQ(FindIn(index, "a"), 0u);
  EXPECT_EQ(FindIn(index, std::string_view("\0", 1)), TextIndex::kNotFound);
}

TEST(TextIndex, FindsWhatAMapFinds) {
  std::mt19937 random(7);
  for (const size_t count : {1u, 2u, 31u, 5000u}) {
    std::map<std::string, uint32_t> map;
    while (map.size() < count) {
      map.emplace("/srv/team" + std::to_string(random() % (2 * count)), 0);
    }
    std::vector<std::string_view> texts;
    for (auto& [text, number] : map) {
      number = static_cast<uint32_t>(texts.size());
      texts.push_back(text);
    }
    const TextIndex index(texts);
    size_t found = 0;
    for (size_t i = 0; i < 2 * count; ++i) {
      const std::string text = "/srv/team" + std::to_string(i);
      const auto at = map.find(text);
      EXPECT_EQ(FindIn(index, text), at == map.end() ? TextIndex::kNotFound : at->second) << text;
      found += at != map.end() ? 1 : 0;
    }
    EXPECT_EQ(found, count);
  }
}

}  // namespace
}  // namespace mcplexer::decide
