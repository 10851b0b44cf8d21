// SPDX-License-Identifier: Apache-2.0
// A longest common subsequence of words by the textbook table, after what is equal at both ends has
// been taken off.

#include "compiler/inventory/text_diff.h"

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "compiler/source/printable.h"

namespace mcplexer::inventory {
namespace {

using Words = std::vector<std::string_view>;

// Runs of bytes other than space and line feed; a line feed is a word.
Words Split(std::string_view text) {
  Words words;
  for (size_t at = 0; at < text.size();) {
    if (text[at] == ' ') {
      ++at;
    } else if (text[at] == '\n') {
      words.push_back(text.substr(at++, 1));
    } else {
      const size_t end = std::min(text.find_first_of(" \n", at), text.size());
      words.push_back(text.substr(at, end - at));
      at = end;
    }
  }
  return words;
}

enum class Fate : uint8_t { kKept, kGone, kNew };

struct Word {
  Fate fate;
  std::string_view text;
};

// `before` and `after` to one list, gone words ahead of new ones.
void Merge(const Words& before, const Words& after, size_t max_cells, std::vector<Word>& out) {
  const size_t rows = before.size();
  const size_t columns = after.size();
  const auto all = [&](const Words& words, Fate fate) {
    for (const std::string_view word : words) out.push_back({fate, word});
  };
  if (rows == 0 || columns == 0 || rows > max_cells / columns) {
    all(before, Fate::kGone);
    all(after, Fate::kNew);
    return;
  }
  // common[i][j]: length of a longest common subsequence of before[i..] and after[j..].
  std::vector<uint32_t> common((rows + 1) * (columns + 1), 0);
  const auto cell = [&](size_t i, size_t j) -> uint32_t& { return common[i * (columns + 1) + j]; };
  for (size_t i = rows; i-- > 0;) {
    for (size_t j = columns; j-- > 0;) {
      cell(i, j) =
          before[i] == after[j] ? cell(i + 1, j + 1) + 1 : std::max(cell(i + 1, j), cell(i, j + 1));
    }
  }
  size_t i = 0;
  size_t j = 0;
  while (i < rows || j < columns) {
    if (i < rows && j < columns && before[i] == after[j]) {
      out.push_back({Fate::kKept, before[i]});
      ++i;
      ++j;
    } else if (j == columns || (i < rows && cell(i + 1, j) >= cell(i, j + 1))) {
      out.push_back({Fate::kGone, before[i++]});
    } else {
      out.push_back({Fate::kNew, after[j++]});
    }
  }
}

// Gone words before new ones within each change, so that each is one pair of brackets.
void Tidy(std::vector<Word>& words) {
  for (auto begin = words.begin(); begin != words.end();) {
    if (begin->fate == Fate::kKept) {
      ++begin;
      continue;
    }
    const auto end =
        std::find_if(begin, words.end(), [](const Word& w) { return w.fate == Fate::kKept; });
    std::vector<Word> fresh;
    for (auto at = std::exchange(begin, end), to = at; at != end; ++at) {
      if (at->fate == Fate::kGone) {
        *to++ = *at;
      } else {
        fresh.push_back(*at);
      }
    }
    std::copy(fresh.begin(), fresh.end(), end - static_cast<ptrdiff_t>(fresh.size()));
  }
}

std::string Show(const std::vector<Word>& words, size_t context) {
  // Kept words that lie farther from a change than the context are left out.
  std::vector<bool> shown(words.size(), false);
  for (size_t w = 0; w < words.size(); ++w) {
    if (words[w].fate == Fate::kKept) continue;
    const size_t begin = w - std::min(w, context);
    const size_t end = std::min(w + context + 1, words.size());
    std::fill(shown.begin() + static_cast<ptrdiff_t>(begin),
              shown.begin() + static_cast<ptrdiff_t>(end), true);
  }
  std::string out;
  Fate open = Fate::kKept;
  bool skipped = false;
  const auto close = [&] {
    if (open == Fate::kGone) out += "-]";
    if (open == Fate::kNew) out += "+}";
    open = Fate::kKept;
  };
  for (size_t w = 0; w < words.size(); ++w) {
    const Word& word = words[w];
    if (!shown[w]) {
      if (!skipped) {
        close();
        out += out.empty() ? "..." : " ...";
      }
      skipped = true;
      continue;
    }
    skipped = false;
    const bool changes = word.fate != open;
    if (changes) close();
    if (!out.empty()) out += ' ';
    if (changes && word.fate != Fate::kKept) out += word.fate == Fate::kGone ? "[-" : "{+";
    open = word.fate;
    out += source::Printable(word.text);
  }
  close();
  return out;
}

}  // namespace

std::string DiffText(std::string_view before, std::string_view after,
                     const TextDiffLimits& limits) {
  Words old_words = Split(before);
  Words new_words = Split(after);
  // Texts that differ in nothing but spaces have no words to show.
  if (old_words == new_words) {
    return "[-" + source::Printable(before) + "-] {+" + source::Printable(after) + "+}";
  }
  const auto prefix =
      std::mismatch(old_words.begin(), old_words.end(), new_words.begin(), new_words.end());
  const auto front = prefix.first - old_words.begin();
  const auto suffix = std::mismatch(old_words.rbegin(), old_words.rend() - front,
                                    new_words.rbegin(), new_words.rend() - front);
  const auto back = suffix.first - old_words.rbegin();

  std::vector<Word> merged;
  const auto keep = [&](auto begin, auto end) {
    for (; begin != end; ++begin) merged.push_back({Fate::kKept, *begin});
  };
  keep(old_words.begin(), old_words.begin() + front);
  Merge(Words(old_words.begin() + front, old_words.end() - back),
        Words(new_words.begin() + front, new_words.end() - back), limits.cells, merged);
  keep(old_words.end() - back, old_words.end());
  Tidy(merged);
  return Show(merged, limits.context);
}

}  // namespace mcplexer::inventory
