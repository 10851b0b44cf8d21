// SPDX-License-Identifier: Apache-2.0
#include "runtime/decide/automaton.h"

#include <algorithm>

namespace mcplexer::decide {

uint32_t NextNode(const uint32_t* node, uint32_t byte_class) {
  const plan::NodeHead head = plan::NodeAt(node);
  const uint32_t* const end = node + head.words();
  const uint32_t* edge = end - head.edges();
  // Where patterns fan out a bisection saves more than it costs.
  constexpr uint32_t kMostLookedThrough = 8;
  if (head.edges() > kMostLookedThrough) {
    edge = std::lower_bound(edge, end, byte_class,
                            [](uint32_t e, uint32_t sought) { return (e & 0xFF) < sought; });
    return edge != end && (*edge & 0xFF) == byte_class ? *edge >> 8 : head.otherwise();
  }
  for (; edge != end; ++edge) {
    if ((*edge & 0xFF) == byte_class) return *edge >> 8;
  }
  return head.otherwise();
}

std::span<const uint32_t> SetsOf(const plan::AutomatonRecord& automaton, std::string_view text,
                                 const plan::Tables& tables) {
  const uint8_t* byte_map = tables.byte_maps.data() + automaton.byte_map;
  const uint32_t* nodes = tables.nodes.data() + automaton.nodes_begin;
  const auto class_at = [&](size_t i) { return byte_map[static_cast<uint8_t>(text[i])]; };
  uint32_t at = automaton.start;
  plan::NodeHead node = plan::NodeAt(nodes + at);
  for (size_t i = 0; i < text.size();) {
    const auto* chain = reinterpret_cast<const uint8_t*>(nodes + at + 2);
    const size_t begin = i;
    const size_t end = std::min<size_t>(text.size(), i + node.chain());
    while (i < end && chain[i - begin] == class_at(i)) ++i;
    if (i == text.size()) break;
    const bool passed = i - begin == node.chain();
    const uint32_t next = passed ? NextNode(nodes + at, class_at(i)) : node.otherwise();
    ++i;
    if (next == 0) return {};  // dead, and class 0 holds no set
    if (next == at && node.edges() == 0 && node.chain() == 0) break;  // never left
    at = next;
    node = plan::NodeAt(nodes + at);
  }
  const uint32_t number = automaton.classes.begin + node.set_class();
  return plan::Slice(tables.class_sets, tables.classes[number].sets);
}

}  // namespace mcplexer::decide
