// SPDX-License-Identifier: Apache-2.0
// Workspaces: their roots in normal form, and how they nest.

#include <algorithm>

#include "runtime/plan/verify_checks.h"

namespace mcplexer::plan::verify {
namespace {

// "" or "/a/b": absolute, no empty segment, no `.` or `..`, no NUL.
bool IsNormalRoot(std::string_view root) {
  if (root.empty()) return true;
  if (root.front() != '/' || root.find('\0') != std::string_view::npos) return false;
  while (!root.empty()) {
    root.remove_prefix(1);
    const std::string_view segment = root.substr(0, root.find('/'));
    if (segment.empty() || segment == "." || segment == "..") return false;
    root.remove_prefix(segment.size());
  }
  return true;
}

Fault CheckWorkspace(const WorkspaceRecord& w, const Tables& t) {
  if (!IsText(w.name, t) || w.name.size == 0) return "no name";
  if (!IsText(w.root, t)) return "text out of bounds";
  if (!IsNormalRoot(t.text(w.root))) return "root is not in normal form";
  if (w.root_is_home > 1 || w.default_allow > 1 || w.http > 1 || w.reserved != 0) {
    return "flag is not 0 or 1, or reserved byte is not 0";
  }
  if (!IsIndexOrNone(w.parent, t.workspaces)) return "parent out of bounds";
  if (!InRange(w.tags, t.key_values)) return "tags out of bounds";
  if (!InRange(w.path_automata, t.automata)) return "automata out of bounds";
  return nullptr;
}

// The longest chain of parents, or kNone when one never ends.
uint32_t LongestChain(std::span<const WorkspaceRecord> workspaces) {
  std::vector<uint32_t> depth(workspaces.size());  // 0: not known yet
  std::vector<uint32_t> chain;
  uint32_t longest = 0;
  for (uint32_t start = 0; start < workspaces.size(); ++start) {
    chain.clear();
    uint32_t w = start;
    for (; w != kNone && depth[w] == 0; w = workspaces[w].parent) {
      if (chain.size() == workspaces.size()) return kNone;
      chain.push_back(w);
    }
    uint32_t known = w == kNone ? 0 : depth[w];
    for (size_t i = chain.size(); i > 0; --i) depth[chain[i - 1]] = ++known;
    longest = std::max(longest, known);
  }
  return longest;
}

Fault CheckNesting(const Tables& t) {
  if (const Fault fault = SortedByName(t.workspaces, t); fault != nullptr) return fault;
  if (LongestChain(t.workspaces) != t.meta[0].max_depth) {
    return "workspaces nest in a circle, or not max_depth deep";
  }
  const BadCount unsorted(t.key_values.size(), [&](size_t i) {
    return i > 0 && t.text(t.key_values[i - 1].key) >= t.text(t.key_values[i].key);
  });
  for (const WorkspaceRecord& w : t.workspaces) {
    if (!unsorted.NoneBehindFirstOf(w.tags))
      return "a workspace's tags are not sorted, or not unique";
  }
  return nullptr;
}

}  // namespace

Status VerifyWorkspaces(const Tables& t) {
  Status each = Each("workspaces", t.workspaces,
                     [&](const WorkspaceRecord& w) { return CheckWorkspace(w, t); });
  if (!each) return each;
  if (const Fault fault = CheckNesting(t); fault != nullptr) {
    return Fail(fmt::format("plan: {}", fault));
  }
  return {};
}

}  // namespace mcplexer::plan::verify
