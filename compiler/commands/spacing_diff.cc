// SPDX-License-Identifier: Apache-2.0
// No search for a longest common subsequence: where as many visible bytes lie behind in both texts,
// they stand at the same place, and from there on equal lines are kept and others replaced.

#include "compiler/commands/spacing_diff.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <vector>

namespace mcplexer::commands {
namespace {

constexpr size_t kContext = 3;

struct Line {
  char mark = ' ';  // ' ', '-' or '+'
  std::string_view text;
};

// With their line ends.
std::vector<std::string_view> LinesOf(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return lines;
}

size_t Visible(std::string_view line) {
  return static_cast<size_t>(std::count_if(line.begin(), line.end(), [](char c) {
    return c != ' ' && c != '\t' && c != '\r' && c != '\n';
  }));
}

std::vector<Line> Compare(const std::vector<std::string_view>& before,
                          const std::vector<std::string_view>& after) {
  std::vector<Line> lines;
  size_t i = 0;
  size_t j = 0;
  size_t behind_before = 0;  // visible bytes
  size_t behind_after = 0;
  while (i < before.size() || j < after.size()) {
    const bool both = i < before.size() && j < after.size();
    const bool level = behind_before == behind_after;
    if (both && level && before[i] == after[j]) {
      lines.push_back({' ', before[i]});
      behind_before += Visible(before[i++]);
      behind_after += Visible(after[j++]);
      continue;
    }
    // Whichever is behind goes on. Of two that are level an empty line goes first, so that the line
    // behind it can still meet its equal.
    const bool from_before =
        j == after.size() ||
        (i < before.size() &&
         (level ? Visible(before[i]) == 0 || Visible(after[j]) > 0 : behind_before < behind_after));
    if (from_before) {
      lines.push_back({'-', before[i]});
      behind_before += Visible(before[i++]);
    } else {
      lines.push_back({'+', after[j]});
      behind_after += Visible(after[j++]);
    }
  }
  return lines;
}

// "12,3", as a hunk's head has it.
std::string Range(size_t behind, size_t count) {
  return fmt::format("{},{}", count == 0 ? behind : behind + 1, count);
}

}  // namespace

std::string SpacingDiff(std::string_view name, std::string_view before, std::string_view after) {
  if (before == after) return "";
  const std::vector<Line> lines = Compare(LinesOf(before), LinesOf(after));
  std::string out = fmt::format("--- {}\n+++ {} (formatted)\n", name, name);
  size_t before_line = 0;  // lines behind `at`
  size_t after_line = 0;
  for (size_t at = 0; at < lines.size();) {
    const auto is_change = [](const Line& line) { return line.mark != ' '; };
    const auto change = static_cast<size_t>(
        std::find_if(lines.begin() + static_cast<ptrdiff_t>(at), lines.end(), is_change) -
        lines.begin());
    const size_t begin = std::max(at, change - std::min(change, kContext));
    before_line += begin - at;
    after_line += begin - at;
    if (change == lines.size()) break;
    // Changes with no more than twice the context between them share a hunk.
    size_t last = change;
    for (size_t i = change; i < lines.size() && i - last <= 2 * kContext; ++i) {
      if (is_change(lines[i])) last = i;
    }
    const size_t end = std::min(last + 1 + kContext, lines.size());
    std::string body;
    size_t removed = 0;
    size_t added = 0;
    for (size_t i = begin; i < end; ++i) {
      removed += lines[i].mark != '+' ? 1 : 0;
      added += lines[i].mark != '-' ? 1 : 0;
      body += lines[i].mark;
      body += lines[i].text;
      if (!lines[i].text.ends_with('\n')) body += "\n\\ No newline at end of file\n";
    }
    out += fmt::format("@@ -{} +{} @@\n{}", Range(before_line, removed), Range(after_line, added),
                       body);
    before_line += removed;
    after_line += added;
    at = end;
  }
  return out;
}

}  // namespace mcplexer::commands
