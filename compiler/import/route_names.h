// SPDX-License-Identifier: Apache-2.0
// Names of tools as `tool_match` of the original gives them: one name, or all that begin with a
// text. A `*` at the end is a wildcard there and nothing else is, so any two of these sets are
// disjoint or one lies in the other.

#ifndef MCPLEXER_COMPILER_IMPORT_ROUTE_NAMES_H_
#define MCPLEXER_COMPILER_IMPORT_ROUTE_NAMES_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/import/yaml_items.h"

namespace mcplexer::importer {

struct ToolNames {
  std::string text;
  bool prefix = false;  // all that begin with `text`

  bool operator==(const ToolNames&) const = default;
};

ToolNames ReadToolMatch(std::string_view pattern);
// 0 for `*`, 1 for another prefix, 2 for a name.
int SpecificityOf(const ToolNames& names);

bool Contains(const ToolNames& outer, const ToolNames& inner);
std::optional<ToolNames> CommonOf(const ToolNames& a, const ToolNames& b);
bool Meet(const std::vector<ToolNames>& a, const std::vector<ToolNames>& b);
bool Contains(const std::vector<ToolNames>& outer, const ToolNames& inner);
// Adds what `names` does not hold yet, and takes out what lies in it.
void AddTo(std::vector<ToolNames>& names, const ToolNames& added);

// The part of `names` that tools of a server can have, by the names they have here; none where the
// server is not carried.
std::optional<ToolNames> NamesHere(const ToolNames& names, const Space& space);

// A pattern of a rule that matches them and nothing else.
std::string GlobOf(const ToolNames& names);

}  // namespace mcplexer::importer

#endif  // MCPLEXER_COMPILER_IMPORT_ROUTE_NAMES_H_
