// SPDX-License-Identifier: Apache-2.0
// Names and values. ReadValue recurses as deep as brackets nest, which the token window bounds.

#include <fmt/format.h>

#include "compiler/syntax/builder.h"

namespace mcplexer::syntax {

using Parser = grammar::PlexParser;

Span Builder::SpanOf(const antlr4::Token& token) const {
  return region_.SpanOf(token.getStartIndex(), token.getStopIndex() + 1);
}

Span Builder::SpanOf(antlr4::ParserRuleContext& tree) const {
  const Span first = SpanOf(*tree.getStart());
  return {first.file, first.begin, SpanOf(*tree.getStop()).end};
}

Value Builder::StringValue(antlr4::Token& token) {
  Value value;
  value.kind = Value::Kind::kString;
  value.span = SpanOf(token);
  value.text = UnquoteString(Text(value.span), value.span, diagnostics_);
  return value;
}

Value Builder::RegexValue(antlr4::Token& token) {
  Value value;
  value.kind = Value::Kind::kRegex;
  value.span = SpanOf(token);
  value.text = UnquoteRegex(Text(value.span));
  return value;
}

Value Builder::NumberValue(antlr4::Token& token) {
  Value value;
  value.kind = Value::Kind::kNumber;
  value.span = SpanOf(token);
  value.text = std::string(Text(value.span));
  return value;
}

Value Builder::DurationValue(antlr4::Token& token) {
  Value value;
  value.kind = Value::Kind::kDuration;
  value.span = SpanOf(token);
  value.text = std::string(Text(value.span));
  value.number = ReadDuration(value.text, value.span, diagnostics_);
  return value;
}

Value Builder::KeywordValue(antlr4::Token& token) {
  Value value;
  value.span = SpanOf(token);
  switch (token.getType()) {
    case Parser::TRUE:
    case Parser::FALSE:
      value.kind = Value::Kind::kBool;
      value.boolean = token.getType() == Parser::TRUE;
      break;
    case Parser::NULL_:
      break;
    default:
      value.kind = Value::Kind::kWord;
      value.text = std::string(Text(value.span));
      CheckVisible(value.text, value.span, diagnostics_);
      break;
  }
  return value;
}

Value Builder::ReadValue(Parser::ValueContext& tree) {
  antlr4::Token& first = *tree.getStart();
  if (Parser::CallContext* call = tree.call()) {
    Value value;
    value.kind = Value::Kind::kCall;
    value.span = SpanOf(*call);
    value.text = std::string(Text(SpanOf(*call->word())));
    value.items = ReadValues(call->value());
    return value;
  }
  if (Parser::ListContext* list = tree.list()) {
    Value value;
    value.kind = Value::Kind::kList;
    value.span = SpanOf(*list);
    value.items = ReadValues(list->value());
    return value;
  }
  if (Parser::MapContext* map = tree.map()) return ReadMap(*map);
  switch (first.getType()) {
    case Parser::STRING:
      return StringValue(first);
    case Parser::REGEX:
      return RegexValue(first);
    case Parser::NUMBER:
      return NumberValue(first);
    case Parser::DURATION:
      return DurationValue(first);
    default:
      return KeywordValue(first);
  }
}

std::vector<Value> Builder::ReadValues(const std::vector<Parser::ValueContext*>& values) {
  std::vector<Value> result;
  result.reserve(values.size());
  for (Parser::ValueContext* value : values) result.push_back(ReadValue(*value));
  return result;
}

Value Builder::ReadMap(Parser::MapContext& map) {
  Value value;
  value.kind = Value::Kind::kMap;
  value.span = SpanOf(map);
  for (Parser::EntryContext* entry : map.entry()) {
    Parser::KeyContext& key = *entry->key();
    value.entries.push_back(
        {WordOrString(key.word(), key.STRING(), NameUse::kKey), ReadValue(*entry->value())});
  }
  return value;
}

Name Builder::StringName(antlr4::Token& token) {
  const Span span = SpanOf(token);
  return {UnquoteString(Text(span), span, diagnostics_), span};
}

Name Builder::WordName(antlr4::ParserRuleContext& word, NameUse use) {
  Name name{std::string(Text(SpanOf(word))), SpanOf(word)};
  CheckName(name.text, use, name.span, diagnostics_);
  return name;
}

Name Builder::WordOrString(Parser::WordContext* word, antlr4::tree::TerminalNode* string,
                           NameUse use) {
  return word != nullptr ? WordName(*word, use) : StringName(*string->getSymbol());
}

bool OnlyOnce::First(size_t type, std::string_view keyword, Span span) {
  for (const auto& [seen, first] : seen_) {
    if (seen != type) continue;
    diagnostics_
        .Report(source::Code::kDuplicateKey, span,
                fmt::format("`{}` is given twice in {}", keyword, where_))
        .Also(first, "the first is here");
    return false;
  }
  seen_.emplace_back(type, span);
  return true;
}

}  // namespace mcplexer::syntax
