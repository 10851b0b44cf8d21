// SPDX-License-Identifier: Apache-2.0
// What a condition on a call's arguments costs: all of `Session::Decide` in a warm session, which
// checks the arguments as the gateway demands (grammar, UTF-8, depth, a key twice in any object),
// finds the value and compares it.
//
// First table: one guard that asks for the last member, over arguments of several sizes and shapes,
// beside what finding that member takes other readers:
//   nlohmann   a tree of the whole text. It checks UTF-8; keys that are there twice it drops.
//   simdjson   its DOM, likewise a tape. It checks UTF-8 and depth, no keys. Its input is padded
//              before the clock runs.
// Second table: 10, 100 and 1,000 guards on one tool, of which all apply or 10 do; the others are
// for other directories. No guard is true, so each that applies is evaluated.
//
// Samples are wall time, of batches where one call is short. Subjects take turns in rounds.
//
// usage: condition_bench [--smoke] [--rounds N]
// Status 1 when arguments are decided otherwise than by the reference interpreter, or a warm
// session allocates for arguments of up to 10 KB.

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "compiler/reference/interpreter.h"
#include "runtime/base/check.h"
#include "runtime/decide/decide.h"
#include "tests/bench/allocations.h"
#include "tests/bench/machine.h"
#include "tests/bench/sample_arguments.h"
#include "tests/bench/samples.h"
#include "tests/reference/compile_text.h"

namespace mcplexer::bench {
namespace {

constexpr std::string_view kName = "s__run";
constexpr std::string_view kDirectory = "/work/src";
constexpr size_t kTenKilobytes = 10'000;
constexpr size_t kMebibyte = size_t{1} << 20;

// Keeps the optimizer from dropping what is measured.
template <typename T>
void Use(const T& value) {
  asm volatile("" : : "r"(&value) : "memory");
}

// A policy of these rules in one workspace, and a session in it.
class Guarded {
 public:
  explicit Guarded(const std::string& rules)
      : compilation_(testing::CompileText("server s { command = [\"s\"] }\nworkspace w {\n"
                                          "  root = \"/work\"\n" +
                                          rules + "}\n")) {
    if (compilation_->plan.empty()) fmt::print(stderr, "{}", testing::MessagesOf(*compilation_));
    auto plan = plan::Plan::Load(compilation_->plan);
    MCPLEXER_CHECK(plan.has_value());
    const auto nothing_exists = [](const std::string&) -> Result<std::optional<std::string>> {
      return std::optional<std::string>();
    };
    auto engine = decide::Engine::Create(std::make_shared<const plan::Plan>(std::move(*plan)), "",
                                         nothing_exists);
    MCPLEXER_CHECK(engine.has_value());
    const auto anonymous = (*engine)->FindPrincipal("");
    MCPLEXER_CHECK(anonymous.has_value());
    anonymous_ = *anonymous;
    session_.emplace(*engine, std::string(kDirectory), anonymous_, "bench", "");
    interpreter_ =
        std::make_unique<reference::Interpreter>(compilation_->policy, std::string("/nowhere"));
  }

  decide::Decision Decide(std::string_view arguments) {
    return session_->Decide({.name = kName, .arguments = arguments});
  }

  bool Agrees(const std::string& arguments) {
    reference::Call call;
    call.name = kName;
    call.arguments = arguments;
    call.directory = kDirectory;
    call.principal = anonymous_;
    call.client = "bench";
    const bool ours = Decide(arguments).verdict == decide::Verdict::kAllow;
    const bool theirs = interpreter_->Decide(call).verdict == reference::Outcome::Verdict::kAllow;
    if (ours != theirs) {
      fmt::print("{} bytes of arguments are decided otherwise than by the reference: {:.80}\n",
                 arguments.size(), arguments);
    }
    return ours == theirs;
  }

 private:
  std::unique_ptr<commands::Compilation> compilation_;
  PrincipalId anonymous_;
  std::optional<decide::Session> session_;
  std::unique_ptr<reference::Interpreter> interpreter_;
};

// One text of arguments, and what was measured over it; microseconds.
class Reading {
 public:
  Reading(std::string shape, std::string text)
      : shape_(std::move(shape)),
        text_(std::move(text)),
        padded_(text_),
        batch_(std::max<size_t>(1, 10 * kTenKilobytes / text_.size())),
        guarded_("  allow s__run when arg.last == \"end\"\n") {}

  void Round() {
    Measure(&guard_, [this] {
      const uint64_t before = Allocations();
      Use(guarded_.Decide(text_));
      allocations_ += Allocations() - before;
    });
    Measure(&nlohmann_, [this] {
      const auto tree = nlohmann::json::parse(text_, nullptr, false);
      Use(tree["last"] == "end");
    });
    Measure(&simdjson_, [this] {
      std::string_view last;
      const auto error = parser_.parse(padded_)["last"].get(last);
      Use(error == simdjson::SUCCESS && last == "end");
    });
  }

  // The text, and what must not be taken for it: a key twice, spelled in two ways, at the text's
  // end; a byte that is no UTF-8; containers within one another; a text cut short.
  size_t CountDifferences() {
    const std::string_view inside = std::string_view(text_).substr(0, text_.size() - 1);
    const std::string deep(128, '[');
    const std::string closed(128, ']');
    size_t differences = 0;
    for (const std::string& text :
         {text_, fmt::format("{},\"l\\u0061st\":1}}", inside),
          fmt::format("{},\"x\":{{\"k\":1,\"k\":1}}}}", inside),
          fmt::format("{},\"x\":\"\xC0\"}}", inside),
          fmt::format("{},\"x\":{}{}}}", inside, deep, closed), std::string(inside)}) {
      if (!guarded_.Agrees(text)) ++differences;
      // Only the first can be evaluated, and it is true.
      const decide::Decision decision = guarded_.Decide(text);
      if (decision.unevaluated != (text != text_)) ++differences;
    }
    return differences;
  }

  const std::string& shape() const { return shape_; }
  size_t bytes() const { return text_.size(); }
  const Samples& guard() const { return guard_; }
  const Samples& nlohmann() const { return nlohmann_; }
  const Samples& simdjson() const { return simdjson_; }
  // Of the last round.
  uint64_t allocations() const { return allocations_; }

 private:
  template <typename Call>
  void Measure(Samples* samples, const Call& call) const {
    const double start = Nanoseconds();
    for (size_t i = 0; i < batch_; ++i) call();
    samples->Add((Nanoseconds() - start) / 1e3 / static_cast<double>(batch_));
  }

  const std::string shape_;
  const std::string text_;
  const simdjson::padded_string padded_;
  const size_t batch_;
  Guarded guarded_;
  simdjson::dom::parser parser_;
  Samples guard_, nlohmann_, simdjson_;
  uint64_t allocations_ = 0;
};

// Guards of four kinds in turn. The first `applying` hold everywhere, the others in directories of
// which the session's is none.
std::string Guards(size_t count, size_t applying) {
  std::string rules = "  allow s__run\n";
  for (size_t i = 0; i < count; ++i) {
    rules += "  deny s__run";
    if (i >= applying) rules += fmt::format(" in \"other{}/**\"", i % 16);
    switch (i % 4) {
      case 0:
        rules += fmt::format(" when arg.last == \"blocked{}\"\n", i);
        break;
      case 1:
        rules += fmt::format(" when arg.last like \"blocked{}*\"\n", i);
        break;
      case 2:
        rules += fmt::format(" when size(arg.records) > {}\n", 100'000 + i);
        break;
      default:
        rules += fmt::format(" when any arg.records[*].id == {}\n", 100'000 + i);
    }
  }
  return rules;
}

class Crowd {
 public:
  Crowd(size_t count, size_t applying)
      : count_(count),
        applying_(applying),
        text_(ArgumentsOfObjects(200)),
        guarded_(Guards(count, applying)) {
    Use(guarded_.Decide(text_));
  }

  void Round() {
    const uint64_t before = Allocations();
    const size_t batch = std::max<size_t>(1, 1000 / applying_);
    const double start = Nanoseconds();
    for (size_t i = 0; i < batch; ++i) Use(guarded_.Decide(text_));
    const double end = Nanoseconds();
    allocations_ += Allocations() - before;
    samples_.Add((end - start) / 1e3 / static_cast<double>(batch));
  }

  size_t CountDifferences() {
    size_t differences = guarded_.Agrees(text_) ? 0 : 1;
    // The first guards, met one at a time.
    for (size_t i = 0; i < std::min<size_t>(4, applying_); ++i) {
      const std::string text = i % 4 < 2 ? fmt::format(R"({{"last":"blocked{}"}})", i)
                               : i % 4 == 2
                                   ? fmt::format(R"({{"last":"","records":[]}})")
                                   : fmt::format(R"({{"records":[{{"id":{}}}]}})", 100'000 + i);
      if (!guarded_.Agrees(text)) ++differences;
    }
    return differences;
  }

  size_t count() const { return count_; }
  size_t applying() const { return applying_; }
  const Samples& samples() const { return samples_; }
  uint64_t allocations() const { return allocations_; }

 private:
  const size_t count_;
  const size_t applying_;
  const std::string text_;
  Guarded guarded_;
  Samples samples_;
  uint64_t allocations_ = 0;
};

void PrintReadings(const std::vector<std::unique_ptr<Reading>>& readings) {
  fmt::print("{:>8} {:>8} | {:>9} {:>9} {:>6} | {:>11} {:>11} | {:>6}\n", "bytes", "of", "guard us",
             "p99", "MB/s", "nlohmann us", "simdjson us", "allo-");
  fmt::print("{:>8} {:>8} | {:>9} {:>9} {:>6} | {:>11} {:>11} | {:>6}\n", "", "", "p50", "", "",
             "p50", "p50", "cations");
  for (const auto& r : readings) {
    fmt::print("{:>8} {:>8} | {:>9.2f} {:>9.2f} {:>6.0f} | {:>11.2f} {:>11.2f} | {:>6}\n",
               r->bytes(), r->shape(), r->guard().p50(), r->guard().p99(),
               static_cast<double>(r->bytes()) / r->guard().p50(), r->nlohmann().p50(),
               r->simdjson().p50(), r->allocations());
  }
}

void PrintCrowds(const std::vector<std::unique_ptr<Crowd>>& crowds) {
  fmt::print("\n{:>8} {:>8} | {:>9} {:>9} | {:>18}\n", "guards", "applying", "all us p50", "p99",
             "ns each that applies");
  for (const auto& c : crowds) {
    fmt::print("{:>8} {:>8} | {:>10.2f} {:>8.2f} | {:>20.1f}\n", c->count(), c->applying(),
               c->samples().p50(), c->samples().p99(),
               c->samples().p50() * 1e3 / static_cast<double>(c->applying()));
  }
}

void PrintBudget(const std::vector<std::unique_ptr<Reading>>& readings, size_t bytes,
                 double budget) {
  double worst = 0;
  for (const auto& r : readings) {
    if (r->bytes() > bytes / 2 && r->bytes() <= bytes) worst = std::max(worst, r->guard().p50());
  }
  if (worst == 0) return;  // not measured
  fmt::print("guard over {} bytes: {:.2f} us, budget {:.0f}: {}\n", bytes, worst, budget,
             worst <= budget ? "kept" : "MISSED");
}

struct Options {
  size_t rounds = 200;
  std::vector<size_t> sizes = {200, kTenKilobytes, kMebibyte};
  std::vector<size_t> guards = {10, 100, 1000};
};

int Run(const Options& options) {
  fmt::print("{}\n", DescribeMachine());
  std::vector<std::unique_ptr<Reading>> readings;
  for (const size_t bytes : options.sizes) {
    readings.push_back(std::make_unique<Reading>("objects", ArgumentsOfObjects(bytes)));
    if (bytes < 1000) continue;
    readings.push_back(std::make_unique<Reading>("strings", ArgumentsOfStrings(bytes)));
  }
  std::vector<std::unique_ptr<Crowd>> crowds;
  for (const size_t count : options.guards) {
    crowds.push_back(std::make_unique<Crowd>(count, count));
    if (count > 10) crowds.push_back(std::make_unique<Crowd>(count, 10));
  }

  // First what is right, which also warms all up.
  int status = 0;
  size_t differences = 0;
  for (const auto& reading : readings) differences += reading->CountDifferences();
  for (const auto& crowd : crowds) differences += crowd->CountDifferences();
  for (size_t round = 0; round < options.rounds; ++round) {
    for (const auto& reading : readings) reading->Round();
    for (const auto& crowd : crowds) crowd->Round();
  }
  PrintReadings(readings);
  PrintCrowds(crowds);
  fmt::print("\n");
  PrintBudget(readings, kTenKilobytes, 15);
  PrintBudget(readings, kMebibyte, 1500);
  for (const auto& reading : readings) {
    if (reading->bytes() <= kTenKilobytes && reading->allocations() != 0) status = 1;
  }
  for (const auto& crowd : crowds) {
    if (crowd->allocations() != 0) status = 1;
  }
  if (status != 0) fmt::print("a warm session allocates\n");
  if (differences != 0) {
    fmt::print("{} decisions differ from the reference's\n", differences);
    status = 1;
  }
  fmt::print("{} rounds; load at the end {}\n", options.rounds, LoadAverage());
  return status;
}

}  // namespace
}  // namespace mcplexer::bench

int main(int argc, char** argv) {
  using namespace mcplexer::bench;
  Options options;
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    const std::string_view value = i + 1 < argc ? argv[i + 1] : "";
    if (argument == "--smoke") {
      options = {.rounds = 2, .sizes = {200, kTenKilobytes, 50'000}, .guards = {10, 100}};
    } else if (argument == "--rounds" &&
               std::from_chars(value.data(), value.data() + value.size(), options.rounds).ec ==
                   std::errc() &&
               options.rounds > 0) {
      ++i;
    } else {
      fmt::print(stderr, "usage: condition_bench [--smoke] [--rounds N]\n");
      return 2;
    }
  }
  return Run(options);
}
