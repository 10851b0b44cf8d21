// SPDX-License-Identifier: Apache-2.0
// Invariants: their names, patterns and conditions. Whether they hold is for others.
#include <fmt/format.h>

#include <string>
#include <string_view>

#include "compiler/model/conditions.h"
#include "compiler/model/context.h"
#include "compiler/model/targets.h"

namespace mcplexer::model {
namespace {

class ClaimCheck {
 public:
  explicit ClaimCheck(Context& context) : context_(context), reporter_(context.reporter) {}

  void CheckInvariant(const syntax::Declaration& invariant) {
    if (invariant.clauses.empty()) Missing(invariant, "`never allow` or `always deny`");
    for (const syntax::InvariantClause& clause : invariant.clauses) {
      const bool resource = clause.call_kind == syntax::CallKind::kResource;
      if (clause.resource_server) {
        context_.names.servers.Resolve(*clause.resource_server, reporter_);
      } else if (resource) {
        reporter_.Report(Code::kMissingAttribute, clause.span,
                         "a clause on resources names the server: `resource SERVER: \"..\"`");
      }
      if (clause.patterns.empty()) {
        reporter_.Report(Code::kMalformedPattern, clause.span, "a clause without patterns");
      }
      LowerPatterns(context_, clause.call_kind, clause.patterns);
      LowerPatterns(context_, clause.call_kind, clause.except);
      LowerPrincipalNames(context_, clause.principals);
      for (const syntax::Name& path : clause.paths) CheckAnchoredPath(path);
      if (clause.when) CheckCondition(context_, *clause.when, WorkspaceId());
    }
  }

 private:
  void Missing(const syntax::Declaration& declaration, std::string_view what) {
    reporter_.Report(Code::kMissingAttribute, declaration.name.span,
                     fmt::format("`{}` has no {}", declaration.name.text, what));
  }

  // A glob over whole directories: `/srv/**`, `~/work/**`.
  void CheckAnchoredPath(const syntax::Name& path) {
    std::string_view rest = path.text;
    constexpr std::string_view kHomeVariable = "${HOME}";
    bool home = false;
    if (rest.starts_with("~")) {
      rest.remove_prefix(1);
      home = true;
    } else if (rest.starts_with(kHomeVariable)) {
      rest.remove_prefix(kHomeVariable.size());
      home = true;
    }
    if (home && rest.empty()) return;
    if (!rest.starts_with("/")) {
      reporter_.Report(Code::kMalformedPattern, path.span,
                       "a directory of an invariant is absolute or begins with `~`");
      return;
    }
    rest.remove_prefix(1);
    if (rest.empty() && !home) return;  // `/` itself
    context_.patterns.Check(PatternLanguage::kPathGlob, std::string(rest), path.span);
  }

  Context& context_;
  Reporter& reporter_;
};

}  // namespace

void CheckClaims(Context& context) {
  ClaimCheck check(context);
  for (const syntax::File& file : context.files) {
    for (const syntax::Declaration& declaration : file.declarations) {
      if (declaration.kind == syntax::Declaration::Kind::kInvariant) {
        check.CheckInvariant(declaration);
      }
    }
  }
}

}  // namespace mcplexer::model
