// SPDX-License-Identifier: Apache-2.0
// Runs the tests of a policy: each call goes through the engine that the gateway has, on the plan
// that it would have, and through the reference interpreter.
//
// Nothing of the machine takes part. Directories are compared as they are written, no symbolic link
// is followed, and `~` is where the policy was compiled for or, without --home, a directory apart
// from all absolute roots. So a test passes or fails everywhere alike.

#ifndef MCPLEXER_COMPILER_TESTING_RUN_H_
#define MCPLEXER_COMPILER_TESTING_RUN_H_

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "compiler/explain/explanation.h"
#include "compiler/model/policy.h"
#include "compiler/reference/interpreter.h"
#include "runtime/base/result.h"
#include "runtime/decide/decide.h"
#include "runtime/plan/plan.h"

namespace mcplexer::testing {

struct CallResult {
  const model::TestCall* call = nullptr;
  explain::Explanation explanation;
  std::vector<std::string> mismatches;  // a line each; none: the call has passed
};

struct TestResult {
  const model::Test* test = nullptr;
  decide::Session session;  // the one that decided the calls
  std::vector<CallResult> calls;

  bool passed() const;
};

struct Run {
  std::vector<TestResult> tests;
  // Calls that the engine and the reference interpreter decide differently: bugs of ours.
  std::vector<std::string> disagreements;

  size_t call_count() const;
  size_t failed_count() const;  // calls
};

// The plan is compiled from `policy`, which outlives the run as `tests`, some of its tests, do.
// Fails when the plan cannot be used with the home directory that it was compiled for.
Result<Run> RunTests(const model::Policy& policy, const std::shared_ptr<const plan::Plan>& plan,
                     std::span<const model::Test* const> tests);

// In which words the two differ about a call; nothing when they agree. Of several level rules the
// engine may name any.
std::optional<std::string> Disagreement(const decide::Decision& engine,
                                        const reference::Outcome& reference);

}  // namespace mcplexer::testing

#endif  // MCPLEXER_COMPILER_TESTING_RUN_H_
