// SPDX-License-Identifier: Apache-2.0
#include "compiler/analysis/context_uses.h"

namespace mcplexer::analysis {

using syntax::ExprNode;
using syntax::Operand;

ContextUses& ContextUses::operator|=(const ContextUses& other) {
  principal |= other.principal;
  groups |= other.groups;
  tags |= other.tags;
  directories |= other.directories;
  return *this;
}

ContextUses UsesOf(const ExprNode& node) {
  ContextUses uses;
  for (const Operand* operand : {&node.lhs, &node.rhs}) {
    uses.principal |= operand->kind == Operand::Kind::kPrincipalName;
    uses.groups |= operand->kind == Operand::Kind::kPrincipalGroups;
    uses.tags |= operand->kind == Operand::Kind::kWorkspaceTag;
  }
  uses.directories = node.kind == ExprNode::Kind::kCompare && node.op == ExprNode::Op::kUnder;
  return uses;
}

void AppendToKey(uint32_t number, std::string& key) {
  for (int shift = 0; shift < 32; shift += 8) key.push_back(static_cast<char>(number >> shift));
}

void AppendToKey(std::string_view text, std::string& key) {
  AppendToKey(static_cast<uint32_t>(text.size()), key);
  key.append(text);
}

void AppendToKey(const ContextUses& uses, const reference::Context& context, std::string& key) {
  if (uses.principal) AppendToKey(context.principal, key);
  if (uses.groups) {
    AppendToKey(static_cast<uint32_t>(context.groups.size()), key);
    for (const std::string& group : context.groups) AppendToKey(group, key);
  }
  if (uses.tags) {
    AppendToKey(static_cast<uint32_t>(context.tags->size()), key);
    for (const auto& [name, value] : *context.tags) {
      AppendToKey(name, key);
      AppendToKey(value, key);
    }
  }
  if (uses.directories) {
    AppendToKey(context.root, key);
    AppendToKey(context.home, key);
    key.push_back(context.directory ? 1 : 0);
    if (context.directory) AppendToKey(*context.directory, key);
  }
}

}  // namespace mcplexer::analysis
