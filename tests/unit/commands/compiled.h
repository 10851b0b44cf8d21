// SPDX-License-Identifier: Apache-2.0
// A text through the whole compiler.

#ifndef MCPLEXER_TESTS_UNIT_COMMANDS_COMPILED_H_
#define MCPLEXER_TESTS_UNIT_COMMANDS_COMPILED_H_

#include <memory>
#include <string>

#include "compiler/commands/compilation.h"
#include "compiler/source/limits.h"
#include "compiler/syntax/parse.h"

namespace mcplexer::commands {

inline std::unique_ptr<Compilation> Compiled(const std::string& text) {
  auto compilation = std::make_unique<Compilation>();
  const FileId file = compilation->sources.Add("a.plex", text);
  const source::Limits limits;
  CompileTrees({syntax::ParsePlex(compilation->sources, file, limits, compilation->diagnostics)},
               "", *compilation);
  return compilation;
}

}  // namespace mcplexer::commands

#endif  // MCPLEXER_TESTS_UNIT_COMMANDS_COMPILED_H_
