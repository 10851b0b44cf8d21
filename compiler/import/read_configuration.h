// SPDX-License-Identifier: Apache-2.0
// A client's whole configuration file.

#ifndef MCPLEXER_COMPILER_IMPORT_READ_CONFIGURATION_H_
#define MCPLEXER_COMPILER_IMPORT_READ_CONFIGURATION_H_

#include <string>
#include <string_view>
#include <vector>

#include "compiler/import/configuration.h"
#include "compiler/import/document.h"
#include "compiler/import/secret_table.h"

namespace mcplexer::importer {

struct ConfigurationPlace {
  std::string file;  // as shown
  std::string root;  // of the workspace that the file is for
  std::string home;  // absolute, or empty
};

// What the document's keys say it is, where its path does not: kUnknown when it holds nothing
// about MCP servers.
Format FormatOf(Value root);

// Adds what `root` says to `configuration`. Whatever it holds that is not carried is told in
// `notes`.
void ReadConfiguration(Value root, Format format, const ConfigurationPlace& place,
                       SecretTable& secrets, Configuration& configuration,
                       std::vector<Note>& notes);

}  // namespace mcplexer::importer

#endif  // MCPLEXER_COMPILER_IMPORT_READ_CONFIGURATION_H_
