// SPDX-License-Identifier: Apache-2.0
// One generated policy, compiled, bound and asked: what decision_bench measures.

#ifndef MCPLEXER_TESTS_BENCH_SUBJECT_H_
#define MCPLEXER_TESTS_BENCH_SUBJECT_H_

#include <memory>
#include <string>
#include <vector>

#include "compiler/commands/compilation.h"
#include "compiler/reference/interpreter.h"
#include "runtime/decide/decide.h"
#include "tests/bench/generated_policy.h"

namespace mcplexer::bench {

// Of the arguments of a call that is measured.
inline constexpr size_t kArgumentBytes = 200;

struct Cost {  // seconds are of processor time
  double parse_seconds = 0;
  double compile_seconds = 0;      // behind parsing, up to the plan's bytes
  double load_seconds = 0;         // verifying the bytes; least of several runs
  double signed_load_seconds = 0;  // the same of a signed plan, trusting its signer only
  double peak_mib = 0;             // of a process that did only this
  double plan_bytes = 0;
};

// Generates, compiles and loads a policy in a process of its own, which ends. To be called while
// this process is small: a child begins with its parent's memory.
Cost MeasureCost(size_t rules);

// A session and names of which every call is decided without looking at the arguments
// (`unconditional`) or by a rule whose condition or requirement looks at them.
struct Client {
  std::string directory;
  std::vector<std::string> unconditional;
  std::vector<std::string> conditional;
};

class Subject {
 public:
  // A policy of everything, and clients of it. Aborts when the policy does not compile, which would
  // be a mistake of the generator.
  explicit Subject(size_t rules);
  // Another policy of the generator, without clients.
  Subject(size_t rules, GeneratedPolicy policy);

  size_t rules() const { return rules_; }
  const GeneratedPolicy& policy() const { return policy_; }
  const std::shared_ptr<const decide::Engine>& engine() const { return engine_; }
  const reference::Interpreter& interpreter() const { return *interpreter_; }
  const std::vector<Client>& clients() const { return clients_; }

  decide::Session NewSession(std::string directory) const;
  // The same call of a policy's anonymous principal for the interpreter.
  reference::Call ReferenceCall(const std::string& directory, const std::string& name,
                                const std::string& arguments) const;
  // Asks both deciders and compares all they say. Prints the call where they differ.
  bool Agree(const std::string& directory, const std::string& name,
             const std::string& arguments) const;

 private:
  Client FindClient(Random& random) const;

  const size_t rules_;
  GeneratedPolicy policy_;
  std::unique_ptr<commands::Compilation> compilation_;
  std::shared_ptr<const decide::Engine> engine_;
  PrincipalId anonymous_;
  std::unique_ptr<reference::Interpreter> interpreter_;
  std::vector<Client> clients_;
};

}  // namespace mcplexer::bench

#endif  // MCPLEXER_TESTS_BENCH_SUBJECT_H_
