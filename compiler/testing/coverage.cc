// SPDX-License-Identifier: Apache-2.0
#include "compiler/testing/coverage.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <tuple>

#include "compiler/explain/explanation.h"
#include "compiler/source/printable.h"

namespace mcplexer::testing {
namespace {

std::string Calls(size_t count) { return fmt::format("{} call{}", count, count == 1 ? "" : "s"); }

std::string UseText(const RuleUse& use) {
  if (use.decided > 0) return "decides " + Calls(use.decided);
  if (use.matched > 0) return fmt::format("never decides, matches {}", Calls(use.matched));
  return "never matches";
}

}  // namespace

size_t Coverage::decided_count() const {
  return static_cast<size_t>(
      std::ranges::count_if(rules, [](const RuleUse& use) { return use.decided > 0; }));
}

size_t Coverage::matched_count() const {
  return static_cast<size_t>(
      std::ranges::count_if(rules, [](const RuleUse& use) { return use.matched > 0; }));
}

size_t Coverage::permille() const {
  return rules.empty() ? 1000 : decided_count() * 1000 / rules.size();
}

bool Coverage::Reaches(double percent) const {
  if (rules.empty()) return true;
  return static_cast<double>(decided_count()) * 100 >= percent * static_cast<double>(rules.size());
}

Coverage Measure(const model::Policy& policy, const Run& run) {
  Coverage coverage;
  coverage.rules.resize(policy.rules.size());
  for (const TestResult& test : run.tests) {
    for (const CallResult& call : test.calls) {
      for (const decide::Considered& one : call.explanation.considered) {
        ++coverage.rules[one.rule.index()].matched;
      }
      const RuleId decider = call.explanation.decision.rule;
      if (decider.valid()) ++coverage.rules[decider.index()].decided;
    }
  }
  return coverage;
}

std::string PercentText(size_t permille) {
  return fmt::format("{}.{}", permille / 10, permille % 10);
}

std::vector<RuleId> ByPlace(const model::Policy& policy, const source::SourceMap& sources) {
  std::vector<RuleId> ids;
  for (size_t r = 0; r < policy.rules.size(); ++r) ids.emplace_back(r);
  std::ranges::sort(ids, {}, [&](RuleId id) {
    const model::Rule& rule = policy.rules[id.index()];
    // Ids of rules are unique, so equal places, those of a template, have an order too.
    return std::tuple<std::string_view, uint32_t, std::string_view>(sources.path(rule.span.file),
                                                                    rule.span.begin, rule.id);
  });
  return ids;
}

std::string CoverageText(const model::Policy& policy, const source::SourceMap& sources,
                         const Coverage& coverage) {
  std::string out = "rules that tests put to use:\n";
  size_t width = 0;
  for (const model::Rule& rule : policy.rules) width = std::max(width, rule.id.size());
  std::string_view file;
  for (const RuleId id : ByPlace(policy, sources)) {
    const model::Rule& rule = policy.rules[id.index()];
    const std::string_view path = sources.path(rule.span.file);
    if (path != file) out += fmt::format("  {}\n", source::Printable(path));
    file = path;
    const RuleUse& use = coverage.rules[id.index()];
    out += fmt::format("  {} {:>5}  {:<7}  {:<{}}  {}\n", use.decided > 0 ? ' ' : '!',
                       sources.position(rule.span.file, rule.span.begin).line,
                       explain::ToString(rule.effect), source::Printable(rule.id), width,
                       UseText(use));
  }
  return out + fmt::format("{} of {} rules decide a call ({} %), {} match one\n",
                           coverage.decided_count(), coverage.rules.size(),
                           PercentText(coverage.permille()), coverage.matched_count());
}

}  // namespace mcplexer::testing
