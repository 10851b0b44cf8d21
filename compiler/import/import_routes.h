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

// Adds the rules to the workspaces of `draft`, which has everything else, and whose workspaces deny
// by default. `home`: what `~` is, or empty. What does not stay as it is, is told.
void ImportRoutes(Yaml& yaml, const YamlNames& names, const std::string& home, const Check& check,
                  Draft& draft);

}  // namespace mcplexer::importer

#endif  // MCPLEXER_COMPILER_IMPORT_IMPORT_ROUTES_H_
