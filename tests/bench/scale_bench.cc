// SPDX-License-Identifier: Apache-2.0
// How long the compiler's analyses take, and how that grows with the number of rules.
//
// For each size one generated policy (generated_policy.h), with eight path globs that float
// (`**/x/**`) among its rules, is written to a file, and `mcplexerc` is run on it as a user runs
// it: `check`, `lint`, and `diff` from the policy without every hundredth rule. What counts is the
// whole process: its processor time (other processes change that less than the time that passes,
// which is given, too) and its peak memory. Sizes and commands take turns, and each figure is the
// least of the rounds. A process that takes more than two minutes of processor time is stopped.
//
// usage: scale_bench [--rounds N] [SIZE...]
// Status 1 when a command fails.

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
#include <vector>

#include "runtime/base/check.h"
#include "tests/bench/generated_policy.h"
#include "tests/bench/machine.h"

namespace mcplexer::bench {
namespace {

constexpr rlim_t kMostSeconds = 120;
constexpr std::array<std::string_view, 3> kCommands = {"check", "lint", "diff"};

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

// Which commands there are.
std::string HelpText() {
  std::FILE* pipe = ::popen("\"" MCPLEXERC "\" --help", "r");
  MCPLEXER_CHECK(pipe != nullptr);
  std::string text;
  for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe)) {
    text.push_back(static_cast<char>(c));
  }
  MCPLEXER_CHECK(::pclose(pipe) == 0);
  return text;
}

class Bench {
 public:
  Bench(const std::filesystem::path& directory, size_t rules) : rules_(rules) {
    const std::string text = GeneratePolicy(rules, kMostFloating).text;
    file_ = Write(directory / fmt::format("policy{}.plex", rules), text);
    before_ = Write(directory / fmt::format("before{}.plex", rules), WithoutSomeRules(text));
  }

  void Round(size_t command) {
    Figures& best = figures_[command];
    if (best.state > Figures::State::kDone) return;
    std::vector<std::string> arguments = {std::string(kCommands[command])};
    if (kCommands[command] == "diff") arguments.push_back(before_);
    arguments.push_back(file_);
    Figures now = RunCompiler(arguments);
    if (best.state == Figures::State::kDone && now.state == Figures::State::kDone) {
      now.processor_seconds = std::min(now.processor_seconds, best.processor_seconds);
      now.seconds = std::min(now.seconds, best.seconds);
      now.peak_mib = std::min(now.peak_mib, best.peak_mib);
    }
    best = now;
  }

  void Print() const {
    fmt::print("{:>8}", rules_);
    for (const Figures& figures : figures_) {
      switch (figures.state) {
        case Figures::State::kNotRun:
          fmt::print(" | {:>24}", "no such command");
          break;
        case Figures::State::kDone:
          fmt::print(" | {:>8.2f} {:>7.2f} {:>7.0f}", figures.processor_seconds, figures.seconds,
                     figures.peak_mib);
          break;
        case Figures::State::kStopped:
          fmt::print(" | {:>24}", fmt::format("more than {} s", kMostSeconds));
          break;
        case Figures::State::kFailed:
          fmt::print(" | {:>24}", "failed");
      }
    }
    fmt::print("\n");
  }

  bool failed() const {
    return std::ranges::any_of(figures_,
                               [](const Figures& f) { return f.state == Figures::State::kFailed; });
  }

 private:
  static std::string Write(const std::filesystem::path& path, const std::string& text) {
    std::ofstream out(path, std::ios::binary);
    out << text;
    MCPLEXER_CHECK(out.good());
    return path.string();
  }

  size_t rules_;
  std::string file_;
  std::string before_;
  std::array<Figures, kCommands.size()> figures_;
};

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
  const std::string known = HelpText();
  std::vector<Bench> benches;
  for (const size_t size : sizes) benches.emplace_back(name, size);
  for (size_t command = 0; command < kCommands.size(); ++command) {
    if (known.find(fmt::format("\n  {} ", kCommands[command])) == std::string::npos) continue;
    for (size_t round = 0; round < rounds; ++round) {
      for (Bench& bench : benches) bench.Round(command);
    }
  }
  std::filesystem::remove_all(name);

  fmt::print("{:>8}", "");
  for (const std::string_view command : kCommands) fmt::print(" | {:<24}", command);
  fmt::print("\n{:>8}", "rules");
  for (size_t i = 0; i < kCommands.size(); ++i) {
    fmt::print(" | {:>8} {:>7} {:>7}", "cpu s", "time s", "MiB");
  }
  fmt::print("\n");
  for (const Bench& bench : benches) bench.Print();
  fmt::print("load at the end {}\n", LoadAverage());
  return std::ranges::any_of(benches, &Bench::failed) ? 1 : 0;
}

}  // namespace
}  // namespace mcplexer::bench

int main(int argc, char** argv) {
  return mcplexer::bench::Main(std::vector<std::string_view>(argv + 1, argv + argc));
}
