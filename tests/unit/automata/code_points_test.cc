// SPDX-License-Identifier: Apache-2.0
#include "compiler/automata/code_points.h"

#include <set>

#include "tests/unit/automata/test_util.h"

namespace mcplexer::automata {
namespace {

TEST(CodePointSet, BehavesLikeASetOfIntegers) {
  Random random(4);
  for (int round = 0; round < 300; ++round) {
    CodePointSet sets[2];
    std::set<char32_t> plain[2];
    for (int which = 0; which < 2; ++which) {
      for (int i = 0; i < 6; ++i) {
        const char32_t low = random() % 60;
        const char32_t high = low + random() % 8;
        sets[which].Add(low, high);
        for (char32_t c = low; c <= high; ++c) plain[which].insert(c);
      }
    }
    const CodePointSet both = sets[0].And(sets[1]);
    const CodePointSet first_only = sets[0].Minus(sets[1]);
    const CodePointSet not_first = sets[0].Negated();
    for (char32_t c = 0; c < 70; ++c) {
      const bool a = plain[0].contains(c);
      const bool b = plain[1].contains(c);
      ASSERT_EQ(sets[0].Contains(c), a);
      ASSERT_EQ(both.Contains(c), a && b);
      ASSERT_EQ(first_only.Contains(c), a && !b);
      ASSERT_EQ(not_first.Contains(c), !a);
    }
    for (std::size_t i = 1; i < sets[0].ranges().size(); ++i) {
      ASSERT_GT(sets[0].ranges()[i].low, sets[0].ranges()[i - 1].high + 1);
    }
  }
}

bool InSequences(const std::vector<Utf8Sequence>& sequences, std::string_view text) {
  int found = 0;
  for (const Utf8Sequence& sequence : sequences) {
    bool inside = sequence.length == text.size();
    for (std::size_t i = 0; inside && i < text.size(); ++i) {
      const auto byte = static_cast<std::uint8_t>(text[i]);
      inside = sequence.bytes[i].low <= byte && byte <= sequence.bytes[i].high;
    }
    found += inside ? 1 : 0;
  }
  EXPECT_LE(found, 1) << "sequences overlap";
  return found == 1;
}

TEST(Utf8Sequences, HoldExactlyTheEncodingsOfTheSet) {
  Random random(5);
  for (int round = 0; round < 30; ++round) {
    CodePointSet set;
    for (int i = 0; i < 3; ++i) {
      const char32_t low = random() % (i == 0 ? 0x1000 : kMaxCodePoint);
      set.Add(low, std::min<char32_t>(kMaxCodePoint, low + random() % 0x20000));
    }
    const auto sequences = Utf8Sequences(set);
    for (int i = 0; i < 2000; ++i) {
      const char32_t c = random() % (kMaxCodePoint + 1);
      if (c >= 0xD800 && c <= 0xDFFF) continue;
      std::string text;
      AppendUtf8(c, text);
      ASSERT_EQ(InSequences(sequences, text), set.Contains(c)) << static_cast<std::uint32_t>(c);
    }
    for (const CodePointRange& range : set.ranges()) {
      for (char32_t c : {range.low, range.high}) {
        if (c >= 0xD800 && c <= 0xDFFF) continue;
        std::string text;
        AppendUtf8(c, text);
        ASSERT_TRUE(InSequences(sequences, text));
      }
    }
  }
}

TEST(Utf8, EveryCodePointDecodesToItself) {
  for (char32_t c = 0; c <= kMaxCodePoint; ++c) {
    if (c >= 0xD800 && c <= 0xDFFF) continue;
    std::string text;
    AppendUtf8(c, text);
    const auto decoded = DecodeUtf8(text, 0);
    ASSERT_TRUE(decoded.has_value());
    ASSERT_EQ(decoded->value, c);
    ASSERT_EQ(decoded->length, text.size());
  }
}

TEST(Utf8, IllFormedBytesAreFound) {
  EXPECT_EQ(FindInvalidUtf8("aé"), std::string_view::npos);
  EXPECT_EQ(FindInvalidUtf8("a\x80"), 1u);
  EXPECT_EQ(FindInvalidUtf8("\xC0\x80"), 0u);
  EXPECT_EQ(FindInvalidUtf8("\xE0\x80\x80"), 0u);
  EXPECT_EQ(FindInvalidUtf8("\xED\xA0\x80"), 0u);
  EXPECT_EQ(FindInvalidUtf8("\xF4\x90\x80\x80"), 0u);
  EXPECT_EQ(FindInvalidUtf8("ab\xE2\x82"), 2u);
}

}  // namespace
}  // namespace mcplexer::automata
