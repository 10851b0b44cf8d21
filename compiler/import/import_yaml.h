// SPDX-License-Identifier: Apache-2.0
// A MCPlexer YAML configuration to a draft, with the original's defaults written out.

#ifndef MCPLEXER_COMPILER_IMPORT_IMPORT_YAML_H_
#define MCPLEXER_COMPILER_IMPORT_IMPORT_YAML_H_

#include <string>

#include "compiler/import/document.h"
#include "compiler/import/draft.h"
#include "compiler/import/import_routes.h"

namespace mcplexer::importer {

// Rules that would not compile are left out and told about.
void ImportYaml(Value root, const std::string& file, const Check& check, Draft& draft);

}  // namespace mcplexer::importer

#endif  // MCPLEXER_COMPILER_IMPORT_IMPORT_YAML_H_
