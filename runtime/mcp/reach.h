// SPDX-License-Identifier: Apache-2.0
// Which servers a session may reach at all, and with which credentials: what has to be running to
// list what it offers, and nothing that does not. A server that no rule of this directory and
// principal leads to is not started, and its credentials are not resolved, because a list was asked
// for.
//
// Walks the plan's tables (docs/plan-format.md) as a decision does, but over every name of a
// namespace instead of one. Conditions and denies are not looked at: a superset is harmless here.

#ifndef MCPLEXER_RUNTIME_MCP_REACH_H_
#define MCPLEXER_RUNTIME_MCP_REACH_H_

#include <vector>

#include "runtime/decide/decide.h"
#include "runtime/mcp/policy.h"

namespace mcplexer::mcp {

// For each server that an allow or approve rule of that kind leads to, in the session's home
// workspace or one around it, or that the home workspace allows by default: the server and the
// scope of the rule that is consulted first (nearest workspace, then by priority), by ascending
// server.
std::vector<Target> ReachableServers(const decide::Engine& engine, const decide::Session& session,
                                     plan::CallKind kind);

}  // namespace mcplexer::mcp

#endif  // MCPLEXER_RUNTIME_MCP_REACH_H_
