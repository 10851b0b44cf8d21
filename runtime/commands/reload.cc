// SPDX-License-Identifier: Apache-2.0
#include "runtime/commands/reload.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <system_error>
#include <vector>

#include "runtime/commands/running_gateways.h"
#include "runtime/json/document.h"
#include "runtime/json/writer.h"

namespace mcplexer::commands {
namespace {

struct ReloadOptions {
  std::string plan;
  RunningGateways gateways;
};

std::string MemberText(const json::Document& doc, std::string_view key) {
  const json::NodeId node = doc.Find(doc.Root(), key);
  if (!node.valid() || doc.TypeOf(node) != json::Type::kString) return {};
  std::string scratch;
  return std::string(doc.Unescape(node, scratch));
}

// What one gateway made of it.
int Reload(const RunningGateways& gateways, const std::string& gateway,
           const std::string& request) {
  const std::string process = ProcessOf(gateway);
  const control::Answer answer = gateways.Ask(gateway, request);
  json::Document doc;
  const bool read = answer.kind == control::Answer::Kind::kAnswered && doc.Parse(answer.text) &&
                    doc.TypeOf(doc.Root()) == json::Type::kObject;
  if (!read) {
    fmt::print(stderr, "mcplexer: gateway {}: {}\n", process, answer.text);
    return kToldUnanswered;
  }
  const std::string plan = MemberText(doc, "plan");
  if (const std::string error = MemberText(doc, "error"); !error.empty()) {
    fmt::print(stderr, "mcplexer: gateway {} keeps plan {}: {}\n", process, plan, error);
    return kToldRefused;
  }
  const std::string before = MemberText(doc, "before");
  fmt::print("gateway {}: plan {}{}\n", process, plan,
             plan == before ? ", as before" : ", in place of " + before);
  return kToldAll;
}

int Run(ReloadOptions& options) {
  auto gateways = options.gateways.Find();
  if (gateways && !options.plan.empty() && gateways->size() > 1) {
    auto one = options.gateways.FindOne();  // which says why not
    gateways = one ? Result<std::vector<std::string>>({*one}) : tl::unexpected(one.error());
  }
  if (!gateways) {
    fmt::print(stderr, "mcplexer: {}\n", gateways.error().message);
    return kToldNobody;
  }
  std::string request = R"({"command":"reload"})";
  if (!options.plan.empty()) {
    std::error_code error;
    const std::string path = std::filesystem::absolute(options.plan, error).string();
    request = fmt::format(R"({{"command":"reload","plan":{}}})", json::EscapeString(path));
  }
  int worst = kToldAll;
  for (const std::string& gateway : *gateways) {
    worst = std::max(worst, Reload(options.gateways, gateway, request));
  }
  return worst;
}

}  // namespace

void AddReload(CLI::App& app, int& exit_code) {
  const auto options = std::make_shared<ReloadOptions>();
  CLI::App* command =
      app.add_subcommand("reload", "Have running gateways load their plan anew, or another one");
  command->footer(
      "Examples: mcplexer reload\n"
      "          mcplexer reload policy-2.plan --gateway 4711");
  command->add_option("PLAN", options->plan,
                      "Compiled plan for one gateway (default: each loads its own file again)");
  options->gateways.AddTo(*command);
  command->callback([options, &exit_code] { exit_code = Run(*options); });
}

}  // namespace mcplexer::commands
