// SPDX-License-Identifier: Apache-2.0
#include "compiler/syntax/literal.h"

#include <fmt/format.h>

#include <charconv>
#include <limits>

#include "compiler/source/printable.h"

namespace mcplexer::syntax {
namespace {

using source::Code;
using source::Diagnostics;

Span Part(Span span, size_t begin, size_t end) {
  return {span.file, span.begin + static_cast<uint32_t>(begin),
          span.begin + static_cast<uint32_t>(end)};
}

// The hexadecimal number that is all of `digits`.
std::optional<uint32_t> ReadHex(std::string_view digits) {
  uint32_t value = 0;
  const char* end = digits.data() + digits.size();
  const auto [rest, error] = std::from_chars(digits.data(), end, value, 16);
  if (digits.empty() || error != std::errc() || rest != end) return std::nullopt;
  return value;
}

// Reads the escapes of one string. Reports the first bad one only.
class StringReader {
 public:
  StringReader(std::string_view body, Span span, Diagnostics& diagnostics)
      : body_(body), span_(span), diagnostics_(diagnostics) {}

  std::string Read() {
    std::string out;
    out.reserve(body_.size());
    while (at_ < body_.size()) {
      const size_t plain = std::min(body_.find('\\', at_), body_.size());
      out.append(body_, at_, plain - at_);
      at_ = plain;
      if (at_ < body_.size()) Escape(out);
    }
    return out;
  }

 private:
  void Escape(std::string& out) {
    const size_t begin = at_;
    const char kind = body_[at_ + 1];  // the lexer lets no string end in a backslash
    at_ += 2;
    switch (kind) {
      case '"':
      case '\\':
        out.push_back(kind);
        return;
      case 'n':
        out.push_back('\n');
        return;
      case 't':
        out.push_back('\t');
        return;
      case 'r':
        out.push_back('\r');
        return;
      case 'u':
        Unicode(begin, out);
        return;
      default:
        break;
    }
    // The whole of a character outside ASCII, so that the message stays UTF-8.
    at_ = begin + 1 + source::Decode(body_, begin + 1).length;
    Complain(begin, "is not an escape", "a backslash itself is written `\\\\`");
  }

  void Unicode(size_t begin, std::string& out) {
    std::optional<uint32_t> value;
    if (at_ < body_.size() && body_[at_] == '{') {
      const size_t length = body_.substr(at_, 8).find('}');
      if (length != std::string_view::npos) {
        value = ReadHex(body_.substr(at_ + 1, length - 1));
        at_ += length + 1;
      }
    } else {
      value = FourDigits();
      if (value && *value >= 0xD800 && *value < 0xDC00 && body_.substr(at_).starts_with("\\u")) {
        at_ += 2;
        const std::optional<uint32_t> low = FourDigits();
        const bool pair = low && *low >= 0xDC00 && *low < 0xE000;
        value = pair ? 0x10000 + ((*value - 0xD800) << 10) + (*low - 0xDC00) : *value;
      }
    }
    if (!value || !source::AppendUtf8(static_cast<char32_t>(*value), out)) {
      Complain(begin, "is no Unicode character", "write `\\u{...}` with up to six hex digits");
    }
  }

  std::optional<uint32_t> FourDigits() {
    if (at_ + 4 > body_.size()) return std::nullopt;
    at_ += 4;
    return ReadHex(body_.substr(at_ - 4, 4));
  }

  void Complain(size_t begin, std::string_view what, std::string_view help) {
    if (complained_) return;
    complained_ = true;
    // +1: the string's opening quote.
    diagnostics_
        .Report(Code::kSyntaxError, Part(span_, begin + 1, at_ + 1),
                fmt::format("`{}` {}", body_.substr(begin, at_ - begin), what))
        .Help(std::string(help));
  }

  std::string_view body_;
  Span span_;
  Diagnostics& diagnostics_;
  size_t at_ = 0;
  bool complained_ = false;
};

bool IsAlnum(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

// Length of the `${param}` that begins at `at`, or 0.
size_t ParameterLength(std::string_view word, size_t at) {
  if (!word.substr(at).starts_with("${")) return 0;
  const size_t end = word.find('}', at);
  return end == std::string_view::npos ? 0 : end + 1 - at;
}

bool Allows(NameUse use, char c) {
  if (use == NameUse::kTool) return std::string_view("*?[]{}\\").find(c) == std::string_view::npos;
  if (IsAlnum(c) || c == '_' || c == '-') return true;
  if (use == NameUse::kRuleId) return c == '.' || c == '#';
  return use == NameUse::kKey && c == '.';
}

std::string_view Describe(NameUse use) {
  switch (use) {
    case NameUse::kTool:
      return "the name of one tool";
    case NameUse::kKey:
      return "a key";
    case NameUse::kRuleId:
      return "a rule's id";
    default:
      return "a name";
  }
}

}  // namespace

std::string UnquoteString(std::string_view token, Span span, Diagnostics& diagnostics) {
  return StringReader(token.substr(1, token.size() - 2), span, diagnostics).Read();
}

std::string UnquoteRegex(std::string_view token) {
  const std::string_view body = token.substr(3, token.size() - 4);
  std::string out;
  out.reserve(body.size());
  for (size_t i = 0; i < body.size(); ++i) {
    if (body[i] == '\\' && i + 1 < body.size()) {
      if (body[i + 1] != '"') out.push_back('\\');
      ++i;
    }
    out.push_back(body[i]);
  }
  return out;
}

int64_t ReadDuration(std::string_view token, Span span, Diagnostics& diagnostics) {
  uint64_t count = 0;
  const char* begin = token.data();
  const char* end = begin + token.size();
  const auto [rest, error] = std::from_chars(begin, end, count);
  const std::string_view unit(rest, static_cast<size_t>(end - rest));
  const uint64_t factor = unit == "ms"  ? 1
                          : unit == "s" ? 1'000
                          : unit == "m" ? 60'000
                          : unit == "h" ? 3'600'000
                                        : 86'400'000;
  constexpr auto kMost = static_cast<uint64_t>(std::numeric_limits<int64_t>::max());
  if (error != std::errc() || count > kMost / factor) {
    diagnostics.Report(Code::kBadValue, span, "this duration is too long to be counted");
    return 0;
  }
  return static_cast<int64_t>(count * factor);
}

ArgumentPath ReadArgument(std::string_view token, Span span, Diagnostics& diagnostics) {
  ArgumentPath path;
  size_t at = 3;  // "arg"
  while (at < token.size() && token[at] != '?') {
    PathStep step;
    size_t end = at + 1;
    if (token[at] == '.') {
      while (end < token.size() && token[end] != '.' && token[end] != '[' && token[end] != '?')
        ++end;
      step.key = std::string(token.substr(at + 1, end - at - 1));
    } else if (token[at + 1] == '"') {
      for (end = at + 2; token[end] != '"'; ++end) end += token[end] == '\\' ? 1 : 0;
      const size_t quote = end + 1;
      step.key = UnquoteString(token.substr(at + 1, quote - at - 1), Part(span, at + 1, quote),
                               diagnostics);
      end = quote + 1;
    } else {
      end = token.find(']', at) + 1;
      const std::string_view index = token.substr(at + 1, end - at - 2);
      step.kind = index == "*" ? PathStep::Kind::kEach : PathStep::Kind::kIndex;
      if (index != "*" &&
          std::from_chars(index.data(), index.data() + index.size(), step.index).ec !=
              std::errc()) {
        diagnostics.Report(Code::kBadCondition, Part(span, at + 1, end - 1),
                           "an index is at most 4294967295");
      }
    }
    path.steps.push_back(std::move(step));
    at = end;
  }
  path.optional = at < token.size();
  return path;
}

std::string ReadTag(std::string_view token, Span span, Diagnostics& diagnostics) {
  constexpr size_t kPrefix = std::string_view("workspace.tags").size();
  if (token[kPrefix] == '.') return std::string(token.substr(kPrefix + 1));
  const size_t end = token.size() - 1;
  return UnquoteString(token.substr(kPrefix + 1, end - kPrefix - 1), Part(span, kPrefix + 1, end),
                       diagnostics);
}

void CheckName(std::string_view word, NameUse use, Span span, Diagnostics& diagnostics) {
  size_t at = 0;
  while (at < word.size()) {
    const size_t parameter =
        use == NameUse::kDeclared || use == NameUse::kKey ? 0 : ParameterLength(word, at);
    if (parameter == 0 && !Allows(use, word[at])) break;
    at += std::max<size_t>(parameter, 1);
  }
  if (at == word.size()) {
    CheckVisible(word, span, diagnostics);
    return;
  }
  const size_t length = source::Decode(word, at).length;
  auto& diagnostic = diagnostics.Report(
      Code::kSyntaxError, Part(span, at, at + length),
      fmt::format("`{}` is not {}: it holds `{}`", word, Describe(use), word.substr(at, length)));
  if (word[at] == '{') {
    diagnostic.Help("put a space before `{` where a block or a map begins");
  } else if (use == NameUse::kKey || use == NameUse::kTool) {
    diagnostic.Help("quoted, it can be any text");
  } else {
    diagnostic.Help("names are made of ASCII letters, digits, `_` and `-`");
  }
}

void CheckVisible(std::string_view word, Span span, Diagnostics& diagnostics) {
  for (size_t at = 0; at < word.size();) {
    const source::CodePoint point = source::Decode(word, at);
    if (point.value >= 0x80 && source::IsInvisible(point.value)) {
      const auto value = static_cast<uint32_t>(point.value);
      diagnostics
          .Report(Code::kSyntaxError, Part(span, at, at + point.length),
                  fmt::format("U+{:04X} cannot be seen", value))
          .Help(fmt::format("remove it, or write it as `\\u{{{:x}}}` in quotes", value));
      return;
    }
    at += point.length;
  }
}

}  // namespace mcplexer::syntax
