// SPDX-License-Identifier: Apache-2.0
// W0504 and W0505 for invariants: `never allow .. in "~/acme/infra"` is claimed of sessions in that
// directory alone. Where a rule that would let the call through in it, were it not held back, does
// let it through below, the claim with `/**` would not hold, which its author should know.
//
// As for denies (path_hole.cc) it is no finding when what lets the call through does not match
// further up: then somebody has spoken of those directories.
#include "compiler/analysis/checks/short_claim.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "compiler/analysis/checks/checks.h"
#include "compiler/analysis/checks/path_end.h"
#include "compiler/analysis/describe.h"
#include "compiler/analysis/outcome.h"
#include "compiler/analysis/written_patterns.h"
#include "compiler/source/printable.h"

namespace mcplexer::analysis {
namespace {

using model::Effect;
using model::InvariantClause;
using model::Rule;
using reference::Outcome;

class ShortClaims {
 public:
  ShortClaims(const CallSearch& search, size_t invariant, size_t clause)
      : search_(search),
        policy_(search.policy()),
        invariant_(invariant),
        index_(clause),
        clause_(policy_.invariants[invariant].clauses[clause]) {}

  void Run(std::vector<ShortClaim>& found) {
    for (const syntax::Name& path : clause_.directories) {
      if (!StopsAtDirectory(path.text) || path.text == "~" || path.text == "/") continue;
      if (auto claim = Find(path)) found.push_back(*std::move(claim));
    }
  }

 private:
  std::optional<ShortClaim> Find(const syntax::Name& path) {
    auto names = LanguagesOf(search_.space(), clause_.call_kind, clause_.server, clause_.names,
                             clause_.except);
    const auto below = search_.territory().DirectoriesOf({{path.text + "/**", path.span}});
    auto held = search_.territory().DirectoriesOf(clause_.directories);
    if (!names || names->empty() || !below || !held) return std::nullopt;
    auto rest = automata::Difference(*below, *held);
    if (!rest || rest->IsEmpty()) return std::nullopt;
    held_ = *std::move(held);
    Area area;
    area.names = *std::move(names);
    area.principals = clause_.principals;
    area.directories = *std::move(rest);
    for (size_t r = 0; r < policy_.rules.size(); ++r) {
      if (auto claim = Try(path, RuleId(r), area)) return claim;
    }
    return std::nullopt;
  }

  std::optional<ShortClaim> Try(const syntax::Name& path, RuleId way, const Area& area) const {
    const Rule& rule = policy_.rules[way.index()];
    if (rule.effect == Effect::kDeny || rule.kind != clause_.call_kind) return std::nullopt;
    if (search_.space().box(way).empty) return std::nullopt;
    Query query;
    query.matching = {way};
    query.area = &area;
    for (const ConditionId condition : {clause_.when, rule.when, rule.require}) {
      if (condition.valid()) query.goals.push_back({condition, Wanted::kTrue});
    }
    query.spoils = [&](RuleId other) { return search_.Precedes(other, way); };
    Answer answer = search_.Find(query);
    if (answer.kind != Answer::Kind::kFound || !Breaks(answer.call)) return std::nullopt;
    std::optional<reference::Call> held = FurtherUp(way, answer.call);
    if (!held) return std::nullopt;
    return ShortClaim{invariant_, index_, &path, way, *std::move(held), std::move(answer.call)};
  }

  bool Breaks(const reference::Call& call) const {
    const Outcome::Verdict verdict = search_.interpreter().Decide(call).verdict;
    return verdict == Outcome::Verdict::kAllow ||
           (verdict == Outcome::Verdict::kApprove &&
            clause_.kind != InvariantClause::Kind::kNeverAllowWithoutApproval);
  }

  // The same call in the nearest directory above that the clause speaks of, if `way` matches there.
  std::optional<reference::Call> FurtherUp(RuleId way, reference::Call call) const {
    while (call.directory.size() > 1) {
      call.directory.resize(std::max<size_t>(call.directory.rfind('/'), 1));
      const std::string directory = call.directory == "/" ? "" : call.directory;
      if (!held_.Matches(directory)) continue;
      if (!Matches(way, directory) || Breaks(call)) return std::nullopt;
      return call;
    }
    return std::nullopt;
  }

  bool Matches(RuleId id, std::string_view directory) const {
    const WorkspaceId workspace = policy_.rules[id.index()].workspace;
    const std::string& root = search_.territory().root(workspace);
    if (!directory.starts_with(root)) return false;
    directory.remove_prefix(root.size());
    if (!directory.empty() && directory.front() != '/') return false;
    if (!directory.empty()) directory.remove_prefix(1);
    return search_.space()
        .paths(workspace)
        .language(search_.space().box(id).paths)
        .Matches(std::string(directory));
  }

  const CallSearch& search_;
  const model::Policy& policy_;
  const size_t invariant_;
  const size_t index_;
  const InvariantClause& clause_;
  automata::Dfa held_;
};

}  // namespace

std::vector<ShortClaim> FindShortClaims(const CallSearch& search) {
  std::vector<ShortClaim> found;
  const auto& invariants = search.policy().invariants;
  for (size_t i = 0; i < invariants.size(); ++i) {
    for (size_t c = 0; c < invariants[i].clauses.size(); ++c) {
      ShortClaims(search, i, c).Run(found);
    }
  }
  return found;
}

void CheckShortClaims(const LintContext& context, source::Diagnostics& diagnostics) {
  const model::Policy& policy = context.policy();
  for (const ShortClaim& claim : FindShortClaims(context.search)) {
    if (IsStandardLibrary(context.sources, claim.path->span.file)) continue;
    const std::string& path = claim.path->text;
    const Rule& way = policy.rules[claim.way.index()];
    diagnostics
        .Report(CodeOfEnd(path), claim.path->span,
                fmt::format("invariant `{}` is about `{}`, and in the directories below the same "
                            "call is {}",
                            policy.invariants[claim.invariant].name, source::Printable(path),
                            way.effect == Effect::kAllow ? "allowed" : "let through"))
        .Mark(std::string(EndText(path)))
        .Also(way.head_span, OutcomeText(policy, way))
        .Example(DescribeDecision(context.search, claim.held))
        .Example(DescribeDecision(context.search, claim.through))
        .Help(fmt::format("write `{}` for all directories below as well, and let it hold there",
                          source::Printable(WithAllBelow(path))));
  }
}

}  // namespace mcplexer::analysis
