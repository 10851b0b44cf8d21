// SPDX-License-Identifier: Apache-2.0
// S0608: an approval with a `timeout` in which nobody can answer, or after which nobody knows any
// more what was asked. The language has no way to let a call through because nobody answered, so
// nothing worse than that can be written.
#include <fmt/format.h>

#include "compiler/analysis/attribution.h"
#include "compiler/analysis/checks/checks.h"

namespace mcplexer::analysis {
namespace {

// To notice a question, read it and answer takes longer.
constexpr uint32_t kShortestMs = 10'000;
// The conversation in which the call was made is over by then.
constexpr uint32_t kLongestMs = 24 * 3'600'000;

}  // namespace

void CheckApprovalTimeouts(const LintContext& context, source::Diagnostics& diagnostics) {
  for (const model::Rule& rule : context.policy().rules) {
    if (rule.effect != model::Effect::kApprove) continue;
    const uint32_t timeout = rule.approval.timeout_ms;
    if (timeout >= kShortestMs && timeout <= kLongestMs) continue;
    const bool is_short = timeout < kShortestMs;
    const std::string length = timeout % 3'600'000 == 0 ? fmt::format("{}h", timeout / 3'600'000)
                               : timeout % 1'000 == 0   ? fmt::format("{}s", timeout / 1'000)
                                                        : fmt::format("{}ms", timeout);
    ReportRule(diagnostics, source::Code::kApprovalTimeout, rule, rule.head_span,
               is_short
                   ? fmt::format("`{}` waits {} for a person", rule.id, length)
                   : fmt::format("`{}` can be approved {} after it was asked for", rule.id, length))
        .Mark(is_short ? "denied before anybody can have read it"
                       : "what it was asked for may have changed since")
        .Help("a few minutes are usual; without a `timeout` it is 5m");
  }
}

}  // namespace mcplexer::analysis
