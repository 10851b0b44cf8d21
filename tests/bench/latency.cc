// SPDX-License-Identifier: Apache-2.0
// What the gateway adds to a call, next to what the least possible thing in its place adds.
//
// One MCP server (tests/integration/echo_server) is called in three ways: directly over its pipes,
// through a relay that only copies bytes (relay.c), and through `mcplexer run` with its audit log
// on. Requests are lines of exactly 200 bytes. The ways take turns call by call, in alternating
// order, so that whatever else the machine does hits all alike. All processes are pinned to one
// core: a wake-up then costs a context switch and nothing that depends on which cores sleep, and a
// way with more processes gains nothing from running them side by side.
//
// A sample is the time from before the write of a request to after the read of its answer, by
// clock_gettime(CLOCK_MONOTONIC). "added" is the difference of the percentile to the direct way's.
//
// Also measured: from before the gateway is spawned to its answer to an `initialize` that waits in
// its pipe, and the gateway's memory after the calls. It serves a plan of 101 rules.
//
// The log must lie on a disk: DIRECTORY (default: the current one) may not be on tmpfs.
//
// usage: latency [--calls N] [--warm-up N] [--starts N] [--cpu N] [DIRECTORY]

#include <fmt/format.h>
#include <linux/magic.h>
#include <sched.h>
#include <sys/statfs.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/base/check.h"
#include "tests/bench/child.h"
#include "tests/bench/gateway.h"
#include "tests/bench/machine.h"
#include "tests/bench/samples.h"

namespace mcplexer::bench {
namespace {

constexpr size_t kRequestBytes = 200;
constexpr size_t kRules = 100;
constexpr double kBudget = 3.0;  // gateway's added p50 : relay's

struct Options {
  int calls = 20'000;
  int warm_up = 1'000;
  int starts = 50;
  int cpu = 0;
  std::string directory = ".";
};

// Every id has seven digits, so every request has the same length.
std::string Request(int id, std::string_view tool) {
  std::string line =
      fmt::format(R"({{"jsonrpc":"2.0","id":{},"method":"tools/call","params":{{"name":"{}",)"
                  R"("arguments":{{"owner":"acme","body":")",
                  1'000'000 + id, tool);
  constexpr std::string_view kEnd = "\"}}}\n";
  MCPLEXER_CHECK(line.size() + kEnd.size() <= kRequestBytes);
  line.append(kRequestBytes - line.size() - kEnd.size(), 'x');
  return line += kEnd;
}

struct Way {
  std::string_view name;
  std::string_view tool;
  std::vector<std::string> command;
  std::unique_ptr<Child> child = nullptr;
  Samples microseconds = {};

  void Open() {
    child = std::make_unique<Child>(command);
    child->Write(kInitialize);
    MCPLEXER_CHECK(child->ReadLine().find("protocolVersion") != std::string_view::npos);
    child->Write(kInitialized);
  }
  double Call(int id) {
    const std::string request = Request(id, tool);
    const double start = Nanoseconds();
    child->Write(request);
    const std::string_view answer = child->ReadLine();
    const double end = Nanoseconds();
    // The server's own answer to this very request.
    MCPLEXER_CHECK(answer.find(fmt::format("\"id\":{}", 1'000'000 + id)) !=
                       std::string_view::npos &&
                   answer.find("\"structuredContent\":{\"owner\"") != std::string_view::npos);
    return (end - start) / 1e3;
  }
};

void MeasureCalls(std::array<Way, 3>& ways, const Options& options) {
  for (Way& way : ways) way.Open();
  for (int i = -options.warm_up; i < options.calls; ++i) {
    for (size_t turn = 0; turn < ways.size(); ++turn) {
      Way& way = ways[i % 2 == 0 ? turn : ways.size() - 1 - turn];
      const double time = way.Call(i + options.warm_up);
      if (i >= 0) way.microseconds.Add(time);
    }
  }
}

void PrintCalls(const std::array<Way, 3>& ways) {
  const Samples& direct = ways[0].microseconds;
  fmt::print("\n{:>8} | {:>8} {:>8} {:>8} | {:>9} {:>9} {:>9}\n", "us", "p50", "p90", "p99",
             "added p50", "added p90", "added p99");
  for (const Way& way : ways) {
    const Samples& s = way.microseconds;
    fmt::print("{:>8} | {:>8.1f} {:>8.1f} {:>8.1f}", way.name, s.p50(), s.p90(), s.p99());
    if (&way == &ways[0]) {
      fmt::print(" |\n");
      continue;
    }
    fmt::print(" | {:>9.1f} {:>9.1f} {:>9.1f}\n", s.p50() - direct.p50(), s.p90() - direct.p90(),
               s.p99() - direct.p99());
  }
  const double ratio =
      (ways[2].microseconds.p50() - direct.p50()) / (ways[1].microseconds.p50() - direct.p50());
  fmt::print("\ngateway's added p50 : relay's {:.2f}, budget {:.1f}: {}\n", ratio, kBudget,
             ratio <= kBudget ? "kept" : "missed");
}

Samples MeasureStarts(const std::vector<std::string>& command, int starts) {
  Samples milliseconds;
  for (int i = 0; i < starts; ++i) {
    const double start = Nanoseconds();
    Child child(command);
    child.Write(kInitialize);
    static_cast<void>(child.ReadLine());
    milliseconds.Add((Nanoseconds() - start) / 1e6);
  }
  return milliseconds;
}

void PrintMemory(pid_t pid) {
  for (const std::string_view field : {"VmHWM", "VmRSS", "RssAnon"}) {
    fmt::print("gateway {:<8} {:.1f} MiB\n", field, MemoryMib(pid, field));
  }
}

bool IsOnDisk(const std::string& directory) {
  struct statfs system{};
  MCPLEXER_CHECK(::statfs(directory.c_str(), &system) == 0);
  fmt::print("audit log  in {}, file system {:#x}\n",
             std::filesystem::canonical(directory).string(),
             static_cast<unsigned long>(system.f_type));
  return system.f_type != TMPFS_MAGIC && system.f_type != RAMFS_MAGIC;
}

int Run(const Options& options) {
  fmt::print("{}", DescribeMachine());
  if (!IsOnDisk(options.directory)) {
    fmt::print(stderr, "latency: `{}` is in memory; name a directory on a disk\n",
               options.directory);
    return 2;
  }
  cpu_set_t one;
  CPU_ZERO(&one);
  CPU_SET(static_cast<size_t>(options.cpu), &one);
  MCPLEXER_CHECK(::sched_setaffinity(0, sizeof one, &one) == 0);
  fmt::print("core       {}, all processes\n", options.cpu);
  ::setenv("MCPLEXER_LOG", "warn", 1);

  const Scratch scratch(options.directory);
  scratch.WritePlan(kRules);
  std::array<Way, 3> ways = {{{"direct", "echo", {ECHO_SERVER}},
                              {"relay", "echo", {RELAY, ECHO_SERVER}},
                              {"gateway", "e__echo", scratch.GatewayCommand()}}};
  MeasureCalls(ways, options);
  PrintCalls(ways);
  PrintMemory(ways[2].child->pid());
  for (Way& way : ways) way.child->End();
  fmt::print("{} calls a way after {} to warm up; audit log {:.1f} MiB\n", options.calls,
             options.warm_up, static_cast<double>(scratch.AuditBytes()) / (1 << 20));

  fmt::print("\n{:>8} | {:>8} {:>8} {:>8}\n", "start ms", "p50", "p90", "p99");
  for (const Way& way : ways) {
    const Samples s = MeasureStarts(way.command, options.starts);
    fmt::print("{:>8} | {:>8.2f} {:>8.2f} {:>8.2f}\n", way.name, s.p50(), s.p90(), s.p99());
  }
  fmt::print("load at the end {}\n", LoadAverage());
  return 0;
}

}  // namespace
}  // namespace mcplexer::bench

int main(int argc, char** argv) {
  using namespace mcplexer::bench;
  Options options;
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    int* number = argument == "--calls"     ? &options.calls
                  : argument == "--warm-up" ? &options.warm_up
                  : argument == "--starts"  ? &options.starts
                  : argument == "--cpu"     ? &options.cpu
                                            : nullptr;
    if (number != nullptr && i + 1 < argc) {
      *number = std::atoi(argv[++i]);
    } else if (!argument.starts_with('-')) {
      options.directory = argument;
    } else {
      fmt::print(stderr,
                 "usage: latency [--calls N] [--warm-up N] [--starts N] [--cpu N] [DIRECTORY]\n");
      return 2;
    }
  }
  return Run(options);
}
