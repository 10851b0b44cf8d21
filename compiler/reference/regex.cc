// SPDX-License-Identifier: Apache-2.0
#include "compiler/reference/regex.h"

#include <re2/re2.h>

#include <algorithm>
#include <memory>
#include <unordered_map>

#include "runtime/base/check.h"

namespace mcplexer::reference {
namespace {

// What `?` and `[!..]` cannot match, as the inside of a negated class.
std::string_view Excluded(GlobKind kind) {
  switch (kind) {
    case GlobKind::kName:
      return "\\x00-\\x1f";
    case GlobKind::kPath:
      return "/\\x00";
    case GlobKind::kUri:
      return "/\\x00-\\x1f";
    case GlobKind::kText:
      return "";
  }
  return "";
}

std::string One(GlobKind kind) {
  return kind == GlobKind::kText ? "(?s:.)" : "[^" + std::string(Excluded(kind)) + "]";
}

// The length of the UTF-8 sequence that begins with `lead`.
size_t SequenceLength(char lead) {
  const auto byte = static_cast<unsigned char>(lead);
  return byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

// One character of a set, escaped for a class.
std::string ClassMember(std::string_view glob, size_t& i) {
  if (glob[i] == '\\') ++i;
  const size_t length = SequenceLength(glob[i]);
  const std::string_view character = glob.substr(i, length);
  i += length;
  return RE2::QuoteMeta(re2::StringPiece(character.data(), character.size()));
}

// From `[` to behind `]`.
std::string Set(std::string_view glob, size_t& i, GlobKind kind) {
  ++i;
  const bool negated = glob[i] == '!';
  if (negated) ++i;
  std::string members;
  while (glob[i] != ']') {
    if (glob[i] == '-') {
      // Between two members a range; first or last itself.
      members += members.empty() || glob[i + 1] == ']' ? "\\-" : "-";
      ++i;
      continue;
    }
    members += ClassMember(glob, i);
  }
  ++i;
  if (negated) return "[^" + members + std::string(Excluded(kind)) + "]";
  return "[" + members + "]";
}

// Everything but `**` between slashes.
std::string Translate(std::string_view glob, GlobKind kind) {
  std::string regex;
  for (size_t i = 0; i < glob.size();) {
    switch (glob[i]) {
      case '*': {
        const bool twice = kind == GlobKind::kUri && i + 1 < glob.size() && glob[i + 1] == '*';
        while (i < glob.size() && glob[i] == '*') ++i;
        regex += (twice ? One(GlobKind::kName) : One(kind)) + "*";
        break;
      }
      case '?':
        regex += One(kind);
        ++i;
        break;
      case '[':
        regex += Set(glob, i, kind);
        break;
      case '{':
        regex += "(?:";
        ++i;
        break;
      case '}':
        regex += ")";
        ++i;
        break;
      case ',':
        regex += "|";
        ++i;
        break;
      default:
        regex += ClassMember(glob, i);
    }
  }
  return regex;
}

// A comma outside braces is an ordinary character; so that Translate need not count, it is escaped
// before.
std::string EscapeOuterCommas(std::string_view glob) {
  std::string escaped;
  int depth = 0;
  for (size_t i = 0; i < glob.size(); ++i) {
    if (glob[i] == '\\' && i + 1 < glob.size()) {
      escaped.append(glob.substr(i++, 2));
      continue;
    }
    if (glob[i] == '[') {
      const size_t begin = i++;
      while (glob[i] != ']') i += glob[i] == '\\' ? 2 : 1;
      escaped.append(glob.substr(begin, i + 1 - begin));
      continue;
    }
    if (glob[i] == '{') ++depth;
    if (glob[i] == '}') --depth;
    if (glob[i] == ',' && depth == 0) escaped += '\\';
    escaped += glob[i];
  }
  return escaped;
}

}  // namespace

std::string RegexOfGlob(std::string_view glob, GlobKind kind) {
  if (kind != GlobKind::kPath) return Translate(EscapeOuterCommas(glob), kind);
  std::string regex;
  while (!glob.empty()) {
    const size_t slash = std::min(glob.find('/'), glob.size());
    const std::string_view segment = glob.substr(0, slash);
    glob.remove_prefix(std::min(slash + 1, glob.size()));
    regex += segment == "**" ? std::string("(?:[^/\\x00]+/)*")
                             : Translate(EscapeOuterCommas(segment), kind) + "/";
  }
  return regex;
}

std::string PathText(std::string_view subpath) {
  std::string text(subpath);
  if (!text.empty()) text += '/';
  return text;
}

bool Matches(const std::string& regex, std::string_view text) {
  thread_local std::unordered_map<std::string, std::unique_ptr<RE2>> compiled;
  // Random tests bring millions of patterns; an unbounded store would only grow.
  if (compiled.size() > 10'000) compiled.clear();
  auto& re = compiled[regex];
  if (!re) {
    RE2::Options options;
    options.set_log_errors(false);
    re = std::make_unique<RE2>(regex, options);
    MCPLEXER_CHECK(re->ok());
  }
  return RE2::FullMatch(re2::StringPiece(text.data(), text.size()), *re);
}

}  // namespace mcplexer::reference
