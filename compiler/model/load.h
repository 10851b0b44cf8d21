// SPDX-License-Identifier: Apache-2.0
// A project: the files that a command is given, and what they import.

#ifndef MCPLEXER_COMPILER_MODEL_LOAD_H_
#define MCPLEXER_COMPILER_MODEL_LOAD_H_

#include <string>
#include <vector>

#include "compiler/model/file_system.h"
#include "compiler/source/diagnostic.h"
#include "compiler/source/limits.h"
#include "compiler/source/source.h"
#include "compiler/syntax/ast.h"
#include "runtime/base/result.h"

namespace mcplexer::model {

struct Project {
  std::vector<syntax::File> files;
  // A path that is missing or cannot be read, or no policy file at all: there is something that was
  // asked for and is not in `files`. Commands print these and exit with 2.
  std::vector<Error> unreadable;
};

// Reads and parses every policy file at `paths` (files, or directories searched for `*.plex`,
// `mcplexer.yaml` and `*.mcplexer.yaml`; hidden files and folders, `build` and `node_modules` are
// left out) and what they import, each once, whatever it is called. A mistake in one file keeps no
// other from being read. Files are added to `sources` in the order of their shown paths, imported
// ones behind them.
//
// Reports, besides what the parsers do: E0205 for imports in a cycle, E0210 for one that cannot be
// read, E0105 past limits.imports files.
Project Load(const std::vector<std::string>& paths, FileSystem& file_system,
             const source::Limits& limits, source::SourceMap& sources,
             source::Diagnostics& diagnostics);

}  // namespace mcplexer::model

#endif  // MCPLEXER_COMPILER_MODEL_LOAD_H_
