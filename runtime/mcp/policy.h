// SPDX-License-Identifier: Apache-2.0
// What a gateway session asks of the policy and the audit log, as interfaces: decide::Session and
// audit::Log stand behind them, scripted ones in tests.

#ifndef MCPLEXER_RUNTIME_MCP_POLICY_H_
#define MCPLEXER_RUNTIME_MCP_POLICY_H_

#include <cstdint>
#include <string>
#include <vector>

#include "runtime/audit/record.h"
#include "runtime/base/id.h"
#include "runtime/base/result.h"
#include "runtime/decide/decide.h"
#include "runtime/plan/plan.h"

namespace mcplexer::mcp {

// A server that some call of the session may reach, and the credentials it would be reached with.
struct Target {
  ServerId server;
  ScopeId scope;
};

class Policy {
 public:
  virtual ~Policy() = default;
  virtual const plan::Plan& plan() const = 0;
  virtual decide::Decision Decide(const decide::Call& call) = 0;
  virtual bool CouldAllow(const decide::Call& call) = 0;
  // One target for each server that some call of that kind could reach, by ascending server.
  virtual std::vector<Target> Targets(plan::CallKind kind) = 0;

  // For the record.
  virtual PrincipalId principal() const = 0;
  virtual WorkspaceId workspace() const = 0;
  virtual std::string_view subpath() const = 0;
  virtual const std::string& directory() const = 0;
};

class Journal {
 public:
  virtual ~Journal() = default;
  // Both when the record is in the log, see audit::Log.
  virtual Result<uint64_t> AppendIntent(const audit::Intent& intent) = 0;
  virtual Status AppendOutcome(const audit::Outcome& outcome) = 0;
};

}  // namespace mcplexer::mcp

#endif  // MCPLEXER_RUNTIME_MCP_POLICY_H_
