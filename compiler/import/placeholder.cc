// SPDX-License-Identifier: Apache-2.0
#include "compiler/import/placeholder.h"

#include <algorithm>
#include <utility>

namespace mcplexer::importer {
namespace {

bool IsVariableName(std::string_view name) {
  return !name.empty() && !(name.front() >= '0' && name.front() <= '9') &&
         std::all_of(name.begin(), name.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  c == '_';
         });
}

// What `${..}` and `{env:..}` stand for, by what is between the braces; `whole` is all of it.
Segment Interpret(std::string_view inside, std::string_view whole) {
  using Kind = Segment::Kind;
  const auto after = [&](std::string_view prefix) {
    return std::string(inside.substr(prefix.size()));
  };
  if (inside.starts_with("input:")) return {Kind::kInput, after("input:"), std::nullopt};
  if (inside == "workspaceFolder" || inside == "workspaceRoot" ||
      inside.starts_with("workspaceFolder:")) {
    return {Kind::kWorkspace, "", std::nullopt};
  }
  if (inside == "workspaceFolderBasename") return {Kind::kWorkspaceName, "", std::nullopt};
  if (inside == "userHome" || inside == "env:HOME" || inside == "HOME") {
    return {Kind::kHome, "HOME", std::nullopt};
  }
  if (inside == "pathSeparator" || inside == "/") return {Kind::kSeparator, "/", std::nullopt};
  std::string_view name = inside;
  if (name.starts_with("env:")) name.remove_prefix(4);
  std::optional<std::string> otherwise;
  if (const size_t at = name.find(":-"); at != std::string_view::npos) {
    otherwise = std::string(name.substr(at + 2));
    name = name.substr(0, at);
  }
  if (IsVariableName(name)) return {Kind::kVariable, std::string(name), std::move(otherwise)};
  return {Kind::kUnknown, std::string(whole), std::nullopt};
}

// `{{ NAME }}` and `${{ secrets.NAME }}`: what is between the braces, or nothing.
std::optional<std::string_view> DoubleBraced(std::string_view whole, size_t braces) {
  std::string_view inside = whole.substr(braces, whole.size() - braces - 2);
  while (inside.starts_with(' ')) inside.remove_prefix(1);
  while (inside.ends_with(' ')) inside.remove_suffix(1);
  const bool name = !inside.empty() && std::all_of(inside.begin(), inside.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '.' || c == '-';
  });
  return name ? std::optional(inside) : std::nullopt;
}

// Behind the `}` that closes the `${` at `open`, or npos.
size_t CloseOf(std::string_view text, size_t open) {
  size_t depth = 0;
  for (size_t at = open; at < text.size(); ++at) {
    if (text.substr(at, 2) == "${") ++depth;
    if (text[at] == '}' && --depth == 0) return at + 1;
  }
  return std::string_view::npos;
}

struct Reference {
  size_t size = 0;  // of its text
  Segment segment;
};

// The reference that begins with the `$` or `{` at `at`, if one does. Looks no further than the
// brace that decides, so that all calls together are linear.
std::optional<Reference> ReferenceAt(std::string_view text, size_t at) {
  using Kind = Segment::Kind;
  const std::string_view rest = text.substr(at);
  if (const size_t braces = rest.starts_with("${{")  ? 3
                            : rest.starts_with("{{") ? 2
                                                     : 0;
      braces != 0) {
    const size_t end = rest.find_first_of("{}", braces);
    if (end != std::string_view::npos && rest.substr(end, 2) == "}}") {
      const std::string_view whole = rest.substr(0, end + 2);
      if (const auto inside = DoubleBraced(whole, braces)) {
        constexpr std::string_view kSecrets = "secrets.";
        return Reference{
            whole.size(),
            inside->starts_with(kSecrets)
                ? Segment{Kind::kInput, std::string(inside->substr(kSecrets.size())), std::nullopt}
                : Segment{Kind::kUnknown, std::string(whole), std::nullopt}};
      }
    }
  }
  if (rest.starts_with("${")) {
    const size_t close = CloseOf(text, at);
    if (close == std::string_view::npos) return std::nullopt;
    const std::string_view whole = text.substr(at, close - at);
    return Reference{whole.size(), Interpret(whole.substr(2, whole.size() - 3), whole)};
  }
  if (rest.starts_with("{env:") || rest.starts_with("{file:")) {
    const size_t end = rest.find_first_of("{}", 1);
    if (end == std::string_view::npos || rest[end] != '}') return std::nullopt;
    const std::string_view whole = rest.substr(0, end + 1);
    return Reference{whole.size(), Interpret(whole.substr(1, whole.size() - 2), whole)};
  }
  return std::nullopt;
}

}  // namespace

std::vector<Segment> SplitPlaceholders(std::string_view text) {
  std::vector<Segment> segments;
  const auto literal = [&](std::string_view part) {
    if (part.empty()) return;
    if (!segments.empty() && segments.back().kind == Segment::Kind::kLiteral) {
      segments.back().text += part;
    } else {
      segments.push_back({Segment::Kind::kLiteral, std::string(part), std::nullopt});
    }
  };
  if (text.size() > 2 && text.front() == '$' && text[1] >= 'A' && text[1] <= 'Z' &&
      IsVariableName(text.substr(1))) {
    segments.push_back(Interpret(text.substr(1), text));
    return segments;
  }
  size_t from = 0;
  for (size_t at = text.find_first_of("${"); at != std::string_view::npos;
       at = text.find_first_of("${", at)) {
    auto reference = ReferenceAt(text, at);
    if (!reference) {
      if (text.substr(at, 2) == "${") break;  // not closed, and so is none behind it
      ++at;
      continue;
    }
    literal(text.substr(from, at - from));
    segments.push_back(std::move(reference->segment));
    at += reference->size;
    from = at;
  }
  literal(text.substr(from));
  return segments;
}

}  // namespace mcplexer::importer
