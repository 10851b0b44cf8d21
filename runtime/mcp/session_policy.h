// SPDX-License-Identifier: Apache-2.0
// decide::Session as the protocol side sees it.

#ifndef MCPLEXER_RUNTIME_MCP_SESSION_POLICY_H_
#define MCPLEXER_RUNTIME_MCP_SESSION_POLICY_H_

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "runtime/decide/decide.h"
#include "runtime/mcp/policy.h"
#include "runtime/mcp/reach.h"

namespace mcplexer::mcp {

class SessionPolicy final : public Policy {
 public:
  // As for decide::Session.
  SessionPolicy(std::shared_ptr<const decide::Engine> engine, const std::string& directory,
                PrincipalId principal, const std::string& client)
      : engine_(std::move(engine)), session_(engine_, directory, principal, client, "") {}

  const plan::Plan& plan() const override { return engine_->plan(); }
  decide::Decision Decide(const decide::Call& call) override { return session_.Decide(call); }
  bool CouldAllow(const decide::Call& call) override { return session_.CouldAllow(call); }
  std::vector<Target> Targets(plan::CallKind kind) override {
    return ReachableServers(*engine_, session_, kind);
  }
  PrincipalId principal() const override { return session_.principal(); }
  WorkspaceId workspace() const override { return session_.workspace(); }
  std::string_view subpath() const override { return session_.subpath(); }
  const std::string& directory() const override { return session_.directory(); }

 private:
  const std::shared_ptr<const decide::Engine> engine_;
  decide::Session session_;
};

}  // namespace mcplexer::mcp

#endif  // MCPLEXER_RUNTIME_MCP_SESSION_POLICY_H_
