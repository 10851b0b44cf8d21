// SPDX-License-Identifier: Apache-2.0
// Questions about combinations of languages, answered by walking their product from the start until
// the answer is known: the product is never built. An answer comes with a string that shows it.
//
// A witness is shortest; among those the first with bytes preferred in the order a-z 0-9 _ - / .
// and then the rest, so that it reads like a name a person would write. It is well-formed UTF-8 if
// any string of the combination is (then the shortest of those).

#ifndef MCPLEXER_COMPILER_AUTOMATA_WITNESS_H_
#define MCPLEXER_COMPILER_AUTOMATA_WITNESS_H_

#include <array>
#include <optional>
#include <span>
#include <string>
#include <tl/expected.hpp>

#include "compiler/automata/dfa.h"

namespace mcplexer::automata {

// All bytes in the order in which a witness prefers them.
const std::array<std::uint8_t, 256>& PreferredBytes();

// A shortest string that is in all of `in` and in none of `out`; nullopt if there is none. Limit:
// max_subset_states on the states of the product that are visited.
tl::expected<std::optional<std::string>, LimitError> FindWitness(std::span<const Dfa* const> in,
                                                                 std::span<const Dfa* const> out,
                                                                 const Limits& limits = {});

// A shortest string of the language; nullopt for the empty language.
std::optional<std::string> ShortestWitness(const Dfa& dfa);

// Whether every string of `a` is in `b`.
tl::expected<bool, LimitError> IsSubset(const Dfa& a, const Dfa& b, const Limits& limits = {});

// Whether some string is in both.
tl::expected<bool, LimitError> Intersects(const Dfa& a, const Dfa& b, const Limits& limits = {});

}  // namespace mcplexer::automata

#endif  // MCPLEXER_COMPILER_AUTOMATA_WITNESS_H_
