// SPDX-License-Identifier: Apache-2.0
#include "compiler/source/suggest.h"

#include <algorithm>
#include <vector>

namespace mcplexer::source {
namespace {

constexpr size_t kLongestName = 64;
constexpr size_t kShortestPrefix = 3;

template <typename Text>
std::optional<std::string> Nearest(std::string_view name, std::span<const Text> candidates) {
  if (name.empty() || name.size() > kLongestName) return std::nullopt;
  size_t most = std::max<size_t>(1, name.size() / 3);
  std::optional<std::string> best;
  // One that goes on where the name ends is nearer than all but a slip of the pen.
  std::optional<std::string> longer;
  for (const std::string_view candidate : candidates) {
    if (name.size() >= kShortestPrefix && candidate.size() > name.size() &&
        candidate.starts_with(name) && (!longer || candidate.size() < longer->size())) {
      longer = std::string(candidate);
    }
    const size_t distance = EditDistance(name, candidate, most);
    // A distance of a whole short name would "correct" `a` to `b`.
    if (distance == 0 || distance > most || distance >= candidate.size()) continue;
    best = std::string(candidate);
    most = distance - 1;
    if (most == 0) return best;
  }
  return longer ? longer : best;
}

}  // namespace

size_t EditDistance(std::string_view a, std::string_view b, size_t most) {
  const size_t longer = std::max(a.size(), b.size());
  const size_t shorter = std::min(a.size(), b.size());
  if (longer - shorter > most) return most + 1;
  std::vector<size_t> before(b.size() + 1);
  std::vector<size_t> above(b.size() + 1);
  std::vector<size_t> row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) above[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      const size_t change = a[i - 1] == b[j - 1] ? 0 : 1;
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + change});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        row[j] = std::min(row[j], before[j - 2] + 1);
      }
    }
    before.swap(above);
    above.swap(row);
  }
  return std::min(above[b.size()], most + 1);
}

std::optional<std::string> Suggest(std::string_view name,
                                   std::span<const std::string_view> candidates) {
  return Nearest(name, candidates);
}

std::optional<std::string> Suggest(std::string_view name, std::span<const std::string> candidates) {
  return Nearest(name, candidates);
}

}  // namespace mcplexer::source
