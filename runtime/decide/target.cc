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

// Whose name the call's begins with, and where the rest of it begins.
const plan::NamespaceRecord* FindNamespace(std::string_view name, const EngineTables& engine,
                                           uint32_t* rest) {
  const auto namespaces = engine.tables.namespaces;
  *rest = 0;
  // A plan with the empty namespace has no other.
  if (!namespaces.empty() && namespaces.front().name.size == 0) return namespaces.data();
  // Not further than a namespace reaches: the name may be long.
  const size_t end = name.substr(0, engine.namespaces.longest() + 2).find("__");
  if (end == name.npos) return nullptr;
  const std::string_view before = name.substr(0, end);
  const uint32_t found = engine.namespaces.Find(TextIndex::HashOf(before), before);
  if (found == TextIndex::kNotFound) return nullptr;
  *rest = static_cast<uint32_t>(end + 2);
  return &namespaces[found];
}

}  // namespace

Target FindTarget(const Call& call, const EngineTables& engine) {
  if (call.kind == plan::CallKind::kResource) return FindResource(call, engine.tables);
  Target target;
  const plan::NamespaceRecord* owner = FindNamespace(call.name, engine, &target.tool_offset);
  if (owner == nullptr) return target;
  target.server = ServerId(owner->server);
  target.valid_name = IsName(call.name.substr(target.tool_offset));
  target.automata =
      call.kind == plan::CallKind::kTool ? owner->tool_automata : owner->prompt_automata;
  return target;
}

}  // namespace mcplexer::decide
