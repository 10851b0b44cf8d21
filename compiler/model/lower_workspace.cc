// SPDX-License-Identifier: Apache-2.0
// Workspaces and how they nest. Nesting is by whole path segments of the roots. A `~` root and an
// absolute one can only be compared where the home directory is known; without it a `~` root lies
// in another `~` root or in `/`, which everything lies in, and the loader of the plan sees to the
// rest.
#include <fmt/format.h>

#include <array>
#include <string>
#include <unordered_map>

#include "compiler/model/attributes.h"
#include "compiler/model/context.h"
#include "compiler/model/roots.h"

namespace mcplexer::model {
namespace {

constexpr auto kOptional = Presence::kOptional;
constexpr std::array<std::string_view, 2> kDefaults = {"deny", "allow"};
constexpr std::array kKeys = {
    KeySpec{"root", ValueType::kDirectory, Presence::kRequired},
    KeySpec{"default", ValueType::kWord, kOptional, 0, 0, kDefaults},
    KeySpec{"tags", ValueType::kTextMap},
    KeySpec{"http", ValueType::kBool},
};
constexpr AttributeTable kTable = {"workspace", kKeys};

class WorkspaceStep {
 public:
  explicit WorkspaceStep(Context& context) : context_(context), reporter_(context.reporter) {}

  void Run() {
    for (const auto& [name, entry] : context_.names.workspaces.entries()) Lower(*entry.declaration);
    Nest();
  }

 private:
  void Lower(const syntax::Declaration& declaration) {
    std::vector<syntax::Attribute> own;
    for (const syntax::BodyItem& item : declaration.body) {
      own.insert(own.end(), item.attribute.begin(), item.attribute.end());
    }
    const Attributes attributes = ReadAttributes(own, kTable, declaration.name, reporter_);
    Workspace workspace;
    workspace.name = declaration.name.text;
    workspace.span = declaration.name.span;
    workspace.default_allow = attributes.Word("default", kDefaults, 0u) == 1;
    workspace.http = attributes.Bool("http", false);
    workspace.tags = attributes.TextMap("tags");
    const syntax::Value* root = attributes.Find("root");
    if (root != nullptr) workspace.root = *ParseRoot(root->text);
    places_.push_back(root == nullptr ? Span{} : root->span);
    context_.policy.workspaces.push_back(std::move(workspace));
  }

  // The text that is compared: resolved where that is possible; a `~` root otherwise begins with
  // it.
  std::string Comparable(const Workspace& workspace) const {
    const Root root = Resolve(workspace.root, context_.policy.home);
    return (root.home ? "~" : "") + root.rest;
  }

  void Nest() {
    std::vector<Workspace>& workspaces = context_.policy.workspaces;
    std::unordered_map<std::string, WorkspaceId> by_root;
    for (size_t i = 0; i < workspaces.size(); ++i) {
      if (!places_[i].valid()) continue;  // its root was reported
      const auto [at, added] = by_root.try_emplace(Comparable(workspaces[i]), WorkspaceId(i));
      if (added) continue;
      const Workspace& other = workspaces[at->second.index()];
      reporter_
          .Report(Code::kSharedRoot, places_[i],
                  fmt::format("workspaces `{}` and `{}` share the root `{}`", other.name,
                              workspaces[i].name, RootText(workspaces[i].root)))
          .Also(places_[at->second.index()], "the other one");
    }
    for (size_t i = 0; i < workspaces.size(); ++i) {
      if (places_[i].valid()) workspaces[i].parent = ParentOf(Comparable(workspaces[i]), by_root);
    }
  }

  static WorkspaceId ParentOf(std::string root,
                              const std::unordered_map<std::string, WorkspaceId>& by_root) {
    while (!root.empty()) {
      const size_t slash = root.rfind('/');
      root.resize(slash == std::string::npos ? 0 : slash);
      if (const auto at = by_root.find(root); at != by_root.end()) return at->second;
    }
    return WorkspaceId();
  }

  Context& context_;
  Reporter& reporter_;
  std::vector<Span> places_;  // of the roots
};

}  // namespace

void LowerWorkspaces(Context& context) { WorkspaceStep(context).Run(); }

}  // namespace mcplexer::model
