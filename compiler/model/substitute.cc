// SPDX-License-Identifier: Apache-2.0
#include "compiler/model/substitute.h"

#include <fmt/format.h>

#include <string_view>
#include <vector>

#include "compiler/model/references.h"
#include "compiler/model/rule_texts.h"

namespace mcplexer::model {

std::optional<std::string> Substitute(const std::string& text, Span span, const Bindings& bindings,
                                      Reporter& reporter) {
  if (!MayHoldReferences(text)) return text;
  const auto bad = [&](size_t offset, size_t length, std::string message) -> source::Diagnostic& {
    return reporter.Report(Code::kBadTemplateUse, reporter.Narrow(span, text, offset, length),
                           std::move(message));
  };
  const auto pieces = SplitReferences(text);
  if (!pieces) {
    const TextError& error = pieces.error();
    bad(error.offset, error.length, error.message).Help("write `$${` for the text `${`");
    return std::nullopt;
  }
  std::string result;
  for (const TextPiece& piece : *pieces) {
    if (!piece.reference) {
      result += piece.text;
      continue;
    }
    const auto at = bindings.find(piece.text);
    if (at != bindings.end()) {
      result += at->second;
      continue;
    }
    source::Diagnostic& diagnostic = bad(
        piece.offset, piece.length,
        bindings.empty()
            ? fmt::format("`${{{}}}` stands for nothing: there are no parameters here", piece.text)
            : fmt::format("`${{{}}}` is no parameter of the template", piece.text));
    std::vector<std::string_view> parameters;
    for (const auto& [name, value] : bindings) parameters.push_back(name);
    reporter.Suggest(diagnostic, piece.text, parameters);
    diagnostic.Help("write `$${` for the text `${`");
    return std::nullopt;
  }
  return result;
}

bool HoldsReferences(const syntax::Rule& rule) {
  bool found = false;
  ForEachText(rule,
              [&](const std::string& text, Span) { found = found || MayHoldReferences(text); });
  return found;
}

bool Substitute(syntax::Rule& rule, const Bindings& bindings, Reporter& reporter) {
  bool good = true;
  ForEachText(rule, [&](std::string& text, Span span) {
    if (!MayHoldReferences(text)) return;
    if (auto replaced = Substitute(text, span, bindings, reporter)) {
      text = std::move(*replaced);
    } else {
      good = false;
    }
  });
  return good;
}

}  // namespace mcplexer::model
