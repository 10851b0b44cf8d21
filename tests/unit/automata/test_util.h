// SPDX-License-Identifier: Apache-2.0
// Small worlds to check automata in, exhaustively.

#ifndef MCPLEXER_TESTS_UNIT_AUTOMATA_TEST_UTIL_H_
#define MCPLEXER_TESTS_UNIT_AUTOMATA_TEST_UTIL_H_

#include <gtest/gtest.h>

#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/automata/dfa.h"
#include "compiler/automata/nfa.h"
#include "compiler/automata/pattern.h"

namespace mcplexer::automata {

// The same numbers on every platform and in every run.
class Random {
 public:
  explicit Random(std::uint32_t seed) : engine_(seed) {}
  std::uint32_t operator()() { return static_cast<std::uint32_t>(engine_()); }

 private:
  std::mt19937 engine_;
};

// All strings of up to `longest` letters, a letter being any string; the empty one first.
inline std::vector<std::string> AllStrings(const std::vector<std::string>& letters,
                                           std::size_t longest) {
  std::vector<std::string> result = {""};
  std::size_t begin = 0;
  for (std::size_t length = 1; length <= longest; ++length) {
    const std::size_t end = result.size();
    for (std::size_t i = begin; i < end; ++i) {
      for (const std::string& letter : letters) result.push_back(result[i] + letter);
    }
    begin = end;
  }
  return result;
}

template <typename T, typename E>
T Must(tl::expected<T, E> result) {
  if (!result) {
    ADD_FAILURE() << result.error().message;
    return T();
  }
  return *std::move(result);
}

inline std::vector<const Nfa*> Pointers(const std::vector<Nfa>& nfas) {
  std::vector<const Nfa*> result;
  for (const Nfa& nfa : nfas) result.push_back(&nfa);
  return result;
}

inline Dfa NameGlob(std::string_view text) { return Must(ToDfa(Must(ParseNameGlob(text)))); }
inline Dfa PathGlob(std::string_view text) { return Must(ToDfa(Must(ParsePathGlob(text)))); }
inline Dfa UriGlob(std::string_view text) { return Must(ToDfa(Must(ParseUriGlob(text)))); }
inline Dfa Regex(std::string_view text) { return Must(ToDfa(Must(ParseRegex(text)))); }

}  // namespace mcplexer::automata

#endif  // MCPLEXER_TESTS_UNIT_AUTOMATA_TEST_UTIL_H_
