// SPDX-License-Identifier: Apache-2.0
// How long a decision takes, and how that grows with the number of rules.
//
// For each size one generated policy (generated_policy.h) is compiled and bound. Measured are
//   live         a name seen before, in a session seen before; no condition to ask
//   conditional  the same, decided by a rule that looks at 200 bytes of arguments
//   new name     a name not seen before, in a session seen before
//   cold         a new session in a directory not seen before, its first decision, and its end
//   reference    the linear interpreter, for the same calls as `live`
//
// One call is shorter than reading the clock, so a sample is the time of 64 calls, all different,
// divided by 64; clock_gettime(CLOCK_MONOTONIC) is called around them. p50 and p99 are over
// samples: p99 tells how steady batches are, not how long the slowest single call took. The
// reference is slow enough to be timed a call at a time. Strings are made outside of what is timed,
// those of a cold decision just before it: a client's call has just been read.
// A cold session ends before the next begins: kept ones would measure how the heap grows. Sizes
// take turns in rounds of about a millisecond, so that whatever else the machine does hits all of
// them alike. The processor's caches are as such turns leave them: each first batch of live calls
// finds them cold (it is the p99), and new names and cold sessions are drawn from the whole plan.
//
// Parsing, compiling and loading (as it is, and signed) are measured in a process of their own for
// each size, in processor time, which other processes change less than they change the time that
// passes.
//
// Allocations are calls of operator new during live and conditional decisions of warm sessions.
//
// usage: decision_bench [--smoke] [--rounds N] [SIZE...]
// Status 1 when a warm session allocates or the two deciders differ anywhere.

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include "tests/bench/allocations.h"
#include "tests/bench/machine.h"
#include "tests/bench/samples.h"
#include "tests/bench/subject.h"

namespace mcplexer::bench {
namespace {

constexpr size_t kBatch = 64;
// Of one size in one round.
constexpr size_t kLiveBatches = 64;
constexpr size_t kConditionalBatches = 16;
constexpr size_t kNewBatches = 4;

struct Options {
  std::vector<size_t> sizes;
  size_t rounds = 400;
  size_t reference_calls = 40;
  size_t compared_calls = 100;
};

// One size: its policy, warm sessions, and what was measured of them.
class Bench {
 public:
  explicit Bench(size_t rules) : subject_(rules), random_(rules + 2) {
    for (const Client& client : subject_.clients()) {
      sessions_.push_back(subject_.NewSession(client.directory));
      for (const std::string& name : client.unconditional) Ask(sessions_.back(), name);
      for (const std::string& name : client.conditional) Ask(sessions_.back(), name);
    }
    for (auto& text : arguments_) text = RandomArguments(random_, kArgumentBytes);
    // Regular expressions build their automata as they meet texts.
    for (size_t i = 0; i < sessions_.size(); ++i) {
      for (const std::string& name : subject_.clients()[i].conditional) {
        for (const auto& text : arguments_)
          Use(sessions_[i].Decide({.name = name, .arguments = text}));
      }
    }
  }

  void Round() {
    client_ = (client_ + 1) % sessions_.size();
    MeasureWarm(subject_.clients()[client_].unconditional, kLiveBatches, &live_);
    MeasureWarm(subject_.clients()[client_].conditional, kConditionalBatches, &conditional_);
    for (size_t i = 0; i < kNewBatches; ++i) MeasureNewNames();
    for (size_t i = 0; i < kNewBatches; ++i) MeasureCold();
  }

  void MeasureReference() {
    const Client& client = subject_.clients()[random_.Below(sessions_.size())];
    const std::string& name = client.unconditional[random_.Below(client.unconditional.size())];
    const auto call = subject_.ReferenceCall(client.directory, name, arguments_[0]);
    static_cast<void>(subject_.interpreter().Decide(call));  // builds the sets it keeps
    const double start = Nanoseconds();
    const auto outcome = subject_.interpreter().Decide(call);
    reference_.Add(Nanoseconds() - start);
    static_cast<void>(outcome);
  }

  // How many of `count` random calls the deciders decide differently.
  size_t CountDifferences(size_t count) {
    size_t differences = 0;
    for (size_t i = 0; i < count; ++i) {
      const auto& roots = subject_.policy().roots;
      const auto& tools = subject_.policy().tools;
      // Also a name of no tool and arguments without members.
      const std::string name =
          i % 16 == 0 ? "srv01__unheard_of" : tools[random_.Below(tools.size())];
      const std::string arguments = i % 8 == 0 ? "" : RandomArguments(random_, kArgumentBytes);
      const std::string directory = RandomDirectory(random_, roots[random_.Below(roots.size())]);
      if (!subject_.Agree(directory, name, arguments)) ++differences;
    }
    for (const Client& client : subject_.clients()) {
      for (const std::string& name : client.conditional) {
        if (!subject_.Agree(client.directory, name, arguments_[0])) ++differences;
      }
    }
    return differences;
  }

  size_t rules() const { return subject_.rules(); }
  size_t workspaces() const { return subject_.policy().roots.size(); }
  const Samples& live() const { return live_; }
  const Samples& conditional() const { return conditional_; }
  const Samples& new_name() const { return new_name_; }
  const Samples& cold() const { return cold_; }
  const Samples& reference() const { return reference_; }
  uint64_t warm_calls() const { return warm_calls_; }
  uint64_t allocations() const { return allocations_; }

 private:
  static void Ask(decide::Session& session, const std::string& name) {
    Use(session.Decide({.name = name, .arguments = {}}));
  }

  void MeasureWarm(const std::vector<std::string>& names, size_t batches, Samples* samples) {
    decide::Session& session = sessions_[client_];
    std::array<decide::Call, kBatch> calls;
    for (size_t i = 0; i < kBatch; ++i) {
      calls[i] = {.name = names[random_.Below(names.size())],
                  .arguments = arguments_[i % arguments_.size()]};
    }
    samples->Reserve(samples->size() + batches);
    for (size_t batch = 0; batch < batches; ++batch) {
      const uint64_t before = Allocations();
      const double start = Nanoseconds();
      for (const decide::Call& call : calls) Use(session.Decide(call));
      const double end = Nanoseconds();
      allocations_ += Allocations() - before;
      samples->Add((end - start) / kBatch);
    }
    warm_calls_ += batches * kBatch;
  }

  void MeasureNewNames() {
    const auto& tools = subject_.policy().tools;
    const size_t first = random_.Below(tools.size());
    decide::Session session = subject_.NewSession(subject_.clients()[client_].directory);
    Ask(session, tools[(first + kBatch) % tools.size()]);
    std::array<decide::Call, kBatch> calls;
    // Different names: 7 has no divisor in common with the number of tools, 240 times the servers.
    for (size_t i = 0; i < kBatch; ++i) {
      calls[i] = {.name = tools[(first + 7 * i) % tools.size()], .arguments = arguments_[0]};
    }
    const double start = Nanoseconds();
    for (const decide::Call& call : calls) Use(session.Decide(call));
    new_name_.Add((Nanoseconds() - start) / kBatch);
  }

  void MeasureCold() {
    const auto& roots = subject_.policy().roots;
    const auto& tools = subject_.policy().tools;
    std::array<std::string, kBatch> directories;
    std::array<std::string, kBatch> names;
    std::array<decide::Call, kBatch> calls;
    for (size_t i = 0; i < kBatch; ++i) {
      directories[i] = RandomDirectory(random_, roots[random_.Below(roots.size())]);
      names[i] = tools[random_.Below(tools.size())];
      calls[i] = {.name = names[i], .arguments = arguments_[0]};
    }
    const double start = Nanoseconds();
    for (size_t i = 0; i < kBatch; ++i) {
      decide::Session session = subject_.NewSession(std::move(directories[i]));
      Use(session.Decide(calls[i]));
    }
    cold_.Add((Nanoseconds() - start) / kBatch);
  }

  Subject subject_;
  Random random_;
  std::array<std::string, 16> arguments_;
  std::vector<decide::Session> sessions_;  // one a client
  size_t client_ = 0;
  Samples live_, conditional_, new_name_, cold_, reference_;
  uint64_t warm_calls_ = 0;
  uint64_t allocations_ = 0;
};

void PrintDecisions(const std::vector<Bench>& benches) {
  fmt::print("\n{:>8} {:>6} | {:>15} | {:>15} | {:>15} | {:>15} | {:>12} | {:>6}\n", "rules",
             "work-", "live ns", "conditional ns", "new name ns", "cold ns", "reference ns",
             "allo-");
  fmt::print(
      "{:>8} {:>6} | {:>7} {:>7} | {:>7} {:>7} | {:>7} {:>7} | {:>7} {:>7} | {:>12} | {:>6}\n", "",
      "spaces", "p50", "p99", "p50", "p99", "p50", "p99", "p50", "p99", "p50", "cations");
  for (const Bench& b : benches) {
    fmt::print("{:>8} {:>6}", b.rules(), b.workspaces());
    for (const Samples* s : {&b.live(), &b.conditional(), &b.new_name(), &b.cold()}) {
      fmt::print(" | {:>7.1f} {:>7.1f}", s->p50(), s->p99());
    }
    fmt::print(" | {:>12.0f} | {:>6}\n", b.reference().p50(), b.allocations());
  }
  const Bench& small = benches.front();
  const Bench& large = benches.back();
  fmt::print("\nlive, {} : {} rules: {:.2f} (p50). Reference : live at {} rules: {:.0f}.\n",
             large.rules(), small.rules(), large.live().p50() / small.live().p50(), large.rules(),
             large.reference().p50() / large.live().p50());
  fmt::print("{} live calls a size in batches of {}.\n", large.live().size() * kBatch, kBatch);
}

int Run(const Options& options) {
  fmt::print("{}\n", DescribeMachine());
  fmt::print("{:>8} | {:>10} | {:>10} | {:>10} | {:>14} | {:>9} | {:>10}\n", "rules", "parse ms",
             "compile ms", "load us", "signed load us", "peak MiB", "plan bytes");
  for (const size_t size : options.sizes) {
    const Cost cost = MeasureCost(size);
    fmt::print("{:>8} | {:>10.1f} | {:>10.1f} | {:>10.0f} | {:>14.0f} | {:>9.1f} | {:>10.0f}\n",
               size, cost.parse_seconds * 1e3, cost.compile_seconds * 1e3, cost.load_seconds * 1e6,
               cost.signed_load_seconds * 1e6, cost.peak_mib, cost.plan_bytes);
    std::fflush(stdout);
  }

  std::vector<Bench> benches;
  benches.reserve(options.sizes.size());
  for (const size_t size : options.sizes) benches.emplace_back(size);
  for (size_t round = 0; round < options.rounds; ++round) {
    for (Bench& bench : benches) bench.Round();
  }
  for (size_t i = 0; i < options.reference_calls; ++i) {
    for (Bench& bench : benches) bench.MeasureReference();
  }
  PrintDecisions(benches);

  int status = 0;
  for (Bench& bench : benches) {
    if (bench.allocations() != 0) {
      fmt::print("{} rules: {} allocations in {} decisions of warm sessions\n", bench.rules(),
                 bench.allocations(), bench.warm_calls());
      status = 1;
    }
    const size_t differences = bench.CountDifferences(options.compared_calls);
    if (differences != 0) {
      fmt::print("{} rules: {} decisions differ from the reference\n", bench.rules(), differences);
      status = 1;
    }
  }
  if (status == 0) {
    fmt::print("No allocation in warm sessions; {} calls a size decided as the reference does.\n",
               options.compared_calls);
  }
  fmt::print("load at the end {}\n", LoadAverage());
  return status;
}

bool ParseNumber(std::string_view text, size_t* number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), *number);
  return error == std::errc() && end == text.data() + text.size() && *number > 0;
}

}  // namespace
}  // namespace mcplexer::bench

int main(int argc, char** argv) {
  using namespace mcplexer::bench;
  Options options;
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    size_t size = 0;
    if (argument == "--smoke") {
      options.sizes = {10, 1000};
      options.rounds = 8;  // each client once
      options.reference_calls = 2;
    } else if (argument == "--rounds" && i + 1 < argc &&
               ParseNumber(argv[i + 1], &options.rounds)) {
      ++i;
    } else if (ParseNumber(argument, &size)) {
      options.sizes.push_back(size);
    } else {
      fmt::print(stderr, "usage: decision_bench [--smoke] [--rounds N] [SIZE...]\n");
      return 2;
    }
  }
  if (options.sizes.empty()) options.sizes = {10, 1000, 10'000};
  return Run(options);
}
