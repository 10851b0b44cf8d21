// SPDX-License-Identifier: Apache-2.0
// W0504, the plain half: `**` in the glob of a name, where there are no segments and one `*` says
// the same. Who writes it has paths or URIs in mind.
#include <fmt/format.h>

#include <set>
#include <string>

#include "compiler/analysis/checks/checks.h"
#include "compiler/analysis/written_patterns.h"
#include "compiler/source/printable.h"

namespace mcplexer::analysis {
namespace {

// `text` with each run of stars made one; stars in a set or behind a backslash are characters.
std::string WithSingleStars(std::string_view text) {
  std::string result;
  bool in_set = false;
  bool star = false;  // the last character is one that stands for something
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '*' && !in_set) {
      if (!star) result += c;
      star = true;
      continue;
    }
    star = false;
    result += c;
    if (c == '\\' && i + 1 < text.size()) {
      result += text[++i];
    } else if (c == '[' || c == ']') {
      in_set = c == '[';
    }
  }
  return result;
}

}  // namespace

void CheckDoubleStars(const LintContext& context, source::Diagnostics& diagnostics) {
  std::set<source::Span> seen;
  for (const WrittenList& list : WrittenLists(context)) {
    if (list.subject != Subject::kName) continue;
    for (const model::NamePattern& pattern : list.patterns) {
      if (pattern.regex) continue;
      const std::string single = WithSingleStars(pattern.text);
      if (single == pattern.text || !seen.insert(pattern.span).second) continue;
      auto& diagnostic = diagnostics
                             .Report(source::Code::kSuspiciousGlob, pattern.span,
                                     fmt::format("`**` in `{}` is no more than `*`",
                                                 source::Printable(pattern.text)))
                             .Mark("a name has no segments")
                             .Help(fmt::format("write `{}`", source::Printable(single)));
      // What stands there may be quoted, escaped or come from a template.
      if (context.sources.text(pattern.span) == pattern.text) {
        diagnostic.Offer({source::Applicability::kSafe, "write one `*`", {{pattern.span, single}}});
      }
    }
  }
}

}  // namespace mcplexer::analysis
