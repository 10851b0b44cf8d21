// SPDX-License-Identifier: Apache-2.0
#include "runtime/commands/stop.h"

#include <fmt/format.h>

#include <chrono>
#include <cstdio>
#include <memory>
#include <string>
#include <thread>

#include "runtime/commands/running_gateways.h"

namespace mcplexer::commands {
namespace {

// Servers that do not end by themselves are killed after about five seconds.
constexpr std::chrono::seconds kEnd{30};
constexpr std::chrono::milliseconds kLook{50};

int Run(RunningGateways& gateways) {
  const auto gateway = gateways.FindOne();
  if (!gateway) {
    fmt::print(stderr, "mcplexer: {}\n", gateway.error().message);
    return kToldNobody;
  }
  const std::string process = ProcessOf(*gateway);
  control::Answer answer = gateways.Ask(*gateway, R"({"command":"stop"})");
  const auto until = std::chrono::steady_clock::now() + kEnd;
  // One that hangs up is at its very end.
  while (answer.kind != control::Answer::Kind::kGone && std::chrono::steady_clock::now() < until) {
    std::this_thread::sleep_for(kLook);
    answer = gateways.Ask(*gateway, R"({"command":"ping"})");
  }
  if (answer.kind != control::Answer::Kind::kGone) {
    fmt::print(stderr, "mcplexer: gateway {} has not ended in {} s\n", process, kEnd.count());
    return kToldUnanswered;
  }
  fmt::print("gateway {} has ended\n", process);
  return kToldAll;
}

}  // namespace

void AddStop(CLI::App& app, int& exit_code) {
  const auto gateways = std::make_shared<RunningGateways>();
  CLI::App* command = app.add_subcommand("stop", "End a running gateway, its clients and servers");
  command->footer("Example: mcplexer stop --gateway 4711");
  gateways->AddTo(*command);
  command->callback([gateways, &exit_code] { exit_code = Run(*gateways); });
}

}  // namespace mcplexer::commands
