// SPDX-License-Identifier: Apache-2.0
// One surface to the other: a .plex file to YAML and back, with the same meaning.

#ifndef MCPLEXER_COMPILER_CONVERT_CONVERT_H_
#define MCPLEXER_COMPILER_CONVERT_CONVERT_H_

#include <string>
#include <vector>

#include "compiler/source/diagnostic.h"
#include "compiler/source/limits.h"
#include "compiler/source/source.h"
#include "compiler/syntax/ast.h"

namespace mcplexer::convert {

// Something of the source that is not in the outcome.
struct Loss {
  source::Span span;
  std::string what;  // "this comment is left out"
};

struct Conversion {
  // In the other surface. Empty when there are `problems`: what it cannot say is never dropped.
  std::string text;
  std::vector<Loss> problems;
  // What means nothing and has no place there: comments that stand at nothing that has one.
  std::vector<Loss> losses;
};

// `file` is the tree of a .plex file that came without syntax errors. Imports stay imports: what
// they name is not read. A text whose plan exists has the same plan as the outcome but for places.
Conversion ToYaml(const source::SourceMap& sources, const syntax::File& file);

// The same for a YAML file. The outcome is formatted.
Conversion ToPlex(const source::SourceMap& sources, const syntax::File& file,
                  const source::Limits& limits);

}  // namespace mcplexer::convert

#endif  // MCPLEXER_COMPILER_CONVERT_CONVERT_H_
