// SPDX-License-Identifier: Apache-2.0
// The route rules of a MCPlexer YAML file.

#ifndef MCPLEXER_COMPILER_IMPORT_IMPORT_ROUTES_H_
#define MCPLEXER_COMPILER_IMPORT_IMPORT_ROUTES_H_

#include <functional>
#include <string>
#include <vector>

#include "compiler/import/draft.h"
#include "compiler/import/yaml_items.h"

namespace mcplexer::importer {

// The codes of the errors that a policy has, none when it compiles.
using Check = std::function<std::vector<std::string>(const std::string& policy)>;

// Adds the rules to the workspaces of `draft`, which has everything else. Those that would not
// compile are left out and told about.
void ImportRoutes(Yaml& yaml, const YamlNames& names, const Check& check, Draft& draft);

// Gives the rules of each workspace priorities of their own, in the order in which they were tried,
// so that no two are level.
void SpreadPriorities(Draft& draft);

}  // namespace mcplexer::importer

#endif  // MCPLEXER_COMPILER_IMPORT_IMPORT_ROUTES_H_
