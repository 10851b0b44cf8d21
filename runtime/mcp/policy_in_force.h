// SPDX-License-Identifier: Apache-2.0
// The policy of a session, which another one takes the place of when a plan is loaded anew. Who
// has to say later what decided (a task's calls) keeps the one that did.

#ifndef MCPLEXER_RUNTIME_MCP_POLICY_IN_FORCE_H_
#define MCPLEXER_RUNTIME_MCP_POLICY_IN_FORCE_H_

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "runtime/mcp/policy.h"

namespace mcplexer::mcp {

// One thread. Asked for anything only while there is a policy.
class PolicyInForce final : public Policy {
 public:
  const std::shared_ptr<Policy>& current() const { return current_; }  // null before the first
  void Set(std::shared_ptr<Policy> policy) { current_ = std::move(policy); }

  const plan::Plan& plan() const override { return current_->plan(); }
  decide::Decision Decide(const decide::Call& call) override { return current_->Decide(call); }
  bool CouldAllow(const decide::Call& call) override { return current_->CouldAllow(call); }
  std::vector<Target> Targets(plan::CallKind kind) override { return current_->Targets(kind); }
  PrincipalId principal() const override { return current_->principal(); }
  WorkspaceId workspace() const override { return current_->workspace(); }
  std::string_view subpath() const override { return current_->subpath(); }
  const std::string& directory() const override { return current_->directory(); }

 private:
  std::shared_ptr<Policy> current_;
};

}  // namespace mcplexer::mcp

#endif  // MCPLEXER_RUNTIME_MCP_POLICY_IN_FORCE_H_
