// SPDX-License-Identifier: Apache-2.0
// Configurations of MCP clients to the text of a policy. What a configuration says that a policy
// cannot say is told, never dropped in silence; what is or may be a credential becomes a reference,
// and its value is in nothing that comes out of here. docs/import.md has the table.

#ifndef MCPLEXER_COMPILER_IMPORT_IMPORT_H_
#define MCPLEXER_COMPILER_IMPORT_IMPORT_H_

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/import/assemble.h"
#include "compiler/import/configuration.h"
#include "compiler/import/draft.h"
#include "compiler/import/limits.h"
#include "runtime/base/result.h"

namespace mcplexer::importer {

struct Source {
  std::string path;   // absolute and normalised: says whose it is and which project's
  std::string shown;  // as messages call it
  std::string text;
};

struct Options {
  Format format = Format::kUnknown;  // what the files are; kUnknown: find out
  Stance stance = Stance::kFaithful;
  std::string home;  // absolute; paths below it are written with `~`
  // A root as workspaces have it: what is for other directories than this and `~` is left out.
  // Empty: everything.
  std::string only;
  Limits limits;
  // The codes of the errors that a policy has (`E0401`), none when it compiles. What is made must
  // pass.
  std::function<std::vector<std::string>(const std::string& policy)> check;
};

struct Imported {
  std::string policy;
  std::vector<Note> notes;
  size_t servers = 0;
  size_t rules = 0;
  std::vector<std::string> programs;  // that the servers are started by
};

// The formats that can be asked for by name, as `--as` calls them.
Format FormatByName(std::string_view name);  // kUnknown for none
const std::vector<std::string>& FormatNames();

// Why nothing was made.
struct ImportError {
  // kNothing: the files can be read, and there is nothing in them that a policy could have.
  // kInternal: the policy that was made does not compile.
  enum class Kind : uint8_t { kUnreadable, kNothing, kInternal };
  Kind kind = Kind::kUnreadable;
  std::string message;
  std::vector<Note> notes;
};

// One policy of all the sources. Never quotes a value of theirs.
tl::expected<Imported, ImportError> Import(const std::vector<Source>& sources,
                                           const Options& options);

// The same from what has been read, or thought of, before. `header` is written at the top.
tl::expected<Imported, ImportError> ImportConfiguration(Configuration configuration,
                                                        std::vector<Secret> secrets,
                                                        std::vector<std::string> header,
                                                        const Options& options);

}  // namespace mcplexer::importer

#endif  // MCPLEXER_COMPILER_IMPORT_IMPORT_H_
