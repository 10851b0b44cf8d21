// SPDX-License-Identifier: Apache-2.0
#include "compiler/convert/texts.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "compiler/source/printable.h"
#include "compiler/syntax/value_text.h"
#include "compiler/syntax/word.h"

namespace mcplexer::convert {
namespace {

using syntax::Pattern;
using syntax::Value;

bool IsLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// Words that YAML 1.1 or 1.2 reads as something else than a text.
bool IsYamlWord(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  constexpr std::array<std::string_view, 9> kWords = {"true", "false", "null", "yes", "no",
                                                      "on",   "off",   "y",    "n"};
  return std::find(kWords.begin(), kWords.end(), lower) != kWords.end();
}

bool IsPlain(std::string_view text) {
  if (text.empty() || IsYamlWord(text)) return false;
  const bool begins =
      IsLetter(text[0]) || text[0] == '_' || text[0] == '/' || text.starts_with("~/");
  return begins && std::all_of(text.begin() + 1, text.end(), [](char c) {
           return IsLetter(c) || IsDigit(c) || c == '_' || c == '.' || c == '/' || c == '-';
         });
}

bool NeedsEscape(char32_t value) {
  return value < 0x20 || value == 0x7F || source::IsInvisible(value) ||
         source::IsDirectionControl(value);
}

// Calls put(code point, its bytes) for each.
template <typename Put>
void ForEach(std::string_view text, const Put& put) {
  for (size_t at = 0; at < text.size();) {
    const source::CodePoint point = source::Decode(text, at);
    put(point.value, text.substr(at, point.length));
    at += point.length;
  }
}

std::string YamlScalar(const Value& value) {
  switch (value.kind) {
    case Value::Kind::kString:
    case Value::Kind::kWord:
    case Value::Kind::kDuration:
      return YamlText(value.text);
    case Value::Kind::kNumber:
      return value.text;
    case Value::Kind::kBool:
      return value.boolean ? "true" : "false";
    case Value::Kind::kNull:
      return "null";
    default:
      return "";
  }
}

}  // namespace

std::string YamlText(std::string_view text) {
  if (IsPlain(text)) return std::string(text);
  bool escapes = false;
  ForEach(text, [&](char32_t value, std::string_view) { escapes = escapes || NeedsEscape(value); });
  if (!escapes && text.find_first_of("\"\\") != std::string_view::npos) {
    std::string out = "'";
    for (const char c : text) out += c == '\'' ? "''" : std::string(1, c);
    return out + "'";
  }
  std::string out = "\"";
  ForEach(text, [&](char32_t value, std::string_view bytes) {
    if (value == '"' || value == '\\') {
      out += '\\';
      out += bytes;
    } else if (value == '\n') {
      out += "\\n";
    } else if (value == '\t') {
      out += "\\t";
    } else if (NeedsEscape(value)) {
      const auto code = static_cast<uint32_t>(value);
      out += value > 0xFFFF ? fmt::format("\\U{:08x}", code) : fmt::format("\\u{:04x}", code);
    } else {
      out += bytes;
    }
  });
  return out + "\"";
}

std::string YamlPattern(const Pattern& pattern) {
  switch (pattern.kind) {
    case Pattern::Kind::kSet:
      return "@" + pattern.text;
    case Pattern::Kind::kRegex:
      return syntax::QuoteRegex(pattern.text);
    case Pattern::Kind::kGlob:
      break;
  }
  // What would read as one of the others.
  const bool escape = pattern.text.starts_with('@') || pattern.text.starts_with("re\"");
  return (escape ? "\\" : "") + pattern.text;
}

std::string PlexPattern(const Pattern& pattern) {
  switch (pattern.kind) {
    case Pattern::Kind::kSet:
      return "@" + pattern.text;
    case Pattern::Kind::kRegex:
      return syntax::QuoteRegex(pattern.text);
    case Pattern::Kind::kGlob:
      break;
  }
  return syntax::IsBarePattern(pattern.text) ? pattern.text : syntax::QuoteString(pattern.text);
}

std::string YamlValue(const Value& root) {
  bool expressible = true;
  const auto scalar = [&](const Value& value) {
    std::string text = YamlScalar(value);
    expressible = expressible && !text.empty();
    return text;
  };
  std::string out =
      syntax::ValueText(root, {scalar, [](const std::string& key) { return YamlText(key); }});
  return expressible ? out : "";
}

bool HasNul(const Value& root) {
  const auto has = [](const std::string& text) { return text.find('\0') != std::string::npos; };
  std::vector<const Value*> todo = {&root};
  while (!todo.empty()) {
    const Value& value = *todo.back();
    todo.pop_back();
    if (has(value.text)) return true;
    for (const Value& item : value.items) todo.push_back(&item);
    for (const syntax::MapEntry& entry : value.entries) {
      if (has(entry.key.text)) return true;
      todo.push_back(&entry.value);
    }
  }
  return false;
}

}  // namespace mcplexer::convert
