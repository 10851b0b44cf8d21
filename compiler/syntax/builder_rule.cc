// SPDX-License-Identifier: Apache-2.0
// Rules and the clauses of invariants.

#include "compiler/syntax/builder.h"

namespace mcplexer::syntax {

using Parser = grammar::PlexParser;

Pattern Builder::ReadPattern(Parser::PatternContext& tree) {
  antlr4::Token& token = *tree.getStart();
  Pattern pattern;
  pattern.span = SpanOf(token);
  const std::string_view text = Text(pattern.span);
  switch (token.getType()) {
    case Parser::STRING:
      pattern.text = UnquoteString(text, pattern.span, diagnostics_);
      break;
    case Parser::REGEX:
      pattern.kind = Pattern::Kind::kRegex;
      pattern.text = UnquoteRegex(text);
      break;
    case Parser::SET_NAME: {
      pattern.kind = Pattern::Kind::kSet;
      pattern.text = std::string(text.substr(1));
      const Span name{pattern.span.file, pattern.span.begin + 1, pattern.span.end};
      CheckName(pattern.text, NameUse::kReference, name, diagnostics_);
      break;
    }
    default:
      pattern.text = std::string(text);
      CheckVisible(pattern.text, pattern.span, diagnostics_);
      break;
  }
  return pattern;
}

std::vector<Pattern> Builder::ReadPatterns(Parser::PatternsContext& patterns) {
  std::vector<Pattern> result;
  for (Parser::PatternContext* pattern : patterns.pattern()) {
    result.push_back(ReadPattern(*pattern));
  }
  return result;
}

std::vector<Name> Builder::ReadPaths(Parser::PathsContext& paths) {
  std::vector<Name> result;
  for (antlr4::tree::TerminalNode* path : paths.STRING()) {
    result.push_back(StringName(*path->getSymbol()));
  }
  return result;
}

std::vector<Name> Builder::ReadPrincipals(Parser::PrincipalsContext& principals) {
  std::vector<Name> result;
  for (Parser::PrincipalContext* principal : principals.principal()) {
    result.push_back(WordOrString(principal->word(), principal->STRING(), NameUse::kReference));
  }
  return result;
}

Builder::Target Builder::ReadTarget(Parser::TargetContext& tree) {
  Target target;
  if (tree.RESOURCE() != nullptr) {
    target.kind = CallKind::kResource;
    target.server = WordName(*tree.name(), NameUse::kReference);
  } else if (tree.PROMPT() != nullptr) {
    target.kind = CallKind::kPrompt;
  }
  target.patterns = ReadPatterns(*tree.patterns());
  return target;
}

Rule Builder::ReadRule(Parser::Rule_Context& tree) {
  Rule rule;
  antlr4::Token& effect = *tree.getStart();
  rule.effect = effect.getType() == Parser::ALLOW     ? Effect::kAllow
                : effect.getType() == Parser::APPROVE ? Effect::kApprove
                                                      : Effect::kDeny;
  rule.effect_span = SpanOf(effect);
  rule.span = SpanOf(tree);
  rule.head_span = {rule.span.file, rule.span.begin, SpanOf(*tree.target()).end};
  Target target = ReadTarget(*tree.target());
  rule.kind = target.kind;
  rule.resource_server = std::move(target.server);
  rule.patterns = std::move(target.patterns);
  OnlyOnce once("one rule", diagnostics_);
  for (Parser::ClauseContext* clause : tree.clause()) {
    const Span keyword = SpanOf(*clause->getStart());
    if (once.First(clause->getStart()->getType(), Text(keyword), keyword)) {
      ReadClause(*clause, rule);
    }
  }
  return rule;
}

void Builder::ReadClause(Parser::ClauseContext& clause, Rule& rule) {
  const auto name = [&] { return WordName(*clause.name(), NameUse::kReference); };
  switch (clause.getStart()->getType()) {
    case Parser::EXCEPT:
      rule.except = ReadPatterns(*clause.patterns());
      break;
    case Parser::FOR:
      rule.principals = ReadPrincipals(*clause.principals());
      break;
    case Parser::IN:
      rule.paths = ReadPaths(*clause.paths());
      break;
    case Parser::USING:
      rule.scope = name();
      break;
    case Parser::VIA:
      rule.via = name();
      break;
    case Parser::WHEN:
      rule.when = ReadCondition(*clause.condition());
      break;
    case Parser::REQUIRE:
      rule.require = ReadCondition(*clause.condition());
      break;
    case Parser::PRIORITY:
      rule.priority = NumberValue(*clause.NUMBER()->getSymbol());
      break;
    case Parser::TIMEOUT:
      rule.timeout = DurationValue(*clause.DURATION()->getSymbol());
      break;
    case Parser::QUORUM:
      rule.quorum = NumberValue(*clause.NUMBER()->getSymbol());
      break;
    case Parser::APPROVERS:
      rule.approvers = ReadPrincipals(*clause.principals());
      break;
    case Parser::LOG:
      rule.log = name();
      break;
    case Parser::BECAUSE:
      rule.because = StringName(*clause.STRING()->getSymbol());
      break;
    default:
      rule.id = name();
      break;
  }
}

InvariantClause Builder::ReadInvariantClause(Parser::InvariantClauseContext& tree) {
  InvariantClause clause;
  if (tree.ALWAYS() != nullptr) clause.kind = InvariantClause::Kind::kAlwaysDeny;
  clause.span = SpanOf(tree);
  Target target = ReadTarget(*tree.target());
  clause.call_kind = target.kind;
  clause.resource_server = std::move(target.server);
  clause.patterns = std::move(target.patterns);
  OnlyOnce once("one statement of an invariant", diagnostics_);
  for (Parser::BoundContext* bound : tree.bound()) {
    const Span keyword = SpanOf(*bound->getStart());
    if (once.First(bound->getStart()->getType(), Text(keyword), keyword)) ReadBound(*bound, clause);
  }
  return clause;
}

void Builder::ReadBound(Parser::BoundContext& bound, InvariantClause& clause) {
  switch (bound.getStart()->getType()) {
    case Parser::WITHOUT:
      if (clause.kind == InvariantClause::Kind::kAlwaysDeny) {
        diagnostics_.Report(source::Code::kMeaninglessClause, SpanOf(bound),
                            "`without approval` has no meaning after `always deny`");
        break;
      }
      clause.kind = InvariantClause::Kind::kNeverAllowWithoutApproval;
      break;
    case Parser::EXCEPT:
      clause.except = ReadPatterns(*bound.patterns());
      break;
    case Parser::FOR:
      clause.principals = ReadPrincipals(*bound.principals());
      break;
    case Parser::IN:
      clause.paths = ReadPaths(*bound.paths());
      break;
    default:
      clause.when = ReadCondition(*bound.condition());
      break;
  }
}

}  // namespace mcplexer::syntax
