// SPDX-License-Identifier: Apache-2.0
// MCPlexer's side of the comparison with other deciders: tests/bench/peers/peers.mjs starts one of
// these for each number of rules and lets it and the others take turns.
//
// The first line written is JSON: the policy, in common words (generated_policy.h), and calls with
// their verdicts, on which the engine and the reference interpreter agree. A quarter of the calls
// each is decided by a rule with a condition, allowed by one without, denied by one without and
// denied by default, as far as so many were found; they are in random order. After it, each line
// read names what to time and of which calls,
//   live|cold|reference FIRST COUNT
// and is answered by a line of samples, each nanoseconds a call over those calls:
//   live       in sessions that have seen the name: kLivePasses samples, each of all the calls
//   cold       each call in a new session, which ends after it
//   reference  the linear interpreter
// The end of the input ends the program.
//
// usage: peer_subject RULES

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cstdio>
#include <iostream>
#include <nlohmann/json.hpp>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "runtime/base/check.h"
#include "tests/bench/samples.h"
#include "tests/bench/subject.h"

namespace mcplexer::bench {
namespace {

constexpr size_t kClients = 16;
constexpr size_t kCallsOfAKind = 48;
// Random calls that are tried: at 10,000 rules two in a thousand are denied by a rule.
constexpr size_t kDraws = 200'000;
// One pass over a few calls is not much longer than reading the clock.
constexpr size_t kLivePasses = 8;

struct Caller {
  std::string directory;
  std::string principal;
  PrincipalId id;
};

struct Asked {
  size_t caller = 0;
  std::string name;
  std::string arguments;
  decide::Verdict verdict = decide::Verdict::kDeny;
};

class PeerSubject {
 public:
  explicit PeerSubject(size_t rules)
      : subject_(rules, GeneratePolicy(rules, 0, Words::kCommon)), random_(rules + 3) {
    const auto& roots = subject_.policy().roots;
    for (size_t i = 0; i < kClients; ++i) {
      const std::string principal(kPrincipals[i % std::size(kPrincipals)]);
      const auto id = subject_.engine()->FindPrincipal(principal);
      MCPLEXER_CHECK(id.has_value());
      callers_.push_back(
          {RandomDirectory(random_, roots[random_.Below(roots.size())]), principal, *id});
      sessions_.push_back(NewSession(callers_.back()));
    }
    DrawCalls();
  }

  // Whether the reference interpreter decides every call alike. Prints those of which it does not.
  bool Verify() const {
    bool same = true;
    for (const Asked& asked : calls_) {
      const reference::Outcome outcome = subject_.interpreter().Decide(ReferenceCall(asked));
      const bool allowed = outcome.verdict == reference::Outcome::Verdict::kAllow;
      if (allowed == (asked.verdict == decide::Verdict::kAllow)) continue;
      fmt::print(stderr, "{} rules: the reference interpreter decides differently: {} {} in {}\n",
                 subject_.rules(), asked.name, asked.arguments, callers_[asked.caller].directory);
      same = false;
    }
    return same;
  }

  std::string Describe() const {
    nlohmann::ordered_json calls = nlohmann::ordered_json::array();
    for (const Asked& asked : calls_) {
      const Caller& caller = callers_[asked.caller];
      calls.push_back({{"dir", caller.directory},
                       {"principal", caller.principal},
                       {"name", asked.name},
                       {"arguments", nlohmann::ordered_json::parse(asked.arguments)},
                       {"verdict", decide::ToString(asked.verdict)}});
    }
    return nlohmann::ordered_json{{"policy", subject_.policy().text}, {"calls", calls}}.dump();
  }

  // What the line asks for, nothing when it asks for no such thing.
  std::optional<std::string> Answer(const std::string& line) {
    std::istringstream words(line);
    std::string what;
    size_t first = 0;
    size_t count = 0;
    words >> what >> first >> count;
    if (!words || count == 0 || first > calls_.size() || count > calls_.size() - first) return {};
    if (what == "live") return Live(first, count);
    if (what == "cold") return fmt::format("{:.1f}", Cold(first, count));
    if (what == "reference") return fmt::format("{:.1f}", Reference(first, count));
    return {};
  }

 private:
  decide::Session NewSession(const Caller& caller) const {
    return decide::Session(subject_.engine(), caller.directory, caller.id, "bench", "");
  }

  reference::Call ReferenceCall(const Asked& asked) const {
    const Caller& caller = callers_[asked.caller];
    reference::Call call = subject_.ReferenceCall(caller.directory, asked.name, asked.arguments);
    call.principal = caller.id;
    return call;
  }

  // Which of the four kinds of calls.
  size_t KindOf(const decide::Decision& decision) const {
    if (!decision.rule.valid()) return 0;
    const plan::Plan& plan = subject_.engine()->plan();
    if (plan.tables().guard(plan.rules()[decision.rule.index()]).when != plan::kNone) return 1;
    return decision.verdict == decide::Verdict::kAllow ? 2 : 3;
  }

  void DrawCalls() {
    std::array<size_t, 4> found = {};
    for (size_t i = 0; i < kDraws && calls_.size() < found.size() * kCallsOfAKind; ++i) {
      Asked asked;
      asked.caller = random_.Below(callers_.size());
      const auto& tools = subject_.policy().tools;
      asked.name = i % 16 == 0 ? "srv01__unheard_of" : tools[random_.Below(tools.size())];
      asked.arguments = i % 8 == 0 ? "{}" : RandomArguments(random_, kArgumentBytes);
      const decide::Decision decision =
          sessions_[asked.caller].Decide({.name = asked.name, .arguments = asked.arguments});
      asked.verdict = decision.verdict;
      size_t& kind = found[KindOf(decision)];
      if (kind == kCallsOfAKind) continue;
      ++kind;
      calls_.push_back(std::move(asked));
    }
    for (size_t i = calls_.size(); i > 1; --i) {
      std::swap(calls_[i - 1], calls_[random_.Below(i)]);
    }
    // Sessions that have seen these names and no others.
    for (size_t i = 0; i < callers_.size(); ++i) sessions_[i] = NewSession(callers_[i]);
    for (const Asked& asked : calls_) Ask(asked);
  }

  void Ask(const Asked& asked) {
    Use(sessions_[asked.caller].Decide({.name = asked.name, .arguments = asked.arguments}));
  }

  std::string Live(size_t first, size_t count) {
    std::array<double, kLivePasses> samples;
    for (double& sample : samples) {
      const double start = Nanoseconds();
      for (size_t i = first; i < first + count; ++i) Ask(calls_[i]);
      sample = (Nanoseconds() - start) / static_cast<double>(count);
    }
    return fmt::format("{:.1f}", fmt::join(samples, " "));
  }

  double Cold(size_t first, size_t count) const {
    std::vector<std::string> directories;
    for (size_t i = first; i < first + count; ++i) {
      directories.push_back(callers_[calls_[i].caller].directory);
    }
    const double start = Nanoseconds();
    for (size_t i = first; i < first + count; ++i) {
      const Asked& asked = calls_[i];
      decide::Session session(subject_.engine(), std::move(directories[i - first]),
                              callers_[asked.caller].id, "bench", "");
      Use(session.Decide({.name = asked.name, .arguments = asked.arguments}));
    }
    return (Nanoseconds() - start) / static_cast<double>(count);
  }

  double Reference(size_t first, size_t count) const {
    std::vector<reference::Call> calls;
    for (size_t i = first; i < first + count; ++i) calls.push_back(ReferenceCall(calls_[i]));
    const double start = Nanoseconds();
    for (const reference::Call& call : calls) Use(subject_.interpreter().Decide(call));
    return (Nanoseconds() - start) / static_cast<double>(count);
  }

  Subject subject_;
  Random random_;
  std::vector<Caller> callers_;
  std::vector<decide::Session> sessions_;  // one a caller
  std::vector<Asked> calls_;
};

int Serve(size_t rules) {
  PeerSubject subject(rules);
  if (!subject.Verify()) return 1;
  fmt::print("{}\n", subject.Describe());
  std::fflush(stdout);
  for (std::string line; std::getline(std::cin, line);) {
    const std::optional<std::string> answer = subject.Answer(line);
    if (!answer) {
      fmt::print(stderr, "peer_subject: not understood: {}\n", line);
      return 2;
    }
    fmt::print("{}\n", *answer);
    std::fflush(stdout);
  }
  return 0;
}

}  // namespace
}  // namespace mcplexer::bench

int main(int argc, char** argv) {
  const std::string_view text = argc == 2 ? argv[1] : "";
  size_t rules = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), rules);
  if (error != std::errc() || end != text.data() + text.size() || rules == 0) {
    fmt::print(stderr, "usage: peer_subject RULES\n");
    return 2;
  }
  return mcplexer::bench::Serve(rules);
}
