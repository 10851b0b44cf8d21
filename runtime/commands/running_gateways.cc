// SPDX-License-Identifier: Apache-2.0
#include "runtime/commands/running_gateways.h"

#include <fmt/format.h>

#include <chrono>
#include <utility>

#include "runtime/commands/state_directory.h"

namespace mcplexer::commands {
namespace {

// The largest plan takes a second or two to verify.
constexpr std::chrono::seconds kPatience{20};

}  // namespace

std::string ProcessOf(const std::string& gateway) {
  const size_t end = gateway.rfind('-');
  const size_t begin = end == std::string::npos ? end : gateway.rfind('-', end - 1);
  if (begin == std::string::npos) return gateway;
  return gateway.substr(begin + 1, end - begin - 1);
}

void RunningGateways::AddTo(CLI::App& command) {
  command.add_option("--state", state_, "State directory of the gateways");
  command.add_option("--gateway", wanted_, "Only this one: its process id, or name as in status");
}

Result<std::vector<std::string>> RunningGateways::Find() {
  const auto state = state_.empty() ? DefaultStateDirectory() : Result<std::string>(state_);
  if (!state) return tl::unexpected(state.error());
  auto directory = control::ControlDirectory::Find(*state);
  if (!directory) return tl::unexpected(directory.error());
  std::vector<std::string> found;
  if (*directory) {
    directory_.emplace(std::move(**directory));
    for (std::string& name : directory_->List()) {
      if (!wanted_.empty() && wanted_ != name && wanted_ != ProcessOf(name)) continue;
      // What died without a word is not there.
      const auto kind = Ask(name, R"({"command":"ping"})").kind;
      if (kind != control::Answer::Kind::kGone) found.push_back(std::move(name));
    }
  }
  if (!found.empty()) return found;
  return wanted_.empty() ? Fail(fmt::format("no gateway runs on `{}`", *state))
                         : Fail(fmt::format("no gateway `{}` runs on `{}`", wanted_, *state));
}

Result<std::string> RunningGateways::FindOne() {
  auto found = Find();
  if (!found) return tl::unexpected(found.error());
  if (found->size() == 1) return std::move(found->front());
  return Fail(fmt::format("{} gateways run on this state directory; say which with --gateway",
                          found->size()));
}

control::Answer RunningGateways::Ask(const std::string& gateway, std::string_view request) const {
  return control::Ask(*directory_, gateway, request, kPatience);
}

}  // namespace mcplexer::commands
