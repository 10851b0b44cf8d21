// SPDX-License-Identifier: Apache-2.0
#include "compiler/automata/witness.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "compiler/automata/interner.h"
#include "compiler/automata/universe.h"

namespace mcplexer::automata {
namespace {

std::array<std::uint8_t, 256> MakePreferredBytes() {
  std::array<std::uint8_t, 256> result{};
  std::size_t size = 0;
  std::array<bool, 256> taken{};
  const auto add = [&](unsigned first, unsigned last) {
    for (unsigned byte = first; byte <= last; ++byte) {
      if (taken[byte]) continue;
      taken[byte] = true;
      result[size++] = static_cast<std::uint8_t>(byte);
    }
  };
  add('a', 'z');
  add('0', '9');
  for (unsigned char c : {'_', '-', '/', '.'}) add(c, c);
  add('A', 'Z');
  add(0x21, 0x7E);
  add(0x20, 0x20);
  add(0x80, 0xFF);
  add(0x00, 0xFF);
  return result;
}

// The first preferred byte of each group of bytes that none of the automata tells apart.
std::vector<std::uint8_t> Representatives(std::span<const Dfa* const> automata) {
  std::vector<std::uint8_t> result;
  SequenceInterner groups;
  std::vector<std::uint32_t> group;
  for (std::uint8_t byte : PreferredBytes()) {
    group.clear();
    for (const Dfa* dfa : automata) group.push_back(dfa->table().byte_map[byte]);
    groups.Intern(group);
    if (groups.size() > result.size()) result.push_back(byte);
  }
  return result;
}

}  // namespace

const std::array<std::uint8_t, 256>& PreferredBytes() {
  static const std::array<std::uint8_t, 256> bytes = MakePreferredBytes();
  return bytes;
}

namespace {

// Breadth first over tuples of states, so the first tuple that answers has a shortest string.
tl::expected<std::optional<std::string>, LimitError> Search(std::span<const Dfa* const> in,
                                                            std::span<const Dfa* const> out,
                                                            const Limits& limits) {
  std::vector<const Dfa*> all(in.begin(), in.end());
  all.insert(all.end(), out.begin(), out.end());
  const std::vector<std::uint8_t> bytes = Representatives(all);
  struct Origin {
    std::uint32_t from;
    std::uint8_t byte;
  };
  SequenceInterner tuples;
  std::vector<Origin> origins;
  std::vector<std::uint32_t> current(all.size());
  std::vector<std::uint32_t> tuple(all.size(), 0);
  const auto visit = [&](Origin origin) {
    for (std::size_t i = 0; i < in.size(); ++i) {
      if (tuple[i] == in[i]->dead_state()) return;
    }
    tuples.Intern(tuple);
    if (tuples.size() > origins.size()) origins.push_back(origin);
  };
  const auto answers = [&] {
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (all[i]->accepting(current[i]) != (i < in.size())) return false;
    }
    return true;
  };
  visit({0, 0});
  for (std::uint32_t id = 0; id < tuples.size(); ++id) {
    if (tuples.size() > limits.max_subset_states) {
      return tl::unexpected(
          LimitError{fmt::format("a combination of patterns needs more than {} automaton states",
                                 limits.max_subset_states),
                     {}});
    }
    std::ranges::copy(tuples.Get(id), current.begin());
    if (answers()) {
      std::string witness;
      for (std::uint32_t at = id; at != 0; at = origins[at].from) {
        witness.push_back(static_cast<char>(origins[at].byte));
      }
      std::ranges::reverse(witness);
      return witness;
    }
    for (std::uint8_t byte : bytes) {
      for (std::size_t i = 0; i < all.size(); ++i) {
        tuple[i] = all[i]->table().Step(current[i], byte);
      }
      visit({id, byte});
    }
  }
  return std::nullopt;
}

}  // namespace

tl::expected<std::optional<std::string>, LimitError> FindWitness(std::span<const Dfa* const> in,
                                                                 std::span<const Dfa* const> out,
                                                                 const Limits& limits) {
  std::vector<const Dfa*> readable(in.begin(), in.end());
  readable.push_back(&Utf8Universe());
  auto witness = Search(readable, out, limits);
  if (witness && witness->has_value()) return witness;
  return Search(in, out, limits);
}

std::optional<std::string> ShortestWitness(const Dfa& dfa) {
  // The product with UTF-8 has at most eight times the automaton's states.
  Limits limits;
  limits.max_subset_states = UINT32_MAX;
  const Dfa* const in[] = {&dfa};
  return FindWitness(in, {}, limits).value();
}

tl::expected<bool, LimitError> IsSubset(const Dfa& a, const Dfa& b, const Limits& limits) {
  const Dfa* const in[] = {&a};
  const Dfa* const out[] = {&b};
  auto witness = Search(in, out, limits);
  if (!witness) return tl::unexpected(witness.error());
  return !witness->has_value();
}

tl::expected<bool, LimitError> Intersects(const Dfa& a, const Dfa& b, const Limits& limits) {
  const Dfa* const in[] = {&a, &b};
  auto witness = Search(in, {}, limits);
  if (!witness) return tl::unexpected(witness.error());
  return witness->has_value();
}

}  // namespace mcplexer::automata
