// SPDX-License-Identifier: Apache-2.0
#include "compiler/import/permissions.h"

#include <algorithm>

#include "compiler/import/plex_text.h"

namespace mcplexer::importer {

PermissionEntry ParsePermission(std::string_view entry) {
  PermissionEntry result;
  constexpr std::string_view kPrefix = "mcp__";
  entry.remove_prefix(kPrefix.size());
  if (const size_t open = entry.find('('); open != std::string_view::npos) {
    result.specifier = true;
    entry = entry.substr(0, open);
  }
  result.rest = std::string(entry);
  const std::string_view server = entry.substr(0, entry.find("__"));
  result.wide = server.find('*') != std::string_view::npos;
  return result;
}

std::string ToolsOf(const PermissionEntry& entry, std::string_view server) {
  const std::string_view rest = entry.rest;
  if (entry.wide) {
    const size_t split = rest.find("__");
    if (!MatchesStars(rest.substr(0, split), server)) return "";
    return split == std::string_view::npos ? "*" : StarGlob(rest.substr(split + 2));
  }
  if (rest == server) return "*";
  if (!rest.starts_with(server) || rest.substr(server.size(), 2) != "__") return "";
  return StarGlob(rest.substr(server.size() + 2));
}

bool MatchesStars(std::string_view glob, std::string_view text) {
  // Where the last `*` stood, and up to where it has eaten: one step back is enough.
  size_t star = std::string_view::npos;
  size_t eaten = 0;
  size_t g = 0;
  size_t t = 0;
  while (t < text.size()) {
    if (g < glob.size() && glob[g] == '*') {
      star = g++;
      eaten = t;
    } else if (g < glob.size() && glob[g] == text[t]) {
      ++g;
      ++t;
    } else if (star != std::string_view::npos) {
      g = star + 1;
      t = ++eaten;
    } else {
      return false;
    }
  }
  while (g < glob.size() && glob[g] == '*') ++g;
  return g == glob.size();
}

std::string StarGlob(std::string_view tool) {
  std::string glob;
  size_t at = 0;
  while (at < tool.size()) {
    const size_t star = std::min(tool.find('*', at), tool.size());
    glob += EscapedGlob(tool.substr(at, star - at));
    if (star < tool.size()) glob += '*';
    at = star + 1;
  }
  return glob;
}

}  // namespace mcplexer::importer
