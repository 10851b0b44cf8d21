// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <string_view>
#include <utility>

#include "compiler/syntax/literal.h"
#include "compiler/syntax/parse_condition.h"
#include "compiler/yaml/lower.h"

namespace mcplexer::yaml {

using source::Code;
using syntax::Pattern;

namespace {

constexpr std::string_view kRegex = "re\"";

// What .plex reads as one regular expression: it ends at the first quote without a backslash.
bool IsRegexToken(std::string_view text) {
  size_t i = kRegex.size();
  for (; i < text.size() && text[i] != '"'; ++i) {
    if (text[i] == '\\') ++i;
  }
  return i > kRegex.size() && i + 1 == text.size();
}

}  // namespace

bool LowerPatternsOf(const Context& context, const Record& record, std::string_view key,
                     std::vector<Pattern>& patterns) {
  bool sound = true;
  for (syntax::Name& name : record.GetNames(key)) {
    Pattern pattern;
    pattern.span = name.span;
    if (name.text.starts_with('@')) {
      pattern.kind = Pattern::Kind::kSet;
      pattern.text = name.text.substr(1);
      if (pattern.text.empty()) {
        context.diagnostics.Report(Code::kMalformedPattern, name.span,
                                   "`@` has to be followed by the name of a set of tools");
        sound = false;
      }
    } else if (name.text.starts_with(kRegex)) {
      pattern.kind = Pattern::Kind::kRegex;
      if (IsRegexToken(name.text)) {
        pattern.text = syntax::UnquoteRegex(name.text);
      } else {
        context.diagnostics
            .Report(Code::kMalformedPattern, name.span,
                    "a regular expression is written `re\"...\"` and not empty")
            .Help(
                "in YAML put the whole of it in single quotes: 're\"...\"'; a quote in it is "
                "`\\\"`");
        sound = false;
      }
    } else {
      pattern.text = std::move(name.text);
    }
    patterns.push_back(std::move(pattern));
  }
  return sound;
}

std::optional<syntax::Expr> LowerCondition(const Context& context, NodeId value) {
  return syntax::ParseCondition(context.sources, context.TextSpan(value),
                                context.document.text(value), context.limits, context.diagnostics);
}

}  // namespace mcplexer::yaml
