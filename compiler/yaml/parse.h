// SPDX-License-Identifier: Apache-2.0
// The YAML front end: policy text to the same syntax tree that .plex gives, so that names, types
// and conflicts are checked once, behind both.

#ifndef MCPLEXER_COMPILER_YAML_PARSE_H_
#define MCPLEXER_COMPILER_YAML_PARSE_H_

#include "compiler/source/diagnostic.h"
#include "compiler/source/limits.h"
#include "compiler/source/source.h"
#include "compiler/syntax/ast.h"

namespace mcplexer::yaml {

// Reads `file`. Everything wrong with it is reported at its line and column; the tree then holds
// the declarations that are sound enough to be referred to and no rule that was reported, and must
// not be compiled. An empty file declares nothing. `sources` and `limits` are only read; text that
// is hostile ends in a diagnostic within time and memory in proportion to the file.
//
// Route rules become declarations of kind kRules, one for each workspace they name.
syntax::File ParseYaml(const source::SourceMap& sources, FileId file, const source::Limits& limits,
                       source::Diagnostics& diagnostics);

}  // namespace mcplexer::yaml

#endif  // MCPLEXER_COMPILER_YAML_PARSE_H_
