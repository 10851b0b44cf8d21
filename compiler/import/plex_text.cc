// SPDX-License-Identifier: Apache-2.0
#include "compiler/import/plex_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "compiler/import/names.h"
#include "compiler/source/printable.h"

namespace mcplexer::importer {
namespace {

// Longer groups are split: a line of them still fits a screen.
constexpr size_t kGroupBytes = 60;
constexpr size_t kShownBytes = 80;

// The inside of a string; `$${` is not done here.
void AppendEscaped(std::string_view text, std::string& out) {
  for (size_t at = 0; at < text.size();) {
    const source::CodePoint point = source::Decode(text, at);
    const std::string_view bytes = text.substr(at, point.length);
    if (bytes == "\"" || bytes == "\\") {
      out += '\\';
      out += bytes;
    } else if (bytes == "\n") {
      out += "\\n";
    } else if (bytes == "\t") {
      out += "\\t";
    } else if (bytes == "\r") {
      out += "\\r";
    } else if (point.value < 0x20 || point.value == 0x7F || source::IsInvisible(point.value)) {
      out += fmt::format("\\u{{{:x}}}", static_cast<uint32_t>(point.value));
    } else {
      out += bytes;
    }
    at += point.length;
  }
}

std::string WithoutReferences(std::string_view text) {
  std::string out;
  for (size_t at = 0; at < text.size(); ++at) {
    if (text.substr(at, 2) == "${") out += '$';
    out += text[at];
  }
  return out;
}

bool IsBareByte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '*' || c == '?' || c == '-' || c == '.';
}

}  // namespace

std::string Quoted(std::string_view text) {
  std::string out = "\"";
  AppendEscaped(WithoutReferences(text), out);
  return out + '"';
}

std::string QuotedText(const Text& text, const std::vector<Secret>& secrets) {
  if (text.size() == 1 && text.front().is_secret()) {
    return fmt::format("secret({})", secrets[text.front().secret].name);
  }
  std::string out = "\"";
  for (const Piece& piece : text) {
    if (piece.is_secret()) {
      out += fmt::format("${{secret({})}}", secrets[piece.secret].name);
    } else {
      AppendEscaped(WithoutReferences(piece.text), out);
    }
  }
  return out + '"';
}

std::string EscapedGlob(std::string_view text) {
  constexpr std::string_view kSpecial = "*?[]{}\\,!";
  std::string out;
  for (const char c : text) {
    if (kSpecial.find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

std::string PatternText(std::string_view glob) {
  int braces = 0;
  bool bare = !glob.empty() && glob.front() != '-' && glob.front() != '.' && glob.front() != '{';
  for (const char c : glob) {
    if (c == '{') {
      ++braces;
    } else if (c == '}') {
      --braces;
    } else if (!(IsBareByte(c) || (c == ',' && braces == 1))) {
      bare = false;
    }
    bare = bare && (braces == 0 || braces == 1);
  }
  return bare && braces == 0 ? std::string(glob) : Quoted(glob);
}

std::string KeyText(std::string_view key) {
  const bool bare = std::all_of(key.begin(), key.end(),
                                [](char c) { return IsBareByte(c) && c != '*' && c != '?'; });
  const bool number = key.empty() || (key.front() >= '0' && key.front() <= '9');
  return bare && !number && key.front() != '-' && key.front() != '.' ? std::string(key)
                                                                     : Quoted(key);
}

std::vector<std::string> NamePatterns(std::string_view name_space,
                                      const std::vector<std::string>& tools) {
  std::vector<std::string> patterns;
  std::set<std::string_view> seen;
  std::vector<std::string_view> group;
  size_t bytes = 0;
  const auto flush = [&] {
    if (group.empty()) return;
    std::string pattern(name_space);
    pattern += "__";
    if (group.size() == 1) {
      pattern += group.front();
    } else {
      pattern += fmt::format("{{{}}}", fmt::join(group, ","));
    }
    patterns.push_back(std::move(pattern));
    group.clear();
    bytes = 0;
  };
  for (const std::string& tool : tools) {
    if (!seen.insert(tool).second) continue;
    if (bytes + tool.size() > kGroupBytes) flush();
    group.push_back(tool);
    bytes += tool.size() + 1;
  }
  flush();
  return patterns;
}

std::string Shown(std::string_view name) {
  if (NameHoldsCredential(name)) {
    return "(a name that looks like a credential)";
  }
  if (name.empty()) return "(empty)";
  std::string_view cut = name.substr(0, kShownBytes);
  // Not in the middle of a character.
  while (cut.size() < name.size() && !cut.empty() &&
         (static_cast<unsigned char>(name[cut.size()]) & 0xC0U) == 0x80U) {
    cut.remove_suffix(1);
  }
  std::string shown = source::Printable(cut);
  std::replace(shown.begin(), shown.end(), '`', '\'');
  return cut.size() < name.size() ? shown + ".." : shown;
}

std::string Ticked(std::string_view name) { return fmt::format("`{}`", Shown(name)); }

}  // namespace mcplexer::importer
