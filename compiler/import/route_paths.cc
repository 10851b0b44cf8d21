// SPDX-License-Identifier: Apache-2.0
#include "compiler/import/route_paths.h"

#include <algorithm>

#include "compiler/automata/pattern.h"
#include "compiler/automata/universe.h"
#include "compiler/import/plex_text.h"
#include "compiler/model/roots.h"

namespace mcplexer::importer {
namespace {

using automata::Dfa;
using std::string_view;

// Far more than paths need that people write; 2,000 rules of this size fit into memory.
constexpr automata::Limits kPlaceLimits = {.max_pattern_bytes = 8'192,
                                           .max_nfa_states = 10'000,
                                           .max_nfa_edges = 100'000,
                                           .max_dfa_states = 500,
                                           .max_subset_states = 5'000,
                                           .max_subset_elements = 100'000};

std::vector<string_view> SegmentsOf(string_view path) {
  std::vector<string_view> segments;
  while (true) {
    const size_t slash = path.find('/');
    segments.push_back(path.substr(0, slash));
    if (slash == string_view::npos) return segments;
    path.remove_prefix(slash + 1);
  }
}

std::optional<Dfa> ParseDirectories(const std::string& glob) {
  const auto nfa = automata::ParsePathGlob(glob, kPlaceLimits);
  if (!nfa) return std::nullopt;
  auto dfa = automata::ToDfa(*nfa, kPlaceLimits);
  if (!dfa) return std::nullopt;
  auto within = automata::Intersection(*dfa, automata::PathUniverse(), kPlaceLimits);
  if (!within) return std::nullopt;
  return *std::move(within);
}

}  // namespace

std::vector<std::string> PathGlobs(string_view path_glob) {
  std::string glob;
  size_t others = 0;  // segments that are not `**`
  size_t any = 0;     // of those `*`
  size_t deep = 0;    // `**`
  bool impossible = false;
  bool empty = false;
  for (const string_view segment : SegmentsOf(path_glob)) {
    if (!glob.empty()) glob += '/';
    const bool wild = segment == "*" || segment == "**";
    glob += wild ? std::string(segment) : EscapedGlob(segment);
    if (segment == "**") {
      ++deep;
      continue;
    }
    ++others;
    if (segment == "*") ++any;
    empty = empty || segment.empty();
    impossible = impossible || segment.empty() || segment == "." || segment == "..";
  }
  if (others == 0) return {"**"};
  // The root is the one directory that has an empty segment, and no other.
  if (others == 1 && empty) return {""};
  if (others == 1 && any == 1) {
    if (deep > 0) return {"**"};
    return {"", "*"};
  }
  if (impossible) return {};
  return {glob};
}

int PathSpecificity(string_view path_glob) {
  int score = 0;
  for (const string_view segment : SegmentsOf(path_glob)) {
    if (segment != "**") score += segment == "*" ? 1 : 10;
  }
  return score;
}

bool IsEverywhere(const std::vector<std::string>& globs) {
  return std::find(globs.begin(), globs.end(), "**") != globs.end();
}

std::string RoutePlaces::Below(const std::string& root) const {
  const auto parsed = model::ParseRoot(root);
  if (!parsed) return root;
  const std::string text = model::RootText(model::Resolve(*parsed, home_));
  return text.starts_with('/') ? text.substr(1) : text;
}

size_t RoutePlaces::Depth(const std::string& root) const {
  const std::string below = Below(root);
  return below.empty() ? 0 : SegmentsOf(below).size();
}

size_t RoutePlaces::Add(const std::string& root, const std::vector<std::string>& globs) {
  std::vector<std::string> key = {root};
  key.insert(key.end(), globs.begin(), globs.end());
  const auto [at, added] = ids_.emplace(std::move(key), directories_.size());
  if (!added) return at->second;
  const std::string below = Below(root);
  std::string prefix;
  for (const string_view segment : SegmentsOf(below)) {
    if (!prefix.empty()) prefix += '/';
    prefix += EscapedGlob(segment);
  }
  std::optional<Dfa> all = Dfa();
  for (const std::string& glob : globs) {
    const bool joined = !prefix.empty() && !glob.empty();
    const auto one = ParseDirectories(prefix + (joined ? "/" : "") + glob);
    if (!one) {
      all.reset();
      break;
    }
    auto both = automata::Union(*all, *one, kPlaceLimits);
    if (!both) {
      all.reset();
      break;
    }
    all = *std::move(both);
  }
  directories_.push_back(std::move(all));
  return at->second;
}

RoutePlaces::Relation RoutePlaces::RelationOf(size_t a, size_t b) {
  if (a == b) return {true, true};
  const auto [at, added] = relations_.emplace(std::pair(a, b), Relation());
  if (!added || !directories_[a] || !directories_[b]) return at->second;
  const auto common = automata::Intersection(*directories_[a], *directories_[b], kPlaceLimits);
  if (!common) return at->second;
  at->second = {!common->IsEmpty(), *common == *directories_[b]};
  return at->second;
}

}  // namespace mcplexer::importer
