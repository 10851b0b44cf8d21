// SPDX-License-Identifier: Apache-2.0
//
// Each node is looked at alone. Types are exact (docs/language.md, "Conditions"): what an operand
// can be is a set of types, and a comparison whose sides cannot have one in common, or whose
// operator takes none of them, can never be evaluated.
#include "compiler/model/conditions.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace mcplexer::model {
namespace {

using syntax::ExprNode;
using syntax::Operand;
using syntax::PathStep;
using syntax::Value;
using Op = ExprNode::Op;

// What a value may be, as a set of bits.
using Types = uint32_t;
constexpr Types kStringType = 1;
constexpr Types kNumberType = 2;
constexpr Types kBoolType = 4;
constexpr Types kNullType = 8;
constexpr Types kListType = 16;
constexpr Types kAnyType = 31;

Types TypeOf(const Value& literal) {
  switch (literal.kind) {
    case Value::Kind::kString:
    case Value::Kind::kRegex:
      return kStringType;
    case Value::Kind::kNumber:
      return kNumberType;
    case Value::Kind::kBool:
      return kBoolType;
    case Value::Kind::kNull:
      return kNullType;
    default:
      return kListType;
  }
}

Types TypesOf(const Operand& operand) {
  switch (operand.kind) {
    case Operand::Kind::kArgument:
      return kAnyType;
    case Operand::Kind::kSize:
      return kNumberType;
    case Operand::Kind::kSessionClient:
    case Operand::Kind::kSessionModel:
    case Operand::Kind::kPrincipalName:
    case Operand::Kind::kWorkspaceTag:
      return kStringType;
    case Operand::Kind::kPrincipalGroups:
    case Operand::Kind::kList:
      return kListType;
    case Operand::Kind::kLiteral:
      return TypeOf(operand.literal);
  }
  return kAnyType;
}

std::string_view TypeText(Types types) {
  switch (types) {
    case kStringType:
      return "text";
    case kNumberType:
      return "a number";
    case kBoolType:
      return "a truth value";
    case kNullType:
      return "`null`";
    case kListType:
      return "a list";
    default:
      return "a value";
  }
}

bool IsLiteral(const Operand& operand) {
  return operand.kind == Operand::Kind::kLiteral || operand.kind == Operand::Kind::kList;
}

bool IsPath(const Operand& operand) {
  return operand.kind == Operand::Kind::kArgument || operand.kind == Operand::Kind::kSize;
}

bool HoldsEach(const Operand& operand) {
  return IsPath(operand) &&
         std::any_of(operand.path.begin(), operand.path.end(),
                     [](const PathStep& step) { return step.kind == PathStep::Kind::kEach; });
}

class ConditionCheck {
 public:
  ConditionCheck(Context& context, WorkspaceId workspace)
      : context_(context), reporter_(context.reporter), workspace_(workspace) {}

  bool Check(const syntax::Expr& expr) {
    for (const ExprNode& node : expr.nodes) {
      if (node.kind == ExprNode::Kind::kHas) CheckHas(node);
      if (node.kind == ExprNode::Kind::kCompare) CheckCompare(node);
    }
    return mistakes_ == 0;
  }

 private:
  source::Diagnostic& Bad(Span span, std::string message, Code code = Code::kBadCondition) {
    ++mistakes_;
    return reporter_.Report(code, span, std::move(message));
  }

  void CheckHas(const ExprNode& node) {
    if (HoldsEach(node.lhs)) {
      Bad(node.lhs.span, "`has` asks for one value, `[*]` is many")
          .Help("`has` of the list, or `all` or `any` with a comparison");
    } else if (node.lhs.optional) {
      Bad(node.lhs.span, "`?` after `has` says the same twice");
    }
  }

  void CheckCompare(const ExprNode& node) {
    if (IsLiteral(node.lhs) && IsLiteral(node.rhs)) {
      Bad(node.span, "both sides are literals: the outcome is always the same");
      return;
    }
    const int before = mistakes_;
    CheckQuantifier(node);
    for (const Operand* operand : {&node.lhs, &node.rhs}) {
      if (operand->optional && HoldsEach(*operand)) {
        Bad(operand->span, "`?` asks for one value, `[*]` is many");
      }
      if (operand->kind == Operand::Kind::kWorkspaceTag) CheckTag(*operand);
    }
    CheckOperator(node);
    if (mistakes_ == before) CheckNames(node);
  }

  void CheckQuantifier(const ExprNode& node) {
    const bool quantified = node.quantifier != ExprNode::Quantifier::kNone;
    if (HoldsEach(node.rhs)) {
      Bad(node.rhs.span, "`[*]` stands left of the operator, after `all` or `any`");
    }
    if (HoldsEach(node.lhs) && !quantified) {
      Bad(node.lhs.span, "`[*]` needs `all` or `any` in front: must all of them do, or one?");
    } else if (quantified && !HoldsEach(node.lhs)) {
      Bad(node.lhs.span, "`all` and `any` need a `[*]` in the path to say what they go over");
    }
  }

  void CheckOperator(const ExprNode& node) {
    switch (node.op) {
      case Op::kEq:
      case Op::kNe:
        CheckEquality(node);
        return;
      case Op::kLt:
      case Op::kLe:
      case Op::kGt:
      case Op::kGe:
        for (const Operand* operand : {&node.lhs, &node.rhs}) {
          if ((TypesOf(*operand) & kNumberType) == 0) {
            Bad(operand->span, fmt::format("only numbers have an order, and this is {}",
                                           TypeText(TypesOf(*operand))));
          }
        }
        return;
      case Op::kIn:
        CheckIn(node);
        return;
      case Op::kLike:
      case Op::kMatches:
        CheckTextLeft(node.lhs, node.op == Op::kLike ? "like" : "matches");
        CheckPattern(node);
        return;
      case Op::kUnder:
        CheckTextLeft(node.lhs, "under");
        CheckUnder(node.rhs);
        return;
    }
  }

  void CheckEquality(const ExprNode& node) {
    for (const Operand* operand : {&node.lhs, &node.rhs}) {
      if (operand->kind == Operand::Kind::kPrincipalGroups) {
        Bad(operand->span, "`principal.groups` is a list: `\"group\" in principal.groups`");
        return;
      }
      if (operand->kind == Operand::Kind::kList) {
        Bad(operand->span, "a list stands right of `in` only");
        return;
      }
    }
    const Types left = TypesOf(node.lhs);
    const Types right = TypesOf(node.rhs);
    if ((left & right) == 0) {
      Bad(node.span, fmt::format("{} is compared with {}, which cannot be evaluated",
                                 TypeText(left), TypeText(right)));
    }
  }

  void CheckIn(const ExprNode& node) {
    if (node.rhs.kind == Operand::Kind::kPrincipalGroups) {
      if ((TypesOf(node.lhs) & kStringType) == 0) {
        Bad(node.lhs.span,
            fmt::format("groups have names, and this is {}", TypeText(TypesOf(node.lhs))));
      }
      return;
    }
    if (node.rhs.kind != Operand::Kind::kList) {
      Bad(node.rhs.span, "right of `in` stands a list `[..]` or `principal.groups`");
      return;
    }
    if (node.lhs.kind == Operand::Kind::kPrincipalGroups) {
      Bad(node.lhs.span, "`principal.groups` is a list: `\"group\" in principal.groups`");
      return;
    }
    if (node.rhs.literal.items.empty()) {
      Bad(node.rhs.span, "nothing is in an empty list");
    }
    for (const Value& item : node.rhs.literal.items) {
      if ((TypesOf(node.lhs) & TypeOf(item)) == 0) {
        Bad(item.span, fmt::format("{} is compared with {}, which cannot be evaluated",
                                   TypeText(TypesOf(node.lhs)), TypeText(TypeOf(item))));
      }
    }
  }

  void CheckTextLeft(const Operand& operand, std::string_view op) {
    if (IsLiteral(operand) || (TypesOf(operand) & kStringType) == 0) {
      Bad(operand.span, fmt::format("left of `{}` stands text that a call brings", op));
    }
  }

  void CheckPattern(const ExprNode& node) {
    const Value& literal = node.rhs.literal;
    const bool like = node.op == Op::kLike;
    const bool regex = literal.kind == Value::Kind::kRegex;
    if (node.rhs.kind != Operand::Kind::kLiteral ||
        (literal.kind != Value::Kind::kString && (like || !regex))) {
      Bad(node.rhs.span, like ? "right of `like` stands a pattern in quotes"
                              : "right of `matches` stands a regular expression re\"..\"");
      return;
    }
    const auto language = like ? PatternLanguage::kValueGlob : PatternLanguage::kValueRegex;
    if (!context_.patterns.Check(language, literal.text, literal.span)) ++mistakes_;
  }

  void CheckUnder(const Operand& operand) {
    const Value& literal = operand.literal;
    if (operand.kind != Operand::Kind::kLiteral || literal.kind != Value::Kind::kString) {
      Bad(operand.span, "right of `under` stands a directory in quotes");
      return;
    }
    const std::string& text = literal.text;
    if (text.empty()) Bad(operand.span, "nothing is under an empty directory");
    if (text.starts_with('~') && text != "~" && !text.starts_with("~/")) {
      Bad(operand.span, "another user's home directory is not known");
    }
    if (text.find('\0') != std::string::npos) {
      Bad(operand.span, "a NUL byte in a directory");
    }
    for (size_t at = 0; at <= text.size();) {
      const size_t end = std::min(text.find('/', at), text.size());
      if (std::string_view(text).substr(at, end - at) == "..") {
        Bad(reporter_.Narrow(literal.span, text, at, 2), "`..` in a directory");
        return;
      }
      at = end + 1;
    }
  }

  void CheckTag(const Operand& operand) {
    const std::set<std::string, std::less<>>& known = TagsBelow(context_, workspace_);
    if (known.find(operand.key) != known.end()) return;
    source::Diagnostic& diagnostic =
        Bad(operand.span,
            fmt::format("no workspace that this can apply to has a tag `{}`", operand.key),
            Code::kUndefinedName);
    const std::vector<std::string_view> tags(known.begin(), known.end());
    reporter_.Suggest(diagnostic, operand.key, tags);
  }

  // Literals that are compared with the names of principals or groups must be such names.
  void CheckNames(const ExprNode& node) {
    const bool groups = node.rhs.kind == Operand::Kind::kPrincipalGroups;
    const bool equality = node.op == Op::kEq || node.op == Op::kNe;
    if (groups && node.lhs.kind == Operand::Kind::kLiteral) {
      CheckName(context_.names.groups, node.lhs.literal);
    } else if (node.lhs.kind == Operand::Kind::kPrincipalName && node.op == Op::kIn) {
      for (const Value& item : node.rhs.literal.items) CheckName(context_.names.principals, item);
    } else if (node.lhs.kind == Operand::Kind::kPrincipalName && equality &&
               node.rhs.kind == Operand::Kind::kLiteral) {
      CheckName(context_.names.principals, node.rhs.literal);
    } else if (node.rhs.kind == Operand::Kind::kPrincipalName && equality &&
               node.lhs.kind == Operand::Kind::kLiteral) {
      CheckName(context_.names.principals, node.lhs.literal);
    }
  }

  void CheckName(const NameTable& table, const Value& literal) {
    if (table.Resolve({literal.text, literal.span}, reporter_) == nullptr) ++mistakes_;
  }

  Context& context_;
  Reporter& reporter_;
  WorkspaceId workspace_;
  int mistakes_ = 0;
};

}  // namespace

const std::set<std::string, std::less<>>& TagsBelow(Context& context, WorkspaceId workspace) {
  const auto [at, added] = context.tags.try_emplace(workspace);
  if (!added) return at->second;
  const Policy& policy = context.policy;
  for (size_t i = 0; i < policy.workspaces.size(); ++i) {
    const std::vector<WorkspaceId> chain = policy.Chain(WorkspaceId(i));
    if (workspace.valid() && std::find(chain.begin(), chain.end(), workspace) == chain.end()) {
      continue;
    }
    for (const auto& [key, value] : policy.workspaces[i].tags) at->second.insert(key);
  }
  return at->second;
}

bool CheckCondition(Context& context, const syntax::Expr& expr, WorkspaceId workspace) {
  return ConditionCheck(context, workspace).Check(expr);
}

}  // namespace mcplexer::model
