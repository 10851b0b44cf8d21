// SPDX-License-Identifier: Apache-2.0
#include "compiler/analysis/call_search.h"

#include <algorithm>
#include <iterator>
#include <set>

#include "compiler/automata/universe.h"
#include "runtime/base/check.h"
#include "runtime/json/utf8.h"

namespace mcplexer::analysis {
namespace {

using automata::Dfa;
using model::Effect;
using model::Rule;

const Dfa* LanguageIn(const Space& space, NameSetId set, FieldId field) {
  for (const auto& [f, language] : space.name_sets()[set].parts) {
    if (f == field) return &space.name_fields()[field].field.language(language);
  }
  return nullptr;
}

}  // namespace

class CallSearch::Run {
 public:
  Run(const CallSearch& search, const Query& query)
      : search_(search),
        space_(search.space_),
        policy_(search.policy()),
        query_(query),
        languages_(search.languages_),
        boxes_left_(search.limits_.max_boxes) {}

  Answer Go() {
    if (query_.base != nullptr) {
      const auto& [at, paths, workspaces] = *query_.base;
      answer_.kind = SearchBase(at, languages_.Of(paths), workspaces);
    } else {
      for (WorkspaceId home : Homes()) {
        const SharedLanguage own = languages_.OfLasting(search_.territory_.Own(home));
        const Kind kind = SearchBase(home, own, policy_.Chain(home));
        if (kind != Kind::kNone) answer_.kind = kind;
        if (kind == Kind::kFound) break;
      }
    }
    answer_.in_the_way.assign(in_the_way_.begin(), in_the_way_.end());
    return std::move(answer_);
  }

 private:
  using Kind = Answer::Kind;

  // Calls of one home and field.
  struct Region {
    SharedLanguage names;
    SharedLanguage paths;  // from the home's root
    std::vector<PrincipalId> principals;
  };

  // What a rule, or several together, take of a region.
  struct Cut {
    SharedLanguage names;
    SharedLanguage paths;
    std::vector<PrincipalId> principals;
  };

  const Rule& Get(RuleId id) const { return policy_.rules[id.index()]; }

  bool IsAbsent(RuleId id) const { return query_.absent && query_.absent(id); }

  std::vector<WorkspaceId> Homes() const {
    if (!query_.homes.empty()) return query_.homes;
    if (query_.matching.empty()) {
      std::vector<WorkspaceId> all;
      for (size_t w = 0; w < policy_.workspaces.size(); ++w) all.emplace_back(w);
      return all;
    }
    // Rules of several workspaces match one call only in the innermost of them.
    const RuleId inner = *std::ranges::max_element(
        query_.matching, {}, [&](RuleId id) { return search_.depth_[Get(id).workspace.index()]; });
    return search_.territory_.Within(Get(inner).workspace);
  }

  // `paths` are from the root of `at`.
  Kind SearchBase(WorkspaceId at, SharedLanguage paths, std::vector<WorkspaceId> workspaces) {
    home_ = at;
    chain_ = std::move(workspaces);
    std::vector<PrincipalId> principals;
    for (size_t p = 0; p < policy_.principals.size(); ++p) principals.emplace_back(p);
    if (query_.area != nullptr) principals = query_.area->principals;
    for (RuleId id : query_.matching) {
      const auto& allowed = space_.principal_sets()[space_.box(id).principals];
      if (space_.box(id).empty) return Kind::kNone;
      if (std::ranges::find(chain_, Get(id).workspace) == chain_.end()) return Kind::kNone;
      std::erase_if(principals, [&](PrincipalId principal) {
        return !std::ranges::binary_search(allowed, principal);
      });
    }
    if (principals.empty()) return Kind::kNone;

    for (RuleId id : query_.matching) {
      paths = languages_.Intersection(paths, PathsOf(id));
      if (!paths) return Kind::kUnknown;
    }
    if (query_.area != nullptr && query_.area->directories) {
      paths = languages_.Intersection(
          paths, languages_.Of(search_.territory_.Below(home_, *query_.area->directories)));
      if (!paths) return Kind::kUnknown;
    }
    if (paths->IsEmpty()) return Kind::kNone;
    return SearchFields(paths, principals);
  }

  Kind SearchFields(const SharedLanguage& paths, const std::vector<PrincipalId>& principals) {
    Kind worst = Kind::kNone;
    const auto visit = [&](FieldId field, SharedLanguage names) {
      for (RuleId id : query_.matching) {
        const Dfa* language = LanguageIn(space_, space_.box(id).names, field);
        if (language == nullptr) return Kind::kNone;
        names = languages_.Intersection(names, languages_.OfLasting(*language));
        if (!names) return Kind::kUnknown;
      }
      if (names->IsEmpty()) return Kind::kNone;
      return SearchField(field, {std::move(names), paths, principals});
    };
    const auto note = [&](Kind kind) {
      if (kind == Kind::kUnknown) worst = kind;
      return kind == Kind::kFound;
    };
    if (query_.area != nullptr) {
      for (const auto& [field, names] : query_.area->names) {
        if (note(visit(field, languages_.Of(names)))) return Kind::kFound;
      }
      return worst;
    }
    const NameSetId first = space_.box(query_.matching.front()).names;
    for (const auto& [field, language] : space_.name_sets()[first].parts) {
      const Dfa& names = space_.name_fields()[field].field.language(language);
      if (note(visit(field, languages_.OfLasting(names)))) return Kind::kFound;
    }
    return worst;
  }

  Kind SearchField(FieldId field, Region whole) {
    field_ = field;
    todo_.clear();
    todo_.push_back(std::move(whole));
    Kind worst = Kind::kNone;
    while (!todo_.empty()) {
      if (boxes_left_ == 0) return Kind::kUnknown;
      --boxes_left_;
      const Region region = std::move(todo_.back());
      todo_.pop_back();
      const Kind kind = Examine(region);
      if (kind == Kind::kFound) return kind;
      if (kind == Kind::kUnknown) worst = kind;
    }
    return worst;
  }

  // Looks at one call of the region. Pushes what remains to be looked at.
  Kind Examine(const Region& region) {
    const std::string& name = region.names->witness();
    const std::string& path = region.paths->witness();
    if (!json::IsUtf8(name) || !json::IsUtf8(path)) return KeepTexts(region);
    const PrincipalId principal = region.principals.front();
    const std::vector<RuleId> present = RulesAt(name, path, principal);

    std::vector<RuleId> conditional;
    for (RuleId id : present) {
      if (!query_.spoils || IsAbsent(id) || !query_.spoils(id)) continue;
      in_the_way_.insert(id);
      if (!Get(id).when.valid()) return Subtract(region, CutOf(id));
      conditional.push_back(id);
    }
    std::vector<Goal> goals = query_.goals;
    std::vector<RuleId> standing;
    for (RuleId id : conditional) {
      bool beaten = false;
      for (RuleId narrower : search_.order_.beaten_by[id.index()]) {
        if (IsAbsent(narrower)) continue;
        beaten = std::ranges::binary_search(present, narrower);
        if (beaten) break;
        // Inside the narrower rule's box this one counts for nothing: that part is looked at apart.
        if (const auto split = Divide(region, CutOf(narrower))) return *split;
      }
      if (beaten) continue;
      standing.push_back(id);
      goals.push_back({Get(id).when,
                       Get(id).effect == Effect::kDeny ? Wanted::kFalse : Wanted::kNotTrue,
                       query_.side ? query_.side(id) : uint8_t{0}});
    }
    const Kind kind = Settle(name, path, principal, goals);
    if (kind == Kind::kFound) return kind;

    // The same rules stand in the way, with the same conditions, wherever all their boxes meet. The
    // other principals may see other conditions.
    Region rest = region;
    std::erase(rest.principals, principal);
    if (!rest.principals.empty()) todo_.push_back(std::move(rest));
    if (standing.empty()) return kind;
    Cut all{region.names, region.paths, {principal}};
    for (RuleId id : standing) {
      const Cut cut = CutOf(id);
      all.names = languages_.Intersection(all.names, cut.names);
      all.paths = languages_.Intersection(all.paths, cut.paths);
      if (!all.names || !all.paths) return Kind::kUnknown;
    }
    const Kind cut = Subtract({region.names, region.paths, {principal}}, all);
    return cut == Kind::kUnknown ? cut : kind;
  }

  // Pushes what of a region is well-formed UTF-8, as all names and directories of calls are. A
  // glob's
  // `*` takes any bytes, a regular expression's `.` does not: only between the two lie others.
  Kind KeepTexts(const Region& region) {
    const SharedLanguage texts = languages_.OfLasting(automata::Utf8Universe());
    const SharedLanguage names = languages_.Intersection(region.names, texts);
    const SharedLanguage paths = languages_.Intersection(region.paths, texts);
    if (!names || !paths) return Kind::kUnknown;
    if (!names->IsEmpty() && !paths->IsEmpty()) todo_.push_back({names, paths, region.principals});
    return Kind::kNone;
  }

  std::vector<RuleId> RulesAt(const std::string& name, const std::string& path,
                              PrincipalId principal) const {
    std::vector<RuleId> present;
    for (WorkspaceId workspace : chain_) {
      const std::string subpath = search_.territory_.SubpathFrom(workspace, home_, path);
      const auto rules = search_.index_.Matching(workspace, field_, name, subpath, principal);
      present.insert(present.end(), rules.begin(), rules.end());
    }
    std::ranges::sort(present);
    return present;
  }

  Kind Settle(const std::string& name, const std::string& path, PrincipalId principal,
              const std::vector<Goal>& goals) {
    const NameField& field = space_.name_fields()[field_];
    reference::Call call;
    call.kind = field.kind;
    call.server = field.server;
    call.name = field.kind == model::CallKind::kResource
                    ? name
                    : NamePrefix(policy_.servers[field.server.index()]) + name;
    call.directory = search_.territory_.DirectoryOf(home_, path);
    call.principal = principal;
    if (!goals.empty()) {
      std::vector<reference::Context> contexts;
      if (query_.contexts) {
        contexts = query_.contexts(call);
      } else {
        contexts.push_back(search_.interpreter_.ContextOf(call, home_));
      }
      const Solution solution = search_.solutions_.Solve(goals, contexts);
      if (solution.kind == Solution::Kind::kUnknown) return Kind::kUnknown;
      // Of one directory, and so of all: the solver calls nothing impossible that rests on where a
      // relative path leads.
      if (solution.kind == Solution::Kind::kImpossible) return Kind::kNone;
      call.arguments = solution.arguments;
      call.client = solution.client;
      call.model = solution.model;
    }
    answer_.call = std::move(call);
    answer_.home = home_;
    return Kind::kFound;
  }

  SharedLanguage PathsOf(RuleId id) const {
    return languages_.OfLasting(
        search_.territory_.Rebased(Get(id).workspace, space_.box(id).paths, home_));
  }

  // The box of a rule that matches a call of the home and field.
  Cut CutOf(RuleId id) const {
    static const Dfa kNothing;
    const Dfa* names = LanguageIn(space_, space_.box(id).names, field_);
    return {languages_.OfLasting(names == nullptr ? kNothing : *names), PathsOf(id),
            space_.principal_sets()[space_.box(id).principals]};
  }

  // Pushes the region without the cut, as disjoint regions.
  Kind Subtract(const Region& region, const Cut& cut) {
    const SharedLanguage names_in = languages_.Intersection(region.names, cut.names);
    const SharedLanguage names_out = languages_.Difference(region.names, cut.names);
    const SharedLanguage paths_in = languages_.Intersection(region.paths, cut.paths);
    const SharedLanguage paths_out = languages_.Difference(region.paths, cut.paths);
    if (!names_in || !names_out || !paths_in || !paths_out) return Kind::kUnknown;
    std::vector<PrincipalId> others;
    std::ranges::set_difference(region.principals, cut.principals, std::back_inserter(others));
    if (!others.empty()) todo_.push_back({names_in, paths_in, others});
    if (!paths_out->IsEmpty()) todo_.push_back({names_in, paths_out, region.principals});
    if (!names_out->IsEmpty()) todo_.push_back({names_out, region.paths, region.principals});
    return Kind::kNone;
  }

  // Absent where the cut takes nothing of the region; else pushes what it takes and the rest.
  std::optional<Kind> Divide(const Region& region, const Cut& cut) {
    const SharedLanguage names = languages_.Intersection(region.names, cut.names);
    const SharedLanguage paths = languages_.Intersection(region.paths, cut.paths);
    if (!names || !paths) return Kind::kUnknown;
    std::vector<PrincipalId> common;
    std::ranges::set_intersection(region.principals, cut.principals, std::back_inserter(common));
    if (names->IsEmpty() || paths->IsEmpty() || common.empty()) return std::nullopt;
    const Kind kind = Subtract(region, cut);
    todo_.push_back({names, paths, std::move(common)});
    return kind;
  }

  const CallSearch& search_;
  const Space& space_;
  const model::Policy& policy_;
  const Query& query_;
  Languages& languages_;
  uint32_t boxes_left_;
  WorkspaceId home_;
  std::vector<WorkspaceId> chain_;
  FieldId field_ = 0;
  std::vector<Region> todo_;
  std::set<RuleId> in_the_way_;
  Answer answer_;
};

CallSearch::CallSearch(const Space& space, const Order& order, const SearchLimits& limits)
    : space_(space),
      order_(order),
      limits_(limits),
      territory_(space),
      interpreter_(space.policy(), territory_.home_directory()),
      index_(space),
      solutions_(space.policy(), limits.solver) {
  for (size_t w = 0; w < policy().workspaces.size(); ++w) {
    depth_.push_back(static_cast<uint32_t>(policy().Chain(WorkspaceId(w)).size()));
  }
}

Answer CallSearch::Find(const Query& query) const {
  MCPLEXER_CHECK(query.area != nullptr || !query.matching.empty());
  return Run(*this, query).Go();
}

bool CallSearch::Precedes(RuleId first, RuleId second) const {
  const Rule& a = policy().rules[first.index()];
  const Rule& b = policy().rules[second.index()];
  if (b.effect == Effect::kDeny) return false;
  if (a.effect == Effect::kDeny) return true;
  if (a.workspace != b.workspace) return depth_[a.workspace.index()] > depth_[b.workspace.index()];
  if (a.priority != b.priority) return a.priority < b.priority;
  if (space_.IsStrictSubset(first, second)) return true;
  if (space_.IsStrictSubset(second, first)) return false;
  return a.when.valid() && !b.when.valid();
}

}  // namespace mcplexer::analysis
