// SPDX-License-Identifier: Apache-2.0
// Minimal deterministic automata over bytes: the normal form of a language.

#ifndef MCPLEXER_COMPILER_AUTOMATA_DFA_H_
#define MCPLEXER_COMPILER_AUTOMATA_DFA_H_

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "compiler/automata/limits.h"
#include "compiler/automata/nfa.h"

namespace mcplexer::automata {

// A complete deterministic automaton whose states carry labels; label 0 means "matches nothing".
// Bytes are first mapped to classes that no state tells apart, then the row-major table is walked.
struct DfaTable {
  std::array<std::uint8_t, 256> byte_map{};
  std::uint32_t num_byte_classes = 1;
  std::uint32_t start = 0;
  std::vector<std::uint32_t> next;   // num_states() x num_byte_classes
  std::vector<std::uint32_t> label;  // num_states()

  std::uint32_t num_states() const { return static_cast<std::uint32_t>(label.size()); }
  std::uint32_t Step(std::uint32_t state, std::uint8_t byte) const {
    return next[std::size_t{state} * num_byte_classes + byte_map[byte]];
  }
  std::uint32_t Walk(std::string_view text) const {
    std::uint32_t state = start;
    for (char c : text) state = Step(state, static_cast<std::uint8_t>(c));
    return state;
  }
  bool operator==(const DfaTable&) const = default;
};

// A language in normal form: minimal, complete, states and byte classes numbered canonically (start
// is state 0), labels 0 and 1. Equal languages are equal values. Immutable, so any thread may read.
class Dfa {
 public:
  Dfa();  // the empty language
  // Minimises `table`; a label other than 0 accepts.
  static Dfa FromTable(DfaTable table);

  const DfaTable& table() const { return table_; }
  std::uint32_t num_states() const { return table_.num_states(); }
  bool accepting(std::uint32_t state) const { return table_.label[state] != 0; }
  // The one state from which nothing is accepted, where there is one.
  std::optional<std::uint32_t> dead_state() const { return dead_state_; }

  // What may follow on a way to `state`: what is accepted from there.
  Dfa From(std::uint32_t state) const;

  bool Matches(std::string_view text) const { return table_.label[table_.Walk(text)] != 0; }
  bool IsEmpty() const { return dead_state_ == table_.start; }

  bool operator==(const Dfa& other) const { return table_ == other.table_; }
  // Equal languages have equal bytes; stable across platforms and runs.
  std::string CanonicalBytes() const;
  std::uint64_t Hash() const;

 private:
  explicit Dfa(DfaTable normal);  // already in normal form

  DfaTable table_;
  std::optional<std::uint32_t> dead_state_;
};

// The minimal automaton of an NFA's language.
tl::expected<Dfa, LimitError> ToDfa(const Nfa& nfa, const Limits& limits = {});

// An NFA of the same language with one live state at a time.
Nfa ToNfa(const Dfa& dfa);

// Boolean operations, as minimal automata. Limits: max_subset_states on the product.
tl::expected<Dfa, LimitError> Union(const Dfa& a, const Dfa& b, const Limits& limits = {});
tl::expected<Dfa, LimitError> Intersection(const Dfa& a, const Dfa& b, const Limits& limits = {});
tl::expected<Dfa, LimitError> Difference(const Dfa& a, const Dfa& b, const Limits& limits = {});
// All strings of `universe` that are not in `a`.
tl::expected<Dfa, LimitError> Complement(const Dfa& a, const Dfa& universe,
                                         const Limits& limits = {});

// The language { w : prefix w in L }: what may follow `prefix`. `*__x` after `ns__` is `*__x` or
// `x`.
Dfa Residual(const Dfa& dfa, std::string_view prefix);

}  // namespace mcplexer::automata

#endif  // MCPLEXER_COMPILER_AUTOMATA_DFA_H_
