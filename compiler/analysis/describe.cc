// SPDX-License-Identifier: Apache-2.0
#include "compiler/analysis/describe.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>
#include <vector>

#include "compiler/source/printable.h"

namespace mcplexer::analysis {

std::string DescribeDirectory(const std::string& directory, const std::string& home) {
  if (directory != home && !directory.starts_with(home + "/")) return directory;
  return "~" + directory.substr(home.size());
}

std::string DescribeCall(const reference::Call& call, const CallNames& names) {
  std::string_view verb = call.kind == model::CallKind::kTool     ? "call"
                          : call.kind == model::CallKind::kPrompt ? "get prompt"
                                                                  : "read resource";
  std::string text = fmt::format("in `{}` {} `{}`", call.directory, verb, call.name);
  if (call.kind == model::CallKind::kResource) text += fmt::format(" of `{}`", names.server);
  if (!call.arguments.empty() && call.arguments != "{}") text += " with " + call.arguments;
  if (!names.principal.empty()) text += fmt::format(" as `{}`", names.principal);
  if (!call.client.empty()) text += fmt::format(" from client `{}`", call.client);
  if (!call.model.empty()) text += fmt::format(" by model `{}`", call.model);
  return text;
}

std::string DescribeCall(const model::Policy& policy, const reference::Call& call,
                         const std::string& home) {
  CallNames names;
  names.principal = policy.principals[call.principal.index()].name;
  if (call.kind == model::CallKind::kResource) {
    names.server = policy.servers[call.server.index()].name;
  }
  reference::Call shown = call;
  shown.directory = DescribeDirectory(call.directory, home);
  return DescribeCall(shown, names);
}

RuleId CitedRule(const CallSearch& search, const reference::Outcome& outcome) {
  const model::Policy& policy = search.policy();
  const std::vector<WorkspaceId> chain = policy.Chain(outcome.workspace);
  const auto key = [&](RuleId id) {
    const model::Rule& rule = policy.rules[id.index()];
    const auto distance = std::ranges::find(chain, rule.workspace) - chain.begin();
    return std::tuple(rule.when.valid(), distance, search.order().place[id.index()], id);
  };
  const auto first = std::ranges::min_element(outcome.rules, {}, key);
  return first == outcome.rules.end() ? RuleId() : *first;
}

std::string DescribeDecision(const CallSearch& search, const reference::Call& call) {
  using Verdict = reference::Outcome::Verdict;
  const reference::Outcome outcome = search.interpreter().Decide(call);
  const std::string_view verdict = outcome.verdict == Verdict::kAllow     ? "allow"
                                   : outcome.verdict == Verdict::kApprove ? "approve"
                                                                          : "deny";
  std::string text = fmt::format(
      "{} -> {}", DescribeCall(search.policy(), call, search.territory().home_directory()),
      verdict);
  if (const RuleId cited = CitedRule(search, outcome); cited.valid()) {
    text += fmt::format(" by `{}`", search.policy().rules[cited.index()].id);
  }
  return text;
}

std::string ArgumentText(const std::vector<syntax::PathStep>& path, size_t steps) {
  std::string text = "arg";
  for (size_t i = 0; i < std::min(steps, path.size()); ++i) {
    switch (path[i].kind) {
      case syntax::PathStep::Kind::kKey:
        text += "." + source::Printable(path[i].key);
        break;
      case syntax::PathStep::Kind::kIndex:
        text += fmt::format("[{}]", path[i].index);
        break;
      case syntax::PathStep::Kind::kEach:
        text += "[*]";
        break;
    }
  }
  return text;
}

}  // namespace mcplexer::analysis
