// SPDX-License-Identifier: Apache-2.0
#include "compiler/analysis/field.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "compiler/automata/pattern.h"
#include "compiler/automata/universe.h"
#include "compiler/reference/regex.h"
#include "tests/unit/analysis/analysed.h"

namespace mcplexer::analysis {
namespace {

// Anchored ones, suffixes and floating ones, so that the field has several automata; short enough
// for texts of five of the characters to tell any two of them apart, and to show each overlap.
const std::vector<std::string> kGlobs = {"*",   "a",  "ab",    "a*",  "*a",    "*b",    "*a*",
                                         "*b*", "?",  "??",    "a?b", "[ab]",  "[!ab]", "*ab*",
                                         "a*b", "b*", "{*,a}", "*bb", "{a,b}*"};

class FieldTest : public testing::Test {
 protected:
  FieldTest() {
    for (const std::string& glob : kGlobs) {
      const auto nfa = automata::ParseNameGlob(glob);
      EXPECT_TRUE(nfa) << glob;
      const auto dfa = automata::ToDfa(*nfa);
      const auto cut = automata::Intersection(*dfa, automata::NameUniverse());
      ids_.push_back(field_.Add(*cut));
    }
    EXPECT_TRUE(field_.Build(automata::NameUniverse(), automata::Limits()));
  }

  static bool In(const std::string& text, size_t glob) {
    return reference::Matches(reference::RegexOfGlob(kGlobs[glob], reference::GlobKind::kName),
                              text);
  }

  Field field_;
  std::vector<LanguageId> ids_;
  const std::vector<std::string> texts_ = AllTexts("abc", 5);
};

TEST_F(FieldTest, EqualLanguagesAreOne) {
  // Written in two ways.
  EXPECT_EQ(ids_[0], ids_[16]);
  EXPECT_EQ(field_.size(), kGlobs.size() - 1);
}

TEST_F(FieldTest, ContainingIsMembership) {
  ASSERT_GT(field_.automata().parts.size(), 1u);
  for (const std::string& text : texts_) {
    const std::vector<LanguageId> found = field_.Containing(text);
    for (size_t g = 0; g < kGlobs.size(); ++g) {
      EXPECT_EQ(std::ranges::find(found, ids_[g]) != found.end(), In(text, g))
          << kGlobs[g] << " and " << text;
    }
  }
}

TEST_F(FieldTest, InclusionAndOverlapAgreeWithAllShortTexts) {
  std::vector<std::vector<bool>> in(kGlobs.size());
  for (size_t g = 0; g < kGlobs.size(); ++g) {
    for (const std::string& text : texts_) in[g].push_back(In(text, g));
  }
  for (size_t a = 0; a < kGlobs.size(); ++a) {
    for (size_t b = 0; b < kGlobs.size(); ++b) {
      bool subset = true, overlap = false;
      for (size_t t = 0; t < texts_.size(); ++t) {
        if (in[a][t] && !in[b][t]) subset = false;
        if (in[a][t] && in[b][t]) overlap = true;
      }
      EXPECT_EQ(field_.IsSubset(ids_[a], ids_[b]), subset) << kGlobs[a] << " in " << kGlobs[b];
      EXPECT_EQ(field_.Overlaps(ids_[a], ids_[b]), overlap) << kGlobs[a] << " and " << kGlobs[b];
    }
  }
}

TEST_F(FieldTest, WitnessesAreShortestMembers) {
  for (size_t g = 0; g < kGlobs.size(); ++g) {
    const std::string& witness = field_.witness(ids_[g]);
    EXPECT_TRUE(In(witness, g)) << kGlobs[g] << " and " << witness;
    for (const std::string& text : texts_) {
      if (text.size() < witness.size()) {
        EXPECT_FALSE(In(text, g)) << kGlobs[g] << " and " << text;
      }
    }
  }
}

}  // namespace
}  // namespace mcplexer::analysis
