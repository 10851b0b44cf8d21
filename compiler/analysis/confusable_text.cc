// SPDX-License-Identifier: Apache-2.0
//
// The text is read as it stands in the file, so that an escape (`\u{435}`), which says openly what
// it is, is no finding. Comments and what is written for people (`because`, the titles of tests)
// are left out: there a policy may speak Russian, put a non-breaking space before a colon and join
// emoji.
//
// A word is a run of letters and digits. It is a finding when
//
//   * it holds both Latin letters and others, and each of the others looks like a Latin one; or
//   * it holds none but such others, and what it looks like is a word of the policy, too.
//
// A word in another alphabet, beside Latin ones or not, is none: `~/work/проект`, `[а-яa-z]`.
//
// The table is the part of Unicode's confusables.txt (UTS #39) that maps one letter of the Cyrillic
// or Greek blocks to one of Latin, where common fonts draw the two alike; fullwidth forms are
// computed.

#include "compiler/analysis/confusable_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "compiler/source/limits.h"
#include "compiler/source/printable.h"

namespace mcplexer::analysis {
namespace {

using source::CodePoint;
using source::Span;

struct Lookalike {
  char32_t value;
  char latin;
};

// By value.
constexpr std::array kLookalikes = {
    // Greek
    Lookalike{0x391, 'A'},
    Lookalike{0x392, 'B'},
    Lookalike{0x395, 'E'},
    Lookalike{0x396, 'Z'},
    Lookalike{0x397, 'H'},
    Lookalike{0x399, 'I'},
    Lookalike{0x39A, 'K'},
    Lookalike{0x39C, 'M'},
    Lookalike{0x39D, 'N'},
    Lookalike{0x39F, 'O'},
    Lookalike{0x3A1, 'P'},
    Lookalike{0x3A4, 'T'},
    Lookalike{0x3A5, 'Y'},
    Lookalike{0x3A7, 'X'},
    Lookalike{0x3B1, 'a'},
    Lookalike{0x3B3, 'y'},
    Lookalike{0x3B9, 'i'},
    Lookalike{0x3BD, 'v'},
    Lookalike{0x3BF, 'o'},
    Lookalike{0x3C1, 'p'},
    Lookalike{0x3C3, 'o'},
    Lookalike{0x3C5, 'u'},
    Lookalike{0x3F2, 'c'},
    Lookalike{0x3F3, 'j'},
    Lookalike{0x3F9, 'C'},
    // Cyrillic
    Lookalike{0x405, 'S'},
    Lookalike{0x406, 'I'},
    Lookalike{0x408, 'J'},
    Lookalike{0x410, 'A'},
    Lookalike{0x412, 'B'},
    Lookalike{0x415, 'E'},
    Lookalike{0x41A, 'K'},
    Lookalike{0x41C, 'M'},
    Lookalike{0x41D, 'H'},
    Lookalike{0x41E, 'O'},
    Lookalike{0x420, 'P'},
    Lookalike{0x421, 'C'},
    Lookalike{0x422, 'T'},
    Lookalike{0x423, 'Y'},
    Lookalike{0x425, 'X'},
    Lookalike{0x430, 'a'},
    Lookalike{0x433, 'r'},
    Lookalike{0x435, 'e'},
    Lookalike{0x43E, 'o'},
    Lookalike{0x440, 'p'},
    Lookalike{0x441, 'c'},
    Lookalike{0x443, 'y'},
    Lookalike{0x445, 'x'},
    Lookalike{0x455, 's'},
    Lookalike{0x456, 'i'},
    Lookalike{0x458, 'j'},
    Lookalike{0x475, 'v'},
    Lookalike{0x4AE, 'Y'},
    Lookalike{0x4BB, 'h'},
    Lookalike{0x4C0, 'I'},
    Lookalike{0x4CF, 'l'},
    Lookalike{0x501, 'd'},
    Lookalike{0x51B, 'q'},
    Lookalike{0x51C, 'W'},
    Lookalike{0x51D, 'w'},
};
static_assert(std::is_sorted(kLookalikes.begin(), kLookalikes.end(),
                             [](Lookalike a, Lookalike b) { return a.value < b.value; }));

// The Latin letter that `value` looks like, or 0.
char LatinFor(char32_t value) {
  if (value >= 0xFF21 && value <= 0xFF3A) return static_cast<char>('A' + (value - 0xFF21));
  if (value >= 0xFF41 && value <= 0xFF5A) return static_cast<char>('a' + (value - 0xFF41));
  const auto at = std::lower_bound(kLookalikes.begin(), kLookalikes.end(), value,
                                   [](Lookalike one, char32_t v) { return one.value < v; });
  return at != kLookalikes.end() && at->value == value ? at->latin : '\0';
}

bool IsAsciiLetter(char32_t value) {
  return value < 0x80 && std::isalpha(static_cast<unsigned char>(value)) != 0;
}
// Punctuation, arrows, shapes, emoji.
bool IsSymbol(char32_t value) {
  return value < 0xC0 || (value >= 0x2000 && value <= 0x2BFF) ||
         (value >= 0x3000 && value <= 0x303F) || (value >= 0x1F000 && value <= 0x1FAFF);
}
bool IsWordPart(char32_t value) {
  return value < 0x80 ? std::isalnum(static_cast<unsigned char>(value)) != 0
                      : !source::IsInvisible(value) && !IsSymbol(value);
}

struct Word {
  Span span;
  std::string skeleton;          // with Latin letters in place of those that look like them
  uint32_t first_lookalike = 0;  // its offset; meaningful with `lookalikes`
  bool latin = false;
  bool lookalikes = false;
  bool others = false;  // letters that look like no Latin one
};

struct Hidden {
  Span span;
  char32_t value;
};

void AddProse(const std::vector<syntax::BodyItem>& body, std::vector<Span>& spans) {
  std::vector<const std::vector<syntax::BodyItem>*> open = {&body};
  while (!open.empty()) {
    const auto& items = *open.back();
    open.pop_back();
    for (const syntax::BodyItem& item : items) {
      if (!item.items.empty()) open.push_back(&item.items);
      for (const syntax::Rule& rule : item.rule) {
        if (rule.because) spans.push_back(rule.because->span);
      }
    }
  }
}

// What is not looked at, by place.
std::vector<Span> Skipped(const syntax::File& file) {
  std::vector<Span> spans = file.comments;
  for (const syntax::Declaration& declaration : file.declarations) {
    if (declaration.kind == syntax::Declaration::Kind::kTest) {
      spans.push_back(declaration.name.span);
      for (const syntax::TestCall& call : declaration.calls) {
        if (call.reason) spans.push_back(call.reason->span);
      }
    }
    AddProse(declaration.body, spans);
  }
  std::sort(spans.begin(), spans.end());
  return spans;
}

class Reading {
 public:
  Reading(const syntax::File& file, std::string_view text) : file_(file.id), text_(text) {
    const std::vector<Span> skipped = Skipped(file);
    auto skip = skipped.begin();
    for (size_t at = 0; at < text.size();) {
      while (skip != skipped.end() && skip->end <= at) ++skip;
      if (skip != skipped.end() && skip->begin <= at) {
        EndWord(at);
        at = skip->end;
        continue;
      }
      const CodePoint point = source::Decode(text, at);
      Take(point, at);
      at += point.length;
    }
    EndWord(text.size());
  }

  std::vector<Word> words;  // none but those with a look-alike
  std::vector<Hidden> hidden;
  std::unordered_set<std::string_view> latin_words;

 private:
  void Take(CodePoint point, size_t at) {
    if (point.value >= 0x80 && source::IsInvisible(point.value)) {
      hidden.push_back(
          {{file_, static_cast<uint32_t>(at), static_cast<uint32_t>(at + point.length)},
           point.value});
    }
    if (!IsWordPart(point.value)) {
      EndWord(at);
      return;
    }
    if (!in_word_) {
      in_word_ = true;
      word_ = {};
      word_.span = {file_, static_cast<uint32_t>(at), 0};
    }
    if (point.value < 0x80) {
      word_.latin = word_.latin || IsAsciiLetter(point.value);
      word_.skeleton += static_cast<char>(point.value);
    } else if (point.value >= 0xC0 && point.value <= 0x24F) {
      word_.latin = true;
      word_.skeleton += text_.substr(at, point.length);
    } else if (const char latin = LatinFor(point.value); latin != '\0') {
      if (!word_.lookalikes) word_.first_lookalike = static_cast<uint32_t>(at);
      word_.lookalikes = true;
      word_.skeleton += latin;
    } else {
      word_.others = true;
    }
  }

  void EndWord(size_t at) {
    if (!in_word_) return;
    in_word_ = false;
    word_.span.end = static_cast<uint32_t>(at);
    if (word_.lookalikes && !word_.others) {
      words.push_back(std::move(word_));
    } else if (word_.latin && !word_.others) {
      latin_words.insert(text_.substr(word_.span.begin, word_.span.end - word_.span.begin));
    }
  }

  const FileId file_;
  const std::string_view text_;
  Word word_;
  bool in_word_ = false;
};

std::string Escape(const LintContext& context, FileId file, char32_t value) {
  const bool plex = context.sources.path(file).ends_with(".plex");
  return plex              ? fmt::format("\\u{{{:x}}}", static_cast<uint32_t>(value))
         : value < 0x10000 ? fmt::format("\\u{:04x}", static_cast<uint32_t>(value))
                           : fmt::format("\\U{:08x}", static_cast<uint32_t>(value));
}

void ReportHidden(const LintContext& context, const Hidden& hidden,
                  source::Diagnostics& diagnostics) {
  const auto value = static_cast<uint32_t>(hidden.value);
  diagnostics
      .Report(source::Code::kConfusableText, hidden.span,
              fmt::format("U+{:04X} stands here and is not seen", value))
      .Help(fmt::format("delete it, or write `{}` in a string in double quotes if it is meant",
                        Escape(context, hidden.span.file, hidden.value)));
}

void ReportWord(const LintContext& context, const Word& word, source::Diagnostics& diagnostics) {
  const std::string_view text = context.sources.text(word.span.file);
  const CodePoint point = source::Decode(text, word.first_lookalike);
  const Span letter = {word.span.file, word.first_lookalike, word.first_lookalike + point.length};
  const char latin = LatinFor(point.value);
  diagnostics
      .Report(source::Code::kConfusableText, letter,
              fmt::format("`{}` is not `{}`: U+{:04X} only looks like `{}`",
                          context.sources.text(word.span), word.skeleton,
                          static_cast<uint32_t>(point.value), latin))
      .Help(fmt::format("write `{}`, or `{}` in a string in double quotes if it is meant", latin,
                        Escape(context, word.span.file, point.value)));
}

}  // namespace

void CheckConfusableText(const LintContext& context, source::Diagnostics& diagnostics) {
  const size_t most = source::Limits().errors_per_file;
  std::vector<Reading> readings;
  std::unordered_set<std::string_view> latin_words;
  for (const syntax::File& file : context.files) {
    readings.emplace_back(file, context.sources.text(file.id));
    latin_words.insert(readings.back().latin_words.begin(), readings.back().latin_words.end());
  }
  for (const Reading& reading : readings) {
    size_t reported = 0;
    for (const Hidden& hidden : reading.hidden) {
      if (++reported > most) break;
      ReportHidden(context, hidden, diagnostics);
    }
    for (const Word& word : reading.words) {
      if (!word.latin && !latin_words.contains(word.skeleton)) continue;
      if (++reported > most) break;
      ReportWord(context, word, diagnostics);
    }
  }
}

}  // namespace mcplexer::analysis
