// SPDX-License-Identifier: Apache-2.0
#include "compiler/commands/run_program.h"

#include <fmt/format.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <string_view>

#include "compiler/source/printable.h"
#include "runtime/downstream/spawn.h"

namespace mcplexer::commands {
namespace {

using Clock = std::chrono::steady_clock;

std::vector<std::string> Environment(const std::vector<std::string>& instead) {
  std::vector<std::string> all = instead;
  for (char** entry = ::environ; entry != nullptr && *entry != nullptr; ++entry) {
    const std::string_view text = *entry;
    const std::string_view key = text.substr(0, text.find('=') + 1);
    const bool replaced =
        std::ranges::any_of(instead, [&](const std::string& one) { return one.starts_with(key); });
    if (!replaced) all.emplace_back(text);
  }
  return all;
}

// What comes out of one pipe.
struct Stream {
  transport::UniqueFd from;
  size_t most;
  std::string text;
  bool too_much = false;

  // Reads what is there.
  void Drain() {
    std::array<char, 65'536> buffer;
    const ssize_t size = ::read(from.get(), buffer.data(), buffer.size());
    if (size < 0 && (errno == EINTR || errno == EAGAIN)) return;
    if (size <= 0) return from.Reset();
    const size_t room = most - text.size();
    too_much = too_much || static_cast<size_t>(size) > room;
    text.append(buffer.data(), std::min(room, static_cast<size_t>(size)));
  }
};

// Until both are at their ends; false past the deadline and when there is too much output.
bool Collect(Stream& output, Stream& errors, Clock::time_point deadline) {
  while (output.from.valid() || errors.from.valid()) {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now());
    if (left.count() <= 0 || output.too_much) return false;
    // Those that are closed are -1, which poll passes over.
    std::array<pollfd, 2> waiting = {
        {{output.from.get(), POLLIN, 0}, {errors.from.get(), POLLIN, 0}}};
    if (::poll(waiting.data(), waiting.size(), static_cast<int>(left.count())) < 0 &&
        errno != EINTR) {
      return false;
    }
    if (waiting[0].revents != 0) output.Drain();
    if (waiting[1].revents != 0) errors.Drain();
  }
  return !output.too_much;
}

}  // namespace

Result<std::string> RunProgram(const std::vector<std::string>& arguments,
                               const std::vector<std::string>& environment,
                               const ProgramLimits& limits) {
  auto child = downstream::Spawn({arguments, Environment(environment), "."});
  if (!child) return Fail(child.error().message);
  child->input.Reset();
  Stream output{std::move(child->output), limits.output_bytes, {}, false};
  Stream errors{std::move(child->errors), limits.error_bytes, {}, false};
  const auto deadline = Clock::now() + std::chrono::seconds(limits.seconds);
  const bool whole = Collect(output, errors, deadline);
  if (!whole) ::kill(-child->pid, SIGKILL);
  int status = 0;
  while (::waitpid(child->pid, &status, 0) < 0 && errno == EINTR) {
  }
  const std::string& name = arguments.front();
  if (output.too_much) {
    return Fail(fmt::format("`{}` says more than {} bytes", name, limits.output_bytes));
  }
  if (!whole) return Fail(fmt::format("`{}` takes longer than {} s", name, limits.seconds));
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return std::move(output.text);
  const std::string line = errors.text.substr(0, errors.text.find('\n'));
  return Fail(line.empty() ? fmt::format("`{}` fails", name) : source::Printable(line));
}

}  // namespace mcplexer::commands
