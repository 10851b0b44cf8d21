// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/subject.h"

#include <fmt/format.h>
#include <sodium.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <utility>

#include "compiler/emit/plan_writer.h"
#include "compiler/source/render.h"
#include "compiler/syntax/parse.h"
#include "runtime/base/check.h"
#include "tests/bench/samples.h"

namespace mcplexer::bench {
namespace {

// Clients of one policy, each in a directory of its own, and what each one calls: as many tools
// as a client shows its model.
constexpr size_t kClients = 8;
constexpr size_t kNames = 64;
constexpr int kLoads = 5;

std::unique_ptr<commands::Compilation> CompileText(const std::string& text, Cost* cost) {
  auto compilation = std::make_unique<commands::Compilation>();
  const double start = ProcessorSeconds();
  const FileId file = compilation->sources.Add("generated.plex", text);
  const syntax::File tree =
      syntax::ParsePlex(compilation->sources, file, source::Limits(), compilation->diagnostics);
  const double parsed = ProcessorSeconds();
  commands::CompileTrees({tree}, "", *compilation);
  cost->parse_seconds = parsed - start;
  cost->compile_seconds = ProcessorSeconds() - parsed;
  cost->plan_bytes = static_cast<double>(compilation->plan.size());
  for (const auto& diagnostic : compilation->diagnostics.all()) {
    if (!compilation->diagnostics.has_errors()) break;
    fmt::print(stderr, "{}", source::RenderShort(compilation->sources, diagnostic));
  }
  MCPLEXER_CHECK(!compilation->plan.empty());
  return compilation;
}

double LoadSeconds(const std::vector<std::byte>& original, const plan::Trust& trust) {
  double least = 1e9;
  for (int i = 0; i < kLoads; ++i) {
    std::vector<std::byte> bytes = original;
    const double start = ProcessorSeconds();
    const auto plan = plan::Plan::Load(std::move(bytes), trust);
    least = std::min(least, ProcessorSeconds() - start);
    MCPLEXER_CHECK(plan.has_value());
  }
  return least;
}

Cost CompileAndLoad(size_t rules) {
  Cost cost;
  const GeneratedPolicy policy = GeneratePolicy(rules);
  const auto compilation = CompileText(policy.text, &cost);
  std::vector<std::byte>& bytes = compilation->plan;
  cost.load_seconds = LoadSeconds(bytes, plan::Trust());

  MCPLEXER_CHECK(::sodium_init() >= 0);
  plan::PublicKey public_key;
  std::array<uint8_t, crypto_sign_SECRETKEYBYTES> secret_key;
  MCPLEXER_CHECK(::crypto_sign_keypair(public_key.data(), secret_key.data()) == 0);
  emit::Sign(bytes, secret_key);
  cost.signed_load_seconds = LoadSeconds(bytes, plan::Trust::Only({public_key}));
  return cost;
}

// Roots of generated policies are no directories of this machine.
Result<std::optional<std::string>> NothingExists(const std::string&) {
  return std::optional<std::string>();
}

// Both enumerations say the same in the same words.
std::string ToText(reference::Outcome::Verdict verdict) {
  using Verdict = reference::Outcome::Verdict;
  return verdict == Verdict::kAllow ? "allow" : verdict == Verdict::kApprove ? "approve" : "deny";
}

std::string ToText(reference::Outcome::Reason reason) {
  switch (reason) {
    case reference::Outcome::Reason::kRule:
      return "rule";
    case reference::Outcome::Reason::kDefault:
      return "default";
    case reference::Outcome::Reason::kNoWorkspace:
      return "no_workspace";
    case reference::Outcome::Reason::kRequirementFailed:
      return "requirement_failed";
    case reference::Outcome::Reason::kUnknownNamespace:
      return "unknown_namespace";
    case reference::Outcome::Reason::kUnknownName:
      return "unknown_name";
    case reference::Outcome::Reason::kAmbiguous:
      break;
  }
  return "ambiguous";
}

}  // namespace

Cost MeasureCost(size_t rules) {
  int ends[2];
  MCPLEXER_CHECK(::pipe(ends) == 0);
  std::fflush(nullptr);
  const pid_t child = ::fork();
  MCPLEXER_CHECK(child >= 0);
  if (child == 0) {
    const Cost cost = CompileAndLoad(rules);
    const bool written = ::write(ends[1], &cost, sizeof cost) == sizeof cost;
    std::_Exit(written ? 0 : 1);
  }
  ::close(ends[1]);
  Cost cost;
  const ssize_t size = ::read(ends[0], &cost, sizeof cost);
  ::close(ends[0]);
  int status = 0;
  rusage usage{};
  MCPLEXER_CHECK(::wait4(child, &status, 0, &usage) == child);
  MCPLEXER_CHECK(size == sizeof cost && status == 0);
  cost.peak_mib = static_cast<double>(usage.ru_maxrss) / 1024;
  return cost;
}

Subject::Subject(size_t rules) : Subject(rules, GeneratePolicy(rules)) {
  Random random(rules + 1);
  for (size_t i = 0; i < kClients; ++i) clients_.push_back(FindClient(random));
}

Subject::Subject(size_t rules, GeneratedPolicy policy) : rules_(rules), policy_(std::move(policy)) {
  Cost ignored;
  compilation_ = CompileText(policy_.text, &ignored);
  auto plan = plan::Plan::Load(compilation_->plan);
  MCPLEXER_CHECK(plan.has_value());
  auto engine = decide::Engine::Create(std::make_shared<const plan::Plan>(std::move(*plan)), "",
                                       NothingExists);
  MCPLEXER_CHECK(engine.has_value());
  engine_ = std::move(*engine);
  const auto anonymous = engine_->FindPrincipal("");
  MCPLEXER_CHECK(anonymous.has_value());
  anonymous_ = *anonymous;
  interpreter_ = std::make_unique<reference::Interpreter>(compilation_->policy, "/nowhere");
}

decide::Session Subject::NewSession(std::string directory) const {
  return decide::Session(engine_, std::move(directory), anonymous_, "bench", "");
}

Client Subject::FindClient(Random& random) const {
  const auto is_conditional = [&](RuleId id) {
    return engine_->plan().rules()[id.index()].guard != plan::kNone;
  };
  // Small policies have few conditional rules: look until a directory has some.
  for (;;) {
    Client client;
    client.directory = RandomDirectory(random, policy_.roots[random.Below(policy_.roots.size())]);
    decide::Session session = NewSession(client.directory);
    std::vector<decide::Considered> considered;
    for (size_t i = 0; i < policy_.tools.size(); ++i) {
      const std::string& name = policy_.tools[random.Below(policy_.tools.size())];
      const std::string arguments = RandomArguments(random, kArgumentBytes);
      const decide::Decision decision =
          session.Explain({.name = name, .arguments = arguments}, &considered);
      const bool conditions = std::ranges::any_of(
          considered, [&](const decide::Considered& c) { return is_conditional(c.rule); });
      if (!conditions && client.unconditional.size() < kNames) {
        client.unconditional.push_back(name);
      }
      if (decision.rule.valid() && is_conditional(decision.rule) &&
          client.conditional.size() < kNames) {
        client.conditional.push_back(name);
      }
    }
    if (client.unconditional.size() == kNames && !client.conditional.empty()) return client;
  }
}

reference::Call Subject::ReferenceCall(const std::string& directory, const std::string& name,
                                       const std::string& arguments) const {
  reference::Call call;
  call.name = name;
  call.arguments = arguments;
  call.directory = directory;
  call.principal = anonymous_;
  call.client = "bench";
  return call;
}

bool Subject::Agree(const std::string& directory, const std::string& name,
                    const std::string& arguments) const {
  decide::Session session = NewSession(directory);
  const decide::Decision fast = session.Decide({.name = name, .arguments = arguments});
  const reference::Outcome slow = interpreter_->Decide(ReferenceCall(directory, name, arguments));
  const bool same_rule = slow.rules.empty()
                             ? !fast.rule.valid()
                             : std::ranges::find(slow.rules, fast.rule) != slow.rules.end();
  if (same_rule && ToString(fast.verdict) == ToText(slow.verdict) &&
      ToString(fast.reason) == ToText(slow.reason) && fast.workspace == slow.workspace &&
      fast.server == slow.server && fast.scope == slow.scope) {
    return true;
  }
  fmt::print(stderr, "{} rules: the engine says {} ({}), the reference {} ({}) of {} {} in {}\n",
             rules_, ToString(fast.verdict), ToString(fast.reason), ToText(slow.verdict),
             ToText(slow.reason), name, arguments, directory);
  return false;
}

}  // namespace mcplexer::bench
