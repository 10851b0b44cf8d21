// SPDX-License-Identifier: Apache-2.0
#include "compiler/syntax/parse_condition.h"

#include <PlexLexer.h>

#include "compiler/syntax/builder.h"
#include "compiler/syntax/message.h"
#include "compiler/syntax/statement_parser.h"
#include "compiler/syntax/token_window.h"

namespace mcplexer::syntax {
namespace {

std::optional<Expr> Parse(const Region& region, const source::Limits& limits,
                          source::Diagnostics& diagnostics) {
  ByteStream bytes(region.text);
  grammar::PlexLexer lexer(&bytes);
  lexer.removeErrorListeners();
  TokenWindow window(lexer, limits);
  StatementParser parser(window);
  auto* tree = parser.Parse(
      [](grammar::PlexParser& p) -> antlr4::ParserRuleContext* { return p.loneCondition(); });
  if (window.overflow()) {
    SyntaxMessage(region, diagnostics).LimitExceeded(*window.overflow(), limits);
    return std::nullopt;
  }
  if (tree == nullptr) {
    SyntaxMessage(region, diagnostics).Malformed(parser.failure());
    return std::nullopt;
  }
  const size_t errors = diagnostics.all().size();
  Expr expr =
      Builder(region, diagnostics)
          .ReadLoneCondition(*static_cast<grammar::PlexParser::LoneConditionContext*>(tree));
  if (diagnostics.all().size() > errors) return std::nullopt;
  return expr;
}

void Place(Span place, Operand& operand) {
  operand.span = place;
  operand.literal.span = place;
  for (Value& item : operand.literal.items) item.span = place;
}

}  // namespace

std::optional<Expr> ParseCondition(const source::SourceMap& sources, Span text_span,
                                   std::string_view text, const source::Limits& limits,
                                   source::Diagnostics& diagnostics) {
  if (sources.text(text_span) == text) {
    return Parse({text, text_span.file, text_span.begin}, limits, diagnostics);
  }
  // Offsets into `text` mean nothing in the file: everything gets the one place that does.
  source::Diagnostics own;
  std::optional<Expr> expr = Parse({text, text_span.file, 0}, limits, own);
  for (source::Diagnostic diagnostic : own.all()) {
    diagnostic.primary.span = text_span;
    for (source::Label& label : diagnostic.secondary) label.span = text_span;
    diagnostics.Add(std::move(diagnostic));
  }
  if (!expr) return expr;
  expr->span = text_span;
  for (ExprNode& node : expr->nodes) {
    node.span = text_span;
    Place(text_span, node.lhs);
    Place(text_span, node.rhs);
  }
  return expr;
}

}  // namespace mcplexer::syntax
