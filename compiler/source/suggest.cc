// SPDX-License-Identifier: Apache-2.0
#include "compiler/source/suggest.h"

#include <algorithm>
#include <vector>

namespace mcplexer::source {
namespace {

constexpr size_t kLongestName = 64;
constexpr size_t kShortestPrefix = 3;

// Shorter words have neighbours that mean something else: `ro` and `rw`, `dev` and `div`.
constexpr size_t kShortestWord = 5;

bool IsLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool IsSeparator(char c) { return c == '_' || c == '-'; }

// The length of the run of letters around text[begin, end), which are letters themselves.
size_t WordAround(std::string_view text, size_t begin, size_t end) {
  while (begin > 0 && IsLetter(text[begin - 1])) --begin;
  while (end < text.size() && IsLetter(text[end])) ++end;
  return end - begin;
}

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

std::optional<std::string> OnlyNeighbour(std::string_view name,
                                         std::span<const std::string_view> candidates) {
  if (name.size() > kLongestName) return std::nullopt;
  std::optional<std::string> only;
  for (const std::string_view candidate : candidates) {
    if (EditDistance(name, candidate, 1) != 1 || only == candidate) continue;
    if (only) return std::nullopt;
    only = std::string(candidate);
  }
  return only;
}

bool IsTypingSlip(std::string_view written, std::string_view meant) {
  if (EditDistance(written, meant, 1) != 1) return false;
  size_t begin = 0;
  while (begin < std::min(written.size(), meant.size()) && written[begin] == meant[begin]) ++begin;
  size_t same = 0;  // at the end
  while (same < std::min(written.size(), meant.size()) - begin &&
         written[written.size() - 1 - same] == meant[meant.size() - 1 - same]) {
    ++same;
  }
  const std::string_view removed = written.substr(begin, written.size() - same - begin);
  const std::string_view added = meant.substr(begin, meant.size() - same - begin);
  const auto all = [&](bool (*is)(char)) {
    return std::ranges::all_of(removed, is) && std::ranges::all_of(added, is);
  };
  if (all(IsSeparator)) return true;
  if (!all(IsLetter)) return false;
  return std::min(WordAround(written, begin, written.size() - same),
                  WordAround(meant, begin, meant.size() - same)) >= kShortestWord;
}

}  // namespace mcplexer::source
