// SPDX-License-Identifier: Apache-2.0
#include "tests/reference/compile_text.h"

#include "compiler/source/render.h"
#include "compiler/syntax/parse.h"

namespace mcplexer::testing {

std::unique_ptr<commands::Compilation> CompileText(const std::string& text) {
  auto compilation = std::make_unique<commands::Compilation>();
  const FileId file = compilation->sources.Add("policy.plex", text);
  const syntax::File tree =
      syntax::ParsePlex(compilation->sources, file, source::Limits(), compilation->diagnostics);
  commands::CompileTrees({tree}, "", *compilation);
  return compilation;
}

std::string MessagesOf(const commands::Compilation& compilation) {
  std::string text;
  for (const auto& diagnostic : compilation.diagnostics.all()) {
    text += source::RenderShort(compilation.sources, diagnostic);
  }
  return text;
}

}  // namespace mcplexer::testing
