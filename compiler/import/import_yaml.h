// SPDX-License-Identifier: Apache-2.0
// A MCPlexer YAML configuration to a draft.

#ifndef MCPLEXER_COMPILER_IMPORT_IMPORT_YAML_H_
#define MCPLEXER_COMPILER_IMPORT_IMPORT_YAML_H_

#include <string>

#include "compiler/import/document.h"
#include "compiler/import/draft.h"
#include "compiler/import/import_routes.h"

namespace mcplexer::importer {

// `home`: what `~` is, or empty. What does not stay as it is, is told.
void ImportYaml(Value root, const std::string& file, const std::string& home, const Check& check,
                Draft& draft);

}  // namespace mcplexer::importer

#endif  // MCPLEXER_COMPILER_IMPORT_IMPORT_YAML_H_
