// SPDX-License-Identifier: Apache-2.0
#include "compiler/analysis/describe.h"

#include <fmt/format.h>

namespace mcplexer::analysis {

std::string DescribeCall(const model::Policy& policy, const reference::Call& call,
                         const std::string& home) {
  std::string directory = call.directory;
  if (directory == home || directory.starts_with(home + "/")) {
    directory = "~" + directory.substr(home.size());
  }
  std::string_view verb = call.kind == model::CallKind::kTool     ? "call"
                          : call.kind == model::CallKind::kPrompt ? "get prompt"
                                                                  : "read resource";
  std::string text = fmt::format("in `{}` {} `{}`", directory, verb, call.name);
  if (call.kind == model::CallKind::kResource) {
    text += fmt::format(" of `{}`", policy.servers[call.server.index()].name);
  }
  if (!call.arguments.empty() && call.arguments != "{}") text += " with " + call.arguments;
  if (const std::string& name = policy.principals[call.principal.index()].name; !name.empty()) {
    text += fmt::format(" as `{}`", name);
  }
  if (!call.client.empty()) text += fmt::format(" from client `{}`", call.client);
  if (!call.model.empty()) text += fmt::format(" by model `{}`", call.model);
  return text;
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
  if (!outcome.rules.empty()) {
    text += fmt::format(" by `{}`", search.policy().rules[outcome.rules.front().index()].id);
  }
  return text;
}

}  // namespace mcplexer::analysis
