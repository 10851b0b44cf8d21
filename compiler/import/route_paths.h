// SPDX-License-Identifier: Apache-2.0
// Directories of the original's rules. There `path_glob` is matched with the client's directory
// below the workspace's root, segment by segment: `**` is any number of segments, `*` any one, and
// everything else stands for itself. The root is "", which is one empty segment: `*` matches it.

#ifndef MCPLEXER_COMPILER_IMPORT_ROUTE_PATHS_H_
#define MCPLEXER_COMPILER_IMPORT_ROUTE_PATHS_H_

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "compiler/automata/dfa.h"

namespace mcplexer::importer {

// The globs of an `in` clause that match the same directories; none where no directory matches.
std::vector<std::string> PathGlobs(std::string_view path_glob);

// By which the original puts rules in order: 10 for each segment that stands for itself, 1 for each
// `*`.
int PathSpecificity(std::string_view path_glob);

// Whether an `in` clause with these globs says nothing.
bool IsEverywhere(const std::vector<std::string>& globs);

// What directories rules of several workspaces hold in, compared exactly. `~` is taken for the home
// directory where that is known, else for a directory of its own.
class RoutePlaces {
 public:
  explicit RoutePlaces(std::string home) : home_(std::move(home)) {}

  // The place of `in` with these globs in a workspace with this root (as RootText has it).
  size_t Add(const std::string& root, const std::vector<std::string>& globs);

  // How many directories the root is below `/`.
  size_t Depth(const std::string& root) const;

  // Past a limit of the automata they may meet, and neither covers the other.
  bool MayMeet(size_t a, size_t b) { return RelationOf(a, b).meet; }
  bool Covers(size_t outer, size_t inner) { return RelationOf(outer, inner).covers; }

 private:
  struct Relation {
    bool meet = true;
    bool covers = false;
  };

  // Without the `/` in front; empty for that itself.
  std::string Below(const std::string& root) const;
  Relation RelationOf(size_t a, size_t b);

  std::string home_;
  std::map<std::vector<std::string>, size_t> ids_;  // root, globs
  std::vector<std::optional<automata::Dfa>> directories_;
  std::map<std::pair<size_t, size_t>, Relation> relations_;
};

}  // namespace mcplexer::importer

#endif  // MCPLEXER_COMPILER_IMPORT_ROUTE_PATHS_H_
