// SPDX-License-Identifier: Apache-2.0
// `mcplexerc import` and `mcplexerc init`.

#ifndef MCPLEXER_COMPILER_COMMANDS_IMPORT_H_
#define MCPLEXER_COMPILER_COMMANDS_IMPORT_H_

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "compiler/import/import.h"

namespace mcplexer::commands {

// Each adds its subcommand; when it is chosen, parsing runs it and sets `exit_code`, which must
// outlive the parse.
void AddImport(CLI::App& app, int& exit_code);
void AddInit(CLI::App& app, int& exit_code);

// The codes of the errors that the whole compiler finds in one .plex text, none when it makes a
// plan of it: what importer::Options::check asks for.
std::vector<std::string> ErrorCodes(const std::string& policy);

// The home directory that HOME names, normalised; empty where it names none.
std::string HomeDirectory();

// `path` from the current directory, normalised; links are kept.
std::string AbsolutePath(const std::string& path);

// Notes as lines on standard error: "mcplexerc: FILE:LINE: text".
void PrintNotes(const std::vector<importer::Note>& notes);

}  // namespace mcplexer::commands

#endif  // MCPLEXER_COMPILER_COMMANDS_IMPORT_H_
