// SPDX-License-Identifier: Apache-2.0
// The gateways that run on a state directory, for the commands that speak to them.

#ifndef MCPLEXER_RUNTIME_COMMANDS_RUNNING_GATEWAYS_H_
#define MCPLEXER_RUNTIME_COMMANDS_RUNNING_GATEWAYS_H_

#include <CLI/CLI.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/base/result.h"
#include "runtime/control/control_client.h"
#include "runtime/control/control_directory.h"

namespace mcplexer::commands {

inline constexpr int kToldAll = 0;
inline constexpr int kToldRefused = 1;
inline constexpr int kToldNobody = 2;
inline constexpr int kToldUnanswered = 3;

// One object for one command, alive while it is parsed.
class RunningGateways {
 public:
  RunningGateways() = default;
  RunningGateways(const RunningGateways&) = delete;  // the command writes into it
  RunningGateways& operator=(const RunningGateways&) = delete;

  // --state and --gateway.
  void AddTo(CLI::App& command);

  // After parsing: the names of those that are meant. Fails when there is none.
  Result<std::vector<std::string>> Find();
  // The same for what concerns one only: fails when there are several.
  Result<std::string> FindOne();
  control::Answer Ask(const std::string& gateway, std::string_view request) const;

 private:
  std::string state_;
  std::string wanted_;
  std::optional<control::ControlDirectory> directory_;
};

// The process id in a gateway's name.
std::string ProcessOf(const std::string& gateway);

}  // namespace mcplexer::commands

#endif  // MCPLEXER_RUNTIME_COMMANDS_RUNNING_GATEWAYS_H_
