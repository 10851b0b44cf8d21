// SPDX-License-Identifier: Apache-2.0
// How a client is told that a call was not let through.

#ifndef MCPLEXER_RUNTIME_MCP_DENIAL_H_
#define MCPLEXER_RUNTIME_MCP_DENIAL_H_

#include <string>
#include <string_view>

#include "runtime/decide/decide.h"
#include "runtime/mcp/policy.h"

namespace mcplexer::mcp {

// The name is of no server in the plan, so there is no such thing: a protocol error, not a denial.
bool IsUnknownName(const decide::Decision& decision);

// That error: invalid parameters, but for a resource (MCP server/resources, error handling).
std::string UnknownNameResponse(std::string_view raw_id, plan::CallKind kind,
                                std::string_view name);

// Why a call of `name` that is not unknown was denied: the rule, its place and its reason where a
// rule decided. One line for the agent and the person behind it; says nothing about whether the
// tool exists.
std::string DenialText(const Policy& policy, const decide::Decision& decision,
                       std::string_view name);

// The same for a call that would need an approval, which nobody can give in this version.
std::string NoApprovalText(const plan::Plan& plan, const decide::Decision& decision);

// A tool result that says `text` with isError set: what agents show their model, unlike a protocol
// error (MCP server/tools, error handling).
std::string ToolErrorResponse(std::string_view raw_id, std::string_view text);

// The name in backticks, cut to a length that a message can bear.
std::string QuoteName(std::string_view name);

}  // namespace mcplexer::mcp

#endif  // MCPLEXER_RUNTIME_MCP_DENIAL_H_
