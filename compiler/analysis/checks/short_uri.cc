// SPDX-License-Identifier: Apache-2.0
// W0504 for the URIs of resources, where `*` ends at a slash as well: an allow or approve rule for
// `file:///srv/docs/*` that matches no resource of the inventory, while `**` would match one that
// is denied.
//
// A rule that matches one resource that there is says what it was written for, and that it leaves
// others out may be meant. Where a server records templates, its resources are not all there are.
#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "compiler/analysis/attribution.h"
#include "compiler/analysis/checks/checks.h"
#include "compiler/analysis/describe.h"
#include "compiler/analysis/written_patterns.h"
#include "compiler/inventory/inventory.h"
#include "compiler/source/printable.h"

namespace mcplexer::analysis {
namespace {

using model::NamePattern;
using model::Rule;

// The glob with its last star made two; absent where that is no lone star outside of a set.
std::optional<std::string> WithLastStarDoubled(const std::string& glob) {
  std::optional<size_t> last;
  bool in_set = false;
  for (size_t i = 0; i < glob.size(); ++i) {
    const char c = glob[i];
    if (c == '\\') {
      ++i;
    } else if (c == '[' || c == ']') {
      in_set = c == '[';
    } else if (c == '*' && !in_set) {
      last = i;
    }
  }
  if (!last || (*last > 0 && glob[*last - 1] == '*')) return std::nullopt;
  return std::string(glob).insert(*last, 1, '*');
}

// The first of the resources that the pattern matches.
const inventory::Item* Matched(const std::vector<inventory::Item>& resources,
                               const automata::Dfa& pattern) {
  const auto found = std::ranges::find_if(
      resources, [&](const inventory::Item& item) { return pattern.Matches(item.name); });
  return found == resources.end() ? nullptr : &*found;
}

// What becomes of the resource where the rule matches; absent where it is let through.
std::optional<std::string> Denied(const CallSearch& search, RuleId id, const std::string& uri) {
  Query query;
  query.matching = {id};
  Answer answer = search.Find(query);
  if (answer.kind != Answer::Kind::kFound) return std::nullopt;
  answer.call.name = uri;
  if (search.interpreter().Decide(answer.call).verdict != reference::Outcome::Verdict::kDeny) {
    return std::nullopt;
  }
  return DescribeDecision(search, answer.call);
}

void Look(const LintContext& context, RuleId id, const NamePattern& pattern,
          source::Diagnostics& diagnostics) {
  const Rule& rule = context.policy().rules[id.index()];
  const std::string& server = context.policy().servers[rule.server.index()].name;
  const inventory::Server* known = context.inventory->Find(server);
  if (known == nullptr || !known->of(inventory::Kind::kTemplate).empty()) return;
  const auto& resources = known->of(inventory::Kind::kResource);
  const auto whole = WithLastStarDoubled(pattern.text);
  if (pattern.regex || !whole || context.space().box(id).empty) return;
  const auto narrow = LanguageOf(pattern, Subject::kUri);
  const auto wide = LanguageOf({false, *whole, {}}, Subject::kUri);
  if (!narrow || !wide || Matched(resources, *narrow) != nullptr) return;
  const inventory::Item* meant = Matched(resources, *wide);
  if (meant == nullptr) return;
  const auto denied = Denied(context.search, id, meant->name);
  if (!denied) return;
  auto& diagnostic = ReportRule(diagnostics, source::Code::kSuspiciousGlob, rule, pattern.span,
                                fmt::format("no known resource of `{}` matches `{}`", server,
                                            source::Printable(pattern.text)))
                         .Mark("`*` ends at a slash")
                         .Help(fmt::format("`{}` would match `{}`", source::Printable(*whole),
                                           source::Printable(meant->name)));
  if (context.sources.text(pattern.span) == "\"" + pattern.text + "\"") {
    diagnostic.Offer({source::Applicability::kUnsafe,
                      "take in what lies below",
                      {{pattern.span, "\"" + *whole + "\""}}});
  }
}

}  // namespace

void CheckShortUris(const LintContext& context, source::Diagnostics& diagnostics) {
  if (context.inventory == nullptr) return;
  std::set<source::Span> seen;
  for (size_t r = 0; r < context.policy().rules.size(); ++r) {
    const Rule& rule = context.policy().rules[r];
    if (rule.effect == model::Effect::kDeny || rule.kind != model::CallKind::kResource) continue;
    for (const NamePattern& pattern : rule.names) {
      if (IsStandardLibrary(context.sources, pattern.span.file)) continue;
      if (seen.insert(pattern.span).second) Look(context, RuleId(r), pattern, diagnostics);
    }
  }
}

}  // namespace mcplexer::analysis
