// SPDX-License-Identifier: Apache-2.0
#include "compiler/automata/witness.h"

#include "compiler/automata/universe.h"
#include "tests/unit/automata/test_util.h"

namespace mcplexer::automata {
namespace {

TEST(Witness, IsShortestAndPrefersReadableBytes) {
  EXPECT_EQ(ShortestWitness(NameGlob("github__get_*")), "github__get_");
  EXPECT_EQ(ShortestWitness(NameGlob("?")), "a");
  EXPECT_EQ(ShortestWitness(NameGlob("[!a-z]")), "0");
  EXPECT_EQ(ShortestWitness(NameGlob("[A-Z-]")), "-");
  EXPECT_EQ(ShortestWitness(NameGlob("[zé]b*")), "zb");
  EXPECT_EQ(ShortestWitness(PathGlob("**")), "");
  EXPECT_EQ(ShortestWitness(Dfa()), std::nullopt);
}

TEST(Witness, IsUtf8WhereThereIsAny) {
  EXPECT_EQ(ShortestWitness(NameGlob("[é-ü]")), "é");
  // Shortest would be one byte, but no single byte from 0x80 up is a character.
  const Dfa high = Must(ToDfa(Must(ParseRegex("[^\\x00-\\x7F]|\\C"))));
  const Dfa no_ascii = Must(Difference(high, Regex("[\\x00-\\x7F]")));
  const auto witness = ShortestWitness(no_ascii);
  ASSERT_TRUE(witness.has_value());
  EXPECT_TRUE(Utf8Universe().Matches(*witness));
  EXPECT_TRUE(no_ascii.Matches(*witness));
  const Dfa broken = Must(Difference(Regex("\\C"), Utf8Universe()));
  EXPECT_EQ(ShortestWitness(broken), "\x80");
}

TEST(Witness, LiesInAllThatAreInAndNoneThatAreOut) {
  const std::vector<std::string> globs = {"a*", "*a", "*b*", "a?b", "*", "??*", "[!b]*", "ab*"};
  const auto texts = AllStrings({"a", "b", "c"}, 6);
  const Dfa letters = Regex("[abc]+");
  for (std::uint32_t in_mask = 0; in_mask < 256; in_mask += 3) {
    for (std::uint32_t out_mask = 1; out_mask < 256; out_mask += 5) {
      std::vector<Dfa> dfas;
      for (const std::string& glob : globs) dfas.push_back(NameGlob(glob));
      std::vector<const Dfa*> in = {&letters};
      std::vector<const Dfa*> out;
      for (std::size_t i = 0; i < globs.size(); ++i) {
        if ((in_mask >> i & 1) != 0) in.push_back(&dfas[i]);
        if ((out_mask >> i & 1) != 0) out.push_back(&dfas[i]);
      }
      const auto fits = [&](const std::string& text) {
        for (const Dfa* dfa : in) {
          if (!dfa->Matches(text)) return false;
        }
        for (const Dfa* dfa : out) {
          if (dfa->Matches(text)) return false;
        }
        return true;
      };
      std::size_t shortest = SIZE_MAX;
      for (const std::string& text : texts) {
        if (fits(text)) {
          shortest = text.size();
          break;
        }
      }
      const auto witness = Must(FindWitness(in, out));
      ASSERT_EQ(witness.has_value(), shortest != SIZE_MAX);
      if (!witness) continue;
      ASSERT_TRUE(fits(*witness)) << *witness;
      ASSERT_EQ(witness->size(), shortest) << *witness;
    }
    if (in_mask > 60) break;
  }
}

TEST(Witness, AllBytesArePreferredOnce) {
  std::vector<bool> seen(256, false);
  for (std::uint8_t byte : PreferredBytes()) {
    EXPECT_FALSE(seen[byte]);
    seen[byte] = true;
  }
  EXPECT_EQ(PreferredBytes().front(), 'a');
}

}  // namespace
}  // namespace mcplexer::automata
