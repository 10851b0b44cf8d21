// SPDX-License-Identifier: Apache-2.0
// Entries of Claude Code's permission lists: which tools of which servers they are about.

#ifndef MCPLEXER_COMPILER_IMPORT_PERMISSIONS_H_
#define MCPLEXER_COMPILER_IMPORT_PERMISSIONS_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace mcplexer::importer {

// `mcp__SERVER`, `mcp__SERVER__TOOL`, either with `*`, perhaps with `(..)` behind it.
struct PermissionEntry {
  std::string rest;        // behind `mcp__`, without the parentheses
  bool specifier = false;  // there were some
  bool wide = false;       // a `*` stands in the server's part
};
PermissionEntry ParsePermission(std::string_view entry);

// What an entry says of one server: a glob over its tools (`*` for all), or empty when it says
// nothing. `server` as PermissionName gives it. A server's name may itself hold `__`.
std::string ToolsOf(const PermissionEntry& entry, std::string_view server);

// Whether `text` matches `glob`, in which only `*` is special.
bool MatchesStars(std::string_view glob, std::string_view text);

// `tool` as a glob of the policy language: what is special there and is not `*` is escaped.
std::string StarGlob(std::string_view tool);

}  // namespace mcplexer::importer

#endif  // MCPLEXER_COMPILER_IMPORT_PERMISSIONS_H_
