// SPDX-License-Identifier: Apache-2.0
//
// The original has one order in which rules are tried, those of the nearest workspace first, and
// the first that matches decides (docs/import.md). Here each deny comes before all allows, and the
// allows in order. What no rule matches is denied in both. So a deny needs care only where an allow
// is tried before it:
//
//  * It is then needed only for what allows that are tried after it would let through, and is
//    narrowed to the names that it has in common with those.
//  * An allow that is tried before it and holds wherever it does becomes its exception.
//  * An allow that is tried before it and holds in some of its directories cannot be one: an
//    exception has no path. If all the allows behind the deny, of the names in question, hold
//    within its directories, these names become exceptions of theirs instead of a deny.
//  * Else the deny wins over that allow, and a note says so.
//
// Why the result never lets through more: let r be the first rule that matches a call there. If r
// is an allow, then nothing took the call out of r (that would have been a deny before r, and r is
// the first), and no other allow comes before r here. If r is a deny, then an allow that matches
// the call is behind it; r still denies the call or the call is an exception of that allow, because
// the only names taken out of r are those of an allow before it that matches wherever r does, and r
// is the first.
#include "compiler/import/import_routes.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <set>
#include <tuple>
#include <utility>

#include "compiler/import/plex_text.h"
#include "compiler/import/read_route.h"
#include "compiler/import/route_names.h"
#include "compiler/import/route_paths.h"

namespace mcplexer::importer {
namespace {

class RouteImport {
 public:
  RouteImport(Yaml& yaml, const std::string& home, Draft& draft)
      : yaml_(yaml), places_(home), draft_(draft) {}

  void Run(RouteReader& reader) {
    for (const Value item : yaml_.Items("route_rules")) {
      if (auto route = reader.Read(item)) routes_.push_back(*std::move(route));
    }
    TellOfPathless(reader.pathless());
    Sort();
    for (const Route& route : routes_) {
      at_.push_back(places_.Add(draft_.workspaces[route.workspace].root, route.globs));
    }
    left_out_.resize(routes_.size());
    for (size_t r = 0; r < routes_.size(); ++r) LeaveOutIfNeverReached(r);
    for (size_t r = 0; r < routes_.size(); ++r) {
      if (!left_out_[r] && routes_[r].denies()) Settle(r);
    }
    for (size_t r = 0; r < routes_.size(); ++r) DropExcepted(r);
    const std::set<size_t> numbered = WorkspacesToNumber();
    std::vector<int> next(draft_.workspaces.size(), 1);
    for (size_t r = 0; r < routes_.size(); ++r) {
      if (left_out_[r]) continue;
      const size_t workspace = routes_[r].workspace;
      Rule rule = WrittenRule(routes_[r]);
      if (!routes_[r].denies() && numbered.contains(workspace)) {
        rule.clauses.push_back(fmt::format("priority {}", next[workspace]++));
      }
      draft_.workspaces[workspace].rules.push_back(std::move(rule));
    }
  }

 private:
  void Tell(const Route& route, std::string text) {
    draft_.notes.push_back({yaml_.file(), route.line, std::move(text), false});
  }

  void TellOfPathless(const std::vector<std::string>& ids) {
    if (ids.empty()) return;
    draft_.notes.push_back(
        {yaml_.file(), 0,
         fmt::format("without a `path_glob` the original matches in the root of the workspace and "
                     "nowhere below it (`**` would be all of it); so it is here for {}",
                     fmt::join(Ticks(ids), ", ")),
         false});
  }

  static std::vector<std::string> Ticks(const std::vector<std::string>& ids) {
    std::vector<std::string> ticked;
    for (const std::string& id : ids) ticked.push_back(Ticked(id));
    return ticked;
  }

  std::string Ids(const std::vector<size_t>& routes) const {
    std::vector<std::string> ids;
    for (const size_t r : routes) ids.push_back(routes_[r].id);
    return fmt::format("{}", fmt::join(Ticks(ids), ", "));
  }

  // In the order of the original. Workspaces of which none lies in the other have no rules in
  // common.
  void Sort() {
    std::vector<size_t> depths;
    for (const Workspace& workspace : draft_.workspaces) {
      depths.push_back(places_.Depth(workspace.root));
    }
    std::stable_sort(routes_.begin(), routes_.end(), [&](const Route& a, const Route& b) {
      const auto key = [&](const Route& route) {
        return std::tuple(-static_cast<int64_t>(depths[route.workspace]), route.rank,
                          -route.path_specificity, -route.tool_specificity);
      };
      if (const auto x = key(a), y = key(b); x != y) return x < y;
      return a.priority != b.priority ? a.priority > b.priority : a.id < b.id;
    });
  }

  // A rule all of whose names, in all of its directories, rules before it match.
  void LeaveOutIfNeverReached(size_t r) {
    std::vector<size_t> deciders;
    for (const ToolNames& names : routes_[r].names) {
      size_t before = 0;
      while (before < r && !(!left_out_[before] && Contains(routes_[before].names, names) &&
                             places_.Covers(at_[before], at_[r]))) {
        ++before;
      }
      if (before == r) return;
      if (std::find(deciders.begin(), deciders.end(), before) == deciders.end()) {
        deciders.push_back(before);
      }
    }
    left_out_[r] = true;
    Tell(routes_[r],
         fmt::format("rule {} is left out: it is never reached, because {} {} tried before it",
                     Ticked(routes_[r].id), Ids(deciders), deciders.size() == 1 ? "is" : "are"));
  }

  bool Meets(size_t a, size_t b) {
    return Meet(routes_[a].names, routes_[b].names) && places_.MayMeet(at_[a], at_[b]);
  }

  // The essay at the top.
  void Settle(size_t d) {
    Route& deny = routes_[d];
    std::vector<size_t> around;  // allows before it that hold wherever it does
    std::vector<size_t> inside;  // other allows before it
    std::vector<size_t> behind;
    for (size_t r = 0; r < routes_.size(); ++r) {
      if (left_out_[r] || routes_[r].denies() || !Meets(r, d)) continue;
      (r > d ? behind : places_.Covers(at_[r], at_[d]) ? around : inside).push_back(r);
    }
    if (around.empty() && inside.empty()) return;

    std::vector<ToolNames> kept;
    std::vector<size_t> beaten;
    std::vector<size_t> narrowed;
    for (const ToolNames& names : NeededNames(deny, around, behind)) {
      const auto meets = [&](size_t r) { return Meet(routes_[r].names, {names}); };
      std::vector<size_t> later;
      std::copy_if(behind.begin(), behind.end(), std::back_inserter(later), meets);
      const bool within = std::all_of(later.begin(), later.end(),
                                      [&](size_t r) { return places_.Covers(at_[d], at_[r]); });
      const bool open = std::any_of(inside.begin(), inside.end(), meets);
      if (open && within) {
        for (const size_t r : later) {
          AddTo(routes_[r].except, names);
          narrowed.push_back(r);
        }
        continue;
      }
      kept.push_back(names);
      if (open) std::copy_if(inside.begin(), inside.end(), std::back_inserter(beaten), meets);
    }
    for (const size_t r : around) {
      for (const ToolNames& names : routes_[r].names) {
        for (const ToolNames& own : kept) {
          if (const auto common = CommonOf(names, own)) AddTo(deny.except, *common);
        }
      }
    }
    const bool narrower = !std::all_of(deny.names.begin(), deny.names.end(),
                                       [&](const auto& own) { return Contains(kept, own); });
    deny.names = kept;
    left_out_[d] = kept.empty();
    if (narrower && narrowed.empty()) TellOfNarrower(deny);
    TellOf(deny, Sorted(std::move(beaten)), Sorted(std::move(narrowed)));
  }

  // What the deny has in common with allows behind it and no allow of its directories lets through
  // before it.
  std::vector<ToolNames> NeededNames(const Route& deny, const std::vector<size_t>& around,
                                     const std::vector<size_t>& behind) const {
    std::vector<ToolNames> needed;
    for (const size_t r : behind) {
      for (const ToolNames& names : routes_[r].names) {
        for (const ToolNames& own : deny.names) {
          const auto common = CommonOf(names, own);
          const bool decided =
              !common || std::any_of(around.begin(), around.end(), [&](size_t before) {
                return Contains(routes_[before].names, *common);
              });
          if (!decided) AddTo(needed, *common);
        }
      }
    }
    return needed;
  }

  static std::vector<size_t> Sorted(std::vector<size_t> routes) {
    std::sort(routes.begin(), routes.end());
    routes.erase(std::unique(routes.begin(), routes.end()), routes.end());
    return routes;
  }

  void TellOf(const Route& deny, const std::vector<size_t>& beaten,
              const std::vector<size_t>& narrowed) {
    const std::string name = Ticked(deny.id);
    if (!beaten.empty()) {
      Tell(deny,
           fmt::format("deny {}: it now also wins over {}, tried before it", name, Ids(beaten)));
    }
    if (!narrowed.empty()) {
      Tell(deny, fmt::format("deny {}: {} exceptions of {}, tried after it", name,
                             deny.names.empty() ? "it has become" : "some of its names are",
                             Ids(narrowed)));
    }
  }

  void TellOfNarrower(const Route& deny) {
    const std::string name = Ticked(deny.id);
    if (deny.names.empty()) {
      Tell(deny, fmt::format("deny {} is left out: nothing that is tried after it would allow what "
                             "it denies, and the default denies it too",
                             name));
    } else {
      Tell(deny, fmt::format("deny {} names only what rules tried after it would allow; the "
                             "default denies the rest",
                             name));
    }
  }

  // Patterns that have become exceptions as a whole.
  void DropExcepted(size_t r) {
    Route& route = routes_[r];
    if (left_out_[r] || route.denies() || route.except.empty()) return;
    std::erase_if(route.names,
                  [&](const ToolNames& names) { return Contains(route.except, names); });
    std::erase_if(route.except,
                  [&](const ToolNames& names) { return !Meet(route.names, {names}); });
    left_out_[r] = route.names.empty();
    if (left_out_[r]) {
      Tell(route, fmt::format("rule {} is left out: nothing is left of it", Ticked(route.id)));
    }
  }

  // What an allow or approve gives, apart from which calls it is for.
  static bool GrantAlike(const Rule& a, const Rule& b) {
    const auto terms = [](const Rule& rule) {
      std::vector<std::string> clauses = rule.clauses;
      std::erase_if(clauses, [](const std::string& clause) { return clause.starts_with("log "); });
      return clauses;
    };
    return a.effect == b.effect && a.scope == b.scope && terms(a) == terms(b);
  }

  // Those in which it matters which of two allows comes first.
  std::set<size_t> WorkspacesToNumber() {
    std::set<size_t> found;
    for (size_t b = 0; b < routes_.size(); ++b) {
      const Route& route = routes_[b];
      if (left_out_[b] || route.denies() || found.contains(route.workspace)) continue;
      for (size_t a = 0; a < b; ++a) {
        const Route& other = routes_[a];
        if (left_out_[a] || other.denies() || other.workspace != route.workspace ||
            GrantAlike(other.rule, route.rule) || !Meets(a, b)) {
          continue;
        }
        found.insert(route.workspace);
        break;
      }
    }
    return found;
  }

  Yaml& yaml_;
  RoutePlaces places_;
  Draft& draft_;
  std::vector<Route> routes_;
  std::vector<size_t> at_;  // the places of the routes
  std::vector<bool> left_out_;
};

}  // namespace

void ImportRoutes(Yaml& yaml, const YamlNames& names, const std::string& home, const Check& check,
                  Draft& draft) {
  RouteReader reader(yaml, names, check, draft);
  RouteImport(yaml, home, draft).Run(reader);
}

}  // namespace mcplexer::importer
