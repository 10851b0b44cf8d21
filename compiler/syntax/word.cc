// SPDX-License-Identifier: Apache-2.0
#include "compiler/syntax/word.h"

#include <PlexLexer.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "compiler/source/diagnostic.h"
#include "compiler/source/printable.h"
#include "compiler/syntax/lexeme.h"
#include "compiler/syntax/literal.h"
#include "compiler/syntax/message.h"

namespace mcplexer::syntax {
namespace {

// Longer ones are written in quotes; a lexer is not started for them.
constexpr size_t kLongest = 1'024;

// The type of the one lexeme that is all of `text`.
std::optional<uint16_t> TypeOf(std::string_view text) {
  if (text.empty() || text.size() > kLongest) return std::nullopt;
  const std::vector<Lexeme> lexemes = Lex(text);
  if (lexemes.size() != 1 || lexemes[0].begin != 0 || lexemes[0].end != text.size()) {
    return std::nullopt;
  }
  return lexemes[0].type;
}

}  // namespace

bool IsWord(std::string_view text) {
  const auto type = TypeOf(text);
  return type && IsWord(size_t{*type});
}

bool IsKey(std::string_view text) {
  if (!IsWord(text)) return false;
  source::Diagnostics found;
  CheckName(text, NameUse::kKey, Span{}, found);
  return found.all().empty();
}

bool IsBarePattern(std::string_view text) {
  if (TypeOf(text) != grammar::PlexLexer::WORD) return false;
  source::Diagnostics found;
  CheckVisible(text, Span{}, found);
  return found.all().empty();
}

std::string QuoteString(std::string_view text) {
  std::string out = "\"";
  for (size_t at = 0; at < text.size();) {
    const source::CodePoint point = source::Decode(text, at);
    const char32_t value = point.value;
    const std::string_view bytes = text.substr(at, point.length);
    at += point.length;
    if (value == '"' || value == '\\') {
      out += '\\';
      out += bytes;
    } else if (value == '\n') {
      out += "\\n";
    } else if (value == '\t') {
      out += "\\t";
    } else if (value == '\r') {
      out += "\\r";
    } else if (value < 0x20 || value == 0x7F || source::IsInvisible(value) ||
               source::IsDirectionControl(value)) {
      out += fmt::format("\\u{{{:x}}}", static_cast<uint32_t>(value));
    } else {
      out += bytes;
    }
  }
  return out + "\"";
}

std::string QuoteRegex(std::string_view expression) {
  // Its backslashes are its own.
  std::string out = "re\"";
  for (const char c : expression) out += c == '"' ? "\\\"" : std::string(1, c);
  return out + "\"";
}

std::string_view EffectText(Effect effect) {
  constexpr std::array<std::string_view, 3> kTexts = {"allow", "approve", "deny"};
  return kTexts[static_cast<size_t>(effect)];
}

}  // namespace mcplexer::syntax
