// SPDX-License-Identifier: Apache-2.0
//
// The greedy algorithm of Myers ("An O(ND) Difference Algorithm and Its Variations", 1986) over
// lines, with what it reached for each number of edits kept to walk back. Fixes change few lines,
// so D is small; past kMostEdits the two texts are shown as replaced whole between their common
// ends.

#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/source/fix.h"

namespace mcplexer::source {
namespace {

constexpr long kMostEdits = 1'000;
constexpr size_t kContext = 3;

using Lines = std::vector<std::string_view>;

// With their ends, so that a missing last one shows.
Lines LinesOf(std::string_view text) {
  Lines lines;
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find('\n', at), text.size() - 1) + 1;
    lines.push_back(text.substr(at, end - at));
    at = end;
  }
  return lines;
}

// ' ' kept, '-' taken away, '+' added: in the order of a diff.
std::string ScriptBetweenEnds(std::span<const std::string_view> a,
                              std::span<const std::string_view> b) {
  const auto n = static_cast<long>(a.size());
  const auto m = static_cast<long>(b.size());
  std::vector<std::vector<long>> trace;  // [d][k + d + 1]: the farthest x on diagonal k
  std::vector<long> reach = {0, 0, 0};
  bool found = false;
  for (long d = 0; d <= std::min(n + m, kMostEdits) && !found; ++d) {
    std::vector<long> next(static_cast<size_t>(2 * d + 5), 0);
    for (long k = -d; k <= d; k += 2) {
      const auto old = [&](long diagonal) { return reach[static_cast<size_t>(diagonal + d)]; };
      long x = 0;
      if (d > 0) {
        const bool down = k == -d || (k != d && old(k - 1) < old(k + 1));
        x = down ? old(k + 1) : old(k - 1) + 1;
      }
      while (x < n && x - k < m && x - k >= 0 &&
             a[static_cast<size_t>(x)] == b[static_cast<size_t>(x - k)]) {
        ++x;
      }
      next[static_cast<size_t>(k + d + 1)] = x;
      found = found || (x >= n && x - k >= m);
    }
    trace.push_back(reach);
    reach = std::move(next);
  }
  if (!found) return std::string(a.size(), '-') + std::string(b.size(), '+');
  std::string script;
  long x = n;
  long y = m;
  for (long d = static_cast<long>(trace.size()) - 1; d > 0; --d) {
    const std::vector<long>& before = trace[static_cast<size_t>(d)];
    const auto old = [&](long diagonal) { return before[static_cast<size_t>(diagonal + d)]; };
    const long k = x - y;
    const bool down = k == -d || (k != d && old(k - 1) < old(k + 1));
    const long from_x = down ? old(k + 1) : old(k - 1);
    const long from_y = from_x - (down ? k + 1 : k - 1);
    for (; x > from_x + (down ? 0 : 1); --x, --y) script += ' ';
    script += down ? '+' : '-';
    x = from_x;
    y = from_y;
  }
  script.append(static_cast<size_t>(x), ' ');
  std::reverse(script.begin(), script.end());
  return script;
}

std::string Script(std::span<const std::string_view> a, std::span<const std::string_view> b) {
  const size_t shorter = std::min(a.size(), b.size());
  size_t head = 0;
  while (head < shorter && a[head] == b[head]) ++head;
  size_t tail = 0;
  while (tail < shorter - head && a[a.size() - 1 - tail] == b[b.size() - 1 - tail]) ++tail;
  return std::string(head, ' ') +
         ScriptBetweenEnds(a.subspan(head, a.size() - head - tail),
                           b.subspan(head, b.size() - head - tail)) +
         std::string(tail, ' ');
}

}  // namespace

std::string UnifiedDiff(const std::string& path, std::string_view before, std::string_view after) {
  if (before == after) return "";
  const Lines a = LinesOf(before);
  const Lines b = LinesOf(after);
  const std::string script = Script(a, b);
  std::string out = fmt::format("--- {}\n+++ {}\n", path, path);
  size_t line_a = 0;  // of the line that script[at] is about
  size_t line_b = 0;
  for (size_t at = 0; at < script.size();) {
    const size_t change = script.find_first_not_of(' ', at);
    if (change == std::string::npos) break;
    const size_t begin = change - std::min(change - at, kContext);
    line_a += begin - at;
    line_b += begin - at;
    // To the last change that is near enough to share its context.
    size_t end = change + 1;
    for (size_t next = end; next < script.size() && next - end <= 2 * kContext; ++next) {
      if (script[next] != ' ') end = next + 1;
    }
    end = std::min(end + kContext, script.size());
    const std::string_view hunk = std::string_view(script).substr(begin, end - begin);
    const auto count = [&](char skip) {
      return hunk.size() - static_cast<size_t>(std::count(hunk.begin(), hunk.end(), skip));
    };
    const size_t count_a = count('+');
    const size_t count_b = count('-');
    out += fmt::format("@@ -{},{} +{},{} @@\n", line_a + (count_a > 0 ? 1 : 0), count_a,
                       line_b + (count_b > 0 ? 1 : 0), count_b);
    for (const char kind : hunk) {
      const std::string_view line = kind == '+' ? b[line_b] : a[line_a];
      line_a += kind == '+' ? 0 : 1;
      line_b += kind == '-' ? 0 : 1;
      out += kind;
      out += line;
      if (!line.ends_with('\n')) out += "\n\\ No newline at end of file\n";
    }
    at = end;
  }
  return out;
}

}  // namespace mcplexer::source
