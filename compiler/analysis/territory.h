// SPDX-License-Identifier: Apache-2.0
// Directories, as the workspaces divide them. A call's home workspace is the one with the deepest
// root around its directory, so the directories of a home are those below its root and below no
// root nested in it. Rules of outer workspaces speak of paths from their own root; rebasing turns
// such a language into one over paths from the home's root.

#ifndef MCPLEXER_COMPILER_ANALYSIS_TERRITORY_H_
#define MCPLEXER_COMPILER_ANALYSIS_TERRITORY_H_

#include <map>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <tuple>
#include <vector>

#include "compiler/analysis/space.h"

namespace mcplexer::analysis {

// Where `~` is taken to be: where the compiler was told, or somewhere apart from all absolute
// roots. Findings name example directories, and a gateway on whose machine a root with `~` would
// lie in an absolute one, or the other way round, refuses the plan.
std::string HomeDirectory(const model::Policy& policy);

class Territory {
 public:
  explicit Territory(const Space& space);

  const std::string& home_directory() const { return home_; }
  // With `~` replaced; empty for `/`.
  const std::string& root(WorkspaceId workspace) const { return roots_[workspace.index()]; }
  std::string DirectoryOf(WorkspaceId home, std::string_view subpath) const;
  // `subpath` of `home`, seen from the root of `outer`, a workspace around it or `home` itself.
  std::string SubpathFrom(WorkspaceId outer, WorkspaceId home, std::string_view subpath) const;
  // The workspace itself and all that are nested in it, itself first.
  const std::vector<WorkspaceId>& Within(WorkspaceId workspace) const {
    return within_[workspace.index()];
  }

  // The subpaths of `home` that lie in no workspace nested in it.
  const automata::Dfa& Own(WorkspaceId home) const;
  // The subpaths of `home` whose directory is in `paths` of `outer`, a workspace around `home` or
  // `home` itself.
  const automata::Dfa& Rebased(WorkspaceId outer, PathSetId paths, WorkspaceId home) const;
  // Absolute directories, `/` as "", that globs mean which are absolute or begin with `~`.
  tl::expected<automata::Dfa, automata::LimitError> DirectoriesOf(
      const std::vector<syntax::Name>& globs) const;
  // The subpaths of `inner` that are `paths` of `outer`, whose root lies around its own or is the
  // same.
  automata::Dfa From(WorkspaceId outer, const automata::Dfa& paths, WorkspaceId inner) const;
  // The subpaths of `outer` that are at or below the root of `inner`, which lies in it.
  automata::Dfa Within(WorkspaceId outer, WorkspaceId inner) const;
  // Whether the root of `inner` is that of `outer` or lies in it.
  bool Contains(WorkspaceId outer, WorkspaceId inner) const;
  // The subpaths of `home` whose directory is in `directories`, as DirectoriesOf writes them.
  automata::Dfa Below(WorkspaceId home, const automata::Dfa& directories) const;

 private:
  std::string RelativeTo(WorkspaceId outer, WorkspaceId inner) const;

  const Space& space_;
  std::string home_;
  std::vector<std::string> roots_;
  std::vector<std::vector<WorkspaceId>> within_;
  std::vector<std::vector<WorkspaceId>> children_;
  mutable std::map<WorkspaceId, automata::Dfa> own_;
  mutable std::map<std::tuple<WorkspaceId, PathSetId, WorkspaceId>, automata::Dfa> rebased_;
};

}  // namespace mcplexer::analysis

#endif  // MCPLEXER_COMPILER_ANALYSIS_TERRITORY_H_
