// SPDX-License-Identifier: Apache-2.0
#include "compiler/analysis/territory.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/automata/pattern.h"
#include "compiler/automata/universe.h"
#include "runtime/base/check.h"

namespace mcplexer::analysis {
namespace {

using automata::Dfa;

// These automata are literal paths and what one pattern costs, far below the limits that the
// pattern itself has passed.
Dfa Must(tl::expected<Dfa, automata::LimitError> result) {
  MCPLEXER_CHECK(result.has_value());
  return *std::move(result);
}

Dfa Literal(std::string_view text) { return Must(automata::ToDfa(automata::LiteralNfa(text))); }

// All subpaths but the root itself.
const Dfa& BelowRoot() {
  static const Dfa below = Must(automata::Difference(automata::PathUniverse(), Literal("")));
  return below;
}

// The subpath itself and all below it.
Dfa AtOrBelow(const std::string& subpath) {
  constexpr automata::ByteRange kAnyByte[] = {{0, 255}};
  automata::NfaBuilder below{automata::Limits()};
  const automata::Fragment prefix = below.Literal(subpath + "/");
  const auto whole = below.Concat(prefix, below.AnyRun(kAnyByte));
  const auto nfa = std::move(below).Finish(whole);
  MCPLEXER_CHECK(nfa.has_value());
  return Must(automata::Union(Literal(subpath), Must(automata::ToDfa(*nfa))));
}

// `prefix` before each string of a language.
Dfa Prefixed(std::string_view prefix, const Dfa& language) {
  automata::Nfa nfa = automata::ToNfa(language);
  const uint32_t first = nfa.num_states;
  nfa.num_states += static_cast<uint32_t>(prefix.size());
  for (size_t i = 0; i < prefix.size(); ++i) {
    const auto byte = static_cast<uint8_t>(prefix[i]);
    const auto from = static_cast<uint32_t>(first + i);
    const uint32_t to = i + 1 == prefix.size() ? nfa.start : from + 1;
    nfa.edges.push_back({from, to, automata::NfaEdge::Kind::kBytes, byte, byte});
  }
  if (!prefix.empty()) nfa.start = first;
  return Must(automata::ToDfa(nfa));
}

// Whether one of the directories is the other or lies in it; neither is `/`.
bool Nested(const std::string& a, const std::string& b) {
  return a == b || a.starts_with(b + "/") || b.starts_with(a + "/");
}

}  // namespace

std::string HomeDirectory(const model::Policy& policy) {
  if (!policy.home.empty()) return policy.home;
  std::string home = "/home/user";
  const auto taken = [&] {
    return std::ranges::any_of(policy.workspaces, [&](const model::Workspace& workspace) {
      const model::Root& root = workspace.root;
      return !root.home && !root.rest.empty() && Nested(root.rest, home);
    });
  };
  // Each of these is apart from all others, so a root takes one at the most.
  for (size_t next = 2; taken(); ++next) home = fmt::format("/home{}/user", next);
  return home;
}

Territory::Territory(const Space& space) : space_(space) {
  const model::Policy& policy = space.policy();
  home_ = HomeDirectory(policy);
  children_.resize(policy.workspaces.size());
  within_.resize(policy.workspaces.size());
  for (size_t w = 0; w < policy.workspaces.size(); ++w) {
    const model::Workspace& workspace = policy.workspaces[w];
    roots_.push_back((workspace.root.home ? home_ : std::string()) + workspace.root.rest);
    if (workspace.parent.valid()) children_[workspace.parent.index()].push_back(WorkspaceId(w));
  }
  for (size_t w = 0; w < policy.workspaces.size(); ++w) {
    std::vector<WorkspaceId>& within = within_[w];
    within.push_back(WorkspaceId(w));
    for (size_t i = 0; i < within.size(); ++i) {
      const auto& children = children_[within[i].index()];
      within.insert(within.end(), children.begin(), children.end());
    }
  }
}

std::string Territory::DirectoryOf(WorkspaceId home, std::string_view subpath) const {
  std::string directory = root(home);
  if (!subpath.empty()) directory.append("/").append(subpath);
  return directory.empty() ? "/" : directory;
}

std::string Territory::RelativeTo(WorkspaceId outer, WorkspaceId inner) const {
  if (root(outer) == root(inner)) return "";
  return root(inner).substr(root(outer).size() + 1);
}

std::string Territory::SubpathFrom(WorkspaceId outer, WorkspaceId home,
                                   std::string_view subpath) const {
  std::string path = RelativeTo(outer, home);
  if (!path.empty() && !subpath.empty()) path.push_back('/');
  return path.append(subpath);
}

tl::expected<Dfa, automata::LimitError> Territory::DirectoriesOf(
    const std::vector<syntax::Name>& globs) const {
  Dfa all;
  for (const syntax::Name& glob : globs) {
    const bool from_home = glob.text.starts_with('~');
    std::string base = from_home ? home_ : std::string();
    std::string rest = from_home ? glob.text.substr(1) : glob.text;
    if (rest.starts_with('/')) rest.erase(0, 1);
    const auto nfa = automata::ParsePathGlob(rest);
    MCPLEXER_CHECK(nfa.has_value());  // the model accepts well-formed patterns only
    const auto whole = automata::ToDfa(*nfa);
    if (!whole) return tl::unexpected(whole.error());
    const auto subpaths = automata::Intersection(*whole, automata::PathUniverse());
    if (!subpaths) return tl::unexpected(subpaths.error());
    const Dfa below = Must(automata::Intersection(*subpaths, BelowRoot()));
    auto found = automata::Union(all, Prefixed(base + "/", below));
    if (found && subpaths->Matches("")) found = automata::Union(*found, Literal(base));
    if (!found) return tl::unexpected(found.error());
    all = *std::move(found);
  }
  return all;
}

Dfa Territory::Below(WorkspaceId home, const Dfa& directories) const {
  Dfa below =
      Must(automata::Intersection(automata::Residual(directories, root(home) + "/"), BelowRoot()));
  if (directories.Matches(root(home))) below = Must(automata::Union(below, Literal("")));
  return below;
}

const Dfa& Territory::Own(WorkspaceId home) const {
  auto it = own_.find(home);
  if (it != own_.end()) return it->second;
  Dfa own = automata::PathUniverse();
  for (WorkspaceId child : children_[home.index()]) {
    own = Must(automata::Difference(own, AtOrBelow(RelativeTo(home, child))));
  }
  return own_.emplace(home, std::move(own)).first->second;
}

const Dfa& Territory::Rebased(WorkspaceId outer, PathSetId paths, WorkspaceId home) const {
  const Dfa& language = space_.paths(outer).language(paths);
  if (outer == home) return language;
  const auto key = std::tuple(outer, paths, home);
  auto it = rebased_.find(key);
  if (it != rebased_.end()) return it->second;
  return rebased_.emplace(key, From(outer, language, home)).first->second;
}

Dfa Territory::From(WorkspaceId outer, const Dfa& paths, WorkspaceId inner) const {
  const std::string inside = RelativeTo(outer, inner);
  if (inside.empty()) return paths;
  Dfa below = Must(automata::Intersection(automata::Residual(paths, inside + "/"), BelowRoot()));
  if (paths.Matches(inside)) below = Must(automata::Union(below, Literal("")));
  return below;
}

Dfa Territory::Within(WorkspaceId outer, WorkspaceId inner) const {
  const std::string inside = RelativeTo(outer, inner);
  return inside.empty() ? automata::PathUniverse() : AtOrBelow(inside);
}

bool Territory::Contains(WorkspaceId outer, WorkspaceId inner) const {
  return root(inner) == root(outer) || root(inner).starts_with(root(outer) + "/");
}

}  // namespace mcplexer::analysis
