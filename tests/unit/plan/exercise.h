// SPDX-License-Identifier: Apache-2.0
// Uses a loaded plan in every way a runtime does, for tests that look for memory errors.

#ifndef MCPLEXER_TESTS_UNIT_PLAN_EXERCISE_H_
#define MCPLEXER_TESTS_UNIT_PLAN_EXERCISE_H_

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "runtime/decide/decide.h"

namespace mcplexer::plan::testing {

// Decides some calls; returns how many. Explain and Decide must agree.
inline size_t Exercise(Plan plan) {
  const auto shared = std::make_shared<const Plan>(std::move(plan));
  const std::string home =
      shared->meta().home_bound != 0 ? std::string(shared->text(shared->meta().home)) : "/home/u";
  const auto nothing_exists = [](const std::string&) -> Result<std::optional<std::string>> {
    return std::optional<std::string>();
  };
  const auto engine = decide::Engine::Create(shared, home, nothing_exists);
  if (!engine) return 0;
  size_t decisions = 0;
  for (const char* directory : {"/home/u/acme/src", "/home/u", "/srv/x"}) {
    for (const uint32_t principal : {0u, 1u}) {
      if (principal >= shared->principals().size()) continue;
      decide::Session session(*engine, directory, PrincipalId(principal), "client", "model");
      for (const char* name :
           {"github__get_issue", "github__delete_repo", "lin__x", "file:///docs/a"}) {
        for (const CallKind kind : {CallKind::kTool, CallKind::kPrompt, CallKind::kResource}) {
          decide::Call call{.kind = kind, .name = name, .server = ServerId(0u), .arguments = {}};
          call.arguments = R"({"owner":"acme","path":"docs/a","name":"x.key","tags":["a","B"],)"
                           R"("kind":1,"force":null})";
          std::vector<decide::Considered> considered;
          const decide::Decision cold = session.Decide(call);
          const decide::Decision warm = session.Decide(call);
          const decide::Decision explained = session.Explain(call, &considered);
          const bool same = cold.verdict == warm.verdict && cold.verdict == explained.verdict &&
                            cold.rule == explained.rule && cold.rule == warm.rule;
          if (!same) __builtin_trap();
          if (cold.verdict != decide::Verdict::kDeny && !session.CouldAllow(call)) __builtin_trap();
          decisions += 3;
        }
      }
    }
  }
  return decisions;
}

}  // namespace mcplexer::plan::testing

#endif  // MCPLEXER_TESTS_UNIT_PLAN_EXERCISE_H_
