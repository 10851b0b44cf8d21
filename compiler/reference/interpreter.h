// SPDX-License-Identifier: Apache-2.0
// The meaning of a policy, in the simplest possible form: section "What a call is decided by" of
// docs/language.md, step by step, over all rules, with no automata, tables or caches. It is slow
// and meant to be. Everything clever is checked against it, and no finding shows a call to a person
// before this has confirmed what the finding says of it.

#ifndef MCPLEXER_COMPILER_REFERENCE_INTERPRETER_H_
#define MCPLEXER_COMPILER_REFERENCE_INTERPRETER_H_

#include <memory>
#include <string>
#include <vector>

#include "compiler/model/policy.h"
#include "compiler/reference/condition.h"

namespace mcplexer::reference {

struct Call {
  model::CallKind kind = model::CallKind::kTool;
  std::string name;       // exposed `ns__name`; a resource's URI
  ServerId server;        // of a resource
  std::string arguments;  // JSON text; empty: the same as {}
  std::string directory;  // canonical, absolute
  PrincipalId principal;  // 0: the anonymous one
  std::string client;     // empty: unknown
  std::string model;
};

struct Outcome {
  enum class Verdict : uint8_t { kAllow, kApprove, kDeny };
  enum class Reason : uint8_t {
    kRule,
    kDefault,
    kNoWorkspace,
    kRequirementFailed,
    kUnknownNamespace,
    kUnknownName,
    kAmbiguous,  // level rules that differ: no plan is made of such a policy
  };
  Verdict verdict = Verdict::kDeny;
  Reason reason = Reason::kDefault;
  // The rules that decide, all level with each other: one, or several that agree in outcome (or,
  // when ambiguous, that do not). Ascending.
  std::vector<RuleId> rules;
  WorkspaceId workspace;
  ServerId server;
  ScopeId scope;
};

class Interpreter {
 public:
  // `home` is what `~` stands for: absolute, no trailing slash. The policy outlives the
  // interpreter.
  Interpreter(const model::Policy& policy, std::string home);
  ~Interpreter();

  Outcome Decide(const Call& call) const;
  // What conditions see of a call whose home workspace is `home`.
  Context ContextOf(const Call& call, WorkspaceId home) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace mcplexer::reference

#endif  // MCPLEXER_COMPILER_REFERENCE_INTERPRETER_H_
