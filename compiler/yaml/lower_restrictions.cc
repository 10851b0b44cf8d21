// SPDX-License-Identifier: Apache-2.0
// allowed_orgs and allowed_repos as a condition.
//
//     allowed_orgs: [acme, tools]           arg.owner in ["acme", "tools"]
//     allowed_repos: [site, acme/api]       and (arg.repo in ["site"]
//                                                or arg.owner == "acme" and arg.repo == "api")
//
// It is required, not part of the match: a call that names neither is denied, because a comparison
// with an argument that is missing cannot be evaluated.

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <utility>

#include "compiler/yaml/lower.h"

namespace mcplexer::yaml {
namespace {

using source::Code;
using syntax::Expr;
using syntax::ExprNode;
using syntax::Name;
using syntax::Operand;
using syntax::Value;

Value StringValue(const Name& name) {
  Value value;
  value.kind = Value::Kind::kString;
  value.span = name.span;
  value.text = name.text;
  return value;
}

// `arg.KEY in ["values"]`.
Expr ArgumentIn(std::string_view key, const std::vector<Name>& values, source::Span span) {
  ExprNode node;
  node.kind = ExprNode::Kind::kCompare;
  node.span = span;
  node.op = ExprNode::Op::kIn;
  node.lhs.kind = Operand::Kind::kArgument;
  node.lhs.span = span;
  node.lhs.path.push_back({syntax::PathStep::Kind::kKey, std::string(key), 0});
  node.rhs.kind = Operand::Kind::kList;
  node.rhs.span = span;
  node.rhs.literal.kind = Value::Kind::kList;
  node.rhs.literal.span = span;
  for (const Name& value : values) node.rhs.literal.items.push_back(StringValue(value));
  Expr expr;
  expr.span = span;
  expr.nodes.push_back(std::move(node));
  return expr;
}

// `arg.KEY == "value"`.
Expr ArgumentIs(std::string_view key, const Name& value) {
  Expr expr = ArgumentIn(key, {}, value.span);
  ExprNode& node = expr.nodes.front();
  node.op = ExprNode::Op::kEq;
  node.rhs.kind = Operand::Kind::kLiteral;
  node.rhs.literal = StringValue(value);
  return expr;
}

Expr Join(ExprNode::Kind kind, Expr left, Expr right) {
  const auto offset = static_cast<uint32_t>(left.nodes.size());
  for (ExprNode& node : right.nodes) {
    if (node.kind == ExprNode::Kind::kAnd || node.kind == ExprNode::Kind::kOr ||
        node.kind == ExprNode::Kind::kNot) {
      node.left += offset;
      node.right += node.kind == ExprNode::Kind::kNot ? 0 : offset;
    }
    left.nodes.push_back(std::move(node));
  }
  ExprNode root;
  root.kind = kind;
  root.span = left.span;
  root.left = offset - 1;
  root.right = static_cast<uint32_t>(left.nodes.size()) - 1;
  left.nodes.push_back(std::move(root));
  return left;
}

std::optional<Expr> Repositories(const Context& context, const std::vector<Name>& repositories,
                                 source::Span span) {
  std::vector<Name> anywhere;
  std::optional<Expr> expr;
  const auto add = [&](Expr alternative) {
    expr = expr ? Join(ExprNode::Kind::kOr, std::move(*expr), std::move(alternative))
                : std::move(alternative);
  };
  for (const Name& name : repositories) {
    const size_t slash = name.text.find('/');
    if (slash == std::string::npos) {
      anywhere.push_back(name);
      continue;
    }
    const Name owner = {name.text.substr(0, slash), name.span};
    const Name repository = {name.text.substr(slash + 1), name.span};
    if (owner.text.empty() || repository.text.empty() ||
        repository.text.find('/') != std::string::npos) {
      context.diagnostics.Report(
          Code::kBadValue, name.span,
          "an item of `allowed_repos` is a repository's name, or `owner/name`");
      continue;
    }
    add(Join(ExprNode::Kind::kAnd, ArgumentIs("owner", owner), ArgumentIs("repo", repository)));
  }
  if (!anywhere.empty()) add(ArgumentIn("repo", anywhere, span));
  if (expr) expr->span = span;
  return expr;
}

}  // namespace

Expr And(Expr left, Expr right) {
  return Join(ExprNode::Kind::kAnd, std::move(left), std::move(right));
}

std::optional<Expr> LowerRestrictions(const Context& context, const Record& rule) {
  std::optional<Expr> expr;
  if (const std::optional<NodeId> orgs = rule.Get("allowed_orgs")) {
    expr = ArgumentIn("owner", context.Names(*orgs), context.span(*orgs));
  }
  if (const std::optional<NodeId> repos = rule.Get("allowed_repos")) {
    std::optional<Expr> second = Repositories(context, context.Names(*repos), context.span(*repos));
    if (expr && second) return And(std::move(*expr), std::move(*second));
    if (second) return second;
  }
  return expr;
}

}  // namespace mcplexer::yaml
