// SPDX-License-Identifier: Apache-2.0
// Tests and invariants: their names, patterns, values and conditions. Whether they hold is for
// others.
#include <fmt/format.h>

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/model/conditions.h"
#include "compiler/model/context.h"
#include "compiler/model/targets.h"
#include "compiler/model/values.h"

namespace mcplexer::model {
namespace {

using ValueKind = syntax::Value::Kind;

class ClaimCheck {
 public:
  explicit ClaimCheck(Context& context) : context_(context), reporter_(context.reporter) {
    for (const Rule& rule : context.policy.rules) rules_.try_emplace(rule.id, 0);
  }

  void CheckTest(const syntax::Declaration& test) {
    if (!test.directory) {
      Missing(test, "directory: `in \"..\"`");
    } else {
      syntax::Value directory;
      directory.kind = ValueKind::kString;
      directory.text = test.directory->text;
      directory.span = test.directory->span;
      CheckDirectory(directory, reporter_);
    }
    if (test.principal && test.principal->text != kAnonymous) {
      context_.names.principals.Resolve(*test.principal, reporter_);
    }
    if (test.calls.empty()) Missing(test, "`call`");
    for (const syntax::TestCall& call : test.calls) CheckCall(call);
  }

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

  void CheckCall(const syntax::TestCall& call) {
    if (call.via) context_.names.servers.Resolve(*call.via, reporter_);
    if (call.scope) context_.names.scopes.Resolve(*call.scope, reporter_);
    if (call.rule && rules_.find(call.rule->text) == rules_.end()) {
      source::Diagnostic& diagnostic =
          reporter_.Report(Code::kUndefinedName, call.rule->span,
                           fmt::format("no rule is called `{}`", call.rule->text));
      std::vector<std::string_view> known;
      for (const auto& [id, unused] : rules_) known.push_back(id);
      reporter_.Suggest(diagnostic, call.rule->text, known);
    }
    if (call.arguments) CheckJson(*call.arguments);
  }

  // Arguments are what JSON can say, keys once.
  void CheckJson(const syntax::Value& whole) {
    std::vector<const syntax::Value*> stack = {&whole};
    while (!stack.empty()) {
      const syntax::Value& value = *stack.back();
      stack.pop_back();
      switch (value.kind) {
        case ValueKind::kString:
        case ValueKind::kNumber:
        case ValueKind::kBool:
        case ValueKind::kNull:
          break;
        case ValueKind::kList:
          for (const syntax::Value& item : value.items) stack.push_back(&item);
          break;
        case ValueKind::kMap:
          CheckMapKeys(value, reporter_);
          for (const auto& [key, item] : value.entries) stack.push_back(&item);
          break;
        default: {
          source::Diagnostic& diagnostic = reporter_.Report(
              Code::kBadValue, value.span,
              fmt::format("an argument is what JSON can say, found {}", Describe(value.kind)));
          if (value.kind == ValueKind::kWord || value.kind == ValueKind::kDuration) {
            diagnostic.Help(fmt::format("put it in quotes: \"{}\"", value.text));
          }
        }
      }
    }
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
  std::map<std::string_view, int> rules_;
};

}  // namespace

void CheckClaims(Context& context) {
  ClaimCheck check(context);
  for (const syntax::File& file : context.files) {
    for (const syntax::Declaration& declaration : file.declarations) {
      if (declaration.kind == syntax::Declaration::Kind::kTest) check.CheckTest(declaration);
      if (declaration.kind == syntax::Declaration::Kind::kInvariant) {
        check.CheckInvariant(declaration);
      }
    }
  }
}

}  // namespace mcplexer::model
