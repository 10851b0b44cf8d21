// SPDX-License-Identifier: Apache-2.0
//
// A rule often matches many tools of which only some have the argument: its condition is what picks
// them out. So a finding is made only where it holds for every tool that the rule matches, and all
// their servers are recorded.

#include "compiler/analysis/argument_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "compiler/analysis/attribution.h"
#include "compiler/analysis/describe.h"
#include "compiler/analysis/input_schema.h"
#include "compiler/analysis/known_tools.h"
#include "compiler/source/printable.h"
#include "compiler/source/suggest.h"

namespace mcplexer::analysis {
namespace {

using syntax::ExprNode;
using syntax::Operand;
using Value = syntax::Value;

uint8_t TypeOf(const Value& literal) {
  switch (literal.kind) {
    case Value::Kind::kString:
      return kStringBit;
    case Value::Kind::kNumber:
      return kNumberBit;
    case Value::Kind::kBool:
      return kBooleanBit;
    case Value::Kind::kNull:
      return kNullBit;
    default:
      return kEveryType;
  }
}

std::string TypeText(uint8_t types) {
  static constexpr std::pair<uint8_t, const char*> kNames[] = {
      {kNullBit, "null"},       {kBooleanBit, "a boolean"}, {kNumberBit, "a number"},
      {kStringBit, "a string"}, {kArrayBit, "an array"},    {kObjectBit, "an object"}};
  std::string text;
  for (const auto& [bit, name] : kNames) {
    if ((types & bit) != 0) text += (text.empty() ? "" : " or ") + std::string(name);
  }
  return text;
}

// What the value must be for the comparison to be evaluated. 0: nothing is demanded.
uint8_t DemandedTypes(const ExprNode& node) {
  switch (node.op) {
    case ExprNode::Op::kLike:
    case ExprNode::Op::kMatches:
    case ExprNode::Op::kUnder:
      return kStringBit;
    case ExprNode::Op::kIn: {
      if (node.rhs.kind != Operand::Kind::kList) return 0;
      uint8_t types = 0;
      for (const Value& item : node.rhs.literal.items) types |= TypeOf(item);
      return types;
    }
    default:
      return node.rhs.kind == Operand::Kind::kLiteral ? TypeOf(node.rhs.literal) : 0;
  }
}

// The strings that an `==` or `in` asks for; none when it asks for anything else.
std::vector<std::string> DemandedTexts(const ExprNode& node) {
  std::vector<std::string> texts;
  if (node.op == ExprNode::Op::kEq && node.rhs.kind == Operand::Kind::kLiteral &&
      node.rhs.literal.kind == Value::Kind::kString) {
    texts.push_back(node.rhs.literal.text);
  } else if (node.op == ExprNode::Op::kIn && node.rhs.kind == Operand::Kind::kList) {
    for (const Value& item : node.rhs.literal.items) {
      if (item.kind != Value::Kind::kString) return {};
      texts.push_back(item.text);
    }
  }
  return texts;
}

class ArgumentCheck {
 public:
  ArgumentCheck(const LintContext& context, source::Diagnostics& diagnostics)
      : context_(context), tools_(context.tools()), diagnostics_(diagnostics) {}

  void Run() {
    const auto& rules = context_.policy().rules;
    for (size_t r = 0; r < rules.size(); ++r) {
      const auto& matched = tools_.MatchedBy(RuleId(r));
      if (matched.empty() || !tools_.KnowsAllOf(RuleId(r))) continue;
      rule_ = &rules[r];
      for (const ConditionId id : {rules[r].when, rules[r].require}) {
        if (!id.valid()) continue;
        const bool denies = rules[r].effect == model::Effect::kDeny;
        for (const ExprNode& node : context_.policy().conditions[id.index()].expr.nodes) {
          if (node.kind == ExprNode::Kind::kHas || node.kind == ExprNode::Kind::kCompare) {
            Look(node, node.lhs, matched, denies);
          }
          if (node.kind == ExprNode::Kind::kCompare) Look(node, node.rhs, matched, denies);
        }
      }
    }
  }

 private:
  void Look(const ExprNode& node, const Operand& operand,
            const std::vector<const KnownTool*>& matched, bool denies) {
    if (operand.kind != Operand::Kind::kArgument && operand.kind != Operand::Kind::kSize) return;
    std::vector<Argument> found;
    for (const KnownTool* tool : matched) {
      const auto [at, added] = schemas_.try_emplace(tool->item, *tool->item);
      found.push_back(at->second.Find(operand.path));
    }
    const auto each = [&](auto holds) { return std::ranges::all_of(found, holds); };
    const auto undeclared = [](const Argument& a) { return a.kind == Argument::Kind::kUndeclared; };
    const auto declared = [](const Argument& a) { return a.kind == Argument::Kind::kDeclared; };
    if (each(undeclared)) {
      // `arg.x?` in a rule for several servers is a fence: it asks tools that are yet to come, too.
      const bool fence = (operand.optional || node.kind == ExprNode::Kind::kHas) &&
                         std::ranges::any_of(matched, [&](const KnownTool* tool) {
                           return tool->server != matched.front()->server;
                         });
      if (!fence) ReportUndeclared(operand, found, matched);
      return;
    }
    if (!each(declared)) return;
    if (operand.kind == Operand::Kind::kArgument && &operand == &node.lhs &&
        node.kind == ExprNode::Kind::kCompare && ReportMismatch(node, found, matched)) {
      return;
    }
    if (denies && !operand.optional && node.kind == ExprNode::Kind::kCompare) {
      ReportOptional(operand, found, matched);
    }
  }

  void ReportUndeclared(const Operand& operand, const std::vector<Argument>& found,
                        const std::vector<const KnownTool*>& matched) {
    const size_t step = found.front().step;
    const bool refused = std::ranges::all_of(found, &Argument::refused);
    auto& diagnostic =
        ReportRule(diagnostics_, source::Code::kImpossibleArgument, *rule_, operand.span,
                   fmt::format("{} {} no argument `{}`", ListText(matched),
                               refused ? (matched.size() == 1 ? "takes" : "take")
                                       : (matched.size() == 1 ? "declares" : "declare"),
                               ArgumentText(operand.path, step + 1)));
    std::vector<std::string> siblings;
    for (const Argument& argument : found) {
      siblings.insert(siblings.end(), argument.siblings.begin(), argument.siblings.end());
    }
    std::ranges::sort(siblings);
    siblings.erase(std::ranges::unique(siblings).begin(), siblings.end());
    if (operand.path[step].kind != syntax::PathStep::Kind::kKey) return;
    const auto nearest =
        source::Suggest(operand.path[step].key, std::span<const std::string>(siblings));
    if (nearest) {
      diagnostic.Help(fmt::format("did you mean `{}`?", source::Printable(*nearest)));
    } else if (!siblings.empty() && siblings.size() <= 12) {
      std::string list;
      for (const std::string& sibling : siblings) {
        list += fmt::format("{}`{}`", list.empty() ? "" : ", ", source::Printable(sibling));
      }
      diagnostic.Help("declared are " + list);
    }
  }

  bool ReportMismatch(const ExprNode& node, const std::vector<Argument>& found,
                      const std::vector<const KnownTool*>& matched) {
    const std::string path = ArgumentText(node.lhs.path);
    const uint8_t demanded = DemandedTypes(node);
    uint8_t types = 0;
    for (const Argument& argument : found) types |= argument.types;
    if (demanded != 0 && (types & demanded) == 0) {
      ReportRule(diagnostics_, source::Code::kImpossibleArgument, *rule_, node.span,
                 fmt::format("`{}` of {} is {}, and compared with {}", path, ListText(matched),
                             TypeText(types), TypeText(demanded)))
          .Help("types are exact: such a comparison cannot be evaluated");
      return true;
    }
    const std::vector<std::string> texts = DemandedTexts(node);
    for (const std::string& text : texts) {
      const bool possible = std::ranges::any_of(found, [&](const Argument& argument) {
        return !argument.values ||
               std::ranges::find(*argument.values, nlohmann::json(text)) != argument.values->end();
      });
      if (possible) continue;
      auto& diagnostic =
          ReportRule(diagnostics_, source::Code::kImpossibleArgument, *rule_, node.span,
                     fmt::format("`{}` of {} is never `{}`", path, ListText(matched),
                                 source::Printable(text)));
      std::string list;
      for (const nlohmann::json& value : *found.front().values) {
        if (list.size() > 200) break;
        list += (list.empty() ? "" : ", ") + source::Printable(value.dump());
      }
      diagnostic.Help("it is one of " + list);
      return true;
    }
    return false;
  }

  void ReportOptional(const Operand& operand, const std::vector<Argument>& found,
                      const std::vector<const KnownTool*>& matched) {
    std::vector<const KnownTool*> lenient;
    for (size_t i = 0; i < found.size(); ++i) {
      if (!found[i].required) lenient.push_back(matched[i]);
    }
    if (lenient.empty()) return;
    const std::string path = ArgumentText(operand.path);
    ReportRule(diagnostics_, source::Code::kOptionalInDeny, *rule_, operand.span,
               fmt::format("calls of {} without `{}` are denied, too", ListText(lenient), path))
        .Help(fmt::format("write `{}?` if only calls that have it are meant", path));
  }

  const LintContext& context_;
  const KnownTools& tools_;
  source::Diagnostics& diagnostics_;
  const model::Rule* rule_ = nullptr;  // that is being looked at
  std::map<const inventory::Item*, InputSchema> schemas_;
};

}  // namespace

void CheckArguments(const LintContext& context, source::Diagnostics& diagnostics) {
  if (context.inventory != nullptr) ArgumentCheck(context, diagnostics).Run();
}

}  // namespace mcplexer::analysis
