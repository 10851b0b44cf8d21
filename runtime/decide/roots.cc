// SPDX-License-Identifier: Apache-2.0
// A root is resolved as far as it exists: the longest prefix that the file system knows becomes
// canonical, the rest follows as it is. So a workspace whose directory is created later, behind a
// symbolic link, is found at the canonical path that a session in it will have.
//
// A plan's tables are compiled for one nesting of workspaces. Links may make a machine's nesting
// another; such a plan would apply rules that its author never saw apply there, so it is refused.

#include "runtime/decide/roots.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <numeric>

#include "runtime/decide/paths.h"

namespace mcplexer::decide {
namespace {

// In normal form. `path` is one.
Result<std::string> ResolveExisting(const std::string& path, const PathResolver& resolver) {
  for (size_t end = path.size(); end > 0; end = path.rfind('/', end - 1)) {
    const Result<std::optional<std::string>> canonical = resolver(path.substr(0, end));
    if (!canonical) return tl::unexpected(canonical.error());
    if (!canonical->has_value()) continue;
    std::string resolved;
    if (!NormalizePath("", **canonical, resolved)) return Fail("not a path");
    return resolved + path.substr(end);
  }
  return path;
}

std::string Shown(const std::string& root) { return root.empty() ? "/" : root; }

std::string NameOf(const plan::Plan& plan, uint32_t workspace) {
  return workspace == plan::kNone
             ? "no workspace"
             : fmt::format("`{}`", plan.text(plan.workspaces()[workspace].name));
}

// Each workspace's parent as the bound roots nest.
Status CheckNesting(const plan::Plan& plan, const std::vector<std::string>& roots,
                    const std::vector<uint32_t>& in_order) {
  std::vector<uint32_t>
      around;  // the workspaces whose roots contain the one at hand, outermost first
  for (const uint32_t w : in_order) {
    while (!around.empty() && !ContainsPath(roots[around.back()], roots[w])) around.pop_back();
    const uint32_t parent = around.empty() ? plan::kNone : around.back();
    if (parent != plan::kNone && roots[parent] == roots[w]) {
      return Fail(fmt::format("workspaces {} and {} have the same root here: {}",
                              NameOf(plan, parent), NameOf(plan, w), Shown(roots[w])));
    }
    if (parent != plan.workspaces()[w].parent) {
      return Fail(fmt::format(
          "workspace {} ({}) lies directly in {} here, but the plan was compiled for {} around it",
          NameOf(plan, w), Shown(roots[w]), NameOf(plan, parent),
          NameOf(plan, plan.workspaces()[w].parent)));
    }
    around.push_back(w);
  }
  return {};
}

Result<std::optional<std::string>> BindHome(const plan::Plan& plan, const std::string& home,
                                            const PathResolver& resolver) {
  if (home.empty()) {
    const auto workspaces = plan.workspaces();
    const auto needs_home = std::find_if(workspaces.begin(), workspaces.end(),
                                         [](const auto& w) { return w.root_is_home != 0; });
    if (needs_home == workspaces.end() && plan.meta().home_bound == 0) {
      return std::optional<std::string>();
    }
    return Fail("the plan needs a home directory, and none is known");
  }
  std::string normal;
  if (home.front() != '/' || !NormalizePath("", home, normal)) {
    return Fail(fmt::format("home directory `{}` is not an absolute path", home));
  }
  if (plan.meta().home_bound != 0) {
    std::string compiled_for;
    NormalizePath("", plan.text(plan.meta().home), compiled_for);
    if (compiled_for != normal) {
      return Fail(fmt::format("the plan was compiled for the home directory `{}`, not `{}`",
                              plan.text(plan.meta().home), home));
    }
  }
  Result<std::string> resolved = ResolveExisting(normal, resolver);
  if (!resolved)
    return Fail(fmt::format("home directory `{}`: {}", home, resolved.error().message));
  return std::optional<std::string>(std::move(*resolved));
}

}  // namespace

Result<Roots> Roots::Bind(const plan::Plan& plan, const std::string& home,
                          const PathResolver& resolver) {
  Roots bound;
  Result<std::optional<std::string>> bound_home = BindHome(plan, home, resolver);
  if (!bound_home) return tl::unexpected(bound_home.error());
  bound.home_ = std::move(*bound_home);

  for (const plan::WorkspaceRecord& w : plan.workspaces()) {
    std::string root = w.root_is_home != 0 ? *bound.home_ : "";
    root += plan.text(w.root);
    Result<std::string> resolved = ResolveExisting(root, resolver);
    if (!resolved) {
      return Fail(fmt::format("root of workspace `{}`: {}: {}", plan.text(w.name), Shown(root),
                              resolved.error().message));
    }
    bound.roots_.push_back(std::move(*resolved));
  }
  std::vector<uint32_t> in_order(bound.roots_.size());
  std::iota(in_order.begin(), in_order.end(), 0u);
  std::sort(in_order.begin(), in_order.end(), [&](uint32_t a, uint32_t b) {
    if (bound.roots_[a] == bound.roots_[b]) return a < b;
    return PathLess(bound.roots_[a], bound.roots_[b]);
  });
  if (const Status nesting = CheckNesting(plan, bound.roots_, in_order); !nesting) {
    return tl::unexpected(nesting.error());
  }
  bound.IndexRoots(plan.tables());
  return bound;
}

void Roots::IndexRoots(const plan::Tables& tables) {
  places_.resize(roots_.size());
  for (size_t w = 0; w < roots_.size(); ++w) {
    const plan::WorkspaceRecord& record = tables.workspaces[w];
    Place& place = places_[w];
    place.size = static_cast<uint32_t>(roots_[w].size());
    place.parent = record.parent;
    place.path_automata = record.path_automata;
    place.buckets = record.buckets;
    // They follow one another.
    const auto buckets = plan::Slice(tables.buckets, record.buckets);
    if (!buckets.empty()) place.entries.begin = buckets.front().entries.begin;
    for (const plan::BucketRecord& bucket : buckets) place.entries.count += bucket.entries.count;
    roots_[w].copy(place.beginning.data(), place.beginning.size());
  }
  by_root_ = TextIndex(std::vector<std::string_view>(roots_.begin(), roots_.end()));
}

bool Roots::Is(uint32_t workspace, std::string_view root) const {
  const Place& place = places_[workspace];
  if (place.size != root.size()) return false;
  const size_t here = std::min(root.size(), place.beginning.size());
  if (std::memcmp(place.beginning.data(), root.data(), here) != 0) return false;
  return here == root.size() || roots_[workspace] == root;
}

// A directory has few beginnings, and the deepest that is a root is sought: they are hashed from
// the front, in steps of a segment, and looked up from the back.
uint32_t Roots::Find(std::string_view directory) const {
  static_assert(TextIndex::kNotFound == plan::kNone);
  struct Beginning {
    TextIndex::Hash hash;
    size_t size = 0;
  };
  std::array<Beginning, 16> beginnings;
  TextIndex::Hash hash;
  size_t count = 1;  // the root `/` is the empty text
  uint32_t deepest = plan::kNone;
  const auto look_up = [&] {
    for (; count > 0; --count) {
      const Beginning& b = beginnings[count - 1];
      const uint32_t found = by_root_.FindWhere(
          b.hash, [&](uint32_t w) { return Is(w, directory.substr(0, b.size)); });
      if (found == plan::kNone) continue;
      deepest = found;
      break;
    }
    count = 0;
  };
  for (size_t begin = 0; begin < directory.size();) {
    const size_t end = std::min(directory.find('/', begin + 1), directory.size());
    if (end > by_root_.longest()) break;
    hash.Add(directory.substr(begin, end - begin));
    begin = end;
    if (count == beginnings.size()) look_up();
    beginnings[count++] = {hash, end};
  }
  look_up();
  return deepest;
}

PathResolver SystemPathResolver() {
  return [](const std::string& path) -> Result<std::optional<std::string>> {
    const std::unique_ptr<char, decltype(&std::free)> canonical(::realpath(path.c_str(), nullptr),
                                                                std::free);
    if (canonical) return std::optional<std::string>(canonical.get());
    // What this process may not see it cannot resolve either; a plan that names such a root for
    // others must still load.
    if (errno == ENOENT || errno == ENOTDIR || errno == EACCES) return std::optional<std::string>();
    return Fail(std::strerror(errno));
  };
}

}  // namespace mcplexer::decide
