// SPDX-License-Identifier: Apache-2.0
// The layout is the one of rustc and clang that people already read: a gutter with line numbers,
// the line, carets below the place. A line is cut to a window around the place, because a policy
// that a program wrote may hold lines of megabytes; tabs become four columns, and what is not
// plainly visible is escaped, so carets are placed by the width of what is shown, not by columns of
// the file.

#include <fmt/format.h>

#include <algorithm>

#include "compiler/source/printable.h"
#include "compiler/source/render.h"

namespace mcplexer::source {
namespace {

// Columns of source shown on a line. Enough for lines of 100 columns to appear whole.
constexpr uint32_t kWindow = 120;
constexpr uint32_t kTabWidth = 4;
constexpr std::string_view kCut = "...";

// A line as shown, and where the marked bytes stand in it.
struct Excerpt {
  std::string text;
  uint32_t column = 0;  // 0-based
  uint32_t width = 1;
};

struct Shown {
  std::string text;
  uint32_t width = 0;
};

Shown Show(CodePoint point, std::string_view line, size_t at) {
  if (point.valid && point.value == '\t') return {std::string(kTabWidth, ' '), kTabWidth};
  std::string text = Printable(point, line, at);
  const bool itself = point.valid && text.size() == point.length && text[0] != '\\';
  const auto width = itself ? DisplayWidth(point.value) : static_cast<uint32_t>(text.size());
  return {std::move(text), width};
}

// Steps back from `at` over at most `columns` code points.
size_t StepBack(std::string_view line, size_t at, uint32_t columns) {
  for (; at > 0 && columns > 0; --columns) {
    --at;
    while (at > 0 && (static_cast<unsigned char>(line[at]) & 0xC0u) == 0x80u) --at;
  }
  return at;
}

// `begin` <= `end` are bytes of `line`. A byte per column is the least a code point takes, so the
// window is found without reading the whole of a long line.
Excerpt Cut(std::string_view line, size_t begin, size_t end) {
  Excerpt result;
  size_t at = 0;
  uint32_t column = 0;
  if (end > kWindow) {
    const auto marked = static_cast<uint32_t>(std::min<size_t>(end - begin, kWindow));
    at = StepBack(line, begin, (kWindow - marked) / 2 + kWindow / 8);
    if (at > 0) {
      result.text = kCut;
      column = static_cast<uint32_t>(kCut.size());
    }
  }
  bool placed = false;
  while (at < line.size() && column < kWindow) {
    const CodePoint point = Decode(line, at);
    const Shown shown = Show(point, line, at);
    if (at >= begin && !placed) {
      placed = true;
      result.column = column;
    }
    result.text += shown.text;
    column += shown.width;
    at += point.length;
    if (at <= end) result.width = placed ? std::max(1u, column - result.column) : 1u;
  }
  if (!placed) result.column = column;
  if (placed && at < end) result.width = std::max(1u, column - result.column);
  if (at < line.size()) result.text += kCut;
  return result;
}

class TextRenderer {
 public:
  TextRenderer(const SourceMap& sources, const Diagnostic& diagnostic, Color color,
               std::span<const Span> secrets)
      : sources_(sources), diagnostic_(diagnostic), color_(color), secrets_(secrets) {}

  std::string Render() {
    Header();
    gutter_ = GutterWidth();
    if (diagnostic_.primary.span.valid()) {
      Place("-->", diagnostic_.primary, '^');
      for (const Label& label : diagnostic_.secondary) {
        if (label.span.valid() && SameLine(label) && !HasSecret(label)) Underline(label, '-');
      }
    }
    for (const Label& label : diagnostic_.secondary) {
      if (label.span.valid() && !SameLine(label)) Place(":::", label, '-');
    }
    for (const Note& note : diagnostic_.notes) {
      out_ += fmt::format("{:{}} {} {}: {}\n", "", gutter_, Paint(kBlue, "="),
                          Paint(kBold, NoteText(note.kind)), Printable(note.text));
    }
    return std::move(out_);
  }

 private:
  static constexpr std::string_view kBold = "1";
  static constexpr std::string_view kBlue = "1;34";

  std::string Paint(std::string_view style, std::string_view text) const {
    if (color_ == Color::kNever || text.empty()) return std::string(text);
    return fmt::format("\x1b[{}m{}\x1b[0m", style, text);
  }

  std::string_view SeverityStyle() const {
    switch (Info(diagnostic_.code).severity) {
      case Severity::kError:
        return "1;31";
      case Severity::kWarning:
        return "1;33";
      case Severity::kNote:
        break;
    }
    return "1;36";
  }

  void Header() {
    const CodeInfo& info = Info(diagnostic_.code);
    const std::string head = fmt::format("{}[{}]", SeverityText(info.severity), info.text);
    out_ += fmt::format("{}: {}\n", Paint(SeverityStyle(), head),
                        Paint(kBold, Printable(diagnostic_.message)));
  }

  uint32_t Line(const Label& label) const {
    return sources_.position(label.span.file, label.span.begin).line;
  }

  bool SameLine(const Label& label) const {
    const Label& primary = diagnostic_.primary;
    return primary.span.valid() && primary.span.file == label.span.file &&
           Line(primary) == Line(label);
  }

  uint32_t GutterWidth() const {
    uint32_t last = 0;
    if (diagnostic_.primary.span.valid()) last = Line(diagnostic_.primary);
    for (const Label& label : diagnostic_.secondary) {
      if (label.span.valid()) last = std::max(last, Line(label));
    }
    return last == 0 ? 2 : static_cast<uint32_t>(fmt::formatted_size("{}", last));
  }

  Excerpt ExcerptOf(const Label& label) const {
    const Span span = label.span;
    const uint32_t line = Line(label);
    const std::string_view text = sources_.line_text(span.file, line);
    const uint32_t start = sources_.line_start(span.file, line);
    const size_t begin = std::min<size_t>(span.begin - start, text.size());
    const size_t end = std::clamp<size_t>(span.end - start, begin, text.size());
    return Cut(text, begin, end);
  }

  bool HasSecret(const Label& label) const {
    if (diagnostic_.code == Code::kSecretLiteral) return true;
    const FileId file = label.span.file;
    const uint32_t line = Line(label);
    const uint32_t begin = sources_.line_start(file, line);
    const auto end = static_cast<uint32_t>(begin + sources_.line_text(file, line).size());
    return std::any_of(secrets_.begin(), secrets_.end(), [&](const Span& secret) {
      return secret.file == file && secret.begin <= end && begin <= secret.end;
    });
  }

  void Place(std::string_view arrow, const Label& label, char mark) {
    const Span span = label.span;
    const Position at = sources_.position(span.file, span.begin);
    out_ += fmt::format("{:{}}{} {}:{}:{}\n", "", gutter_, Paint(kBlue, arrow),
                        Printable(sources_.path(span.file)), at.line, at.column);
    // A report of a secret is kept where the secret must not be: in logs of builds.
    if (HasSecret(label)) return;
    if (mark == '^') out_ += fmt::format("{:{}} {}\n", "", gutter_, Paint(kBlue, "|"));
    const std::string number = fmt::format("{:>{}} |", at.line, gutter_);
    std::string text = ExcerptOf(label).text;
    while (!text.empty() && text.back() == ' ') text.pop_back();
    out_ += Paint(kBlue, number) + (text.empty() ? "" : " ") + text + "\n";
    Underline(label, mark);
  }

  void Underline(const Label& label, char mark) {
    const Excerpt excerpt = ExcerptOf(label);
    std::string line = std::string(excerpt.width, mark);
    if (!label.text.empty()) line += " " + Printable(label.text);
    const std::string_view style = mark == '^' ? SeverityStyle() : kBlue;
    out_ += fmt::format("{:{}} {} {:{}}{}\n", "", gutter_, Paint(kBlue, "|"), "", excerpt.column,
                        Paint(style, line));
  }

  const SourceMap& sources_;
  const Diagnostic& diagnostic_;
  const Color color_;
  const std::span<const Span> secrets_;
  uint32_t gutter_ = 0;
  std::string out_;
};

}  // namespace

std::string RenderText(const SourceMap& sources, const Diagnostic& diagnostic, Color color,
                       std::span<const Span> secrets) {
  return TextRenderer(sources, diagnostic, color, secrets).Render();
}

}  // namespace mcplexer::source
