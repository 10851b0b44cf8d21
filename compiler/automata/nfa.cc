// SPDX-License-Identifier: Apache-2.0
#include "compiler/automata/nfa.h"

#include <fmt/format.h>

#include <algorithm>

namespace mcplexer::automata {

Nfa UnionOf(std::span<const Nfa* const> parts) {
  Nfa result;
  result.num_states = 2;
  result.start = 0;
  result.accept = 1;
  for (const Nfa* part : parts) {
    const std::uint32_t base = result.num_states;
    result.num_states += part->num_states;
    for (NfaEdge edge : part->edges) {
      edge.from += base;
      edge.to += base;
      result.edges.push_back(edge);
    }
    result.edges.push_back({.from = result.start, .to = base + part->start});
    result.edges.push_back({.from = base + part->accept, .to = result.accept});
  }
  return result;
}

Nfa UnionOf(std::span<const Nfa> parts) {
  std::vector<const Nfa*> pointers;
  for (const Nfa& part : parts) pointers.push_back(&part);
  return UnionOf(std::span<const Nfa* const>(pointers));
}

Nfa LiteralNfa(std::string_view text) {
  Nfa result;
  result.num_states = static_cast<std::uint32_t>(text.size()) + 1;
  result.accept = result.num_states - 1;
  for (std::uint32_t i = 0; i + 1 < result.num_states; ++i) {
    const auto byte = static_cast<std::uint8_t>(text[i]);
    result.edges.push_back(
        {.from = i, .to = i + 1, .kind = NfaEdge::Kind::kBytes, .low = byte, .high = byte});
  }
  return result;
}

std::uint32_t NfaBuilder::AddState() {
  if (num_states_ >= limits_.max_nfa_states) {
    overflowed_ = true;
    return 0;
  }
  return num_states_++;
}

void NfaBuilder::AddEdge(NfaEdge edge) {
  if (edges_.size() >= limits_.max_nfa_edges) overflowed_ = true;
  if (!overflowed_) edges_.push_back(edge);
}

void NfaBuilder::AddEpsilon(std::uint32_t from, std::uint32_t to) {
  AddEdge({.from = from, .to = to});
}

void NfaBuilder::AddByte(std::uint32_t from, std::uint8_t byte, std::uint32_t to) {
  AddEdge({.from = from, .to = to, .kind = NfaEdge::Kind::kBytes, .low = byte, .high = byte});
}

Fragment NfaBuilder::NewFragment() {
  Fragment result;
  result.first_state = num_states_;
  result.first_edge = static_cast<std::uint32_t>(edges_.size());
  result.entry = AddState();
  result.exit = AddState();
  return result;
}

Fragment NfaBuilder::Empty() {
  const Fragment result = NewFragment();
  AddEpsilon(result.entry, result.exit);
  return result;
}

Fragment NfaBuilder::Literal(std::string_view bytes) {
  if (bytes.empty()) return Empty();
  const Fragment result = NewFragment();
  std::uint32_t from = result.entry;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const std::uint32_t to = i + 1 == bytes.size() ? result.exit : AddState();
    AddByte(from, static_cast<std::uint8_t>(bytes[i]), to);
    from = to;
  }
  return result;
}

Fragment NfaBuilder::Bytes(std::span<const ByteRange> of) {
  const Fragment result = NewFragment();
  for (const ByteRange& range : of) {
    AddEdge({.from = result.entry,
             .to = result.exit,
             .kind = NfaEdge::Kind::kBytes,
             .low = range.low,
             .high = range.high});
  }
  return result;
}

Fragment NfaBuilder::AnyRun(std::span<const ByteRange> of) {
  const Fragment result = NewFragment();
  for (const ByteRange& range : of) {
    AddEdge({.from = result.entry,
             .to = result.entry,
             .kind = NfaEdge::Kind::kBytes,
             .low = range.low,
             .high = range.high});
  }
  AddEpsilon(result.entry, result.exit);
  return result;
}

Fragment NfaBuilder::CodePoint(const CodePointSet& set) {
  const Fragment result = NewFragment();
  // Chains are built from their ends and shared where what remains is the same: nearly all of them
  // end in one or two bytes 80..BF.
  struct Tail {
    std::uint8_t low;
    std::uint8_t high;
    std::uint32_t to;
    std::uint32_t state;
  };
  std::vector<Tail> tails;
  for (const Utf8Sequence& sequence : Utf8Sequences(set)) {
    std::uint32_t to = result.exit;
    for (std::size_t i = sequence.length; i-- > 1;) {
      const auto& bytes = sequence.bytes[i];
      // The youngest tails are the likely ones: sequences ascend, so what remains repeats in runs.
      const auto oldest =
          tails.rbegin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(tails.size(), 128));
      const auto found = std::find_if(tails.rbegin(), oldest, [&](const Tail& tail) {
        return tail.low == bytes.low && tail.high == bytes.high && tail.to == to;
      });
      if (found != oldest) {
        to = found->state;
        continue;
      }
      const std::uint32_t state = AddState();
      AddEdge({.from = state,
               .to = to,
               .kind = NfaEdge::Kind::kBytes,
               .low = bytes.low,
               .high = bytes.high});
      tails.push_back({bytes.low, bytes.high, to, state});
      to = state;
    }
    AddEdge({.from = result.entry,
             .to = to,
             .kind = NfaEdge::Kind::kBytes,
             .low = sequence.bytes[0].low,
             .high = sequence.bytes[0].high});
  }
  return result;
}

Fragment NfaBuilder::Assertion(NfaEdge::Kind kind) {
  const Fragment result = NewFragment();
  AddEdge({.from = result.entry, .to = result.exit, .kind = kind});
  has_assertions_ = true;
  return result;
}

Fragment NfaBuilder::Concat(Fragment left, Fragment right) {
  AddEpsilon(left.exit, right.entry);
  left.exit = right.exit;
  return left;
}

Fragment NfaBuilder::Alternate(std::span<const Fragment> parts) {
  if (parts.size() == 1) return parts.front();
  Fragment result = NewFragment();
  for (const Fragment& part : parts) {
    AddEpsilon(result.entry, part.entry);
    AddEpsilon(part.exit, result.exit);
  }
  result.first_state = parts.front().first_state;
  result.first_edge = parts.front().first_edge;
  return result;
}

Fragment NfaBuilder::Plus(Fragment inner) {
  Fragment result = NewFragment();
  AddEpsilon(result.entry, inner.entry);
  AddEpsilon(inner.exit, inner.entry);
  AddEpsilon(inner.exit, result.exit);
  result.first_state = inner.first_state;
  result.first_edge = inner.first_edge;
  return result;
}

Fragment NfaBuilder::Optional(Fragment inner) {
  Fragment result = NewFragment();
  AddEpsilon(result.entry, inner.entry);
  AddEpsilon(inner.exit, result.exit);
  AddEpsilon(result.entry, result.exit);
  result.first_state = inner.first_state;
  result.first_edge = inner.first_edge;
  return result;
}

Fragment NfaBuilder::Star(Fragment inner) { return Optional(Plus(inner)); }

Fragment NfaBuilder::Copy(Fragment original, std::uint32_t end_state, std::uint32_t end_edge) {
  const std::uint32_t state_shift = num_states_ - original.first_state;
  const std::uint32_t edge_shift = static_cast<std::uint32_t>(edges_.size()) - original.first_edge;
  const std::uint32_t states = end_state - original.first_state;
  const std::uint32_t edges = end_edge - original.first_edge;
  if (states > limits_.max_nfa_states - num_states_ ||
      edges_.size() + edges > limits_.max_nfa_edges) {
    overflowed_ = true;
  }
  if (overflowed_) return original;
  num_states_ += states;
  for (std::uint32_t i = original.first_edge; i < end_edge; ++i) {
    NfaEdge edge = edges_[i];
    edge.from += state_shift;
    edge.to += state_shift;
    edges_.push_back(edge);
  }
  return {.entry = original.entry + state_shift,
          .exit = original.exit + state_shift,
          .first_state = original.first_state + state_shift,
          .first_edge = original.first_edge + edge_shift};
}

Fragment NfaBuilder::Repeat(Fragment inner, std::uint32_t minimum, std::uint32_t maximum) {
  if (minimum == 0 && maximum == kUnbounded) return Star(inner);
  if (minimum == 1 && maximum == kUnbounded) return Plus(inner);
  if (minimum == 0 && maximum == 1) return Optional(inner);
  if (maximum == 0) {
    // The inner automaton stays behind, unreachable.
    Fragment result = Empty();
    result.first_state = inner.first_state;
    result.first_edge = inner.first_edge;
    return result;
  }
  const std::uint32_t end_state = num_states_;
  const auto end_edge = static_cast<std::uint32_t>(edges_.size());
  const std::uint32_t copies = maximum == kUnbounded ? minimum : maximum;
  Fragment result = inner;
  std::vector<std::uint32_t> early_exits;
  if (minimum == 0) early_exits.push_back(inner.entry);
  std::uint32_t last_entry = inner.entry;
  for (std::uint32_t i = 1; i < copies && !overflowed_; ++i) {
    if (i >= minimum) early_exits.push_back(result.exit);
    const Fragment copy = Copy(inner, end_state, end_edge);
    AddEpsilon(result.exit, copy.entry);
    result.exit = copy.exit;
    last_entry = copy.entry;
  }
  // Fresh ends: an entry may have edges into it and an exit edges out of it from here on.
  const std::uint32_t entry = AddState();
  const std::uint32_t exit = AddState();
  AddEpsilon(entry, result.entry);
  AddEpsilon(result.exit, exit);
  if (maximum == kUnbounded) AddEpsilon(result.exit, last_entry);
  for (std::uint32_t state : early_exits) {
    AddEpsilon(state == inner.entry ? entry : state, exit);
  }
  result.entry = entry;
  result.exit = exit;
  return result;
}

Fragment NfaBuilder::NonEmpty(Fragment inner) {
  // A new entry takes over the byte edges of all states that the old one reaches on nothing; being
  // no target and having no epsilon edge, it cannot reach the exit without a byte.
  const std::uint32_t entry = AddState();
  if (overflowed_) return inner;
  const auto end_edge = static_cast<std::uint32_t>(edges_.size());
  std::vector<bool> reached(num_states_, false);
  std::vector<std::uint32_t> work = {inner.entry};
  reached[inner.entry] = true;
  // Few and small fragments come here (path segments), so a scan of the edges per state is cheap
  // enough; the pattern's length bounds it.
  while (!work.empty()) {
    const std::uint32_t state = work.back();
    work.pop_back();
    for (std::uint32_t i = inner.first_edge; i < end_edge; ++i) {
      const NfaEdge edge = edges_[i];
      if (edge.from != state) continue;
      if (edge.kind == NfaEdge::Kind::kBytes) {
        AddEdge(
            {.from = entry, .to = edge.to, .kind = edge.kind, .low = edge.low, .high = edge.high});
      } else if (!reached[edge.to]) {
        reached[edge.to] = true;
        work.push_back(edge.to);
      }
    }
  }
  inner.entry = entry;
  return inner;
}

// Four copies of the automaton, for (something was consumed) x (nothing more may be consumed).
void NfaBuilder::ResolveAssertions(Nfa& nfa) const {
  const std::uint32_t n = nfa.num_states;
  std::vector<NfaEdge> edges;
  const auto at = [n](std::uint32_t state, std::uint32_t consumed, std::uint32_t ended) {
    return state + n * (consumed + 2 * ended);
  };
  for (const NfaEdge& edge : nfa.edges) {
    for (std::uint32_t consumed = 0; consumed < 2; ++consumed) {
      for (std::uint32_t ended = 0; ended < 2; ++ended) {
        NfaEdge copy = edge;
        copy.from = at(edge.from, consumed, ended);
        copy.to = at(edge.to, consumed, ended);
        if (edge.kind == NfaEdge::Kind::kBytes) {
          if (ended == 1) continue;
          copy.to = at(edge.to, 1, ended);
        } else if (edge.kind == NfaEdge::Kind::kTextBegin) {
          if (consumed == 1) continue;
        } else if (edge.kind == NfaEdge::Kind::kTextEnd) {
          copy.to = at(edge.to, consumed, 1);
        }
        if (edge.kind != NfaEdge::Kind::kBytes) copy.kind = NfaEdge::Kind::kEpsilon;
        edges.push_back(copy);
      }
    }
  }
  const std::uint32_t accept = 4 * n;
  for (std::uint32_t phase = 0; phase < 4; ++phase) {
    edges.push_back({.from = nfa.accept + n * phase, .to = accept});
  }
  nfa.num_states = accept + 1;
  nfa.accept = accept;
  nfa.edges = std::move(edges);
}

tl::expected<Nfa, LimitError> NfaBuilder::Finish(std::uint32_t start, std::uint32_t accept) && {
  if (overflowed_) {
    return tl::unexpected(
        LimitError{fmt::format("the pattern needs more than {} states or {} transitions",
                               limits_.max_nfa_states, limits_.max_nfa_edges),
                   {}});
  }
  Nfa result{
      .num_states = num_states_, .start = start, .accept = accept, .edges = std::move(edges_)};
  if (has_assertions_) ResolveAssertions(result);
  return result;
}

}  // namespace mcplexer::automata
