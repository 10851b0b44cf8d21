// SPDX-License-Identifier: Apache-2.0
#include "compiler/commands/compilation.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "compiler/analysis/ambiguity.h"
#include "compiler/analysis/imported_priority.h"
#include "compiler/analysis/invariants.h"
#include "compiler/analysis/lint.h"
#include "compiler/analysis/order.h"
#include "compiler/commands/lock_file.h"
#include "compiler/emit/emit.h"
#include "compiler/inventory/parse.h"
#include "compiler/model/credentials.h"
#include "compiler/model/file_system.h"
#include "compiler/model/load.h"
#include "compiler/model/lower.h"

namespace mcplexer::commands {
namespace {

void Analyse(Compilation& compilation, const automata::Limits& limits) {
  source::Diagnostics& diagnostics = compilation.diagnostics;
  compilation.space = analysis::Space::Build(compilation.policy, limits, diagnostics);
  if (!compilation.space) return;
  compilation.order = analysis::ComputeOrder(*compilation.space);
  const analysis::Order& order = *compilation.order;
  compilation.search = std::make_unique<analysis::CallSearch>(*compilation.space, order);
  analysis::CheckAmbiguity(*compilation.search, diagnostics);
  // What an ambiguous call comes to is no matter of invariants.
  if (!diagnostics.has_errors()) analysis::CheckInvariants(*compilation.search, diagnostics);
  analysis::CheckImportedPriorities(*compilation.search, diagnostics);
  if (diagnostics.has_errors()) return;
  const emit::Emission emission =
      emit::Emit(*compilation.space, order, compilation.sources, diagnostics,
                 compilation.inventory ? &*compilation.inventory : nullptr);
  if (diagnostics.has_errors()) return;
  compilation.plan = emit::Serialize(emission.sections, emission.source_digest);
}

void ReadInventories(const CompileOptions& options, Compilation& compilation) {
  const auto read = [&](const std::string& file, std::optional<inventory::Inventory>& into) {
    if (file.empty()) return;
    auto inventory = inventory::LoadFile(file);
    if (inventory) {
      into = std::move(*inventory);
    } else {
      compilation.input_errors.push_back(std::move(inventory.error().message));
    }
  };
  if (options.inventory_use == InventoryUse::kNone) return;
  Result<std::string> file =
      options.inventory.empty() ? FindLockFile(options.paths) : options.inventory;
  if (!file) {
    compilation.input_errors.push_back(std::move(file.error().message));
    return;
  }
  read(*file, compilation.inventory);
  read(options.inventory_base, compilation.inventory_base);
}

void Hide(std::string& text) {
  const std::vector<model::Credential> found = model::FindCredentials(text);
  for (auto one = found.rbegin(); one != found.rend(); ++one) {
    text.replace(one->offset + 4, one->length - 4, "...");
  }
}

// A message quotes the sources, and where S0605 found a secret it must not quote that.
void HideSecrets(source::Diagnostics& diagnostics) {
  auto& all = diagnostics.all();
  if (std::none_of(all.begin(), all.end(), [](const source::Diagnostic& diagnostic) {
        return diagnostic.code == source::Code::kSecretLiteral;
      })) {
    return;
  }
  for (source::Diagnostic& diagnostic : all) {
    Hide(diagnostic.message);
    Hide(diagnostic.primary.text);
    for (source::Label& label : diagnostic.secondary) Hide(label.text);
    for (source::Note& note : diagnostic.notes) Hide(note.text);
  }
}

}  // namespace

std::unique_ptr<Compilation> Compile(const CompileOptions& options,
                                     model::FileSystem& file_system) {
  auto compilation = std::make_unique<Compilation>();
  model::Project project = model::Load(options.paths, file_system, source::Limits(),
                                       compilation->sources, compilation->diagnostics);
  for (Error& error : project.unreadable) {
    compilation->input_errors.push_back(std::move(error.message));
  }
  ReadInventories(options, *compilation);
  CompileTrees(std::move(project.files), options.home, *compilation);
  return compilation;
}

void CompileTrees(std::vector<syntax::File> files, const std::string& home,
                  Compilation& compilation) {
  const source::Limits limits;
  compilation.files = std::move(files);
  for (const syntax::File& file : compilation.files) {
    std::vector<source::Suppression> found = source::ReadSuppressions(
        compilation.sources, file.comments, limits, compilation.diagnostics);
    std::move(found.begin(), found.end(), std::back_inserter(compilation.suppressions));
  }
  compilation.policy =
      model::Lower(compilation.files, compilation.sources, {home, limits}, compilation.diagnostics);
  if (compilation.input_errors.empty() && !compilation.diagnostics.has_errors()) {
    automata::Limits automaton_limits;
    automaton_limits.max_pattern_bytes = limits.pattern_bytes;
    automaton_limits.max_dfa_states = static_cast<uint32_t>(limits.automaton_states);
    Analyse(compilation, automaton_limits);
  }
  source::Suppress(compilation.sources, compilation.suppressions, compilation.diagnostics);
  HideSecrets(compilation.diagnostics);
  compilation.diagnostics.Sort();
}

void Lint(Compilation& compilation, const std::set<source::Code>& enabled) {
  source::Diagnostics& diagnostics = compilation.diagnostics;
  if (compilation.plan.empty()) return;
  const std::set<source::Code> active = analysis::ActiveLintCodes(enabled);
  analysis::RunLintChecks(
      analysis::LintContext(*compilation.search, compilation.files, compilation.sources,
                            compilation.inventory ? &*compilation.inventory : nullptr,
                            compilation.inventory_base ? &*compilation.inventory_base : nullptr),
      active, diagnostics);
  std::set<source::Code> not_looked_for = {source::Code::kUnusedSuppression};
  for (const analysis::LintCheck& check : analysis::LintChecks()) {
    for (const analysis::LintCode& code : check.codes) {
      if (!active.contains(code.code)) not_looked_for.insert(code.code);
    }
  }
  const auto& suppressions = compilation.suppressions;
  const std::vector<bool> used = source::Suppress(compilation.sources, suppressions, diagnostics);
  source::ReportUnused(suppressions, used, not_looked_for, diagnostics);
  source::Suppress(compilation.sources, suppressions, diagnostics);
  diagnostics.Sort();
}

}  // namespace mcplexer::commands
