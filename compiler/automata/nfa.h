// SPDX-License-Identifier: Apache-2.0
// Non-deterministic automata over bytes, and the builder that makes them.
//
// Thompson's construction with one entry and one exit a fragment. Every edge is kept in one flat
// list and a fragment owns a contiguous run of states and edges, so copying one (counted
// repetition) is a copy with an offset and nothing here recurses.

#ifndef MCPLEXER_COMPILER_AUTOMATA_NFA_H_
#define MCPLEXER_COMPILER_AUTOMATA_NFA_H_

#include <cstdint>
#include <span>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "compiler/automata/code_points.h"
#include "compiler/automata/limits.h"

namespace mcplexer::automata {

struct NfaEdge {
  enum class Kind : std::uint8_t {
    kBytes,      // consumes one byte in low..high
    kEpsilon,    // consumes nothing
    kTextBegin,  // consumes nothing, only before the first byte; never in a finished Nfa
    kTextEnd,    // consumes nothing, only after the last byte; never in a finished Nfa
  };
  std::uint32_t from = 0;
  std::uint32_t to = 0;
  Kind kind = Kind::kEpsilon;
  std::uint8_t low = 0;
  std::uint8_t high = 0;
};

// A language: the byte strings that lead from `start` to `accept`. A plain value.
struct Nfa {
  std::uint32_t num_states = 0;
  std::uint32_t start = 0;
  std::uint32_t accept = 0;
  std::vector<NfaEdge> edges;
};

// The language of all strings in any of `parts` (none: the empty language).
Nfa UnionOf(std::span<const Nfa* const> parts);
Nfa UnionOf(std::span<const Nfa> parts);

// The language of exactly this string.
Nfa LiteralNfa(std::string_view text);

// Part of an automaton under construction, valid with the builder that returned it and consumed by
// the operation that takes it.
struct Fragment {
  std::uint32_t entry = 0;
  std::uint32_t exit = 0;
  std::uint32_t first_state = 0;  // its states and edges are all from here on
  std::uint32_t first_edge = 0;
};

struct ByteRange {
  std::uint8_t low = 0;
  std::uint8_t high = 0;  // inclusive
};

// Builds one Nfa bottom up. Operands must be the youngest fragments, in the order in which they
// were made, as a parser with a stack has them. Past a limit every operation returns without effect
// and Finish says so; a caller needs no checks in between, but should ask overflowed() in long
// loops. Not thread-safe.
class NfaBuilder {
 public:
  explicit NfaBuilder(const Limits& limits) : limits_(limits) {}

  Fragment Empty();                               // the empty string
  Fragment Literal(std::string_view bytes);       // exactly these bytes
  Fragment Bytes(std::span<const ByteRange> of);  // one byte in any of the ranges (none: no string)
  Fragment AnyRun(std::span<const ByteRange> of);  // any number of such bytes
  Fragment CodePoint(const CodePointSet& set);     // the UTF-8 of one code point in the set
  Fragment Assertion(NfaEdge::Kind kind);          // kTextBegin or kTextEnd

  Fragment Concat(Fragment left, Fragment right);
  Fragment Alternate(std::span<const Fragment> parts);  // at least one
  Fragment Star(Fragment inner);
  Fragment Plus(Fragment inner);
  Fragment Optional(Fragment inner);
  // minimum..maximum times; kUnbounded for no maximum. `inner` must be the youngest fragment.
  static constexpr std::uint32_t kUnbounded = UINT32_MAX;
  Fragment Repeat(Fragment inner, std::uint32_t minimum, std::uint32_t maximum);
  // The language of `inner` without the empty string. `inner` must be the youngest fragment.
  Fragment NonEmpty(Fragment inner);

  // For automata that are graphs rather than expressions (paths): bare states and edges.
  std::uint32_t AddState();
  void AddEpsilon(std::uint32_t from, std::uint32_t to);
  void AddByte(std::uint32_t from, std::uint8_t byte, std::uint32_t to);

  bool overflowed() const { return overflowed_; }

  // The finished automaton. Text assertions are resolved away exactly: what follows a kTextEnd, and
  // what precedes a kTextBegin, can only be empty.
  tl::expected<Nfa, LimitError> Finish(std::uint32_t start, std::uint32_t accept) &&;
  tl::expected<Nfa, LimitError> Finish(Fragment whole) && {
    return std::move(*this).Finish(whole.entry, whole.exit);
  }

 private:
  Fragment NewFragment();
  void AddEdge(NfaEdge edge);
  Fragment Copy(Fragment original, std::uint32_t end_state, std::uint32_t end_edge);
  void ResolveAssertions(Nfa& nfa) const;

  Limits limits_;
  std::uint32_t num_states_ = 0;
  std::vector<NfaEdge> edges_;
  bool overflowed_ = false;
  bool has_assertions_ = false;
};

}  // namespace mcplexer::automata

#endif  // MCPLEXER_COMPILER_AUTOMATA_NFA_H_
