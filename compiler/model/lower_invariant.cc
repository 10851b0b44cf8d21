// SPDX-License-Identifier: Apache-2.0
// Invariants: names become ids and patterns are checked. Whether they hold is compiler/analysis's.
#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "compiler/model/conditions.h"
#include "compiler/model/context.h"
#include "compiler/model/targets.h"

namespace mcplexer::model {
namespace {

class InvariantStep {
 public:
  explicit InvariantStep(Context& context) : context_(context), reporter_(context.reporter) {}

  void Lower(const syntax::Declaration& source) {
    if (source.clauses.empty()) Missing(source, "`never allow` or `always deny`");
    Invariant invariant{source.name.text, {}, source.name.span};
    for (const syntax::InvariantClause& clause : source.clauses) {
      invariant.clauses.push_back(LowerClause(clause));
    }
    context_.policy.invariants.push_back(std::move(invariant));
  }

 private:
  InvariantClause LowerClause(const syntax::InvariantClause& source) {
    InvariantClause clause;
    clause.kind = source.kind;
    clause.call_kind = LowerKind(source.call_kind);
    clause.span = source.span;
    if (source.resource_server) {
      clause.server =
          IdOf<ServerId>(context_.names.servers.Resolve(*source.resource_server, reporter_));
    } else if (source.call_kind == syntax::CallKind::kResource) {
      reporter_.Report(Code::kMissingAttribute, source.span,
                       "a clause on resources names the server: `resource SERVER: \"..\"`");
    }
    if (source.patterns.empty()) {
      reporter_.Report(Code::kMalformedPattern, source.span, "a clause without patterns");
    }
    clause.names = LowerPatterns(context_, source.call_kind, source.patterns);
    clause.except = LowerPatterns(context_, source.call_kind, source.except);
    clause.principals = LowerPrincipalNames(context_, source.principals);
    for (const syntax::Name& path : source.paths) {
      if (auto directory = AnchoredPath(path)) clause.directories.push_back(*std::move(directory));
    }
    if (source.when && CheckCondition(context_, *source.when, WorkspaceId())) {
      clause.when = ConditionId(context_.policy.conditions.size());
      context_.policy.conditions.push_back({*source.when, ConditionText(*source.when)});
    }
    return clause;
  }

  void Missing(const syntax::Declaration& declaration, std::string_view what) {
    reporter_.Report(Code::kMissingAttribute, declaration.name.span,
                     fmt::format("`{}` has no {}", declaration.name.text, what));
  }

  // A glob over whole directories, `/srv/**` or `~/work/**`, with `~` for `${HOME}`. Nothing after
  // reporting.
  std::optional<syntax::Name> AnchoredPath(const syntax::Name& path) {
    constexpr std::string_view kHomeVariable = "${HOME}";
    syntax::Name anchored = path;
    if (path.text.starts_with(kHomeVariable)) {
      anchored.text = "~" + path.text.substr(kHomeVariable.size());
    }
    std::string_view rest = anchored.text;
    const bool home = rest.starts_with("~");
    if (home) rest.remove_prefix(1);
    if (home && rest.empty()) return anchored;
    if (!rest.starts_with("/")) {
      reporter_.Report(Code::kMalformedPattern, path.span,
                       "a directory of an invariant is absolute or begins with `~`");
      return std::nullopt;
    }
    rest.remove_prefix(1);
    if (rest.empty() && !home) return anchored;  // `/` itself
    if (!context_.patterns.Check(PatternLanguage::kPathGlob, std::string(rest), path.span)) {
      return std::nullopt;
    }
    return anchored;
  }

  Context& context_;
  Reporter& reporter_;
};

}  // namespace

void LowerInvariants(Context& context) {
  InvariantStep step(context);
  context.policy.rule_conditions = context.policy.conditions.size();
  std::vector<const syntax::Declaration*> invariants;
  for (const syntax::File& file : context.files) {
    for (const syntax::Declaration& declaration : file.declarations) {
      if (declaration.kind == syntax::Declaration::Kind::kInvariant) {
        invariants.push_back(&declaration);
      }
    }
  }
  SortByPlace(context.sources, invariants);
  std::ranges::stable_sort(invariants, {},
                           [](const syntax::Declaration* one) { return one->name.text; });
  for (const syntax::Declaration* invariant : invariants) step.Lower(*invariant);
}

}  // namespace mcplexer::model
