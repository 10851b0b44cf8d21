// SPDX-License-Identifier: Apache-2.0
// What tests of the analysis share: a text to a space, and all calls of a small world.

#ifndef MCPLEXER_TESTS_UNIT_ANALYSIS_ANALYSED_H_
#define MCPLEXER_TESTS_UNIT_ANALYSIS_ANALYSED_H_

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "compiler/analysis/call_search.h"
#include "compiler/reference/interpreter.h"
#include "tests/unit/model/lowered.h"

namespace mcplexer::analysis {

struct Analysed {
  std::unique_ptr<model::Lowered> lowered;
  std::unique_ptr<Space> space;
  std::unique_ptr<Order> order;
  std::unique_ptr<CallSearch> search;

  const model::Policy& policy() const { return lowered->policy; }
  RuleId Find(std::string_view id) const {
    for (size_t r = 0; r < policy().rules.size(); ++r) {
      if (policy().rules[r].id == id) return RuleId(r);
    }
    ADD_FAILURE() << "no rule " << id;
    return RuleId(0u);
  }
};

// The text has no mistakes but those that only the analysis finds.
inline Analysed Analyse(std::string text, const std::string& path = "p.plex") {
  Analysed analysed;
  analysed.lowered = model::LowerFiles({{path, std::move(text)}});
  for (const std::string& finding : analysed.lowered->findings) ADD_FAILURE() << finding;
  analysed.space =
      Space::Build(analysed.lowered->policy, automata::Limits(), analysed.lowered->diagnostics);
  EXPECT_NE(analysed.space, nullptr);
  analysed.order = std::make_unique<Order>(ComputeOrder(*analysed.space));
  analysed.search = std::make_unique<CallSearch>(*analysed.space, *analysed.order);
  return analysed;
}

// Every text of 1 to `length` of these characters.
inline std::vector<std::string> AllTexts(const std::string& characters, size_t length) {
  std::vector<std::string> texts;
  for (size_t begin = 0, size = 1; size <= length; ++size) {
    const size_t end = texts.size();
    if (size == 1) {
      for (const char c : characters) texts.emplace_back(1, c);
    } else {
      for (size_t i = begin; i < end; ++i) {
        for (const char c : characters) texts.push_back(texts[i] + c);
      }
      begin = end;
    }
  }
  return texts;
}

}  // namespace mcplexer::analysis

#endif  // MCPLEXER_TESTS_UNIT_ANALYSIS_ANALYSED_H_
