// SPDX-License-Identifier: Apache-2.0
// Parse trees of single statements -> nodes of the syntax tree. What the grammar cannot say is
// checked here: a clause given twice, what a word may be, escapes.

#ifndef MCPLEXER_COMPILER_SYNTAX_BUILDER_H_
#define MCPLEXER_COMPILER_SYNTAX_BUILDER_H_

#include <PlexParser.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/source/diagnostic.h"
#include "compiler/syntax/ast.h"
#include "compiler/syntax/literal.h"
#include "compiler/syntax/region.h"

namespace mcplexer::syntax {

class Builder {
 public:
  using Parser = grammar::PlexParser;

  // Reports every problem it finds; whatever it returns then is incomplete but well-formed.
  Builder(const Region& region, source::Diagnostics& diagnostics)
      : region_(region), diagnostics_(diagnostics) {}

  // One for each entry of the grammar. Heads leave the body empty; the span ends with the head.
  Declaration BlockHead(Parser::BlockHeadContext& head);
  Declaration BodyHead(Parser::BodyHeadContext& head);
  Declaration InvariantHead(Parser::InvariantHeadContext& head);
  Declaration TestHead(Parser::TestHeadContext& head);
  Declaration Secret(Parser::SecretContext& secret);
  Declaration Tools(Parser::ToolsContext& tools);
  Declaration Import(Parser::Import_Context& import);
  Attribute ReadAttribute(Parser::AttributeContext& attribute);
  Rule ReadRule(Parser::Rule_Context& rule);
  Use ReadUse(Parser::UseContext& use);
  BodyItem InHead(Parser::InHeadContext& head);
  InvariantClause ReadInvariantClause(Parser::InvariantClauseContext& clause);
  TestCall ReadTestCall(Parser::TestCallContext& call);
  Name TestDirectory(Parser::TestInContext& in);
  Name TestPrincipal(Parser::TestAsContext& as);
  Expr ReadLoneCondition(Parser::LoneConditionContext& tree) {
    return ReadCondition(*tree.condition());
  }

  // The bytes of a token or a tree.
  Span SpanOf(const antlr4::Token& token) const;
  Span SpanOf(antlr4::ParserRuleContext& tree) const;
  std::string_view Text(Span span) const { return region_.Text(span); }

 private:
  // What stands behind the effect of a rule, and in an invariant.
  struct Target {
    CallKind kind = CallKind::kTool;
    std::optional<Name> server;
    std::vector<Pattern> patterns;
  };

  // builder_value.cc
  Value ReadValue(Parser::ValueContext& value);
  Value ReadMap(Parser::MapContext& map);
  std::vector<Value> ReadValues(const std::vector<Parser::ValueContext*>& values);
  Value StringValue(antlr4::Token& token);
  Value RegexValue(antlr4::Token& token);
  Value NumberValue(antlr4::Token& token);
  Value DurationValue(antlr4::Token& token);
  Value KeywordValue(antlr4::Token& token);  // true, false, null, or a word
  Name StringName(antlr4::Token& token);
  Name WordName(antlr4::ParserRuleContext& word, NameUse use);
  Name WordOrString(Parser::WordContext* word, antlr4::tree::TerminalNode* string, NameUse use);

  // builder_rule.cc
  Target ReadTarget(Parser::TargetContext& target);
  std::vector<Pattern> ReadPatterns(Parser::PatternsContext& patterns);
  Pattern ReadPattern(Parser::PatternContext& pattern);
  std::vector<Name> ReadPaths(Parser::PathsContext& paths);
  std::vector<Name> ReadPrincipals(Parser::PrincipalsContext& principals);
  void ReadClause(Parser::ClauseContext& clause, Rule& rule);
  void ReadBound(Parser::BoundContext& bound, InvariantClause& clause);

  // builder_condition.cc
  Expr ReadCondition(Parser::ConditionContext& condition);
  ExprNode ReadPrimary(Parser::PrimaryContext& primary);
  void ReadComparison(Parser::ComparisonContext& comparison, ExprNode& node);
  Operand ReadOperand(Parser::OperandContext& operand);
  Operand ArgumentOperand(antlr4::Token& token);
  Value ReadLiteral(Parser::LiteralContext& literal);
  Operand ReadLiterals(Parser::LiteralsContext& literals);

  const Region region_;
  source::Diagnostics& diagnostics_;
};

// Notices what is given twice: E0109 with the place of the first. One for each statement.
class OnlyOnce {
 public:
  // `where` completes "`using` is given twice in ...".
  OnlyOnce(std::string_view where, source::Diagnostics& diagnostics)
      : where_(where), diagnostics_(diagnostics) {}

  // Whether the keyword at `span`, a token of type `type`, is the first of its kind.
  bool First(size_t type, std::string_view keyword, Span span);

 private:
  std::string_view where_;
  source::Diagnostics& diagnostics_;
  std::vector<std::pair<size_t, Span>> seen_;
};

}  // namespace mcplexer::syntax

#endif  // MCPLEXER_COMPILER_SYNTAX_BUILDER_H_
