// SPDX-License-Identifier: Apache-2.0
#include "compiler/analysis/languages.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "compiler/automata/pattern.h"
#include "compiler/automata/witness.h"

namespace mcplexer::analysis {
namespace {

automata::Dfa Glob(const std::string& text) {
  return automata::ToDfa(automata::ParseNameGlob(text).value()).value();
}

TEST(Languages, AnswersAsTheAutomataDoBothTimes) {
  const std::vector<automata::Dfa> globs = {Glob("a*"), Glob("*a"),     Glob("*ab*"),
                                            Glob("ab"), Glob("a*{b,}"), Glob("b?")};
  Languages languages;
  for (int time = 0; time < 2; ++time) {
    for (const automata::Dfa& left : globs) {
      for (const automata::Dfa& right : globs) {
        const SharedLanguage a = languages.OfLasting(left);
        const SharedLanguage b = languages.Of(right);
        const SharedLanguage both = languages.Intersection(a, b);
        const SharedLanguage rest = languages.Difference(a, b);
        ASSERT_TRUE(both && rest);
        EXPECT_TRUE(both->dfa == automata::Intersection(left, right).value());
        EXPECT_TRUE(rest->dfa == automata::Difference(left, right).value());
        for (const SharedLanguage& some : {both, rest}) {
          if (some->IsEmpty()) continue;
          EXPECT_EQ(some->witness(), automata::ShortestWitness(some->dfa));
        }
      }
    }
  }
}

TEST(Languages, KnowsEqualLanguages) {
  Languages languages;
  const SharedLanguage a = languages.Of(Glob("a*"));
  EXPECT_EQ(a->id, languages.Of(Glob("{a*,ab*}"))->id);
  EXPECT_NE(a->id, languages.Of(Glob("b*"))->id);
  EXPECT_EQ(languages.Difference(a, a)->id, languages.Of(automata::Dfa())->id);
}

}  // namespace
}  // namespace mcplexer::analysis
