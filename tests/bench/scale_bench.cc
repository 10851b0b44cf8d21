// SPDX-License-Identifier: Apache-2.0
// How long the compiler's analyses take, and how that grows with the number of rules.
//
// For each size one generated policy (generated_policy.h), with eight path globs that float
// (`**/x/**`) among its rules, is written to a file, and `mcplexerc` is run on it as a user runs
// it: `check`, `lint`, and `diff` from the policy without every hundredth rule. A second table is
// about rules of one tool that differ only in what they compare one argument with. What counts is
// the whole process: its processor time (other processes change that less than the time that
// passes, which is given, too) and its peak memory. Sizes and commands take turns, and each figure
// is the least of the rounds. A process that takes more than two minutes of processor time is
// stopped.
//
// usage: scale_bench [--rounds N] [SIZE...]
// Sizes are of the first table. Status 1 when a command fails.

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "runtime/base/check.h"
#include "tests/bench/generated_policy.h"
#include "tests/bench/machine.h"

namespace mcplexer::bench {
namespace {

constexpr rlim_t kMostSeconds = 120;
constexpr std::array<size_t, 4> kComparing = {50, 100, 200, 400};

struct Figures {
  enum class State { kNotRun, kDone, kStopped, kFailed };
  State state = State::kNotRun;
  double processor_seconds = 0;
  double seconds = 0;
  double peak_mib = 0;
};

double Seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
}

Figures RunCompiler(const std::vector<std::string>& arguments) {
  std::vector<std::string> whole = {MCPLEXERC};
  whole.insert(whole.end(), arguments.begin(), arguments.end());
  std::vector<char*> argv;
  for (std::string& argument : whole) argv.push_back(argument.data());
  argv.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  for (const int descriptor : {STDOUT_FILENO, STDERR_FILENO}) {
    ::posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_WRONLY, 0);
  }
  const auto start = std::chrono::steady_clock::now();
  pid_t pid = -1;
  MCPLEXER_CHECK(::posix_spawn(&pid, argv[0], &actions, nullptr, argv.data(), environ) == 0);
  ::posix_spawn_file_actions_destroy(&actions);
  // The child has hardly begun; what it has used already counts.
  const rlimit limit{kMostSeconds, kMostSeconds};
  ::prlimit(pid, RLIMIT_CPU, &limit, nullptr);
  int status = 0;
  rusage usage{};
  MCPLEXER_CHECK(::wait4(pid, &status, 0, &usage) == pid);
  Figures figures;
  figures.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  figures.processor_seconds = Seconds(usage.ru_utime) + Seconds(usage.ru_stime);
  figures.peak_mib = static_cast<double>(usage.ru_maxrss) / 1024;
  // 1 is for findings.
  const bool done = WIFEXITED(status) && WEXITSTATUS(status) <= 1;
  const bool stopped =
      WIFSIGNALED(status) && (WTERMSIG(status) == SIGKILL || WTERMSIG(status) == SIGXCPU);
  figures.state = done      ? Figures::State::kDone
                  : stopped ? Figures::State::kStopped
                            : Figures::State::kFailed;
  return figures;
}

std::string Write(const std::filesystem::path& path, const std::string& text) {
  std::ofstream out(path, std::ios::binary);
  out << text;
  MCPLEXER_CHECK(out.good());
  return path.string();
}

// Rules that allow one tool each for another value of one argument.
std::string Comparing(std::string_view operation, size_t rules) {
  std::string text = "server git { command = [\"git-server\"] }\nworkspace w {\n  root = \"/w\"\n";
  for (size_t r = 0; r < rules; ++r) {
    text += fmt::format("  allow git__push when arg.repo? {} \"r{}{}\"\n", operation, r,
                        operation == "like" ? "/*" : "");
  }
  return text + "}\n";
}

// One size of a table: some runs of the compiler.
class Row {
 public:
  explicit Row(size_t rules) : rules_(rules) {}

  void Add(std::vector<std::string> arguments) { runs_.push_back({std::move(arguments), {}}); }

  void Round() {
    for (Run& run : runs_) {
      if (run.best.state > Figures::State::kDone) continue;
      Figures now = RunCompiler(run.arguments);
      if (run.best.state == Figures::State::kDone && now.state == Figures::State::kDone) {
        now.processor_seconds = std::min(now.processor_seconds, run.best.processor_seconds);
        now.seconds = std::min(now.seconds, run.best.seconds);
        now.peak_mib = std::min(now.peak_mib, run.best.peak_mib);
      }
      run.best = now;
    }
  }

  void Print() const {
    fmt::print("{:>8}", rules_);
    for (const auto& [arguments, figures] : runs_) {
      if (figures.state == Figures::State::kDone) {
        fmt::print(" | {:>8.2f} {:>7.2f} {:>7.0f}", figures.processor_seconds, figures.seconds,
                   figures.peak_mib);
      } else {
        const bool stopped = figures.state == Figures::State::kStopped;
        fmt::print(" | {:>24}", stopped ? fmt::format("more than {} s", kMostSeconds) : "failed");
      }
    }
    fmt::print("\n");
  }

  bool failed() const {
    return std::ranges::any_of(
        runs_, [](const Run& run) { return run.best.state == Figures::State::kFailed; });
  }

 private:
  struct Run {
    std::vector<std::string> arguments;
    Figures best;
  };

  size_t rules_;
  std::vector<Run> runs_;
};

struct Table {
  std::vector<std::string_view> columns;
  std::vector<Row> rows;

  void Print() const {
    fmt::print("{:>8}", "");
    for (const std::string_view column : columns) fmt::print(" | {:<24}", column);
    fmt::print("\n{:>8}", "rules");
    for (size_t i = 0; i < columns.size(); ++i) {
      fmt::print(" | {:>8} {:>7} {:>7}", "cpu s", "time s", "MiB");
    }
    fmt::print("\n");
    for (const Row& row : rows) row.Print();
    fmt::print("\n");
  }
};

Table OfAllKinds(const std::filesystem::path& directory, const std::vector<size_t>& sizes) {
  Table table{{"check", "lint", "diff"}, {}};
  for (const size_t size : sizes) {
    const std::string text = GeneratePolicy(size, kMostFloating).text;
    const std::string file = Write(directory / fmt::format("policy{}.plex", size), text);
    const std::string before =
        Write(directory / fmt::format("before{}.plex", size), WithoutSomeRules(text));
    Row& row = table.rows.emplace_back(size);
    row.Add({"check", file});
    row.Add({"lint", file});
    row.Add({"diff", before, file});
  }
  return table;
}

Table OfOneArgument(const std::filesystem::path& directory) {
  Table table{{"lint, ==", "lint, like", "lint, under"}, {}};
  for (const size_t size : kComparing) {
    Row& row = table.rows.emplace_back(size);
    for (const std::string_view operation : {"==", "like", "under"}) {
      const std::string name = fmt::format("{}{}.plex", operation, size);
      row.Add({"lint", Write(directory / name, Comparing(operation, size))});
    }
  }
  return table;
}

int Main(const std::vector<std::string_view>& arguments) {
  std::vector<size_t> sizes;
  size_t rounds = 3;
  for (size_t i = 0; i < arguments.size(); ++i) {
    const bool is_rounds = arguments[i] == "--rounds" && i + 1 < arguments.size();
    const std::string_view text = is_rounds ? arguments[++i] : arguments[i];
    size_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size() || number == 0) {
      fmt::print(stderr, "usage: scale_bench [--rounds N] [SIZE...]\n");
      return 2;
    }
    if (is_rounds) {
      rounds = number;
    } else {
      sizes.push_back(number);
    }
  }
  if (sizes.empty()) sizes = {100, 1000, 10000, 30000};
  fmt::print("{}", DescribeMachine());
  fmt::print("seed       the number of rules; {} globs that float\n", kMostFloating);
  fmt::print("rounds     {}, the least of each\n\n", rounds);

  std::string name = (std::filesystem::temp_directory_path() / "scale_bench.XXXXXX").string();
  MCPLEXER_CHECK(::mkdtemp(name.data()) != nullptr);
  std::vector<Table> tables = {OfAllKinds(name, sizes), OfOneArgument(name)};
  for (size_t round = 0; round < rounds; ++round) {
    for (Table& table : tables) {
      for (Row& row : table.rows) row.Round();
    }
  }
  std::filesystem::remove_all(name);

  bool failed = false;
  for (const Table& table : tables) {
    table.Print();
    failed = failed || std::ranges::any_of(table.rows, &Row::failed);
  }
  fmt::print("load at the end {}\n", LoadAverage());
  return failed ? 1 : 0;
}

}  // namespace
}  // namespace mcplexer::bench

int main(int argc, char** argv) {
  return mcplexer::bench::Main(std::vector<std::string_view>(argv + 1, argv + argc));
}
