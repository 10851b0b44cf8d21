// SPDX-License-Identifier: Apache-2.0
#include "compiler/testing/expectation.h"

#include <fmt/format.h>

#include <string_view>

#include "compiler/explain/explanation.h"
#include "compiler/source/printable.h"

namespace mcplexer::testing {
namespace {

using source::Printable;

template <typename Item, typename Id>
std::string Named(const std::vector<Item>& items, Id id, std::string_view what) {
  return id.valid() ? fmt::format("`{}`", Printable(items[id.index()].name))
                    : fmt::format("no {}", what);
}

std::string Quoted(std::string_view text) {
  return text.empty() ? "no text" : fmt::format("\"{}\"", Printable(text));
}

}  // namespace

std::vector<std::string> Mismatches(const model::Policy& policy, const model::TestCall& call,
                                    const decide::Decision& decision) {
  std::vector<std::string> lines;
  const auto expect = [&](std::string_view what, const std::string& expected,
                          const std::string& found) {
    lines.push_back(fmt::format("expected {}{}, found {}", what, expected, found));
  };
  const std::string_view effect = explain::ToString(call.effect);
  if (effect != ToString(decision.verdict)) {
    expect("", fmt::format("`{}`", effect), fmt::format("`{}`", ToString(decision.verdict)));
  }
  if (call.server.valid() && call.server != decision.server) {
    expect("server ", Named(policy.servers, call.server, ""),
           Named(policy.servers, decision.server, "server"));
  }
  if (call.scope.valid() && call.scope != decision.scope) {
    expect("scope ", Named(policy.scopes, call.scope, ""),
           Named(policy.scopes, decision.scope, "scope"));
  }
  const model::Rule* rule = decision.rule.valid() ? &policy.rules[decision.rule.index()] : nullptr;
  if (call.rule.valid() && call.rule != decision.rule) {
    expect("rule ", fmt::format("`{}`", Printable(policy.rules[call.rule.index()].id)),
           rule == nullptr ? "no rule" : fmt::format("`{}`", Printable(rule->id)));
  }
  const std::string_view because = rule == nullptr ? std::string_view() : rule->because;
  if (call.because && *call.because != because) {
    expect("because ", Quoted(*call.because), Quoted(because));
  }
  return lines;
}

}  // namespace mcplexer::testing
