// SPDX-License-Identifier: Apache-2.0
#include "compiler/commands/compilation.h"

#include "compiler/analysis/ambiguity.h"
#include "compiler/analysis/imported_priority.h"
#include "compiler/analysis/order.h"
#include "compiler/emit/emit.h"
#include "compiler/model/file_system.h"
#include "compiler/model/load.h"
#include "compiler/model/lower.h"

namespace mcplexer::commands {
namespace {

void Analyse(Compilation& compilation, const automata::Limits& limits) {
  source::Diagnostics& diagnostics = compilation.diagnostics;
  compilation.space = analysis::Space::Build(compilation.policy, limits, diagnostics);
  if (!compilation.space) return;
  const analysis::Order order = analysis::ComputeOrder(*compilation.space);
  analysis::CheckAmbiguity(*compilation.space, order, diagnostics);
  analysis::CheckImportedPriorities(*compilation.space, diagnostics);
  if (diagnostics.has_errors()) return;
  const emit::Emission emission =
      emit::Emit(*compilation.space, order, compilation.sources, diagnostics);
  if (diagnostics.has_errors()) return;
  compilation.plan = emit::Serialize(emission.sections, emission.source_digest);
}

}  // namespace

std::unique_ptr<Compilation> Compile(const CompileOptions& options) {
  auto compilation = std::make_unique<Compilation>();
  model::Project project = model::Load(options.paths, model::Disk(), source::Limits(),
                                       compilation->sources, compilation->diagnostics);
  for (Error& error : project.unreadable) {
    compilation->input_errors.push_back(std::move(error.message));
  }
  CompileTrees(project.files, options.home, *compilation);
  return compilation;
}

void CompileTrees(const std::vector<syntax::File>& files, const std::string& home,
                  Compilation& compilation) {
  const source::Limits limits;
  compilation.policy =
      model::Lower(files, compilation.sources, {home, limits}, compilation.diagnostics);
  if (compilation.input_errors.empty() && !compilation.diagnostics.has_errors()) {
    automata::Limits automaton_limits;
    automaton_limits.max_pattern_bytes = limits.pattern_bytes;
    automaton_limits.max_dfa_states = static_cast<uint32_t>(limits.automaton_states);
    Analyse(compilation, automaton_limits);
  }
  compilation.diagnostics.Sort();
}

}  // namespace mcplexer::commands
