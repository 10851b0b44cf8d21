// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>

#include <algorithm>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "runtime/decide/engine_impl.h"
#include "runtime/decide/regex.h"

namespace mcplexer::decide {
namespace {

Status CompileRegexes(EngineTables& engine) {
  const plan::Tables& tables = engine.tables;
  std::unordered_map<std::string_view, const re2::RE2*> by_text;
  engine.regex_of_node.assign(tables.condition_nodes.size(), nullptr);
  for (size_t i = 0; i < tables.condition_nodes.size(); ++i) {
    const plan::ConditionNode& node = tables.condition_nodes[i];
    if (node.kind != plan::NodeKind::kCompare || node.op != plan::Op::kMatches) continue;
    const std::string_view text = tables.text(node.rhs.text);
    const auto [place, added] = by_text.try_emplace(text, nullptr);
    if (added) {
      auto regex = CompileRegex(text);
      if (!regex) return Fail(fmt::format("a condition's {}", regex.error().message));
      engine.regexes.push_back(std::move(*regex));
      place->second = engine.regexes.back().get();
    }
    engine.regex_of_node[i] = place->second;
  }
  return {};
}

TextIndex IndexNamespaces(const plan::Tables& tables) {
  std::vector<std::string_view> names;
  for (const plan::NamespaceRecord& record : tables.namespaces) {
    names.push_back(tables.text(record.name));
  }
  return TextIndex(std::move(names));
}

}  // namespace

Engine::Engine(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Engine::~Engine() = default;

Result<std::shared_ptr<const Engine>> Engine::Create(std::shared_ptr<const plan::Plan> plan,
                                                     const std::string& home) {
  return Create(std::move(plan), home, SystemPathResolver());
}

Result<std::shared_ptr<const Engine>> Engine::Create(std::shared_ptr<const plan::Plan> plan,
                                                     const std::string& home,
                                                     const PathResolver& resolver) {
  Result<Roots> roots = Roots::Bind(*plan, home, resolver);
  if (!roots) return tl::unexpected(roots.error());
  auto impl = std::make_unique<Impl>();
  impl->tables = plan->tables();
  impl->plan = std::move(plan);
  impl->roots = std::move(*roots);
  impl->namespaces = IndexNamespaces(impl->tables);
  if (const Status status = CompileRegexes(*impl); !status) return tl::unexpected(status.error());
  return std::shared_ptr<const Engine>(new Engine(std::move(impl)));
}

const plan::Plan& Engine::plan() const { return *impl_->plan; }

const std::string& Engine::root(WorkspaceId workspace) const {
  static const std::string kSlash = "/";
  const std::string& root = impl_->roots.of(workspace.value);
  return root.empty() ? kSlash : root;
}

Result<PrincipalId> Engine::FindPrincipal(std::string_view name) const {
  const plan::Tables& tables = impl_->tables;
  const auto at = std::lower_bound(
      tables.principals.begin(), tables.principals.end(), name,
      [&](const plan::PrincipalRecord& p, std::string_view n) { return tables.text(p.name) < n; });
  if (at == tables.principals.end() || tables.text(at->name) != name) {
    return Fail(fmt::format("the plan has no principal `{}`", name));
  }
  return PrincipalId(static_cast<size_t>(at - tables.principals.begin()));
}

}  // namespace mcplexer::decide
