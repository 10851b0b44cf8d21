// SPDX-License-Identifier: Apache-2.0
// Policy text, in either surface, through the whole compiler. Whatever the text: no crash, a
// diagnostic with a place in the file or a plan that loads, and the same bytes the second time.
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>

#include "compiler/commands/compilation.h"
#include "compiler/syntax/parse.h"
#include "compiler/yaml/parse.h"
#include "runtime/plan/plan.h"

namespace {

using mcplexer::FileId;
using mcplexer::commands::Compilation;

std::unique_ptr<Compilation> Compile(const std::string& text, bool yaml) {
  auto compilation = std::make_unique<Compilation>();
  const FileId file = compilation->sources.Add(yaml ? "p.yaml" : "p.plex", text);
  const mcplexer::source::Limits limits;
  auto& diagnostics = compilation->diagnostics;
  const auto tree =
      yaml ? mcplexer::yaml::ParseYaml(compilation->sources, file, limits, diagnostics)
           : mcplexer::syntax::ParsePlex(compilation->sources, file, limits, diagnostics);
  mcplexer::commands::CompileTrees({tree}, "", *compilation);
  return compilation;
}

void Require(bool condition) {
  if (!condition) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  // Long inputs find what short ones find, slower.
  if (size == 0 || size > 4096) return 0;
  const bool yaml = (data[0] & 1) != 0;
  const std::string text(reinterpret_cast<const char*>(data) + 1, size - 1);
  const auto first = Compile(text, yaml);
  Require(first->plan.empty() == first->diagnostics.has_errors());
  for (const auto& diagnostic : first->diagnostics.all()) {
    if (!diagnostic.primary.span.valid()) continue;
    Require(diagnostic.primary.span.begin <= diagnostic.primary.span.end);
    Require(diagnostic.primary.span.end <= text.size());
  }
  if (first->plan.empty()) return 0;
  Require(mcplexer::plan::Plan::Load(first->plan).has_value());
  Require(Compile(text, yaml)->plan == first->plan);
  return 0;
}
