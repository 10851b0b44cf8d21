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

Segment Interpret(std::string_view inside) {
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
  return {Kind::kUnknown, std::string(inside), std::nullopt};
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
    segments.push_back(Interpret(text.substr(1)));
    return segments;
  }
  size_t at = 0;
  while (at < text.size()) {
    const size_t open = text.find("${", at);
    const size_t close = open == std::string_view::npos ? open : CloseOf(text, open);
    if (close == std::string_view::npos) break;
    literal(text.substr(at, open - at));
    segments.push_back(Interpret(text.substr(open + 2, close - open - 3)));
    at = close;
  }
  literal(text.substr(at));
  return segments;
}

}  // namespace mcplexer::importer
