// SPDX-License-Identifier: Apache-2.0
// Declarations, their bodies' statements, and tests.

#include "compiler/syntax/builder.h"

namespace mcplexer::syntax {

using Parser = grammar::PlexParser;

Declaration Builder::BlockHead(Parser::BlockHeadContext& head) {
  Declaration result;
  switch (head.getStart()->getType()) {
    case Parser::SERVER:
      result.kind = Declaration::Kind::kServer;
      break;
    case Parser::SCOPE:
      result.kind = Declaration::Kind::kScope;
      break;
    case Parser::PROVIDER:
      result.kind = Declaration::Kind::kProvider;
      break;
    default:
      result.kind = Declaration::Kind::kPrincipal;
      break;
  }
  result.name = WordName(*head.name(), NameUse::kDeclared);
  result.span = SpanOf(head);
  return result;
}

Declaration Builder::BodyHead(Parser::BodyHeadContext& head) {
  Declaration result;
  const bool is_template = head.TEMPLATE() != nullptr;
  result.kind = is_template ? Declaration::Kind::kTemplate : Declaration::Kind::kWorkspace;
  const std::vector<Parser::NameContext*> names = head.name();
  result.name = WordName(*names[0], NameUse::kDeclared);
  for (size_t i = 1; i < names.size(); ++i) {
    result.parameters.push_back(WordName(*names[i], NameUse::kDeclared));
  }
  result.span = SpanOf(head);
  return result;
}

Declaration Builder::InvariantHead(Parser::InvariantHeadContext& head) {
  Declaration result;
  result.kind = Declaration::Kind::kInvariant;
  result.name = WordName(*head.name(), NameUse::kDeclared);
  result.span = SpanOf(head);
  return result;
}

Declaration Builder::TestHead(Parser::TestHeadContext& head) {
  Declaration result;
  result.kind = Declaration::Kind::kTest;
  result.name = StringName(*head.STRING()->getSymbol());
  result.span = SpanOf(head);
  return result;
}

Declaration Builder::Secret(Parser::SecretContext& secret) {
  Declaration result;
  result.kind = Declaration::Kind::kSecret;
  result.name = WordName(*secret.name(), NameUse::kDeclared);
  result.value = ReadValue(*secret.value());
  result.span = SpanOf(secret);
  return result;
}

Declaration Builder::Tools(Parser::ToolsContext& tools) {
  Declaration result;
  result.kind = Declaration::Kind::kTools;
  result.name = WordName(*tools.name(), NameUse::kDeclared);
  for (Parser::PatternContext* pattern : tools.pattern()) {
    result.patterns.push_back(ReadPattern(*pattern));
  }
  result.span = SpanOf(tools);
  return result;
}

Declaration Builder::Import(Parser::Import_Context& import) {
  Declaration result;
  result.kind = Declaration::Kind::kImport;
  result.name = StringName(*import.STRING()->getSymbol());
  result.span = SpanOf(import);
  return result;
}

Attribute Builder::ReadAttribute(Parser::AttributeContext& tree) {
  Attribute result;
  Parser::KeyContext& key = *tree.key();
  result.is_set = tree.SET() != nullptr;
  result.key = WordOrString(key.word(), key.STRING(), NameUse::kKey);
  result.value = ReadValue(*tree.value());
  result.span = SpanOf(tree);
  return result;
}

Use Builder::ReadUse(Parser::UseContext& use) {
  return {WordName(*use.name(), NameUse::kReference), ReadValues(use.value()), SpanOf(use)};
}

BodyItem Builder::InHead(Parser::InHeadContext& head) {
  BodyItem result;
  result.kind = BodyItem::Kind::kIn;
  result.paths = ReadPaths(*head.paths());
  result.span = SpanOf(head);
  return result;
}

Name Builder::TestDirectory(Parser::TestInContext& in) {
  return StringName(*in.STRING()->getSymbol());
}

Name Builder::TestPrincipal(Parser::TestAsContext& as) {
  return WordName(*as.name(), NameUse::kReference);
}

TestCall Builder::ReadTestCall(Parser::TestCallContext& tree) {
  TestCall call;
  call.span = SpanOf(tree);
  Parser::CalledContext& called = *tree.called();
  call.kind = called.RESOURCE() != nullptr ? CallKind::kResource
              : called.PROMPT() != nullptr ? CallKind::kPrompt
                                           : CallKind::kTool;
  call.name = WordOrString(called.word(), called.STRING(), NameUse::kTool);
  if (Parser::MapContext* map = tree.map()) call.arguments = ReadMap(*map);
  call.expect = tree.ALLOW() != nullptr     ? Effect::kAllow
                : tree.APPROVE() != nullptr ? Effect::kApprove
                                            : Effect::kDeny;
  OnlyOnce once("one expectation", diagnostics_);
  for (Parser::OutcomeContext* outcome : tree.outcome()) {
    const Span keyword = SpanOf(*outcome->getStart());
    if (!once.First(outcome->getStart()->getType(), Text(keyword), keyword)) continue;
    switch (outcome->getStart()->getType()) {
      case Parser::VIA:
        call.via = WordName(*outcome->name(), NameUse::kReference);
        break;
      case Parser::USING:
        call.scope = WordName(*outcome->name(), NameUse::kReference);
        break;
      case Parser::BY: {
        antlr4::ParserRuleContext* rule = outcome->name();
        if (rule == nullptr) rule = outcome->reference();
        call.rule = WordName(*rule, NameUse::kRuleId);
        break;
      }
      default:
        call.reason = StringName(*outcome->STRING()->getSymbol());
        break;
    }
  }
  return call;
}

}  // namespace mcplexer::syntax
