// SPDX-License-Identifier: Apache-2.0
// The environment of a downstream: a few variables of ours that programs need to find their way,
// what the plan sets for the server, what the scope injects. Nothing else of ours gets there: the
// gateway's environment is where other servers' credentials come from.

#ifndef MCPLEXER_RUNTIME_DOWNSTREAM_CHILD_ENVIRONMENT_H_
#define MCPLEXER_RUNTIME_DOWNSTREAM_CHILD_ENVIRONMENT_H_

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/auth/resolve.h"
#include "runtime/base/id.h"
#include "runtime/base/result.h"
#include "runtime/plan/plan.h"

namespace mcplexer::downstream {

// "KEY=value" strings; wiped when it goes, since some hold credentials.
class ChildEnvironment {
 public:
  // Told of each secret that goes in, before it does.
  using SecretObserver = std::function<void(auth::SecretString)>;

  // Later sources replace earlier ones. `scope` may be not valid.
  static Result<ChildEnvironment> Create(const plan::Plan& plan, ServerId server, ScopeId scope,
                                         const auth::ResolveContext& secrets,
                                         const SecretObserver& on_secret);
  ~ChildEnvironment();
  ChildEnvironment(ChildEnvironment&&) noexcept = default;
  ChildEnvironment& operator=(ChildEnvironment&&) = delete;

  const std::vector<std::string>& variables() const { return variables_; }
  std::vector<std::string>& variables() { return variables_; }

 private:
  ChildEnvironment() = default;
  void Set(std::string_view key, std::string_view value);

  std::vector<std::string> variables_;
};

}  // namespace mcplexer::downstream

#endif  // MCPLEXER_RUNTIME_DOWNSTREAM_CHILD_ENVIRONMENT_H_
