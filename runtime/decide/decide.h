// SPDX-License-Identifier: Apache-2.0
// (plan, session, call) -> decision. Pure: no clock, no I/O. docs/language.md, "What a call is
// decided by", is what this computes; tests/reference is the same in the simplest possible form.

#ifndef MCPLEXER_RUNTIME_DECIDE_DECIDE_H_
#define MCPLEXER_RUNTIME_DECIDE_DECIDE_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/base/id.h"
#include "runtime/base/result.h"
#include "runtime/plan/plan.h"

namespace mcplexer::decide {

struct SessionState;

enum class Verdict : uint8_t { kAllow, kApprove, kDeny };

enum class Reason : uint8_t {
  kRule,
  kDefault,
  kNoWorkspace,
  kRequirementFailed,
  kUnknownNamespace,
  kUnknownName,
  kDrift,
};

std::string_view ToString(Verdict verdict);  // "allow", ...
std::string_view ToString(Reason reason);    // "rule", "no_workspace", ...

// What the file system says about an absolute path: the canonical path of what exists there,
// nullopt when nothing does (or it cannot be seen), or a failure. Called by Engine::Create only.
using PathResolver = std::function<Result<std::optional<std::string>>(const std::string& path)>;

// realpath(3).
PathResolver SystemPathResolver();

// A plan with what only this machine knows: where `~` is. Immutable, shared by all sessions.
class Engine {
 public:
  // `home` is the directory that `~` stands for, canonical and absolute. Each root is resolved
  // (symbolic links followed where the directory exists). Fails when the resolved roots nest
  // otherwise than the plan was compiled for, or when two are the same.
  //
  // Also fails when `home` is needed and is not an absolute path, when the plan was compiled for
  // another home, or when a condition's regular expression does not compile.
  static Result<std::shared_ptr<const Engine>> Create(std::shared_ptr<const plan::Plan> plan,
                                                      const std::string& home);
  static Result<std::shared_ptr<const Engine>> Create(std::shared_ptr<const plan::Plan> plan,
                                                      const std::string& home,
                                                      const PathResolver& resolver);
  ~Engine();

  const plan::Plan& plan() const;
  // Canonical root of a workspace on this machine.
  const std::string& root(WorkspaceId workspace) const;
  // The principal of that name; the empty name is the anonymous one.
  Result<PrincipalId> FindPrincipal(std::string_view name) const;

 private:
  friend class Session;
  struct Impl;
  explicit Engine(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

struct Call {
  plan::CallKind kind = plan::CallKind::kTool;
  // Exposed name `ns__name`; for a resource its URI.
  std::string_view name = {};
  // The server that owns a resource; ignored for other kinds. Without one a resource call is
  // decided only where the plan has a single server.
  ServerId server = {};
  // The call's `arguments`, raw JSON; empty when the call has none (the same as `{}`).
  std::string_view arguments = {};
};

struct Decision {
  Verdict verdict = Verdict::kDeny;
  Reason reason = Reason::kDefault;
  RuleId rule;               // the deciding rule, if a rule decided (or its requirement failed)
  WorkspaceId workspace;     // home workspace
  ServerId server;           // where the call goes; set whenever the namespace is known
  ScopeId scope;             // what is injected, if anything
  std::string_view tool;     // the name behind the namespace, a view into Call::name
  bool unevaluated = false;  // a condition that could not be evaluated decided to the safe side
};

// How one rule that matched took part, for `explain`.
enum class RuleOutcome : uint8_t {
  kDecided,
  kConditionFalse,       // `when` is false
  kConditionUnknown,     // `when` cannot be evaluated
  kOutranked,            // another rule comes first
  kNarrowerRuleMatches,  // an unconditional, strictly narrower rule matches
  kRequirementFailed,    // it won and its `require` is not true
};

std::string_view ToString(RuleOutcome outcome);

struct Considered {
  RuleId rule;
  RuleOutcome outcome;
};

// One client in one directory. Not thread-safe; cheap to create. Keeps the engine alive.
class Session {
 public:
  // `directory` is canonical and absolute; `client` and `model` are what conditions see (empty:
  // unknown).
  Session(std::shared_ptr<const Engine> engine, std::string directory, PrincipalId principal,
          std::string client, std::string model);
  ~Session();
  Session(Session&&) noexcept;
  Session& operator=(Session&&) noexcept;

  // Never fails: what cannot be decided is denied. Arguments that are not strict JSON (duplicate
  // keys, invalid UTF-8, too deep) leave every condition on them unevaluated.
  Decision Decide(const Call& call);
  // The same decision, with every rule that matched.
  Decision Explain(const Call& call, std::vector<Considered>* considered);
  // Whether some arguments could let a call of this name through (allow or approve), or the rules
  // leave that to conditions: what a list shows.
  bool CouldAllow(const Call& call);

  WorkspaceId workspace() const;     // home workspace, not valid outside of all
  std::string_view subpath() const;  // directory relative to the home workspace's root
  const std::string& directory() const;
  PrincipalId principal() const;

 private:
  // Back to the engine, for a session to come.
  struct Recycle {
    void operator()(SessionState* state) const;
  };
  std::unique_ptr<SessionState, Recycle> state_;
};

}  // namespace mcplexer::decide

#endif  // MCPLEXER_RUNTIME_DECIDE_DECIDE_H_
