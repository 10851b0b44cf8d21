// SPDX-License-Identifier: Apache-2.0

#include "runtime/commands/audit.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "runtime/audit/calls.h"
#include "runtime/commands/call_text.h"
#include "runtime/commands/state_directory.h"

namespace mcplexer::commands {
namespace {

// Soon enough for an eye, seldom enough for a laptop.
constexpr std::chrono::milliseconds kPollInterval{200};

struct Options {
  std::string state;
  size_t count = 20;
  bool follow = false;
  std::string format = "text";
};

// Prints each problem once; `printed` counts those that were.
void PrintProblems(const audit::CallTail& tail, size_t& printed) {
  for (; printed < tail.problems().size(); ++printed) {
    const audit::StreamProblem& found = tail.problems()[printed];
    fmt::print(stderr, "mcplexer audit: {}/{} at offset {}, record {}: {}\n", found.stream,
               found.problem.segment, found.problem.offset, found.problem.sequence,
               found.problem.what);
  }
}

// False when nobody reads any more.
bool PrintCalls(const std::vector<audit::Call>& calls, const std::string& format) {
  for (const audit::Call& call : calls) {
    const std::string line = format == "json" ? CallJson(call) : CallText(call);
    std::fwrite(line.data(), 1, line.size(), stdout);
    std::fputc('\n', stdout);
  }
  return std::fflush(stdout) == 0;
}

Result<std::string> LogDirectory(const Options& options) {
  std::string state = options.state;
  if (state.empty()) {
    Result<std::string> standard = DefaultStateDirectory();
    if (!standard) return standard;
    state = std::move(*standard);
  }
  std::string directory = state + "/audit";
  struct stat status = {};
  if (stat(directory.c_str(), &status) != 0 || !S_ISDIR(status.st_mode)) {
    return Fail(fmt::format("no audit log in `{}`", state));
  }
  return directory;
}

int Unreadable(const Error& error) {
  fmt::print(stderr, "mcplexer audit: {}\n", error.message);
  return 2;
}

int RunTail(const Options& options) {
  const Result<std::string> directory = LogDirectory(options);
  if (!directory) return Unreadable(directory.error());
  audit::CallTail tail(*directory);
  Result<std::vector<audit::Call>> calls = tail.Last(options.count);
  size_t problems = 0;
  for (;;) {
    if (!calls) return Unreadable(calls.error());
    PrintProblems(tail, problems);
    if (!PrintCalls(*calls, options.format)) return 3;
    if (!options.follow) return problems == 0 ? 0 : 1;
    std::this_thread::sleep_for(kPollInterval);
    calls = tail.Poll();
    if (calls) {
      std::sort(calls->begin(), calls->end(),
                [](const audit::Call& a, const audit::Call& b) { return a.time < b.time; });
    }
  }
}

}  // namespace

void AddAudit(CLI::App& app, int& exit_code) {
  CLI::App* command = app.add_subcommand("audit", "look into the log of calls");
  command->require_subcommand(1);

  auto options = std::make_shared<Options>();
  CLI::App* tail = command->add_subcommand("tail", "the last calls, and those to come");
  tail->footer(
      "One line a call: time, decision, name, rule, server, how it ended, how long it took.\n"
      "With --follow a call is shown when it has ended.\n"
      "  mcplexer audit tail -n 50 --follow");
  tail->add_option("--state", options->state, "the gateway's state directory");
  tail->add_option("-n", options->count, "how many calls")->capture_default_str();
  tail->add_flag("--follow", options->follow, "go on with the calls to come");
  tail->add_option("--format", options->format, "text or json")
      ->check(CLI::IsMember({"text", "json"}))
      ->capture_default_str();
  tail->callback([options, &exit_code] { exit_code = RunTail(*options); });
}

}  // namespace mcplexer::commands
