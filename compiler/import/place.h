// SPDX-License-Identifier: Apache-2.0
// What the path of a configuration says: whose it is, and which directory it is for.

#ifndef MCPLEXER_COMPILER_IMPORT_PLACE_H_
#define MCPLEXER_COMPILER_IMPORT_PLACE_H_

#include <string>
#include <string_view>

#include "compiler/import/configuration.h"

namespace mcplexer::importer {

// `path` with the home directory written `~`. Both absolute and normalised; `home` may be empty.
std::string WithTilde(std::string_view path, std::string_view home);

// The client whose configurations have this path; kUnknown where that says nothing.
Format FormatOf(std::string_view path);

// The root of the workspace that a configuration is for: the project of `.mcp.json`,
// `.cursor/mcp.json` and their like, `~` for a person's own settings and for files of any other
// name. `path` is absolute and normalised.
std::string RootOf(std::string_view path, std::string_view home);

}  // namespace mcplexer::importer

#endif  // MCPLEXER_COMPILER_IMPORT_PLACE_H_
