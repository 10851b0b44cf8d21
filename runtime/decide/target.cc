// SPDX-License-Identifier: Apache-2.0
#include "runtime/decide/target.h"

#include <algorithm>
#include <string_view>

namespace mcplexer::decide {
namespace {

bool IsName(std::string_view name) {
  return !name.empty() && std::none_of(name.begin(), name.end(),
                                       [](char c) { return static_cast<unsigned char>(c) < 0x20; });
}

Target FindResource(const Call& call, const plan::Tables& tables) {
  Target target;
  target.server = call.server;
  if (!target.server.valid() && tables.servers.size() == 1) target.server = ServerId(uint32_t{0});
  if (target.server.index() >= tables.servers.size()) return {};
  target.valid_name = IsName(call.name);
  target.automata = tables.servers[target.server.index()].resource_automata;
  return target;
}

const plan::NamespaceRecord* FindNamespace(std::string_view name, const plan::Tables& tables) {
  const auto at = std::lower_bound(tables.namespaces.begin(), tables.namespaces.end(), name,
                                   [&](const plan::NamespaceRecord& n, std::string_view text) {
                                     return tables.text(n.name) < text;
                                   });
  return at != tables.namespaces.end() && tables.text(at->name) == name ? &*at : nullptr;
}

}  // namespace

Target FindTarget(const Call& call, const plan::Tables& tables) {
  if (call.kind == plan::CallKind::kResource) return FindResource(call, tables);
  Target target;
  // A plan with the empty namespace has no other.
  const plan::NamespaceRecord* owner = FindNamespace("", tables);
  if (owner == nullptr) {
    const size_t split = call.name.find("__");
    if (split == std::string_view::npos || split == 0) return target;
    owner = FindNamespace(call.name.substr(0, split), tables);
    if (owner == nullptr) return target;
    target.tool_offset = static_cast<uint32_t>(split + 2);
  }
  target.server = ServerId(owner->server);
  target.valid_name = IsName(call.name.substr(target.tool_offset));
  target.automata =
      call.kind == plan::CallKind::kTool ? owner->tool_automata : owner->prompt_automata;
  return target;
}

}  // namespace mcplexer::decide
