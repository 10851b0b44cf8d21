// SPDX-License-Identifier: Apache-2.0
#include "compiler/import/shell_command.h"

#include <algorithm>
#include <string_view>

namespace mcplexer::importer {
namespace {

bool IsNameByte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

// Bytes that no shell looks at, in any place of a word.
bool IsSafe(char c) {
  return IsNameByte(c) || std::string_view("@%+=:,./-").find(c) != std::string_view::npos;
}

std::string PlainWord(const std::string& text) {
  if (!text.empty() && std::all_of(text.begin(), text.end(), IsSafe)) return text;
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'') {
      out += "'\\''";
    } else {
      out += c;
    }
  }
  return out + "'";
}

std::string MixedWord(const Text& word, const std::function<std::string(size_t)>& variable) {
  std::string out = "\"";
  for (size_t i = 0; i < word.size(); ++i) {
    const Piece& piece = word[i];
    if (piece.is_secret()) {
      const bool runs_on = i + 1 < word.size() && !word[i + 1].is_secret() &&
                           !word[i + 1].text.empty() && IsNameByte(word[i + 1].text.front());
      out += runs_on ? "${" + variable(piece.secret) + "}" : "$" + variable(piece.secret);
      continue;
    }
    for (const char c : piece.text) {
      if (c == '"' || c == '\\' || c == '$' || c == '`') out += '\\';
      out += c;
    }
  }
  return out + '"';
}

}  // namespace

std::string ShellCommand(const std::vector<Text>& words,
                         const std::function<std::string(size_t secret)>& variable) {
  std::string command = "exec";
  for (const Text& word : words) {
    const bool secret =
        std::any_of(word.begin(), word.end(), [](const Piece& piece) { return piece.is_secret(); });
    std::string text;
    if (!secret) {
      for (const Piece& piece : word) text += piece.text;
    }
    command += ' ';
    command += secret ? MixedWord(word, variable) : PlainWord(text);
  }
  return command;
}

}  // namespace mcplexer::importer
