// SPDX-License-Identifier: Apache-2.0
// W0504 for `in "src/*"`, W0505 for `in "infra"`: a deny (or an approve rule) that holds for
// a directory and not for those below it, where the same call gets through (or gets through
// unasked). `*` is one segment and a plain path one directory; a session in a subdirectory is none
// of the rule's business, and that a fence stands around `infra` only is nobody's intention.
//
// For an allow the same is no finding by itself: "in the projects themselves, not further down" may
// be meant, and a call that is denied is noticed (short_allow.cc asks for more). Nor is it one when
// what lets the call through does not match further up: then somebody has spoken of those
// directories.
#include "compiler/analysis/checks/path_hole.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "compiler/analysis/attribution.h"
#include "compiler/analysis/checks/checks.h"
#include "compiler/analysis/checks/misread_path.h"
#include "compiler/analysis/checks/path_end.h"
#include "compiler/analysis/describe.h"
#include "compiler/analysis/outcome.h"
#include "compiler/analysis/written_patterns.h"
#include "compiler/source/printable.h"

namespace mcplexer::analysis {
namespace {

using model::Effect;
using model::Rule;

class Holes {
 public:
  explicit Holes(const CallSearch& search) : search_(search), rules_(search.policy().rules) {}

  std::vector<PathHole> Run() {
    for (size_t r = 0; r < rules_.size(); ++r) {
      if (rules_[r].effect == Effect::kAllow || search_.space().box(RuleId(r)).empty) continue;
      for (const syntax::Name& path : rules_[r].paths) {
        if (!StopsAtDirectory(path.text)) continue;
        if (auto hole = Find(RuleId(r), path)) found_.push_back(*std::move(hole));
      }
    }
    return std::move(found_);
  }

 private:
  const Rule& Get(RuleId id) const { return rules_[id.index()]; }

  std::optional<PathHole> Find(RuleId id, const syntax::Name& path) {
    const Rule& rule = Get(id);
    Area area;
    auto names = LanguagesOf(search_.space(), rule.kind, rule.server, rule.names, rule.except);
    if (!names || names->empty()) return std::nullopt;
    area.names = *std::move(names);
    area.principals = rule.principals;
    area.directories = Below(rule, path);
    if (!area.directories || area.directories->IsEmpty()) return std::nullopt;
    const auto around = search_.policy().Chain(rule.workspace);
    for (size_t t = 0; t < rules_.size(); ++t) {
      const Rule& way = rules_[t];
      const bool weaker = way.effect == Effect::kAllow ||
                          (way.effect == Effect::kApprove && rule.effect == Effect::kDeny);
      if (!weaker || std::ranges::find(around, way.workspace) == around.end()) continue;
      if (!Meet(id, RuleId(t))) continue;
      if (auto hole = Try(id, path, RuleId(t), area)) return hole;
    }
    return std::nullopt;
  }

  bool Meet(RuleId a, RuleId b) const {
    const Space& space = search_.space();
    const Box& left = space.box(a);
    const Box& right = space.box(b);
    return !right.empty && space.NamesOverlap(left.names, right.names) &&
           space.PrincipalsOverlap(left.principals, right.principals);
  }

  // The directories below those of `path` that the rule does not match.
  std::optional<automata::Dfa> Below(const Rule& rule, const syntax::Name& path) const {
    const model::Root& root = search_.policy().workspaces[rule.workspace.index()].root;
    std::string base = root.home ? "~" : "";
    for (const char c : root.rest) {
      if (std::string_view("*?[]{}\\").find(c) != std::string_view::npos) base += '\\';
      base += c;
    }
    const auto whole = [&](const std::string& pattern) {
      return pattern.empty() ? base : base + '/' + pattern;
    };
    std::vector<syntax::Name> own;
    for (const syntax::Name& one : rule.paths) own.push_back({whole(one.text), one.span});
    const auto below = search_.territory().DirectoriesOf({{whole(path.text) + "/**", path.span}});
    const auto held = search_.territory().DirectoriesOf(own);
    if (!below || !held) return std::nullopt;
    auto rest = automata::Difference(*below, *held);
    return rest ? std::optional(*std::move(rest)) : std::nullopt;
  }

  std::optional<PathHole> Try(RuleId id, const syntax::Name& path, RuleId way, const Area& area) {
    const Rule& rule = Get(id);
    Query query;
    query.matching = {way};
    query.area = &area;
    query.homes = {rule.workspace};
    for (const ConditionId condition : {rule.when, Get(way).when, Get(way).require}) {
      if (condition.valid()) query.goals.push_back({condition, Wanted::kTrue});
    }
    query.spoils = [&](RuleId other) { return search_.Precedes(other, way); };
    Answer answer = search_.Find(query);
    if (answer.kind != Answer::Kind::kFound) return std::nullopt;
    std::optional<reference::Call> held = FurtherUp(id, way, answer.call);
    if (!held) return std::nullopt;
    return PathHole{id, &path, way, *std::move(held), std::move(answer.call)};
  }

  // The same call in the nearest directory above that the rule decides, if `way` matches there.
  std::optional<reference::Call> FurtherUp(RuleId id, RuleId way, reference::Call call) const {
    const WorkspaceId home = Get(id).workspace;
    const std::string& root = search_.territory().root(home);
    while (call.directory.size() > root.size() + 1) {
      const size_t slash = call.directory.rfind('/');
      call.directory.resize(std::max(slash, root.size()));
      if (call.directory.empty()) call.directory = "/";
      const std::string subpath = call.directory.size() > root.size() + 1
                                      ? call.directory.substr(root.size() + 1)
                                      : std::string();
      if (!Matches(id, home, subpath)) continue;
      if (!Matches(way, home, subpath)) return std::nullopt;
      const auto decided = search_.interpreter().Decide(call).rules;
      if (std::ranges::find(decided, id) == decided.end()) return std::nullopt;
      return call;
    }
    return std::nullopt;
  }

  bool Matches(RuleId id, WorkspaceId home, const std::string& subpath) const {
    return search_.territory()
        .Rebased(Get(id).workspace, search_.space().box(id).paths, home)
        .Matches(subpath);
  }

  const CallSearch& search_;
  const std::vector<Rule>& rules_;
  std::vector<PathHole> found_;
};

}  // namespace

std::vector<PathHole> FindPathHoles(const CallSearch& search) { return Holes(search).Run(); }

void CheckPathHoles(const LintContext& context, source::Diagnostics& diagnostics) {
  const model::Policy& policy = context.policy();
  for (const PathHole& hole : FindPathHoles(context.search)) {
    if (IsStandardLibrary(context.sources, hole.path->span.file)) continue;
    if (LooksLikeFiles(hole.path->text)) continue;  // said already, and better
    const Rule& rule = policy.rules[hole.rule.index()];
    const Rule& way = policy.rules[hole.way.index()];
    const std::string& path = hole.path->text;
    const std::string_view holds = rule.effect == Effect::kDeny ? "denies" : "asks";
    const std::string_view lets = way.effect == Effect::kAllow ? "allowed" : "let through";
    auto& diagnostic =
        ReportRule(diagnostics, CodeOfEnd(path), rule, hole.path->span,
                   fmt::format("`{}` {} in `{}`, and in the directories below the same call is "
                               "{}",
                               rule.id, holds, source::Printable(path), lets))
            .Mark(std::string(EndText(path)))
            .Also(way.head_span, OutcomeText(policy, way))
            .Example(DescribeDecision(context.search, hole.held))
            .Example(DescribeDecision(context.search, hole.through))
            .Help(fmt::format("write `{}` for all directories below as well",
                              source::Printable(WithAllBelow(path))));
    OfferAllBelow(context.sources, *hole.path, diagnostic);
  }
}

}  // namespace mcplexer::analysis
